"""What teams brought home in twenty offices that are all alike: findings, clues, items of
rectification and letters with all that hangs on them, put in by SQL, past every trigger and policy,
into a database that is dropped afterwards. States, numbers and repeated columns are as the triggers
would have left them."""

from __future__ import annotations

from collections.abc import Callable

from scheduling.management.fence_rows import (
    FIRST_OFFICE,
    OFFICES,
    Run,
    Table,
    mine,
    offices_of,
    put_in,
)

# Of the rows of an office, how many in a hundred are of a table.
SHARES = {
    "sharing_workingpaper": 40,
    "sharing_officeclue": 20,
    "sharing_rectificationitem": 20,
    "sharing_letter": 20,
}
# Whose eyes: their number is that of the office's first person and as many hundreds.
PEOPLE = {
    "director": (1, "city_director", "county_director"),
    "discipline": (2, "discipline_body", "discipline_body"),
    "leader": (3, "team_leader", "team_leader"),
    "liaison": (4, "unit_liaison", "unit_liaison"),
    "supervisor": (5, "stationed_discipline", "stationed_discipline"),
    "county_leader": (6, "county_leader", "county_leader"),
}
UNITS, PAPERS_PER_ROOM, OPEN_ROOMS, CLUES_PER_LIST, LEADERS = 500, 100, 2, 20, 12
TEXTS, ARTICLES_PER_TEXT = 120, 50
LEAST = 1000  # rows of an office: fewer fill no room


def person(role: str, office: str = "o") -> str:
    """The number of who looks, as SQL over `o`, or of one office."""
    return f"({FIRST_OFFICE} + {office} + {100 * PEOPLE[role][0]})"


