"""Seats: proposed by one person, put in force or refused by another. Also who holds them now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from kernel.clock import today
from kernel.errors import DomainError, NotVisible
from tenancy import audit
from tenancy.access import access_seat_change, offices_of_the_tree
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.deputies import UNFIT, Seat, Unfit
from tenancy.domain.roles import ADMINISTRATORS, ROLE_TITLES, SEATS, Permission, Role
from tenancy.domain.seats import SeatFact, fits, may_decide, may_propose
from tenancy.errors import (
    DeputyDoesNotFit,
    LastAdministrator,
    NoAdministrators,
    NothingToMoveFrom,
    OfficeIsClosed,
    SeatDecidedAlready,
    SeatDecidedByAnother,
    SeatDoesNotFit,
    SeatHeldAlready,
    SeatNotForOneself,
    SeatNotInForce,
    SeatOfAdministratorAlone,
    SeatProposedAlready,
    SeatTermOutOfOrder,
)
from tenancy.models import Membership, Office, SeatChange, User
from tenancy.services.offices import seats_in_words


@dataclass(frozen=True, slots=True)
class SeatInForce:
    """A seat as the two administrators who deal with seats, and its own office, see it."""

    number: int
    office: Office
    person: User
    role: Role
    since_on: date
    until_on: date | None
    principal: User | None = None
    stands_for: int | None = None
    is_guest: bool = False

    @property
    def fact(self) -> Seat:
        held = SeatFact(self.person.pk, self.office.pk, self.role, self.since_on, self.until_on)
        return Seat(self.number, held, self.stands_for)


def seats_in_force(actor: Actor) -> Sequence[SeatInForce]:
    """Every seat that is not over, or those of the director's own office."""
    actor.must(Permission.PROPOSE_SEATS)
    return seats_known_to(actor)


def seats_known_to(actor: Actor) -> Sequence[SeatInForce]:
    """Those that are not over: of all offices for the two administrators, else of one's own."""
    if ADMINISTRATORS & actor.roles:
        rows = ask("SELECT * FROM sec.seats_in_force()")
    else:
        own = Membership.objects.not_over(today()).filter(tenant_id=actor.tenant_id)
        rows = list(own.values_list(*_COLUMNS))
    offices = Office.objects.in_bulk({row[1] for row in rows})
    people = User.objects.in_bulk({row[2] for row in rows} | {row[6] for row in rows} - {None})
    seats = [
        SeatInForce(
            number,
            offices[office],
            people[person],
            Role(role),
            since,
            until,
            people.get(principal),
            stands_for,
            is_guest,
        )
        for (number, office, person, role, since, until, principal, stands_for, is_guest) in rows
    ]
    return sorted(seats, key=lambda seat: (seat.office.name_key, seat.person.username, seat.role))


@transaction.atomic
def propose_seat(
    *,
    actor: Actor,
    office: int,
    person: User,
    role: Role,
    reason: str,
    since_on: date | None = None,
    until_on: date | None = None,
) -> SeatChange:
    """Ask for a seat for somebody else. It is in force when another person has decided so."""
    target = _office_to_seat(actor, office, person.pk)
    _must_have(target, role)
    since = since_on or today()
    if until_on is not None and until_on <= max(since, today()):
        raise SeatTermOutOfOrder
    return _proposed(actor, "grant", target.pk, person.pk, role, since, until_on, None, reason)


@transaction.atomic
def propose_end(*, actor: Actor, seat: int, reason: str) -> SeatChange:
    """Ask that somebody else's seat end."""
    found = next((one for one in seats_in_force(actor) if one.number == seat), None)
    if found is None:
        raise SeatNotInForce
    _office_to_seat(actor, found.office.pk, found.person.pk)
    return _proposed(
        actor, "end", found.office.pk, found.person.pk, found.role, None, None, seat, reason
    )


@transaction.atomic
def propose_transfer(
    *,
    actor: Actor,
    office: int,
    person: User,
    to_office: int,
    role: Role,
    reason: str,
    since_on: date | None = None,
) -> SeatChange:
    """Ask that somebody move: on the day, every own seat in one office ends and one in another
    begins. One proposal, in force whole or not at all."""
    actor.must(Permission.TRANSFER_SEATS)
    _office_to_seat(actor, office, person.pk)
    target = _office_to_seat(actor, to_office, person.pk)
    _must_have(target, role)
    since = since_on or today()
    nothing = NothingToMoveFrom(username=person.username)
    with refused_as(_REFUSALS | {"transfer_from_a_seat": nothing}):
        [(number,)] = ask(
            "SELECT sec.propose_transfer(%s, %s, %s, %s, %s::date, %s)",
            office,
            person.pk,
            to_office,
            role,
            since,
            reason,
        )
    return _told_of_proposal(actor, number)


