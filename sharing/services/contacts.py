"""Saying who speaks for a unit, and who supervises its rectification."""

from __future__ import annotations

from django.db import transaction

from sharing.access.contacts import access_desk_to_name
from sharing.errors.contacts import ContactInTheOtherCapacity, ContactWithoutSeat
from sharing.mapping.contacts import CAPACITIES, named_in, named_in_another
from sharing.models.contacts import UnitDesk
from tenancy import audit, object_permissions
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.models import User


@transaction.atomic
def name_contact(*, actor: Actor, number: int, capacity: str, person: int) -> UnitDesk:
    """Let somebody speak for the unit of desk `number`, or supervise it. Naming twice does it once.

    Refused for who holds no seat for it today, and for who is named to the unit in the other capacity.
    """
    desk = access_desk_to_name(actor, number)
    if named_in(desk, capacity, person) is not None:
        return desk
    other = named_in_another(desk, capacity, person)
    if other is not None:
        raise _in_the_other(desk, capacity, other)
    who = object_permissions.nameable_to(desk, capacity).filter(pk=person).first()
    if who is None:
        raise ContactWithoutSeat
    refusals = {
        "unit_contact_holds_a_seat": ContactWithoutSeat(),
        "unit_contact_in_one_capacity": _in_the_other(desk, capacity, who),
    }
    with refused_as(refusals):
        object_permissions.name_handler(person, desk, capacity)
    audit.record(actor, "sharing.contact.named", desk, person=person, code=capacity)
    return desk


@transaction.atomic
def remove_contact(*, actor: Actor, number: int, capacity: str, person: int) -> UnitDesk:
    """Take the unit of desk `number` from somebody. Taking twice does it once, also at the same time: the
    second finds nothing to take, and leaves no line."""
    desk = access_desk_to_name(actor, number)
    if object_permissions.take_from(person, desk, capacity):
        audit.record(actor, "sharing.contact.removed", desk, person=person, code=capacity)
    return desk


def _in_the_other(desk: UnitDesk, capacity: str, person: User) -> ContactInTheOtherCapacity:
    other = next(words for code, words in CAPACITIES.items() if code != capacity)
    return ContactInTheOtherCapacity(person=person.display_name, name=desk.name, capacity=other)
