"""People and bodies of the actor's own office."""

from __future__ import annotations

from scheduling.models.rosters import InspectedUnit, InspectedUnitQuerySet, Person, PersonQuerySet
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def people_visible_to(actor: Actor) -> PersonQuerySet:
    return Person.objects.readable_by(actor, Permission.VIEW_ROSTER)


def access_person(actor: Actor, number: int) -> Person:
    """Return the person, or refuse in words that do not tell whether they exist."""
    return Person.objects.one_readable_by(actor, Permission.VIEW_ROSTER, number)


def units_visible_to(actor: Actor) -> InspectedUnitQuerySet:
    return InspectedUnit.objects.readable_by(actor, Permission.VIEW_UNITS)
