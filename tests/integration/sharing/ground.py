"""Dinghai's and Shengsi's registries, and people of other bodies who hold seats there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kernel.clock import now
from scheduling.models.rosters import InspectedUnit
from sharing.access.contacts import desks_visible_to
from sharing.models.contacts import UnitDesk
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tests.integration.scheduling.world import RoleSwitch
from tests.people import acting

HE, QIN, BAI, FENG = 9101, 9102, 9103, 9104


@dataclass
class Bodies:
    """Who takes part: directors and clerks of the office, and those of other bodies of the county."""

    lin: Actor  # Dinghai's director
    wu: Actor  # Dinghai's clerk
    jiang: Actor  # Shengsi's director
    he: Actor  # liaison of a unit of Dinghai
    qin: Actor  # stationed discipline group of Dinghai
    bai: Actor  # organisation department of Dinghai
    feng: Actor  # liaison of a unit of Shengsi
    django_as: RoleSwitch

    def desk(self, code: str, director: Actor | None = None) -> UnitDesk:
        who = director or self.lin
        with acting(who):
            return desks_visible_to(who).get(unit_code=code)


def settled(lin: Actor, wu: Actor, jiang: Actor, django_as: RoleSwitch) -> Bodies:
    made = {
        "he": _seated(django_as, lin, HE, "何知微", Role.UNIT_LIAISON),
        "qin": _seated(django_as, lin, QIN, "秦砚", Role.STATIONED_DISCIPLINE),
        "bai": _seated(django_as, lin, BAI, "白行简", Role.ORGANISATION_DEPARTMENT),
        "feng": _seated(django_as, jiang, FENG, "冯远", Role.UNIT_LIAISON),
    }
    with django_as("worker"):
        for director in (lin, jiang):
            with acting(director):
                for code, name, key in (
                    ("U1", "教育局", "jiaoyuju"),
                    ("U2", "财政局", "caizhengju"),
                ):
                    lay_unit(director, code, name, key)
    return Bodies(lin=lin, wu=wu, jiang=jiang, django_as=django_as, **made)


def lay_unit(actor: Actor, code: str, name: str, key: str) -> InspectedUnit:
    return InspectedUnit.objects.create(
        tenant_id=actor.tenant_id,
        code=code,
        name=name,
        name_key=key,
        kind="department",
        risk=3,
        days=10,
        fact_hash="",
        updated_at=now(),
    )


def also_seated(bodies: Bodies, actor: Actor, role: Role) -> Actor:
    """The same person in a further seat of their office."""
    with bodies.django_as("owner"):
        Membership.objects.create(
            tenant_id=actor.tenant_id,
            user_id=actor.person_id,
            role=role,
            since_on=date(2020, 1, 1),
        )
    return replace(actor, roles=frozenset({role}))


def end_seats(bodies: Bodies, actor: Actor) -> None:
    with bodies.django_as("owner"):
        Membership.objects.filter(tenant_id=actor.tenant_id, user_id=actor.person_id).update(
            until_on=date(2021, 1, 1)
        )


def _seated(django_as: RoleSwitch, like: Actor, number: int, name: str, role: Role) -> Actor:
    with django_as("superuser"):
        User.objects.create(pk=number, username=f"u{number}", display_name=name)
        Membership.objects.create(
            tenant_id=like.tenant_id, user_id=number, role=role, since_on=date(2020, 1, 1)
        )
    return replace(like, user_id=number, name=name, roles=frozenset({role}))
