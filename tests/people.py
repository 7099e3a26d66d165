"""Offices and people that every test knows: fictional names, real geography.

They are settled once, in the database template; their numbers are fixed and high, so that a
fixture needs no query and a test may make offices and people of its own.

| person | seat |
|---|---|
| `chen` 陈砚秋 | scheduler of the city office |
| `zhao` 赵望舒 | director of the city office |
| `lin` 林知远 | director of Dinghai's office |
| `wu` 吴清和 | clerk of Dinghai's office |
| `jiang` 江听澜 | director of Shengsi's office |
| `ye` 叶疏桐 | clerk of Shengsi's office |
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

import pytest

from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role
from tenancy.models import Membership, Office, SecurityPolicy, User

PASSWORD = "on-duty-at-the-harbour"
SEATED_SINCE = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits where in the tests."""

    number: int
    username: str
    name: str
    office: str
    role: Role


# code: number, name, short name, kind, parent, longitude, latitude, name in pinyin
_OFFICES = {
    "zhoushan": (9001, "舟山市委巡察办", "舟山市", "city", None, 122.20, 29.99, "zhou shan"),
    "dinghai": (9002, "定海区委巡察办", "定海区", "county", 9001, 122.11, 30.02, "ding hai"),
    "putuo": (9003, "普陀区委巡察办", "普陀区", "county", 9001, 122.30, 29.95, "pu tuo"),
    "daishan": (9004, "岱山县委巡察办", "岱山县", "county", 9001, 122.20, 30.24, "dai shan"),
    "shengsi": (9005, "嵊泗县委巡察办", "嵊泗县", "county", 9001, 122.45, 30.73, "sheng si"),
}
_SEATS = {
    seat.username: seat
    for seat in (
        Seat(9001, "chen", "陈砚秋", "zhoushan", Role.SCHEDULER),
        Seat(9002, "zhao", "赵望舒", "zhoushan", Role.CITY_DIRECTOR),
        Seat(9003, "lin", "林知远", "dinghai", Role.COUNTY_DIRECTOR),
        Seat(9004, "wu", "吴清和", "dinghai", Role.COUNTY_CLERK),
        Seat(9005, "jiang", "江听澜", "shengsi", Role.COUNTY_DIRECTOR),
        Seat(9006, "ye", "叶疏桐", "shengsi", Role.COUNTY_CLERK),
        Seat(9007, "song", "宋怀瑾", "zhoushan", Role.RECUSAL_OFFICER),
    )
}


def settle() -> None:
    """Put them into the database. As the owner, once, when the template is made.

    The policy asks nobody for a second factor: most tests are of something else, and sign in with
    a password. Those of the second factor set the policy.
    """
    SecurityPolicy.objects.update(factor_roles=[])
    Office.objects.bulk_create([_office(code) for code in _OFFICES])
    for seat in _SEATS.values():
        user = User(pk=seat.number, username=seat.username, display_name=seat.name)
        user.set_password(PASSWORD)
        user.save(force_insert=True)
        Membership.objects.create(
            tenant_id=_OFFICES[seat.office][0], user=user, role=seat.role, since_on=SEATED_SINCE
        )


def acting(actor: Actor) -> AbstractContextManager[None]:
    """The fence, as a request or a job of this actor opens it."""
    return in_office(actor.tenant_id, actor.user_id)


def _office(code: str) -> Office:
    number, name, short_name, kind, parent, lon, lat, name_key = _OFFICES[code]
    return Office(
        pk=number,
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        parent_id=parent,
        lon=lon,
        lat=lat,
        name_key=name_key,
    )


def _actor(username: str) -> Actor:
    seat = _SEATS[username]
    office = _office(seat.office)
    return Actor(
        user_id=seat.number,
        name=seat.name,
        tenant_id=office.pk,
        office_name=office.short_name,
        office_kind=office.kind,
        roles=frozenset({seat.role}),
    )


@pytest.fixture
def zhoushan() -> Office:
    """The city office."""
    return _office("zhoushan")


@pytest.fixture
def dinghai() -> Office:
    return _office("dinghai")


@pytest.fixture
def putuo() -> Office:
    return _office("putuo")


@pytest.fixture
def daishan() -> Office:
    return _office("daishan")


@pytest.fixture
def shengsi() -> Office:
    return _office("shengsi")


@pytest.fixture
def chen() -> Actor:
    """Scheduler of the city office."""
    return _actor("chen")


@pytest.fixture
def zhao() -> Actor:
    """Director of the city office."""
    return _actor("zhao")


@pytest.fixture
def lin() -> Actor:
    """Director of Dinghai's office."""
    return _actor("lin")


@pytest.fixture
def wu() -> Actor:
    """Clerk of Dinghai's office."""
    return _actor("wu")


@pytest.fixture
def jiang() -> Actor:
    """Director of Shengsi's office."""
    return _actor("jiang")


@pytest.fixture
def ye() -> Actor:
    """Clerk of Shengsi's office."""
    return _actor("ye")


@pytest.fixture
def song() -> Actor:
    """Recusal officer of the city office."""
    return _actor("song")
