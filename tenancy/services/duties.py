"""What waits for an administrator: counted, with no content of any office's work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kernel.clock import now, today
from tenancy.access import accounts_visible_to, offices_of_the_tree, seat_changes_visible_to
from tenancy.actor import Actor
from tenancy.domain.roles import SEATS, Permission
from tenancy.models import Office, SeatChange, User
from tenancy.services.seats import seats_in_force
from tenancy.services.sessions import open_sessions
from tenancy.services.violations import violations

SOON = timedelta(days=30)
RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SystemDuties:
    """Of the system administrator. Nobody sits in an `empty` office; `unseated` accounts have no seat,
    and none is proposed for them."""

    offices: int
    empty: Sequence[Office]
    accounts: int
    expiring: Sequence[User]
    unseated: Sequence[User]
    invited: int


@dataclass(frozen=True, slots=True)
class SecurityDuties:
    """Of the security administrator. `reports`: kinds of violation that browsers reported in the
    last seven days."""

    reports: int
    signed_in: int


@dataclass(frozen=True, slots=True)
class Duties:
    """`to_decide`: proposals that this person may decide; `waiting`: that somebody else must."""

    to_decide: int = 0
    waiting: int = 0
    system: SystemDuties | None = None
    security: SecurityDuties | None = None
    reads_records: bool = False


def duties(actor: Actor) -> Duties:
    proposed = seat_changes_visible_to(actor).filter(state=SeatChange.State.OPEN)
    people = list(proposed.values_list("proposed_by_id", "person_id"))
    may_decide = actor.may(Permission.DECIDE_SEATS)
    to_decide = sum(may_decide and actor.user_id not in pair for pair in people)
    return Duties(
        to_decide=to_decide,
        waiting=len(people) - to_decide,
        system=_of_system(actor, {person for (_, person) in people})
        if actor.may(Permission.MANAGE_ACCOUNTS)
        else None,
        security=_of_security(actor) if actor.may(Permission.SET_SECURITY) else None,
        reads_records=actor.may(Permission.READ_ALL_RECORDS),
    )


def _of_system(actor: Actor, proposed: set[int]) -> SystemDuties:
    seats = seats_in_force(actor)
    offices = [
        office
        for office in offices_of_the_tree(actor).order_by("name_key")
        if office.closed_on is None and office.kind != Office.Kind.PLATFORM
    ]
    accounts = [one for one in accounts_visible_to(actor) if one.is_open_on(today())]
    filled, seated = (
        {seat.office.pk for seat in seats},
        {seat.person.pk for seat in seats} | proposed,
    )
    return SystemDuties(
        offices=len(offices),
        empty=[one for one in offices if SEATS[one.kind] and one.pk not in filled],
        accounts=len(accounts),
        expiring=[one for one in accounts if one.expires_on and one.expires_on <= today() + SOON],
        unseated=[one for one in accounts if one.pk not in seated],
        invited=sum(one.awaits_password for one in accounts),
    )


def _of_security(actor: Actor) -> SecurityDuties:
    since = now() - RECENT
    return SecurityDuties(
        reports=sum(one.last_at >= since for one in violations(actor=actor)),
        signed_in=len(open_sessions(actor)),
    )
