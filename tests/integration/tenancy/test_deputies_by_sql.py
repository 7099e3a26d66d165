"""Whoever can run SQL behind the web, or as the schema's owner: what no deputy becomes, and when
each ends. Every refusal stands beside what is allowed."""

from __future__ import annotations

from typing import Any

import pytest

from tenancy.domain.deputies import POSTS
from tenancy.domain.roles import Role
from tests.integration.tenancy.administrators import (
    PLATFORM,
    SECOND,
    SECURITY,
    SYSTEM,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw

CITY, DINGHAI, SHENGSI = 9001, 9002, 9005
CHEN, ZHAO, LIN, WU, JIANG, YE, SONG = 9001, 9002, 9003, 9004, 9005, 9006, 9007
PROPOSE = (
    "SELECT sec.propose_deputy(%s, %s, sec_today() + %s, sec_today() + %s, %s::jsonb, 'x')"
).replace("sec_today()", "(now() AT TIME ZONE 'Asia/Shanghai')::date")
DENIED = "holds no seat for this"


@pytest.fixture
def web(anybody: Raw) -> Raw:
    anybody.become("owner")
    seat_administrators(anybody)
    anybody.become("app")
    return anybody


def as_person(web: Raw, person: int, office: int = DINGHAI) -> Raw:
    web.become("app")
    web.act_for(office, person)
    return web


def as_owner(web: Raw) -> Raw:
    web.become("owner")
    return web


def seat_of(web: Raw, person: int) -> Any:
    return as_owner(web).one(
        "SELECT max(id) FROM tenancy_membership WHERE user_id = %s AND principal_id IS NULL", person
    )


def propose(
    web: Raw,
    by: int = LIN,
    whose: int | None = None,
    person: int = WU,
    days: int = 30,
    after: int = 0,
    office: int = DINGHAI,
    withheld: str = "[]",
) -> Any:
    seat = seat_of(web, whose or by)
    return as_person(web, by, office).one(PROPOSE, seat, person, after, after + days, withheld)


def decide(web: Raw, change: Any, by: int = SECURITY) -> None:
    as_person(web, by, PLATFORM).run("SELECT sec.decide_seat(%s, true, '')", change)


def deputies(web: Raw) -> list[tuple[Any, ...]]:
    return as_owner(web).rows(
        "SELECT user_id, role, until_on - since_on FROM tenancy_membership"
        " WHERE principal_id IS NOT NULL ORDER BY id"
    )


def test_the_rules_of_people_and_of_the_database_name_the_same_posts(web: Raw) -> None:
    as_owner(web)

    assert {role for role in Role if web.one("SELECT sec.is_post(%s)", role)} == POSTS


def test_a_deputy_is_named_by_one_and_put_in_force_by_another(web: Raw) -> None:
    change = propose(web)
    assert deputies(web) == []
    for person in (LIN, WU):
        with web.refused(DENIED):
            as_person(web, person).run("SELECT sec.decide_seat(%s, true, '')", change)
    decide(web, change)

    assert deputies(web) == [(WU, "county_director", 30)]
    line = "SELECT data ->> 'principal' FROM tenancy_auditentry WHERE action = %s"
    assert as_owner(web).one(line, "tenancy.deputy.given") == str(LIN)


def test_whoever_proposed_for_another_does_not_decide(web: Raw) -> None:
    change = propose(web, by=SECURITY, whose=LIN, office=PLATFORM)

    with web.refused("seat_change_decided_by_another"):
        decide(web, change)
    decide(web, change, by=SECOND)
    assert len(deputies(web)) == 1


def test_who_names_whose_deputy(web: Raw) -> None:
    with web.refused(DENIED):  # a clerk the director's
        propose(web, by=WU, whose=LIN, person=WU)
    with web.refused(DENIED):  # another office's director
        propose(web, by=JIANG, whose=LIN, person=WU, office=SHENGSI)
    with web.refused(DENIED):  # a seat that is not there
        as_person(web, WU).one(PROPOSE, 1, LIN, 0, 5, "[]")

    propose(web, by=WU, person=LIN)
    propose(web, by=SYSTEM, whose=LIN, person=WU, office=PLATFORM)


def test_what_no_deputy_is(web: Raw) -> None:
    for named, change in {
        "stands in for themselves": {"by": SYSTEM, "whose": LIN, "person": LIN, "office": PLATFORM},
        "at most 90 days": {"days": 91},
        "a term of at most 90 days": {"days": 0},
        "of the same office": {"person": YE},
        "cannot be stood in for": {
            "by": SYSTEM, "whose": SONG, "person": CHEN, "office": PLATFORM,
        },
        "cannot be stood in for|holds no seat": {
            "by": SYSTEM, "whose": SECURITY, "person": SECOND, "office": PLATFORM,
        },
    }.items():  # fmt: skip
        with web.refused(named):
            propose(web, **change)  # type: ignore[arg-type]

    assert propose(web, days=90)


def test_a_recusal_officer_stands_in_for_nobody(web: Raw) -> None:
    """Kin and careers stay apart from who makes plans."""
    with web.refused("of the same office"):
        propose(web, by=ZHAO, person=SONG, office=CITY)
    propose(web, by=ZHAO, person=CHEN, office=CITY)


def test_a_deputy_names_no_deputy_and_gives_no_seat(web: Raw) -> None:
    decide(web, propose(web))
    [(number, principal)] = as_owner(web).rows(
        "SELECT id, stands_for FROM tenancy_membership WHERE principal_id IS NOT NULL"
    )

    as_person(web, WU)
    for seat in (number, principal):
        with web.refused(f"{DENIED}|cannot be stood in for"):
            web.one(PROPOSE, seat, LIN, 0, 5, "[]")
    with web.refused(DENIED):
        web.run(
            "SELECT sec.propose_seat('grant', %s, %s, 'county_clerk', current_date, NULL, NULL, '')",
            DINGHAI,
            JIANG,
        )
    as_person(web, LIN).run(
        "SELECT sec.propose_seat('grant', %s, %s, 'county_clerk', current_date, NULL, NULL, '')",
        DINGHAI,
        JIANG,
    )


def test_a_seat_has_one_deputy_at_a_time(web: Raw) -> None:
    as_owner(web).run(
        "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
        " VALUES (%s, %s, 'county_clerk', '2020-01-01')", DINGHAI, YE,
    )  # fmt: skip
    first, second = propose(web), propose(web, person=YE)
    decide(web, first)

    with web.refused("has a deputy then"):
        decide(web, second)
    with web.refused("has a deputy then"):
        propose(web, after=29, days=10)
    decide(web, propose(web, after=30, days=10))
    assert len(deputies(web)) == 2


def test_even_the_owner_makes_no_other_deputies(web: Raw) -> None:
    insert = (
        "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on, until_on, principal_id,"
        " stands_for, withheld) VALUES (%s, %s, %s, current_date, current_date + %s, %s, %s, '[]')"
    )
    seat = seat_of(web, LIN)
    for wrong in (
        (SHENGSI, WU, "county_director", 5, LIN, seat),
        (DINGHAI, WU, "county_clerk", 5, LIN, seat),
        (DINGHAI, WU, "county_director", 5, JIANG, seat),
        (DINGHAI, WU, "county_director", 91, LIN, seat),
        (DINGHAI, YE, "county_director", 5, LIN, seat),
        (DINGHAI, WU, "county_director", 5, LIN, 1),
    ):
        with web.refused("deputy|stood in for|stands in for"):
            web.run(insert, *wrong)
    with web.refused("deputises_whole"):
        web.run(
            "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on, withheld)"
            " VALUES (%s, %s, 'county_director', current_date, '[]')", DINGHAI, WU,
        )  # fmt: skip
    web.run(insert, DINGHAI, WU, "county_director", 5, LIN, seat)
    for change in ("until_on = until_on + 1", "withheld = '[\"x\"]'", "principal_id = NULL"):
        with web.refused("given anew|deputises_whole"):
            web.run(f"UPDATE tenancy_membership SET {change} WHERE principal_id IS NOT NULL")
    web.run("UPDATE tenancy_membership SET until_on = until_on - 1 WHERE principal_id IS NOT NULL")


@pytest.mark.parametrize("whose", [LIN, WU])
@pytest.mark.parametrize(
    "how",
    [
        "UPDATE tenancy_membership SET until_on = current_date"
        " WHERE user_id = {whose} AND principal_id IS NULL",
        "DELETE FROM tenancy_membership WHERE user_id = {whose} AND principal_id IS NULL",
    ],
)
def test_it_ends_when_either_seat_ends(web: Raw, whose: int, how: str) -> None:
    decide(web, propose(web))
    assert len(deputies(web)) == 1

    web.run(how.format(whose=whose))

    assert deputies(web) == []


def test_it_ends_when_the_office_does(web: Raw) -> None:
    decide(web, propose(web))

    as_person(web, SYSTEM, PLATFORM).run("SELECT sec.close_office(%s, %s)", DINGHAI, SHENGSI)

    assert deputies(web) == []


def test_only_whom_they_stand_in_for_ends_it_alone(web: Raw) -> None:
    decide(web, propose(web))
    number = as_owner(web).one("SELECT id FROM tenancy_membership WHERE principal_id IS NOT NULL")
    for person, office in ((WU, DINGHAI), (JIANG, SHENGSI), (SECURITY, PLATFORM), (LIN, SHENGSI)):
        with web.refused("no such deputy of yours"):
            as_person(web, person, office).run("SELECT sec.revoke_deputy(%s)", number)
    with web.refused("no such deputy of yours"):
        as_person(web, LIN).run("SELECT sec.revoke_deputy(%s)", seat_of(web, WU))

    as_person(web, LIN).run("SELECT sec.revoke_deputy(%s)", number)

    assert deputies(web) == []


def test_a_deputy_signs_as_the_director_unless_it_was_withheld(web: Raw) -> None:
    asked = "SELECT sec.acts_as('city_director', %s)"

    def may(person: int, permission: str) -> Any:
        web.run("RESET ROLE")
        web.act_for(CITY, person)
        return web.one(asked, permission)

    change = propose(web, by=ZHAO, person=CHEN, office=CITY, withheld='["publish_plan"]')
    assert not may(CHEN, "approve_plan")
    decide(web, change)

    assert may(CHEN, "approve_plan")
    assert not may(CHEN, "publish_plan")
    assert may(ZHAO, "publish_plan")
    web.act_for(CITY, CHEN)
    assert not web.one("SELECT sec.holds_seat('city_director')")
    web.run("UPDATE tenancy_user SET is_active = false WHERE id = %s", ZHAO)
    assert not may(CHEN, "approve_plan")
