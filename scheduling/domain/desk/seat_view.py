"""A seat in a plan, as the verifier reads the plan, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kernel.text import Text
from scheduling.domain.desk.bars import bars_in
from scheduling.domain.problem import Inspector, Problem, Role, Team
from scheduling.domain.verify import Verdicts
from scheduling.domain.verify.reading import FilledSlot, Reading


class Figure(NamedTuple):
    says: Text
    holds: bool


@dataclass(frozen=True)
class SeatView:
    """Somebody's seat, in the plan as the verifier reads it."""

    reading: Reading
    team: Team
    slot: FilledSlot
    person: Inspector
    role: Role

    @property
    def problem(self) -> Problem:
        return self.reading.problem

    @cached_property
    def is_host(self) -> bool:
        return self.person.office in self.slot.counties

    @cached_property
    def is_counted(self) -> bool:
        """Whether the seat counts for a county office: no host seat, nobody of the city."""
        return not self.is_host and self.person.office in self.reading.county_ids

    @cached_property
    def barred_by(self) -> frozenset[str]:
        """The codes, as people are shown them, of the rules that bar the seat from a unit."""
        bars = bars_in(self.problem, Verdicts(self.problem), self.team, self.person.id, self.role)
        return frozenset(bar.rule for bar in bars)

    def arcs(self, *, leaders_only: bool = False) -> set[tuple[str, str]]:
        """(office, county) wherever somebody of the office is sent, host seats apart."""
        return {
            (seat.person.office, county)
            for slot in self.reading.filled
            for seat in slot.guests
            if seat.role == "leader" or not leaders_only
            for county in slot.counties
        }


def at_most(number: int, most: int, says: Text, **names: str) -> Figure:
    return Figure(says.format(n=number, most=most, **names), number <= most)
