"""Where somebody writes: the units of the rooms in which they work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sharing.access.rooms import rooms_of_mine
from sharing.models.rooms import Room, RoomUnit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@dataclass(frozen=True, slots=True)
class Places:
    rooms: Sequence[Room]
    units: Sequence[RoomUnit]


def rooms_to_write_in(actor: Actor) -> Places:
    actor.must(Permission.WRITE_PAPERS)
    rooms = list(rooms_of_mine(actor, Room.Purpose.PAPERS))
    units = RoomUnit.objects.filter(tenant_id=actor.tenant_id, room__in=[one.pk for one in rooms])
    return Places(rooms, list(units.order_by("starts_on", "code")))
