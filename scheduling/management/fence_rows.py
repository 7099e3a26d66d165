"""Twenty offices that are all alike, with as many rows as one likes: put in by SQL, past every
trigger and policy, into a database that is dropped afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

OFFICES = 20
FIRST_OFFICE = 9100  # the city; its counties follow
BLOCK = 10_000_000  # row `i` of office `o` has the number `o * BLOCK + i`

Run = Callable[[str], str]

# Of the rows of an office, how many in a hundred are of a table.
SHARES = {
    "scheduling_person": 30,
    "scheduling_inspectedunit": 10,
    "scheduling_notice": 18,
    "scheduling_noticeread": 4,
    "tenancy_auditentry": 20,
    "tenancy_job": 5,
}
PEOPLE_PER_RELEASE, UNITS_PER_RELEASE, TEAMS, SEATS, VISITS, RUNS = 12, 4, 10, 60, 20, 5
ROWS_PER_ROUND = 2500

# What a NOT NULL column holds where nothing else is said, by its type.
DEFAULTS = {
    "boolean": "false",
    "jsonb": "'{}'",
    "date": "'2026-03-02'",
    "timestamp with time zone": "now()",
    "bytea": r"'\x00'",
    "character varying": "''",
    "text": "''",
    "bigint": "1",
    "integer": "1",
    "smallint": "1",
    "double precision": "0",
}
SURNAMES = "ARRAY['zhang','li','wang','chen','lin','zhao','wu','jiang','ye','song']"


@dataclass(frozen=True)
class Table:
    """`count` rows for each office, or for the city `alone`; `columns` are SQL over `o` (1…20) and
    `i` (1…count)."""

    name: str
    count: int
    columns: dict[str, str]
    alone: bool = False


def fill(run: Run, *, rows: int, offices: int = OFFICES) -> dict[str, int]:
    """About `rows` rows; how many of each table there are now."""
    run(offices_of(offices))
    return put_in(run, _tables(max(rows // offices, ROWS_PER_ROUND), offices), offices)


def put_in(run: Run, tables: Sequence[Table], offices: int) -> dict[str, int]:
    """The rows of the tables; how many of each there are now."""
    for table in tables:
        run(_insert(run, table, offices))
    run("; ".join(f"ANALYZE {table.name}" for table in tables))
    counted = " UNION ALL ".join(f"SELECT '{t.name}', count(*) FROM {t.name}" for t in tables)
    lines = (line.split("\t") for line in run(counted).splitlines())
    return {name: int(count) for name, count in lines}


def offices_of(offices: int) -> str:
    """A city and its counties, each with one person."""
    city = FIRST_OFFICE + 1
    return f"""
INSERT INTO tenancy_office (id, code, name, short_name, kind, parent_id, lon, lat, name_key)
SELECT {FIRST_OFFICE} + o, 'bench-' || o, '第' || o || '巡察办', '第' || o,
       CASE o WHEN 1 THEN 'city' ELSE 'county' END, CASE o WHEN 1 THEN NULL ELSE {city} END,
       122, 30, 'bench ' || o
  FROM generate_series(1, {offices}) AS o;
INSERT INTO tenancy_user (id, username, display_name, language, is_active, password)
SELECT {FIRST_OFFICE} + o, 'bench-' || o, '陈砚秋', 'zh-hans', true, ''
  FROM generate_series(1, {offices}) AS o;
"""


def _tables(each: int, offices: int) -> list[Table]:
    rounds = max(2, each // ROWS_PER_ROUND)
    others = offices - 1
    round_of = {"round_id": mine(f"1 + (i - 1) % {rounds}")}
    return [
        *(Table(name, each * share // 100, _FACTS[name]) for name, share in SHARES.items()),
        Table("scheduling_inspectionround", rounds, _ROUND),
        Table("scheduling_roundhandler", rounds, round_of | {"user_id": f"{FIRST_OFFICE} + o"}),
        Table("scheduling_teamslot", rounds * TEAMS, round_of | _SLOT),
        Table("scheduling_releasecall", rounds * others, _delivered(rounds) | _CALL),
        Table("scheduling_release", rounds * others, _delivered(rounds) | {"version": "1"}),
        Table(
            "scheduling_releasedperson",
            rounds * others * PEOPLE_PER_RELEASE,
            _of_release(rounds, others, PEOPLE_PER_RELEASE) | _RELEASED,
        ),
        Table(
            "scheduling_reportedunit",
            rounds * others * UNITS_PER_RELEASE,
            _of_release(rounds, others, UNITS_PER_RELEASE) | _REPORTED,
        ),
        Table("scheduling_plan", rounds, round_of | _PLAN),
        Table("scheduling_planteam", rounds * TEAMS, _of_plan(rounds) | {"code": "'T' || i"}),
        Table("scheduling_planseat", rounds * SEATS, _of_plan(rounds) | _SEAT | _team(rounds)),
        Table("scheduling_planvisit", rounds * VISITS, _of_plan(rounds) | _VISIT | _team(rounds)),
        Table("scheduling_solverun", rounds * RUNS, round_of | _RUN),
    ]


def mine(number: str) -> str:
    """The key of an office's row, by its number in the office."""
    return f"o * {BLOCK} + {number}"


