"""Ten people of a city with four counties, records of one of these, and days that pass when told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg2.extensions import connection as Connection

from kernel.clock import now
from sharing.access.shared_records import record_to_share
from sharing.domain.shared_views import Shareable
from sharing.mapping.shared_records import words_of
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tests.clues import received
from tests.integration.sharing.share_book import Book, Hat, Record
from tests.integration.tenancy.raw import Raw
from tests.papers import to
from tests.people import acting
from tests.teams import Team

CITY, HOME, PUTUO, DAISHAN, SHENGSI = 9001, 9002, 9003, 9004, 9005
COUNTIES = (SHENGSI, PUTUO, DAISHAN, HOME)
COUNTY_ROLES = (
    Role.COUNTY_DIRECTOR, Role.COUNTY_CLERK, Role.LEADING_GROUP, Role.DISCIPLINE_BODY,
)  # fmt: skip
FANG, XIA = (9201, "方既白"), (9202, "夏知微")
PLATFORM, KEEPER = 9100, (9203, "管理员")
SEATS = {
    "lin": (HOME, Role.COUNTY_DIRECTOR),
    "wu": (HOME, Role.COUNTY_CLERK),
    "he": (HOME, Role.LEADING_GROUP),
    "luo": (HOME, Role.DISCIPLINE_BODY),
    "jiang": (SHENGSI, Role.COUNTY_DIRECTOR),
    "ye": (SHENGSI, Role.COUNTY_CLERK),
    "zhao": (CITY, Role.CITY_DIRECTOR),
    "chen": (CITY, Role.SCHEDULER),
}
# The database's day is the test's, in this copy of the database alone.
DAYS_PASS = """
CREATE OR REPLACE FUNCTION sec.today() RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT COALESCE(NULLIF(current_setting('tests.today', true), '')::date,
                    (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date)
$body$
"""


@dataclass(frozen=True)
class Ground:
    """`newest`: of how many of the views the services are asked after each step, whoever reads them."""

    records: Sequence[Record]
    seats: dict[Hat, Role]
    names: dict[int, str]
    newest: int = 1

    def book(self) -> Book:
        cities = {CITY: None} | dict.fromkeys(COUNTIES, CITY)
        book = Book(cities, self.names, HOME, _noon(now()))
        book.seats = {hat: {role} for hat, role in self.seats.items()}
        return book


def laid(team: Team, anybody: Connection) -> Ground:
    """A finding that was fed back and two clues, of which one is about Shengsi's director."""
    lin, luo, jiang = team.actor("lin"), team.actor("luo"), team.actor("jiang")
    numbers = [
        (Shareable.FINDING, to(team, "fed_back").pk, ""),
        (Shareable.CLUE, received(team, lin, luo), "骆怀川"),
        (Shareable.CLUE, received(team, lin, luo, subject_name=jiang.name), jiang.name),
    ]
    with acting(lin):
        records = [
            Record(kind, number, words_of(kind, record_to_share(lin, kind, number)), concerns)
            for kind, number, concerns in numbers
        ]
    raw = Raw(anybody)
    raw.run(DAYS_PASS)
    lay_platform(raw)
    seats, names = {}, {}
    for who, (office, role) in SEATS.items():
        actor = team.actor(who)
        seats[Hat(actor.person_id, office)], names[actor.person_id] = role, actor.name
    for (number, name), office in ((FANG, PUTUO), (XIA, DAISHAN)):
        _settle(raw, number, name, office)
        seats[Hat(number, office)], names[number] = Role.COUNTY_DIRECTOR, name
    anybody.commit()
    return Ground(records, seats, names)


def keeper() -> Actor:
    """Who abolishes offices."""
    roles = frozenset({Role.SYSTEM_ADMINISTRATOR})
    return Actor(*KEEPER, PLATFORM, "系统管理", "platform", roles)


def lay_platform(raw: Raw) -> None:
    raw.run(
        "INSERT INTO tenancy_office (id, code, name, short_name, kind, name_key)"
        " VALUES (%s, 'platform', '系统管理', '系统管理', 'platform', 'xi tong')",
        PLATFORM,
    )
    _settle(raw, *KEEPER, PLATFORM, Role.SYSTEM_ADMINISTRATOR)


def _settle(
    raw: Raw, number: int, name: str, office: int, role: Role = Role.COUNTY_DIRECTOR
) -> None:
    raw.run(
        "INSERT INTO tenancy_user (id, username, display_name, password, language, is_active)"
        " VALUES (%s, %s, %s, '', 'zh-hans', true)",
        number,
        f"p{number}",
        name,
    )
    raw.run(
        "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
        " VALUES (%s, %s, %s, '2020-01-01')",
        office,
        number,
        role,
    )


def _noon(at: datetime) -> datetime:
    return at.replace(hour=4, minute=0, second=0, microsecond=0)
