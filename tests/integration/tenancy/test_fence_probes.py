"""Raw SQL in every table of an office, by every way there is, in every role that serves people.

For each: with the office's own context no row of another is reached or touched, and its own is
(the allowed twin); with no, an expired, a forged or a plain context nothing is reached at all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import psycopg2
import pytest
from django.conf import settings

from tenancy.catalogue import tables_of_offices
from tenancy.signing import signed_context
from tests.integration.tenancy.probes import NEVER, READS, SILENT, WRITES
from tests.integration.tenancy.raw import Raw

DINGHAI, SHENGSI = 9002, 9005
LIN, JIANG = 9003, 9005
OWN, FOREIGN = 777_000_001, 777_000_002
ROLES = ("app", "worker")
FEWEST_KINDS = 25

VALUES = {
    "boolean": "false",
    "jsonb": "{}",
    "date": "2026-01-01",
    "timestamp with time zone": "2026-01-01",
    "bytea": r"\x00",
    "daterange": "[2026-01-01,2026-01-02)",
    "bigint[]": "{}",
    "character varying[]": "{}",
    "inet": "127.0.0.1",
    "uuid": "00000000-0000-0000-0000-000000000000",
}
NUMBERS = ("bigint", "integer", "smallint", "double precision", "numeric")

_COLUMNS = """
SELECT a.attname, format_type(a.atttypid, NULL), a.attnotnull FROM pg_attribute AS a
 WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
 ORDER BY a.attnum
