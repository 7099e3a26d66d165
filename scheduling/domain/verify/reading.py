"""A plan as the verifier reads it: who sits where, what the team visits, on which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kernel.text import Text
from scheduling.domain.problem import (
    Inspector,
    Problem,
    Role,
    Schedule,
    Team,
    TeamSlot,
    Unit,
    Visit,
)

ROLE_WORDS: dict[Role, Text] = {
    "leader": Text(zh="组长", en="leader"),
    "deputy": Text(zh="副组长", en="deputy"),
    "member": Text(zh="组员", en="member"),
}


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule broken once. `subjects` are ids; a pin is called `pins[k]`, k from 0.

    The message may name a fact about a person: it is for those who hold the whole problem.
    """

    code: str
    subjects: tuple[str, ...]
    message: Text

    @property
    def text(self) -> str:
        return self.message.en


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in a team. `is_host`: their own office is among the counties it visits."""

    person: Inspector
    role: Role
    is_host: bool


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    unit: Unit
    visit: Visit


@dataclass(frozen=True)
class FilledSlot:
    """A team of the plan, with everything that its ids stand for.

    People and units that the problem does not know are left out here; `Reading` lists them.
    """

    slot: TeamSlot
    seats: tuple[Seat, ...]
    visits: tuple[PlannedVisit, ...]
    working_days: frozenset[date]  # of the calendar, within any of the visits

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return tuple({planned.unit.id: planned.unit for planned in self.visits}.values())

    @cached_property
    def counties(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(unit.county for unit in self.units))

    @cached_property
    def people(self) -> tuple[Inspector, ...]:
        return tuple({seat.person.id: seat.person for seat in self.seats}.values())

    @cached_property
    def guests(self) -> tuple[Seat, ...]:
        """Everybody who is not on a host seat."""
        return tuple(seat for seat in self.seats if not seat.is_host)


class Reading:
    """The plan against the problem, read once for all the checks.

    `read` holds teams that were read before, for the same problem, and takes up the new ones.
    """

    def __init__(
        self, problem: Problem, schedule: Schedule, read: dict[Team, FilledSlot] | None = None
    ) -> None:
        self.problem = problem
        self.schedule = schedule
        self.county_ids = frozenset(office.id for office in problem.counties)
        self._above: dict[str, tuple[str, ...]] = {}
        self._read = {} if read is None else read
        self.teams = tuple(self._slot(t) for t in schedule.teams if t.id in problem.team_by_id)

    def _slot(self, team: Team) -> FilledSlot:
        slot = self._read.get(team)
        if slot is None:
            slot = self._read[team] = self._filled(team)
        return slot

    def _filled(self, team: Team) -> FilledSlot:
        problem = self.problem
        known = [visit for visit in team.visits if visit.unit in problem.unit_by_id]
        visits = tuple(PlannedVisit(problem.unit_by_id[visit.unit], visit) for visit in known)
        counties = {planned.unit.county for planned in visits}
        seats = tuple(
            Seat(person, role, person.office in counties) for person, role in self._seated(team)
        )
        days = frozenset(
            day
            for day in problem.calendar
            if any(visit.start <= day <= visit.end for visit in known)
        )
        return FilledSlot(problem.team_by_id[team.id], seats, visits, days)

    def _seated(self, team: Team) -> Iterator[tuple[Inspector, Role]]:
        """Every mention of a person in the team, also a second one."""
        known = self.problem.inspector_by_id
        if team.leader is not None and team.leader in known:
            yield known[team.leader], "leader"
        for name in team.deputies:
            if name in known:
                yield known[name], "deputy"
        for name in team.members:
            if name in known:
                yield known[name], "member"

    @cached_property
    def filled(self) -> tuple[FilledSlot, ...]:
        """The teams that visit something."""
        return tuple(team for team in self.teams if team.visits)

    @cached_property
    def encounters(self) -> tuple[tuple[FilledSlot, Seat, Unit], ...]:
        """Every (team, person in it, unit that it visits)."""
        return tuple(
            (team, seat, unit) for team in self.filled for seat in team.seats for unit in team.units
        )

    def office_name(self, office: str) -> str:
        return self.problem.office_by_id[office].name

    def above(self, unit_id: str) -> tuple[str, ...]:
        """The bodies above a unit at any depth, nearest first."""
        if unit_id not in self._above:
            chain: list[str] = []
            current = self.problem.unit_by_id[unit_id].parent
            while current is not None and current not in chain:
                chain.append(current)
                current = self.problem.unit_by_id[current].parent
            self._above[unit_id] = tuple(chain)
        return self._above[unit_id]
