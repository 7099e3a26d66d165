"""Pins: part of a round, for those of its own office who may see the round."""

from __future__ import annotations

from scheduling.models.pins import RoundPin
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import OfficeQuerySet


def pins_visible_to(actor: Actor) -> OfficeQuerySet[RoundPin]:
    return RoundPin.objects.readable_by(actor, Permission.VIEW_ROUND)
