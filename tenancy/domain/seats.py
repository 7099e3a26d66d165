"""Who may propose a seat, who may decide it, and what never goes together. Pure.

The database says the same (migration 0011): a rule here is a sentence for people, there a lock.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from tenancy.domain.roles import ADMINISTRATORS, SEATS, Role

_PROPOSE_ANYWHERE = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR})
_PROPOSE_AT_HOME = frozenset({Role.CITY_DIRECTOR, Role.COUNTY_DIRECTOR})


@dataclass(frozen=True, slots=True)
class SeatFact:
    """Somebody's seat, from its first day to the first day without (None: no end)."""

    person: int
    office: int
    role: Role
    since_on: date
    until_on: date | None = None

    def overlaps(self, other: SeatFact) -> bool:
        return _before(self.since_on, other.until_on) and _before(other.since_on, self.until_on)


def may_propose(
    *, proposer: int, roles: Collection[Role], at: int, person: int, office: int
) -> bool:
    """Whether somebody with these roles in the office `at` may propose for `person` in `office`."""
    if proposer == person:
        return False
    if _PROPOSE_ANYWHERE & set(roles):
        return True
    return office == at and bool(_PROPOSE_AT_HOME & set(roles))


def moved(
    held: Collection[SeatFact], *, person: int, office: int, to: int, role: Role, on: date
) -> list[SeatFact]:
    """What is held after somebody moved: nothing of the office from that day on, and one seat in
    the other. Whole, or refused: who holds nothing there then does not move."""
    leaving = [one for one in held if (one.person, one.office) == (person, office)]
    if office == to or not any(_before(on, one.until_on) for one in leaving):
        raise ValueError("Nobody moves from where they hold nothing, or to where they are.")
    stays = [one for one in held if one not in leaving]
    ended = [
        replace(one, until_on=one.until_on if _over_by(one, on) else on)
        for one in leaving
        if one.since_on < on
    ]
    return [*stays, *ended, SeatFact(person, to, role, on)]


def may_decide(*, decider: int, roles: Collection[Role], proposer: int, person: int) -> bool:
    """Never the proposer, never whom it concerns, and a security administrator alone."""
    return Role.SECURITY_ADMINISTRATOR in roles and decider not in (proposer, person)


def fits(role: Role, office_kind: str) -> bool:
    return role in SEATS[office_kind]


def restrains(wanted: SeatFact, held: Collection[SeatFact]) -> bool:
    """Whether a seat may stand beside those held: an administrator has no other, at no time."""
    return not any(
        one.person == wanted.person
        and one.overlaps(wanted)
        and (one.role in ADMINISTRATORS or wanted.role in ADMINISTRATORS)
        for one in held
    )


def is_last_of_its_kind(seat: SeatFact, held: Collection[SeatFact], on: date) -> bool:
    """Whether nobody else holds this administrator's seat without an end, on that day."""
    return seat.role in ADMINISTRATORS and not any(
        one.role == seat.role
        and one.person != seat.person
        and one.until_on is None
        and one.since_on <= on
        for one in held
    )


def _before(day: date, end: date | None) -> bool:
    return end is None or day < end


def _over_by(seat: SeatFact, on: date) -> bool:
    return seat.until_on is not None and seat.until_on <= on
