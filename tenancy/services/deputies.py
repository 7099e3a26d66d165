"""Deputies: named by whom they stand in for, put in force by a security administrator
(`services.seats.decide_seat`), and ended by whom they stand in for at any time."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from kernel.clock import today
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.deputies import POSTS, UNFIT, Seat, Unfit, unfit, withholdable
from tenancy.domain.roles import Permission
from tenancy.errors import (
    DeputyDoesNotFit,
    DeputyNotYours,
    NoAdministrators,
    SeatNotForOneself,
    SeatNotInForce,
    SeatProposedAlready,
)
from tenancy.models import SeatChange, User
from tenancy.services.seats import UNFIT_BY_NAME, SeatInForce, ask, seats_known_to

_AT = {
    Unfit.ONESELF: ("person", "username"),
    Unfit.NOT_OF_THE_OFFICE: ("person", "username"),
    Unfit.TERM: ("until_on",),
    Unfit.AFTER_THE_SEAT: ("until_on",),
    Unfit.TAKEN: ("since_on",),
    Unfit.NO_POST: ("seat",),
    Unfit.OF_A_DEPUTY: ("seat",),
}
_REFUSALS = UNFIT_BY_NAME | {
    "seat_change_one_open_per_seat": SeatProposedAlready(),
    "seat_change_has_a_platform": NoAdministrators(),
    "seat_change_not_for_oneself": SeatNotForOneself(),
}


def seats_to_stand_in_for(actor: Actor) -> Sequence[SeatInForce]:
    """The seat that one wears; for who proposes seats, all of theirs that can be stood in for."""
    _must_name(actor)
    posts = [seat for seat in seats_known_to(actor) if _is_a_post(seat)]
    if actor.may(Permission.PROPOSE_SEATS):
        return posts
    return [seat for seat in posts if seat.number == actor.seat_number]


def who_can_stand_in(actor: Actor) -> Sequence[User]:
    """Colleagues of one's own office who hold a post there today, in the order of their names."""
    _must_name(actor)
    posts = [seat for seat in seats_known_to(actor) if _is_a_post(seat)]
    found = {
        seat.person.pk: seat.person
        for seat in posts
        if seat.since_on <= today() and seat.person.pk != actor.person_id
    }
    return sorted(found.values(), key=lambda person: (person.display_name, person.pk))


def colleague(actor: Actor, number: int) -> User:
    """One of those who can stand in."""
    found = next((one for one in who_can_stand_in(actor) if one.pk == number), None)
    if found is None:
        raise DeputyDoesNotFit(because=UNFIT[Unfit.NOT_OF_THE_OFFICE]).at("person")
    return found


def deputies_of(actor: Actor) -> Sequence[SeatInForce]:
    """Who stands in, or will, for the one who acts; for who proposes seats, everybody there."""
    _must_name(actor)
    deputies = [seat for seat in seats_known_to(actor) if seat.principal is not None]
    if actor.may(Permission.PROPOSE_SEATS):
        return deputies
    return [seat for seat in deputies if seat.principal and seat.principal.pk == actor.person_id]


@transaction.atomic
def propose_deputy(
    *,
    actor: Actor,
    seat: int,
    person: User,
    until_on: date,
    reason: str,
    since_on: date | None = None,
    withheld: Collection[Permission] = (),
) -> SeatChange:
    """Ask that `person` stand in for the holder of `seat`, with less than the seat may."""
    _must_name(actor)
    if person.pk == actor.person_id:
        raise DeputyDoesNotFit(because=UNFIT[Unfit.ONESELF]).at(*_AT[Unfit.ONESELF])
    known = seats_known_to(actor)
    principal = next((one for one in seats_to_stand_in_for(actor) if one.number == seat), None)
    if principal is None:
        raise SeatNotInForce
    since = max(since_on or today(), today())
    why = unfit(principal.fact, person.pk, since, until_on, held=[one.fact for one in known])
    if why is not None:
        raise DeputyDoesNotFit(because=UNFIT[why]).at(*_AT[why])
    kept = sorted(withholdable(principal.role, principal.office.kind) & set(withheld))
    with refused_as(_REFUSALS):
        [(number,)] = ask(
            "SELECT sec.propose_deputy(%s, %s, %s::date, %s::date, %s::jsonb, %s)",
            seat,
            person.pk,
            since,
            until_on,
            json.dumps(kept),
            reason,
        )
    change = SeatChange.objects.get(pk=number)
    audit.record(
        actor,
        "tenancy.deputy.proposed",
        change,
        person=person.pk,
        principal=change.principal_id,
        role=change.role,
        office=change.sender_id,
        permissions=kept,
    )
    return change


@transaction.atomic
def revoke_deputy(*, actor: Actor, number: int) -> None:
    """End at once that somebody stands in for the one who acts. It needs nobody else."""
    actor.must(Permission.NAME_DEPUTY)
    with refused_as({"deputy_of_ones_own": DeputyNotYours()}):
        [(person,)] = ask("SELECT sec.revoke_deputy(%s)", number)
    audit.record(actor, "tenancy.deputy.revoked", User(pk=person), principal=actor.person_id)


def _must_name(actor: Actor) -> None:
    if not actor.may(Permission.PROPOSE_SEATS):
        actor.must(Permission.NAME_DEPUTY)


def _is_a_post(seat: SeatInForce) -> bool:
    fact: Seat = seat.fact
    return fact.stands_for is None and seat.role in POSTS
