"""The seat that somebody wears: until when, and whom they may ask about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kernel.clock import today
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, Office

DIRECTORS = frozenset({Role.CITY_DIRECTOR, Role.COUNTY_DIRECTOR})
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """`ends_on` is the first day on which they cannot enter by it: the seat's or the account's.

    `askable`: who speaks for the seats of this office; on the platform the other administrators.
    `others`: further seats of the same person, in whatever office.
    """

    office_name: str
    since_on: date
    ends_on: date | None
    ends_soon: bool
    askable: Sequence[Membership]
    others: Sequence[Membership]


def own_seat(actor: Actor) -> OwnSeat:
    """Of whoever is signed in. Inside their office's fence, where they see also their own seats."""
    own = list(
        Membership.objects.in_force(today())
        .filter(user_id=actor.person_id)
        .select_related("tenant", "user")
        .order_by("pk")
    )
    [worn] = [seat for seat in own if seat.pk == actor.seat_number]
    ends = [day for day in (worn.until_on, worn.user.expires_on) if day is not None]
    ends_on = min(ends, default=None)
    return OwnSeat(
        office_name=worn.tenant.name,
        since_on=worn.since_on,
        ends_on=ends_on,
        ends_soon=ends_on is not None and ends_on <= today() + SOON,
        askable=_askable(actor),
        others=[seat for seat in own if seat is not worn],
    )


def _askable(actor: Actor) -> Sequence[Membership]:
    here = Membership.objects.in_force(today()).filter(tenant_id=actor.tenant_id)
    if actor.office_kind != Office.Kind.PLATFORM:
        here = here.filter(role__in=DIRECTORS)
    return list(here.exclude(user_id=actor.person_id).select_related("user").order_by("role", "pk"))
