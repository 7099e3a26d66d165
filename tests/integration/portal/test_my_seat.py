"""The page of one's own seat, and the homes of those who have no page of work."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from psycopg2.extensions import connection as Connection

from kernel.clock import today
from portal.my_seat import records_of
from tenancy.actor import Actor
from tenancy.domain.matrix.words import RECORDS, VERBS
from tenancy.domain.roles import MATRIX, ROLE_TITLES, ROLES_IN, SEATS, Role
from tests.import_desk import SignedIn, media, signed_in  # noqa: F401  (fixtures)
from tests.integration.portal.desks import desk_of, seen, words
from tests.integration.tenancy.administrators import (
    SECURITY,
    SYSTEM,
    administrator,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw

DINGHAI, PUTUO, WU = 9002, 9003, 9004
SEATS_THERE_ARE = [(kind, role) for kind in SEATS for role in Role if role in SEATS[kind]]


@pytest.fixture
def raw(connect_as: Callable[[str], Connection], committed_db: None) -> Raw:
    return Raw(connect_as("superuser"))


def actor_as(kind: str, role: Role) -> Actor:
    return Actor(9001, "某人", 9001, "某机构", kind, frozenset({role}))


def reseated(raw: Raw, role: Role, until: object = None) -> Client:
    """A browser of wu, who holds this one seat in Dinghai."""
    raw.run("UPDATE tenancy_membership SET until_on = current_date - 1 WHERE user_id = %s", WU)
    raw.run(
        "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on, until_on)"
        " VALUES (%s, %s, %s, current_date - 1, %s)",
        DINGHAI,
        WU,
        role,
        until,
    )
    raw.connection.commit()
    return desk_of("wu")


@pytest.mark.parametrize(("kind", "role"), SEATS_THERE_ARE)
def test_a_seat_reads_all_that_the_table_lets_it_and_nothing_else(kind: str, role: Role) -> None:
    mine = records_of(actor_as(kind, role))
    told = {(one.record.title["en"], line.verb["en"]) for one in mine for line in one.record.lines}

    for rule, needed in MATRIX.needs.items():
        line = (RECORDS[rule.record]["en"], VERBS[rule.verb]["en"])
        assert (line in told) is (needed <= ROLES_IN[kind][role]), rule


def test_the_page_says_the_seat_the_term_and_whom_to_ask(raw: Raw) -> None:
    page = seen(reseated(raw, Role.TEAM_LEADER), "/my-seat/")

    assert ROLE_TITLES[Role.TEAM_LEADER]["zh"] in page
    assert "定海区委巡察办" in page
    assert "不设期限" in page
    assert "林知远 县（区）委巡察办主任" in page
    assert "即将到期" not in page


@pytest.mark.parametrize(("days", "is_soon"), [(30, True), (31, False)])
def test_who_is_soon_without_the_seat_is_told_in_time(raw: Raw, days: int, is_soon: bool) -> None:
    desk = reseated(raw, Role.TEAM_MEMBER, today() + timedelta(days=days))

    assert ("即将到期" in seen(desk, "/my-seat/")) is is_soon


@pytest.mark.parametrize(
    "role", [Role.TEAM_LEADER, Role.PETITION_OFFICE, Role.AUDIT_OFFICE, Role.LEADING_GROUP]
)
def test_a_role_without_work_yet_comes_home_to_its_seat_and_every_link_opens(
    raw: Raw, role: Role
) -> None:
    desk = reseated(raw, role)
    home = seen(desk, "/")

    assert ("了解您的岗位" in home) is (role is not Role.AUDIT_OFFICE)
    assert "上传工作簿" not in home
    page = desk.get("/my-seat/").content.decode()
    addresses = {unescape(one) for one in re.findall(r'<a [^>]*href="(/[^"#]*)"', page)}
    assert "/who-may/" in addresses
    assert {one: desk.get(one).status_code for one in addresses} == dict.fromkeys(addresses, 200)


def test_the_hat_stands_in_the_header_of_every_page_at_every_width(raw: Raw) -> None:
    for address in ("/", "/my-seat/", "/sign-ins/"):
        page = desk_of("wu").get(address).content.decode()
        narrow = page[page.index('class="brand-office"') :]
        assert ROLE_TITLES[Role.COUNTY_CLERK]["zh"] in narrow[: narrow.index("</span></span>")]


def test_the_administrators_homes_say_what_waits(raw: Raw, signed_in: SignedIn) -> None:
    seat_administrators(raw)
    raw.run("UPDATE tenancy_user SET expires_on = current_date + 30 WHERE username = 'wu'")
    raw.connection.commit()
    system, security = (signed_in(administrator(number)) for number in (SYSTEM, SECURITY))

    home = words(system.get("/"))
    assert "30 天内到期的账号" in home
    assert "吴清和" in home
    assert "无人在任的机构" in home  # nobody sits in Putuo and Daishan
    assert "岱山县、普陀区" in home
    assert "处理岗位授权" not in words(security.get("/"))

    form = {"office": PUTUO, "username": "jiang", "role": "county_director", "reason": "调任"}
    assert system.post("/seats/", form).status_code == 302
    assert "处理岗位授权 1 项" in words(security.get("/"))
    assert "处理岗位授权" not in words(system.get("/"))
    assert "待处理的岗位授权" in words(system.get("/"))


def test_nobody_decides_what_they_proposed_also_not_by_their_home(
    raw: Raw, signed_in: SignedIn
) -> None:
    seat_administrators(raw)
    raw.connection.commit()
    security = signed_in(administrator(SECURITY))
    form = {"office": PUTUO, "username": "jiang", "role": "county_director", "reason": "调任"}

    assert security.post("/seats/", form).status_code == 302
    assert "处理岗位授权" not in words(security.get("/"))
    assert "待处理的岗位授权" in words(security.get("/"))
