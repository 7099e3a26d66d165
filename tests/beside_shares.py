"""Whom shares between Dinghai and Shengsi do not concern: a third county, and an office of another city."""

from __future__ import annotations

from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, Office, User
from tests.people import SEATED_SINCE
from tests.teams import Team

ELSEWHERE = 9701


def third_county(team: Team, role: Role = Role.COUNTY_DIRECTOR) -> Actor:
    """Somebody of Putuo."""
    return seated(team, "putuo", 9702, "齐向晚", role)


def seated(team: Team, code: str, number: int, name: str, role: Role) -> Actor:
    with team.django_as("superuser"):
        office = Office.objects.get(code=code)
        user = User.objects.create(pk=number, username=f"u{number}", display_name=name)
        Membership.objects.create(tenant_id=office.pk, user=user, role=role, since_on=SEATED_SINCE)
    return Actor(
        user_id=user.pk,
        name=user.display_name,
        tenant_id=office.pk,
        office_name=office.short_name,
        office_kind=office.kind,
        roles=frozenset({role}),
    )


def county_of_another_city(team: Team) -> int:
    with team.django_as("superuser"):
        city = Office.objects.create(
            pk=ELSEWHERE - 1, code="mingzhou", name="明州市委巡察办", short_name="明州市",
            kind="city", lon=121, lat=29, name_key="ming zhou",
        )  # fmt: skip
        county = Office.objects.create(
            pk=ELSEWHERE, code="dongao", name="东岙县委巡察办", short_name="东岙县",
            kind="county", parent=city, lon=121, lat=29, name_key="dong ao",
        )  # fmt: skip
    return county.pk