def _sender(number: str) -> str:
    """Another office than the own one, by a number from 0."""
    return f"{FIRST_OFFICE} + 1 + (o + {number}) % {OFFICES}"


def _delivered(rounds: int) -> dict[str, str]:
    return {
        "sender_id": _sender(f"(i - 1) / {rounds}"),
        "round_id": mine(f"1 + (i - 1) % {rounds}"),
    }


def _of_release(rounds: int, others: int, each: int) -> dict[str, str]:
    return {
        "release_id": mine(f"1 + (i - 1) / {each}"),
        "sender_id": _sender(f"((i - 1) / {each}) / {rounds}"),
        "round_id": mine(f"1 + ((i - 1) / {each}) % {rounds}"),
    }


def _of_plan(rounds: int) -> dict[str, str]:
    return {"plan_id": mine(f"1 + (i - 1) % {rounds}")}


def _team(rounds: int) -> dict[str, str]:
    return {"team_id": mine(f"1 + (i - 1) % ({rounds} * {TEAMS})")}


_FACTS = {
    "scheduling_person": {
        "number": "'p' || i",
        "name": "'陈' || i",
        "name_key": f"({SURNAMES})[1 + i % 10] || i",
        "initials": "'c' || i",
        "home_unit": "'单位' || i % 300",
        "status": "'active'",
        **dict.fromkeys(
            ("skills", "career", "relatives", "interests", "absences", "visited", "led"), "'[]'"
        ),
    },
    "scheduling_inspectedunit": {
        "code": "'u' || i",
        "name": "'单位' || i",
        "name_key": "'dan wei ' || i",
        "kind": "'bureau'",
        "parent_code": "'u' || i / 10",
        "inspectable": "true",
    },
    "scheduling_notice": {
        "kind": "'call_received'",
        "sender_id": f"{FIRST_OFFICE} + 1",
        "about": """'{"round": "2026", "by_id": 1}'""",
        "link": "'call'",
        "number": "i",
    },
    "scheduling_noticeread": {"notice_id": mine("i"), "user_id": f"{FIRST_OFFICE} + o"},
    "tenancy_auditentry": {
        "stream": "0",
        "seq": "i",
        "at": "now()",
        "action": "'scheduling.declaration.made'",
        "object_id": "i",
        "user_id": f"{FIRST_OFFICE} + o",
        "office_id": f"{FIRST_OFFICE} + o",
    },
    "tenancy_job": {"state": "'done'", "finished_at": "now()", "queue": "'jobs'"},
}
_ROUND = {
    "name": "'第' || i || '轮'",
    "mode": "'mixed'",
    "starts_on": "'2026-03-02'",
    "ends_on": "'2026-04-30'",
    "state": "'closed'",
    "policy": """'{"objective": []}'""",
    "travel": "'[]'",
    "past_arcs": "'[]'",
}
_SLOT = {"code": "'T' || i", "name": "'第' || i || '组'", "size_max": "9", "position": "i % 100"}
_CALL = {"mode": "'mixed'", "name": "'第' || i || '轮'"}
_RELEASED = {"number": "'p' || i", "name": "'陈' || i", "skills": "'[]'"}
_REPORTED = {"code": "'u' || i", "name": "'单位' || i", "inspectable": "true", "kind": "'bureau'"}
_PLAN = {"origin": "'desk'", "state": "'candidate'", "tiers": "'[]'", "uncovered": "'[]'"}
_SEAT = {"person_id": mine("i"), "role": "'member'", "duties": "'[]'"}
_VISIT = {"unit_id": mine("i")}
_RUN = {"status": "'optimal'", "finished_at": "now()", "job_id": mine("i"), "tiers": "'[]'"}


def _insert(run: Run, table: Table, offices: int) -> str:
    """Every column that must hold something and is not said gets its type's default."""
    columns = {"id": mine("i"), "tenant_id": f"{FIRST_OFFICE} + o"} | table.columns
    needed = run(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attnotnull"
        f" AND attrelid = '{table.name}'::regclass AND attnum > 0 AND NOT attisdropped"
    )
    for line in needed.splitlines():
        name, kind = line.split("\t")
        columns.setdefault(name, DEFAULTS.get(kind, "NULL"))
    names = ", ".join(f'"{name}"' for name in columns)
    return (
        "SET session_replication_role = 'replica';"
        f"INSERT INTO {table.name} ({names}) SELECT {', '.join(columns.values())}"
        f" FROM generate_series(1, {1 if table.alone else offices}) AS o,"
        f" generate_series(1, {table.count}) AS i"
    )