"""


@dataclass
class Ground:
    """Both offices have one row in every table; `act` runs as a role with a context."""

    raw: Raw

    def act(self, sql: str) -> list[tuple[Any, ...]] | psycopg2.Error:
        """What it answers, or how it is refused. Nothing that it does is kept."""
        cursor = self.raw.cursor
        cursor.execute("SAVEPOINT before")
        try:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else [(cursor.rowcount,)]
        except psycopg2.Error as refusal:
            # Without a code it is the driver's: the server had agreed (COPY … FROM STDIN).
            return refusal if refusal.pgcode else [("agreed",)]
        finally:
            cursor.execute("ROLLBACK TO SAVEPOINT before")

    def become(self, role: str, context: str) -> None:
        self.raw.run("RESET ROLE")
        self.raw.become(role)
        self.raw.say(context)

    def may(self, privilege: str, table: str) -> bool:
        return bool(self.raw.one("SELECT has_table_privilege(%s, %s)", table, privilege))

    def changeable(self, table: str) -> str:
        found = self.raw.rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attname NOT IN ('id', 'tenant_id')"
            " AND has_column_privilege(attrelid, attnum, 'UPDATE') ORDER BY attnum LIMIT 1",
            table,
        )
        return str(found[0][0]) if found else "id"


@pytest.fixture
def ground(anybody: Raw) -> Ground:
    """Filled with the checks away and the triggers asleep; all of it is rolled back."""
    for table, name in anybody.rows(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('c', 'x')"
        " AND connamespace = 'public'::regnamespace"
    ):
        anybody.run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    anybody.run("SET LOCAL session_replication_role = 'replica'")
    for table in tables_of_offices():
        for number, office, person in ((OWN, DINGHAI, LIN), (FOREIGN, SHENGSI, JIANG)):
            fill(anybody, table, {"id": number, "tenant_id": office, "user_id": person})
    anybody.run("SET LOCAL session_replication_role = 'origin'")
    return Ground(anybody)


def fill(raw: Raw, table: str, known: dict[str, int]) -> None:
    row: dict[str, str] = {}
    for name, kind, is_needed in raw.rows(_COLUMNS, table):
        if name == "sender_id":
            row[name] = str(known["tenant_id"])
        elif name in known and (name != "user_id" or is_needed):
            row[name] = str(known[name])
        elif is_needed and name.endswith("_id") and kind in NUMBERS:
            row[name] = str(known["id"])  # The rows of an office point at one another.
        elif is_needed:
            row[name] = "1" if kind in NUMBERS else VALUES.get(kind, "x")
    if table == "tenancy_membership":
        row["role"] = "scheduler"  # Who handles the round may change it.
    places = ", ".join(["%s"] * len(row))
    columns = ", ".join(f'"{name}"' for name in row)
    raw.run(f"INSERT INTO {table} ({columns}) VALUES ({places})", *row.values())


def aimed(sql: str, table: str, column: str, number: int) -> str:
    office = DINGHAI if number == OWN else SHENGSI
    return sql.format(t=table, id=number, office=office, c=column)


def shows(answer: Any, number: int) -> bool:
    return not isinstance(answer, psycopg2.Error) and str(number) in str(answer)


def own_context() -> str:
    return signed_context(settings.CONTEXT_KEY, tenant_id=DINGHAI, user_id=LIN)


BAD_CONTEXTS = {
    "none": lambda: "",
    "expired": lambda: signed_context(
        settings.CONTEXT_KEY, tenant_id=SHENGSI, user_id=JIANG, lifetime_s=-1
    ),
    "forged": lambda: signed_context(b"k" * 32, tenant_id=SHENGSI, user_id=JIANG),
    "renamed": lambda: own_context().replace(f"v1.{DINGHAI}.", f"v1.{SHENGSI}."),
    "plain": lambda: str(SHENGSI),
}


def test_there_are_enough_kinds_and_every_table_is_probed(ground: Ground) -> None:
    assert len(READS) + len(WRITES) + len(NEVER) + len(SILENT) >= FEWEST_KINDS
    for table in tables_of_offices():
        assert (
            ground.raw.one(f"SELECT count(*) FROM {table} WHERE id IN (777000001, 777000002)") == 2
        )


@pytest.mark.parametrize("role", ROLES)
def test_no_way_of_reading_reaches_another_offices_row(ground: Ground, role: str) -> None:
    ground.become(role, own_context())
    found: Counter[str] = Counter()
    leaks = []
    for table in tables_of_offices():
        for kind, sql in READS.items():
            for number in (FOREIGN, OWN):
                answer = ground.act(aimed(sql, table, "id", number))
                is_echo = number == FOREIGN and kind == "by EXISTS" and answer == []
                if shows(answer, FOREIGN) and not is_echo:
                    leaks.append((table, kind))
                found[kind] += shows(answer, OWN)
    assert leaks == []
    # The allowed twins: each way reaches one's own rows, where the role may go it at all.
    assert {kind for kind in READS if not found[kind]} == set()


@pytest.mark.parametrize("role", ROLES)
def test_no_way_of_writing_touches_another_offices_row(ground: Ground, role: str) -> None:
    ground.become(role, own_context())
    touched, own = [], Counter[str]()
    for table in tables_of_offices():
        column = ground.changeable(table)
        for kind, sql in WRITES.items():
            answer = ground.act(aimed(sql, table, column, FOREIGN))
            is_refused = isinstance(answer, psycopg2.Error) or answer in ([], [(0,)])
            if not is_refused:
                touched.append((table, kind, answer))
            twin = ground.act(aimed(sql, table, column, OWN))
            own[kind] += not isinstance(twin, psycopg2.Error) and twin not in ([], [(0,)])
    assert touched == []
    assert own["UPDATE"], "the allowed twin"
    assert own["DELETE"], "the allowed twin"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("context", BAD_CONTEXTS.values(), ids=BAD_CONTEXTS.keys())
def test_without_a_context_of_ours_there_is_nothing(
    ground: Ground, role: str, context: Any
) -> None:
    ground.become(role, context())
    seen = []
    for table in tables_of_offices():
        for kind, sql in (READS | WRITES).items():
            answer = ground.act(aimed(sql, table, "id", FOREIGN))
            is_nothing = isinstance(answer, psycopg2.Error) or all(
                cell in (None, 0) for row in answer for cell in row
            )
            if not is_nothing:
                seen.append((table, kind, answer))
    assert seen == []


@pytest.mark.parametrize("role", ROLES)
def test_what_no_policy_governs_is_refused_whoever_asks(ground: Ground, role: str) -> None:
    ground.become(role, own_context())
    done = [
        (table, kind, answer)
        for table in tables_of_offices()
        for kind, sql in NEVER.items()
        if not isinstance(answer := ground.act(aimed(sql, table, "id", OWN)), psycopg2.Error)
    ]
    assert done == []


@pytest.mark.parametrize("role", ROLES)
def test_what_the_server_knows_of_the_rows_it_does_not_tell(ground: Ground, role: str) -> None:
    for table in tables_of_offices():
        ground.raw.run(f"ANALYZE {table}")
    ground.become(role, own_context())
    told = [
        (table, kind, answer)
        for table in tables_of_offices()
        for kind, sql in SILENT.items()
        if isinstance(answer := ground.act(aimed(sql, table, "id", OWN)), list) and answer
    ]
    assert told == []


def test_the_owner_cannot_log_in_and_nobody_who_serves_becomes_it(ground: Ground) -> None:
    """Its rows are all rows: migrations and `verify_audit` need them."""
    owner = settings.DB_ROLES["owner"]
    assert ground.raw.one("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", owner) is False
    for role in ROLES:
        name = settings.DB_ROLES[role]
        asked = "SELECT pg_has_role(%s, %s, 'MEMBER') OR pg_has_role(%s, %s, 'USAGE')"
        assert ground.raw.one(asked, name, owner, name, owner) is False


def test_a_fence_with_a_gap_would_be_seen(ground: Ground) -> None:
    """The probes can fail: one permissive policy more, and they find the row."""
    ground.raw.run("CREATE POLICY gate ON tenancy_job FOR SELECT USING (true)")
    ground.become("app", own_context())

    found = [
        kind
        for kind, sql in READS.items()
        if shows(ground.act(aimed(sql, "tenancy_job", "id", FOREIGN)), FOREIGN)
    ]
    assert len(found) >= len(READS) - 4, found
