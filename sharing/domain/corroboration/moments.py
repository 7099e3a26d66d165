"""The fixed moments at which tokens are matched, owners are told, and consents are looked at.

Matching runs once in a period, not when a clue is filed. Within a period nothing of when, or in which order, clues
were filed reaches what comes after it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kernel.clock import CHINA

# A whole number from 0 up to what is given, without it: `secrets.randbelow`.
Draw = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Moments:
    """`first`: the day of one matching, from which the others are counted. `period`: days from one to the next.
    `spread`: on how many days after it its hits are told. `hour`: of every moment, in China.

    `ValueError`: tellings of one matching would fall among those of the next, or there are none.
    """

    first: date
    period: int = 14
    spread: int = 7
    hour: time = time(9)

    def __post_init__(self) -> None:
        if not 1 <= self.spread < self.period:
            raise ValueError("Hits are told on one day at least, all before the next matching.")

    def on(self, day: date) -> datetime:
        return datetime.combine(day, self.hour, CHINA)

    def next_after(self, instant: datetime) -> datetime:
        """The first daily moment after the instant."""
        that_day = self.on(instant.astimezone(CHINA).date())
        return that_day if that_day > instant else that_day + timedelta(days=1)

    def matched_at(self, instant: datetime) -> datetime:
        """The first matching after the instant: what was filed by then is matched there."""
        day = self.next_after(instant).date()
        return self.on(day + timedelta(days=(self.first - day).days % self.period))

    def told_at(self, matched_at: datetime, draw: Draw) -> datetime:
        """One of the days after the matching, each as likely as any other, whoever filed last."""
        return matched_at + timedelta(days=1 + draw(self.spread))

    def last_told_at(self, matched_at: datetime) -> datetime:
        return matched_at + timedelta(days=self.spread)
