"""Emergency access: two people, half an hour, reading alone. Pure.

What it opens is what the web never shows: the released facts of one county's people in one round,
person by person. Kin and interests stay with the engine and the recusal officer even then: of them
it tells how many there are. The database says the same (migration scheduling 0022).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

TERM = timedelta(minutes=30)
ANSWER_WITHIN = timedelta(hours=24)


class State(StrEnum):
    """How a request stands; the last two are told from the clock."""

    OPEN = "open"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    ENDED = "ended"
    EXPIRED = "expired"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Access:
    """`asked_by`, `decided_by`: people, in whichever seat."""

    asked_by: int
    asked_at: datetime
    decided_by: int | None = None
    expires_at: datetime | None = None
    is_refused: bool = False
    ended_at: datetime | None = None

    def state(self, at: datetime) -> State:
        if self.is_refused:
            return State.REFUSED
        if self.expires_at is None:
            late = at >= self.asked_at + ANSWER_WITHIN
            return State.UNANSWERED if late else State.OPEN
        if self.ended_at is not None and self.ended_at <= at:
            return State.ENDED
        return State.IN_FORCE if at < self.expires_at else State.EXPIRED

    def may_be_decided(self, person: int, at: datetime) -> bool:
        """Once, by another person, in time."""
        return self.state(at) is State.OPEN and person != self.asked_by

    def confirmed(self, person: int, at: datetime) -> Access:
        if not self.may_be_decided(person, at):
            raise ValueError("Not by whoever asked, not twice, not late.")
        return replace(self, decided_by=person, expires_at=at + TERM)

    def refused(self, person: int, at: datetime) -> Access:
        if not self.may_be_decided(person, at):
            raise ValueError("Not by whoever asked, not twice, not late.")
        return replace(self, decided_by=person, is_refused=True)

    def ended(self, at: datetime) -> Access:
        if self.state(at) is not State.IN_FORCE:
            raise ValueError("Only what is in force ends.")
        return replace(self, ended_at=at)

    def opens(self, person: int, at: datetime) -> bool:
        return person == self.asked_by and self.state(at) is State.IN_FORCE