def fill(run: Run, *, rows: int, offices: int = OFFICES) -> dict[str, int]:
    """About `rows` records, and their texts, acts and notes; how many of each table there are."""
    run(offices_of(offices))
    run(";".join(_seats(role, offices) for role in PEOPLE))
    each = max(rows // offices, LEAST)
    tables = [*_papers(each, offices), *_clues(each, offices), *_after(each), *_rules(each)]
    return put_in(run, tables, offices)


def records(counted: dict[str, int]) -> int:
    """How many findings, clues, items and letters these are."""
    return sum(counted[name] for name in SHARES)


def _seats(role: str, offices: int) -> str:
    _, in_city, in_county = PEOPLE[role]
    return f"""
INSERT INTO tenancy_user (id, username, display_name, language, is_active, password)
SELECT {person(role)}, 'bench-{role}-' || o, '林知行', 'zh-hans', true, ''
  FROM generate_series(1, {offices}) AS o;
SET session_replication_role = 'replica';
INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on, is_guest)
SELECT {FIRST_OFFICE} + o, {person(role)}, CASE o WHEN 1 THEN '{in_city}' ELSE '{in_county}' END,
       '2020-01-01', false
  FROM generate_series(1, {offices}) AS o"""


def _papers(each: int, offices: int) -> list[Table]:
    papers = _share(each, "sharing_workingpaper")
    rooms = _rooms(each)
    room = f"1 + (i - 1) % {PAPERS_PER_ROOM * rooms} / {PAPERS_PER_ROOM}"
    version = {"version_id": mine("i")} | _PLACE
    return [
        Table("sharing_unitdesk", UNITS, _DESK),
        Table("sharing_unitcontact", UNITS // 100, _contact("speak", "liaison")),
        Table(
            "sharing_unitcontact",
            UNITS // 50,
            _contact("supervise", "supervisor") | {"id": mine("1000 + i")},
        ),
        Table("sharing_room", rooms, _room("papers", rooms)),
        Table("sharing_room", rooms * offices, _direct_room(rooms * offices), alone=True),
        Table("sharing_roommember", OPEN_ROOMS, _member(mine, rooms)),
        Table("sharing_roommember", OPEN_ROOMS, _direct_member(rooms * offices), alone=True),
        Table("sharing_roomseat", OPEN_ROOMS, _place(mine, rooms)),
        Table("sharing_roomseat", OPEN_ROOMS, _direct_place(rooms * offices), alone=True),
        Table("sharing_roomunit", rooms, _ROOM_UNIT),
        Table(
            "sharing_workingpaper",
            papers,
            {"room_id": mine(room), "report_id": mine(room)} | _PAPER | _unit(room),
        ),
        Table("sharing_paperversion", papers, _VERSION),
        Table("sharing_paperbasis", papers, version | _BASIS),
        Table("sharing_paperevidence", papers, version | _EVIDENCE),
        Table("sharing_paperstep", 2 * papers, _steps("written", "put_in_report", "in_report")),
        Table("sharing_inspectionreport", rooms, _REPORT | _unit("i")),
        Table("sharing_reporttext", 2 * rooms, _REPORT_TEXT),
        Table("sharing_reportstep", 2 * rooms, _steps("written", "submitted", "submitted")),
    ]


def _clues(each: int, offices: int) -> list[Table]:
    clues = _share(each, "sharing_officeclue")
    lists = max(clues * 7 // 10 // CLUES_PER_LIST - 1, 1)
    everywhere = clues * offices
    rooms = _rooms(each) * offices
    return [
        Table("sharing_officeclue", clues, _OFFICE_CLUE | _CLUE_TEXT),
        Table("sharing_officecluestep", 2 * clues, _steps("signed", "taken_in", "taken_in")),
        Table("sharing_handoverlist", lists, _LIST),
        Table("sharing_handoverentry", lists * CLUES_PER_LIST, _ENTRY),
        Table("sharing_cluetie", 3, {"clue_id": mine("i * 7"), "user_id": person("director")}),
        Table("sharing_clue", everywhere, _clue(everywhere, rooms) | _CLUE_TEXT, alone=True),
        Table("sharing_clueroute", everywhere, _ROUTE, alone=True),
        Table("sharing_interferenceentry", clues // 10, _INTERFERENCE, alone=True),
    ]


def _after(each: int) -> list[Table]:
    items = _share(each, "sharing_rectificationitem")
    letters = _share(each, "sharing_letter")
    of_item = {"item_id": mine("i")}
    return [
        Table("sharing_rectificationitem", items, _ITEM),
        Table(
            "sharing_rectificationstep",
            2 * items,
            _steps("plan_handed_in", "plan_accepted", "in_progress"),
        ),
        Table("sharing_itemnote", items, of_item | _NOTE),
        Table("sharing_jointcase", max(items // 100, 1), _CASE),
        Table("sharing_outcome", max(items // 3, 1), _OUTCOME),
        Table("sharing_outcomecause", max(items // 3, 1), of_item | {"outcome_id": mine("i")}),
        Table("sharing_talk", 2 * UNITS, _TALK),
        Table("sharing_letter", letters, _LETTER),
        Table("sharing_lettercopy", letters // 4, _COPY),
        Table("sharing_letterstep", 2 * letters, _steps("written", "handed_in", "under_review")),
        Table("sharing_letterreply", letters // 2, {"letter_id": mine("i")} | _SAID),
        Table("sharing_deadline", items, _deadline("rectification_item")),
        Table("sharing_deadline", letters, _deadline("letter") | {"id": mine(f"{items} + i")}),
    ]


def _rules(each: int) -> list[Table]:
    texts = min(TEXTS, each // ARTICLES_PER_TEXT)
    return [
        Table("sharing_ruletext", texts, _RULE),
        Table("sharing_ruleedition", texts, _EDITION),
        Table("sharing_rulearticle", texts * ARTICLES_PER_TEXT, _ARTICLE),
    ]


def _rooms(each: int) -> int:
    return max(_share(each, "sharing_workingpaper") // PAPERS_PER_ROOM, OPEN_ROOMS)


def _share(each: int, table: str) -> int:
    return each * SHARES[table] // 100


def _owed(when: str) -> str:
    return f"CASE WHEN i % 10 >= 6 AND {when} THEN CURRENT_DATE - 30 + (i % 90)::integer END"


def _one_of(*words: str, by: str = "i") -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"(ARRAY[{listed}])[1 + {by} % {len(words)}]"


def _unit(number: str) -> dict[str, str]:
    place = f"(1 + ({number}) % {UNITS})"
    return {"unit_code": f"'u' || {place}", "unit_name": f"'第' || {place} || '单位'"}


def _direct(number: str) -> str:
    return mine(f"5000000 + {number}")


def _may(model: str, codename: str) -> str:
    return (
        "(SELECT may.id FROM auth_permission AS may JOIN django_content_type AS kind"
        f" ON kind.id = may.content_type_id WHERE kind.app_label = 'sharing'"
        f" AND kind.model = '{model}' AND may.codename = '{codename}')"
    )


def _contact(capacity: str, role: str) -> dict[str, str]:
    return {
        "desk_id": mine("i"),
        "user_id": person(role),
        "permission_id": _may("unitdesk", capacity),
    }


def _room(purpose: str, rooms: int) -> dict[str, str]:
    """The last ones are open; the terms of the others are over."""
    return {
        "purpose": f"'{purpose}'",
        "lead_id": f"{FIRST_OFFICE} + 1",
        "host_id": f"{FIRST_OFFICE} + o",
        "round_number": "i",
        "round_name": "'第' || 1 + i / 20 || '轮'",
        "mode": "'mixed'",
        "team_code": "'T' || i",
        "team_name": "'第' || i || '组'",
        "starts_on": "DATE '2020-01-01'",
        "until_on": f"CASE WHEN i > {rooms - OPEN_ROOMS} THEN DATE '2099-01-01'"
        " ELSE DATE '2020-06-01' END",
    }


def _direct_room(rooms: int) -> dict[str, str]:
    """The city has one for every team of every county."""
    return _room("direct", rooms) | {"id": _direct("i")}


def _member(place: Callable[[str], str], rooms: int) -> dict[str, str]:
    return {
        "room_id": place(f"({rooms} + 1 - i)"),
        "user_id": person("leader"),
        "permission_id": _may("room", "handle"),
    }


def _direct_member(rooms: int) -> dict[str, str]:
    return _member(_direct, rooms) | {"id": mine("1000 + i")}


def _place(place: Callable[[str], str], rooms: int) -> dict[str, str]:
    return {
        "room_id": place(f"({rooms} + 1 - i)"),
        "origin_id": f"{FIRST_OFFICE} + 1",
        "person_number": "'1'",
        "role": "'leader'",
        "user_id": person("leader"),
    }


def _direct_place(rooms: int) -> dict[str, str]:
    return _place(_direct, rooms) | {"id": mine("1000 + i")}


def _steps(first: str, second: str, after: str) -> dict[str, str]:
    return {
        "record_id": mine("1 + (i - 1) / 2"),
        "number": "1 + (i - 1) % 2",
        "act": f"CASE i % 2 WHEN 1 THEN '{first}' ELSE '{second}' END",
        "hand": "'office_director'",
        "after": f"'{after}'",
        "by_name": "'陈砚秋'",
        "facts": """'{"version": 1}'""",
        "at": "now()",
    }


def _clue(clues: int, rooms: int) -> dict[str, str]:
    """In the city's direct rooms, as many in each; the last ones are open."""
    return {
        "room_id": _direct(f"1 + (i - 1) / {max(clues // rooms, 1)}"),
        "registered_by_id": person("leader"),
        "state": "'leader_signed'",
    }


def _deadline(life: str) -> dict[str, str]:
    return {
        "life": f"'{life}'",
        "number": mine("i"),
        "clock": "'notification_reply'",
        "title": "'事项' || i",
        "asked_hand": "'unit'",
        "asked_unit": "''",
        "days": "15",
        "state": "CASE WHEN i % 10 < 7 THEN 'kept' ELSE 'running' END",
        "ended_on": "CASE WHEN i % 10 < 7 THEN DATE '2026-01-05' END",
        "due_on": "CURRENT_DATE - 60 + (i % 120)::integer + CASE WHEN i % 10 < 7 THEN 90 ELSE 0 END",
        "soon_on": "CURRENT_DATE - 65 + (i % 120)::integer",
        "known_until": "2026",
    }


_PLACE = {"position": "1"}
_SAID = {"text": "repeat('已按要求整改到位。', 20)", "by_name": "'陈砚秋'"}
_DESK = {
    "unit_code": "'u' || i",
    "name": "'第' || i || '单位'",
    "name_key": "'di ' || i",
    "inspectable": "true",
}
_ROOM_UNIT = {"room_id": mine("i"), "code": f"'u' || 1 + i % {UNITS}", "name": "'单位' || i"}
_PAPER_STATES = (
    "closed",
    "closed",
    "rectifying",
    "fed_back",
    "in_report",
    "leader_signed",
    "draft",
)
_TITLE = (
    f"{_one_of('经费', '采购', '工程', '津补贴', '三资', '选人用人', '意识形态')}"
    " || '管理不规范的问题（' || i || '）'"
)
_CLASS = {
    "level": _one_of("U1", "U2", "U3", "U4"),
    "class_name": "'落实党的路线方针政策'",
    "severity": _one_of("slight", "grave", "very_grave"),
    "disciplines": "'[]'",
    "money_cents": "i * 100",
}
_PAPER = {
    "state": _one_of(*_PAPER_STATES, by="(i / 3)"),
    "steps": "2",
    "finder_id": person("leader"),
    "finder_name": "'林知行'",
    "year": "2026",
    "sequence": f"1 + (i - 1) % {PAPERS_PER_ROOM}",
    "finding_sequence": f"1 + (i - 1) % {PAPERS_PER_ROOM}",
    "version": "1",
    "title": _TITLE,
} | _CLASS
_VERSION = {
    "paper_id": mine("i"),
    "title": _TITLE,
    "fact": "repeat('经查，该单位未按规定履行程序。', 25)",
    "nature": "repeat('违反财经纪律。', 10)",
    "responsibility": "repeat('分管领导负主要责任。', 5)",
    "why": "''",
} | _CLASS
_BASIS = {"text_title": "'中国共产党巡视工作条例'", "article": "'第' || i % 40 || '条'"}
_EVIDENCE = {"kind": "'document'", "title": "'会议记录' || i"}
_REPORT = {
    "room_id": mine("i"),
    "state": _one_of("drafting", "submitted", "approved", "served"),
    "steps": "2",
}
_REPORT_TEXT = {
    "report_id": mine("1 + (i - 1) / 2"),
    "part": "CASE i % 2 WHEN 1 THEN 'report' ELSE 'feedback' END",
    "overview": "repeat('总体情况。', 100)",
}
_CLUE_TEXT = {
    "subject_name": "'对象' || i",
    "subject_unit": f"'第' || 1 + i % {UNITS} || '单位'",
    "management_level": "CASE o WHEN 1 THEN 'city_managed' ELSE 'county_managed' END",
    "source_kind": _one_of("petition_letter", "interview", "files"),
    "is_urgent": "i % 50 = 7",
    "gist": "repeat('反映其在工程招标中收受好处。', 20)",
    "evidence": "'[]'",
}
_CLUE_STATES = ("leader_signed", "taken_in", "taken_in", "handed_over", "acknowledged")
_OFFICE_CLUE = {
    "id": f"{mine('i')}",
    "state": f"CASE WHEN i % 10 < 5 THEN 'closed' ELSE {_one_of(*_CLUE_STATES, by='(i / 10)')} END",
    "round_name": "'第' || 1 + i / 200 || '轮'",
    "signed_by": "'林知行'",
    "year": "2026",
    "number": "i",
    "handed_over_at": "CASE WHEN i % 10 < 7 THEN now() END",
    "next_due_on": "CASE WHEN i % 10 < 5 THEN DATE '9999-12-31'"
    " ELSE CURRENT_DATE - 60 + (i % 200)::integer END",
}
_LIST = {
    "year": "2026",
    "number": "i",
    "size": str(CLUES_PER_LIST),
    "document": "repeat('移交清单', 500)",
    "signed_at": "now() - i * interval '1 hour'",
    "signed_by_id": person("director"),
    "receipt_number": "i",
    "receipt_year": "2026",
    "acknowledged_at": "now()",
}
_ENTRY = {
    "list_id": mine(f"1 + (i - 1) / {CLUES_PER_LIST}"),
    # Those that were handed over: seven of every ten.
    "clue_id": mine("10 * (1 + (i - 1) / 7) + (i - 1) % 7"),
    "place": f"1 + (i - 1) % {CLUES_PER_LIST}",
}
_ROUTE = {
    "clue_id": mine("i"),
    "office_id": f"{FIRST_OFFICE} + 1 + i % {OFFICES}",
    "office_clue": "i",
    "round_name": "'第' || 1 + i / 4000 || '轮'",
    "state": _one_of("taken_in", "handed_over", "in_process", "closed", by="(i / 20)"),
    "since": "now() - i * interval '1 minute'",
}
_INTERFERENCE = {
    "room_id": _direct("1"),
    "registered_by_id": person("leader"),
    "who": "'某人' || i",
    "approach": "'asked'",
}
_ITEM_STATES = ("assigned", "plan_drafted", "in_progress", "claimed_done", "accepted")
_ITEM = {
    "state": f"CASE WHEN i % 10 < 6 THEN 'closed_out' ELSE {_one_of(*_ITEM_STATES, by='(i / 10)')} END",
    "steps": "2",
    "desk_id": mine(f"1 + i % {UNITS}"),
    "round_name": "'第' || 1 + i / 200 || '轮'",
    "position": "i",
    "issue": "repeat('该单位未按规定履行程序，', 12) || i",
    "category": "'落实党的路线方针政策'",
    "source_life": "'working_paper'",
    "source_number": mine("i"),
    "leader_id": f"CASE i % {LEADERS} WHEN 0 THEN {person('county_leader')} END",
    "leader_name": f"'县领导' || i % {LEADERS}",
    "case_id": f"CASE WHEN i % 20 = 0 THEN {mine('1 + i / 2000')} END",
    "due_on": "CURRENT_DATE - 30 + (i % 90)::integer",
    "plan_due_on": "CURRENT_DATE - 30 + (i % 90)::integer",
    # Assigned, or in progress: the unit owes something.
    "owed_on": _owed("(i / 10) % 5 IN (0, 2)"),
    "concentrated_until": "CURRENT_DATE + 90",
    "served_on": "CURRENT_DATE - 60",
}
_NOTE = {"kind": "'progress'"} | _SAID
_CASE = {"title": "'共性问题' || i", "leader_id": person("county_leader")}
_OUTCOME = {
    "desk_id": mine(f"1 + i % {UNITS}"),
    "kind": "CASE i % 2 WHEN 0 THEN 'rule_made' ELSE 'money_recovered' END",
    "title": "'建立制度' || i",
    "cents": "CASE i % 2 WHEN 1 THEN i * 100 END",
}
_TALK = {
    "desk_id": mine("1 + (i - 1) / 2"),
    "round_name": "'第1轮'",
    "post": "CASE i % 2 WHEN 1 THEN '党组书记' ELSE '纪检组长' END",
    "queued_on": "CURRENT_DATE",
}
_LETTER_STATES = ("draft", "under_review", "sent", "received", "replied")
_TO_LEADER = "(i % 50 = 13)"
_LETTER = {
    "state": f"CASE WHEN i % 10 < 6 THEN 'closed' ELSE {_one_of(*_LETTER_STATES, by='(i / 10)')} END",
    "steps": "2",
    "kind": _one_of("notification_letter", "proposal_letter", "rectification_notice"),
    "title": "'关于整改有关问题的函（' || i || '）'",
    "body": "repeat('请于收到之日起十五个工作日内书面反馈。', 15)",
    "goes_to": f"CASE WHEN {_TO_LEADER} THEN 'leader' ELSE 'unit' END",
    "desk_id": f"CASE WHEN NOT {_TO_LEADER} THEN {mine(f'1 + i % {UNITS}')} END",
    "person_id": f"CASE WHEN {_TO_LEADER} THEN {person('county_leader')} END",
    "addressee": f"'第' || 1 + i % {UNITS} || '单位'",
    "reply_days": "15",
    "due_on": "CURRENT_DATE - 30 + (i % 90)::integer",
    # Sent, or received: a reply is owed.
    "owed_on": _owed("(i / 10) % 5 IN (2, 3)"),
    "year": "2026",
    "number": "i",
    "reference": "'巡函〔2026〕' || i || '号'",
    "frozen": "repeat('请于收到之日起十五个工作日内书面反馈。', 15)",
    "digest": "repeat('0', 64)",
    "item_id": mine("i"),
}
_COPY = {
    "letter_id": mine("i * 4"),
    "goes_to": "'supervisors'",
    "desk_id": mine(f"1 + i % {UNITS}"),
    "addressee": "'派驻纪检组'",
}
_RULE = {
    "sender_id": f"{FIRST_OFFICE} + 1",
    "title": "'关于加强' || i || '号事项管理的规定'",
    "title_key": "'guan yu jia qiang ' || i",
    "initials": "'gyjq' || i",
    "number": "'〔2026〕' || i || '号'",
}
_EDITION = {
    "sender_id": f"{FIRST_OFFICE} + 1",
    "text_id": mine("i"),
    "label": "'2026年版'",
    "effective_from": "DATE '2026-01-01'",
    "article_count": str(ARTICLES_PER_TEXT),
}
_ARTICLE = {
    "sender_id": f"{FIRST_OFFICE} + 1",
    "edition_id": mine(f"1 + (i - 1) / {ARTICLES_PER_TEXT}"),
    "position": f"1 + (i - 1) % {ARTICLES_PER_TEXT}",
    "number": f"'第' || 1 + (i - 1) % {ARTICLES_PER_TEXT} || '条'",
    "words": "repeat('各单位应当严格执行有关规定，不得违反程序', 6) || i",
}
