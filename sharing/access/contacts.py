"""Who speaks for which unit, who supervises it; and the desks of the own office's registry."""

from __future__ import annotations

from django.db.models import Q

from kernel.errors import NotVisible
from sharing.models.contacts import SPEAK, SUPERVISE, UnitDesk, UnitDeskQuerySet
from tenancy import object_permissions
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def desks_visible_to(actor: Actor) -> UnitDeskQuerySet:
    """Of all bodies of the registry, for those who see who speaks for them."""
    actor.must(Permission.VIEW_CONTACTS)
    return UnitDesk.objects.of_office(actor)


def access_desk(actor: Actor, number: int) -> UnitDesk:
    """The desk, or a refusal in words that do not tell whether it exists."""
    desks = UnitDesk.objects.of_office(actor)
    found = desks.filter(pk=number).first() if actor.may(Permission.VIEW_CONTACTS) else None
    if found is None:
        raise NotVisible(what="unit_desk", number=number)
    return found


def access_desk_to_name(actor: Actor, number: int) -> UnitDesk:
    """The desk, for whoever says who speaks for it."""
    desk = access_desk(actor, number)
    actor.must(Permission.NAME_HANDLERS)
    return desk


def units_spoken_for(actor: Actor) -> UnitDeskQuerySet:
    """Desks of the units that the actor speaks for, in the seat that they wear; none for all others."""
    return _desks_of(actor, SPEAK)


def units_supervised_by(actor: Actor) -> UnitDeskQuerySet:
    """Desks of the units whose rectification the actor supervises, in the seat that they wear."""
    return _desks_of(actor, SUPERVISE)


def of_units(actor: Actor, desks: UnitDeskQuerySet) -> Q:
    """What a team's room keeps of these units. A code is of the registry of the room's host: in the
    room of a lifted round it names a unit of that county, and no desk of the city's."""
    return Q(room__host_id=actor.tenant_id, unit_code__in=desks.values("unit_code"))


def fed_back_to(actor: Actor) -> Q:
    """What a room keeps of the units that the actor speaks for or supervises, whose feedback they
    read."""
    return of_units(actor, units_spoken_for(actor) | units_supervised_by(actor))


def must_speak_for(actor: Actor, unit_code: str) -> UnitDesk:
    """The desk of the unit; of one that they do not speak for, the same refusal as of one that is not there."""
    return _one_of(units_spoken_for(actor), unit_code)


def must_supervise(actor: Actor, unit_code: str) -> UnitDesk:
    return _one_of(units_supervised_by(actor), unit_code)


def _desks_of(actor: Actor, capacity: str) -> UnitDeskQuerySet:
    desks = UnitDesk.objects.of_office(actor)
    needed = {SPEAK: Permission.SPEAK_FOR_UNIT, SUPERVISE: Permission.SUPERVISE_UNIT}[capacity]
    # Nobody stands in for a liaison or for a body that supervises: the seat is their own.
    if actor.user_id is None or actor.on_behalf_of is not None or not actor.may(needed):
        return desks.none()
    named = object_permissions.handled_by(actor.user_id, UnitDesk.objects.all(), capacity)
    return desks.filter(pk__in=named.values("pk"))


def _one_of(desks: UnitDeskQuerySet, unit_code: str) -> UnitDesk:
    found = desks.filter(unit_code=unit_code).first()
    if found is None:
        raise NotVisible(what="unit_desk", number=unit_code)
    return found