@transaction.atomic
def decide_seat(*, actor: Actor, number: int, put_in_force: bool, reason: str = "") -> SeatChange:
    """Put a proposal in force or refuse it; never one's own, never about oneself."""
    actor.must(Permission.DECIDE_SEATS)
    change = access_seat_change(actor, number)
    if change.state != SeatChange.State.OPEN:
        raise SeatDecidedAlready
    if not may_decide(
        decider=actor.person_id,
        roles=actor.roles,
        proposer=change.proposed_by_id,
        person=change.person_id,
    ):
        raise SeatDecidedByAnother
    held = SeatHeldAlready(username=change.person.username, since=change.since_on.isoformat())
    nothing = NothingToMoveFrom(username=change.person.username)
    gone = {"transfer_from_a_seat": nothing}
    with refused_as(_REFUSALS | UNFIT_BY_NAME | gone | {"membership_once_per_role_and_day": held}):
        ask("SELECT sec.decide_seat(%s, %s, %s)", number, put_in_force, reason)
    word = "tenancy.seat_change.put_in_force" if put_in_force else "tenancy.seat_change.refused"
    audit.record(actor, word, change, person=change.person_id, role=change.role)
    change.refresh_from_db()
    return change


def roles_of_kinds(offices: Sequence[Office]) -> Sequence[Role]:
    """The seats that these offices have, in the order of the dictionary."""
    kinds = {office.kind for office in offices}
    return [role for role in Role if any(role in SEATS[kind] for kind in kinds)]


def _must_have(office: Office, role: Role) -> None:
    """An office that stands, of a kind that has such a seat."""
    if office.closed_on is not None:
        raise OfficeIsClosed
    if not fits(role, office.kind):
        raise SeatDoesNotFit(
            office=office.short_name, role=ROLE_TITLES[role], fitting=seats_in_words(office)
        ).at("role")


def _office_to_seat(actor: Actor, office: int, person: int) -> Office:
    actor.must(Permission.PROPOSE_SEATS)
    target = offices_of_the_tree(actor).filter(pk=office).first()
    if target is None:
        raise NotVisible(what="office", number=office)
    if person == actor.person_id:
        raise SeatNotForOneself
    if not may_propose(
        proposer=actor.person_id,
        roles=actor.roles,
        at=actor.tenant_id,
        person=person,
        office=office,
    ):
        raise NotVisible(what="office", number=office)
    return target


def _proposed(actor: Actor, kind: str, *values: Any) -> SeatChange:
    with refused_as(_REFUSALS):
        [(number,)] = ask(
            "SELECT sec.propose_seat(%s, %s, %s, %s, %s::date, %s::date, %s::bigint, %s)",
            kind,
            *values,
        )
    return _told_of_proposal(actor, number)


def _told_of_proposal(actor: Actor, number: int) -> SeatChange:
    change = SeatChange.objects.get(pk=number)
    audit.record(
        actor,
        "tenancy.seat_change.proposed",
        change,
        kind=change.kind,
        person=change.person_id,
        role=change.role,
        office=change.sender_id,
    )
    return change


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


# The database's refusals of a deputy, when one is proposed and again when one is put in force.
UNFIT_BY_NAME: dict[str, DomainError] = {
    "deputy_is_another": DeputyDoesNotFit(because=UNFIT[Unfit.ONESELF]).at("person"),
    "deputy_of_a_post": DeputyDoesNotFit(because=UNFIT[Unfit.NO_POST]).at("seat"),
    "deputy_of_the_office": DeputyDoesNotFit(because=UNFIT[Unfit.NOT_OF_THE_OFFICE]).at("person"),
    "deputy_has_a_term": DeputyDoesNotFit(because=UNFIT[Unfit.TERM]).at("until_on"),
    "deputy_within_the_seat": DeputyDoesNotFit(because=UNFIT[Unfit.AFTER_THE_SEAT]).at("until_on"),
    "deputy_one_at_a_time": DeputyDoesNotFit(because=UNFIT[Unfit.TAKEN]).at("since_on"),
}
_COLUMNS = (
    "pk",
    "tenant_id",
    "user_id",
    "role",
    "since_on",
    "until_on",
    "principal_id",
    "stands_for",
    "is_guest",
)
_REFUSALS: dict[str, DomainError] = {
    "seat_change_not_for_oneself": SeatNotForOneself(),
    "seat_change_decided_by_another": SeatDecidedByAnother(),
    "seat_change_not_decided_by_its_principal": SeatDecidedByAnother(),
    "seat_change_decided_once": SeatDecidedAlready(),
    "seat_change_one_open_per_seat": SeatProposedAlready(),
    "seat_change_of_a_seat_in_force": SeatNotInForce(),
    "seat_change_has_a_platform": NoAdministrators(),
    "seat_change_ends_after_it_starts": SeatTermOutOfOrder(),
    "membership_ends_after_it_starts": SeatTermOutOfOrder(),
    "seat_of_an_administrator_alone": SeatOfAdministratorAlone(),
    "seat_of_an_open_office": OfficeIsClosed(),
    "administrator_not_the_last": LastAdministrator(),
}
