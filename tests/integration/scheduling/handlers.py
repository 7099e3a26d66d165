"""A second scheduler of the city's office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scheduling.services.handling import name_handler
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership
from tests.integration.scheduling.world import World, acting


def colleague(world: World, *rounds: int, role: Role = Role.SCHEDULER) -> Actor:
    """Wu, with a seat in the city's office; the director has named her to these rounds."""
    city = world.chen.tenant_id
    wu = replace(
        world.wu,
        tenant_id=city,
        office_name=world.chen.office_name,
        office_kind=world.chen.office_kind,
        roles=frozenset({role}),
    )
    with world.django_as("owner"):
        Membership.objects.create(
            tenant_id=city, user_id=wu.person_id, role=role, since_on=date(2020, 1, 1)
        )
    for number in rounds:
        with acting(world.zhao):
            name_handler(actor=world.zhao, number=number, person=wu.person_id)
    return wu


def end_seat(world: World, actor: Actor) -> None:
    """As of today: the day after the last is today."""
    with world.django_as("owner"):
        Membership.objects.filter(tenant_id=actor.tenant_id, user_id=actor.person_id).update(
            until_on=date(2021, 1, 1)
        )
