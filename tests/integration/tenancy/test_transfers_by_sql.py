"""Moving between offices, by SQL alone: whole or not at all, by two people."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.tenancy.administrators import (
    AUDIT,
    PLATFORM,
    SECOND,
    SECURITY,
    SYSTEM,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw

CITY, DINGHAI, SHENGSI = 9001, 9002, 9005
LIN, WU, YE = 9003, 9004, 9006
TODAY = "(now() AT TIME ZONE 'Asia/Shanghai')::date"
MOVE = f"SELECT sec.propose_transfer(%s, %s, %s, %s, {TODAY} + %s, 'x')"
DENIED = "holds no seat for this"


@pytest.fixture
def web(anybody: Raw) -> Raw:
    anybody.become("owner")
    seat_administrators(anybody)
    anybody.become("app")
    return anybody


def move(web: Raw, by: int = SYSTEM, office: int = PLATFORM, **changes: Any) -> Any:
    wanted = {"from": DINGHAI, "person": WU, "to": SHENGSI, "role": "county_clerk", "days": 0}
    web.become("app")
    web.act_for(office, by)
    return web.one(MOVE, *(wanted | changes).values())


def decide(web: Raw, change: Any, by: int = SECURITY) -> None:
    web.become("app")
    web.act_for(PLATFORM, by)
    web.run("SELECT sec.decide_seat(%s, true, '')", change)


def seats(web: Raw, person: int = WU) -> list[tuple[Any, ...]]:
    web.become("owner")
    return web.rows(
        f"SELECT tenant_id, role, since_on > '2020-01-01', until_on - {TODAY}"
        " FROM tenancy_membership WHERE user_id = %s ORDER BY id", person,
    )  # fmt: skip


def test_both_are_in_force_by_one_decision(web: Raw) -> None:
    web.become("owner")
    web.run(
        "INSERT INTO tenancy_signinsession (user_id, digest, network, browser, ended_because)"
        " VALUES (%s, 'x', '', '', '')", WU,
    )  # fmt: skip
    change = move(web)
    assert seats(web) == [(DINGHAI, "county_clerk", False, None)]

    decide(web, change)

    assert seats(web) == [
        (DINGHAI, "county_clerk", False, 0),
        (SHENGSI, "county_clerk", True, None),
    ]
    assert web.one("SELECT ended_because FROM tenancy_signinsession") == "moved"
    line = "SELECT tenant_id FROM tenancy_auditentry WHERE action = 'tenancy.seat.moved'"
    assert sorted(web.rows(line)) == [(DINGHAI,), (SHENGSI,)]


def test_at_a_day_to_come_both_change_then(web: Raw) -> None:
    decide(web, move(web, days=10))

    assert seats(web) == [
        (DINGHAI, "county_clerk", False, 10),
        (SHENGSI, "county_clerk", True, None),
    ]


def test_neither_when_the_new_one_does_not_go(web: Raw) -> None:
    change = move(web)
    web.become("owner")
    web.run(
        "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
        f" VALUES (%s, %s, 'county_clerk', {TODAY})", SHENGSI, WU,
    )  # fmt: skip
    before = seats(web)

    with web.refused("membership_once_per_role_and_day"):
        decide(web, change)

    assert seats(web) == before


def test_who_proposes_and_who_decides(web: Raw) -> None:
    for person, office in ((LIN, DINGHAI), (AUDIT, PLATFORM), (WU, DINGHAI)):
        with web.refused(DENIED):
            move(web, person, office)
    change = move(web, SECURITY)
    with web.refused("decided_by_another"):
        decide(web, change)
    with web.refused(DENIED):
        decide(web, change, by=SYSTEM)
    decide(web, change, by=SECOND)


@pytest.mark.parametrize(
    ("named", "changes"),
    [
        ("hold nothing", {"person": YE}),
        ("where they are", {"to": DINGHAI}),
        ("sit on the platform", {"to": PLATFORM, "role": "audit_administrator"}),
        ("sit on the platform", {"role": "audit_administrator"}),
        ("sit on the platform", {"from": PLATFORM, "person": AUDIT}),
        ("abolished office", {"to": 1}),
    ],
)
def test_what_is_no_move(web: Raw, named: str, changes: dict[str, Any]) -> None:
    with web.refused(named):
        move(web, **changes)
    assert move(web)


def test_who_holds_nothing_there_any_more_does_not_move(web: Raw) -> None:
    first, second = move(web), move(web, role="county_director")
    decide(web, first)

    with web.refused("hold nothing"):
        decide(web, second)


def test_deputies_end_with_the_move(web: Raw) -> None:
    web.become("owner")
    web.run(
        "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on, until_on, principal_id,"
        " stands_for, withheld) SELECT tenant_id, %s, role, current_date, current_date + 20, user_id,"
        " id, '[]' FROM tenancy_membership WHERE user_id = %s", WU, LIN,
    )  # fmt: skip
    assert len(seats(web)) == 2

    decide(web, move(web, days=4))

    assert (DINGHAI, "county_director", True, 4) in seats(web)
