"""Which part of a plan a model may change; everything else is a constant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from scheduling.domain.problem import Problem, Team


@dataclass(frozen=True)
class Scope:
    """A sub-problem: `kept` teams stay as they are, the `free` slots are filled anew.

    `people`, when given, are the only ones who may be seated besides those of no kept team
    that it names; `hosts` limits the counties that a free slot may visit.
    """

    kept: tuple[Team, ...]
    free: frozenset[str]
    people: frozenset[str] | None = None
    hosts: Mapping[str, frozenset[str]] | None = None


@dataclass(frozen=True)
class Kept:
    """What the kept teams use up of the rules that look at the whole round."""

    problem: Problem
    teams: tuple[Team, ...]

    @cached_property
    def people(self) -> frozenset[str]:
        return frozenset(person for team in self.teams for person in team.people)

    @cached_property
    def units(self) -> frozenset[str]:
        return frozenset(visit.unit for team in self.teams for visit in team.visits)

    @cached_property
    def per_home_unit(self) -> Mapping[str, int]:
        return self._count(lambda person: self.problem.inspector_by_id[person].home_unit)

    @cached_property
    def per_office(self) -> Mapping[str, int]:
        return self._count(lambda person: self.problem.inspector_by_id[person].office)

    @cached_property
    def sent(self) -> frozenset[tuple[str, str]]:
        """(office, county) of everybody who is not on a host seat."""
        return self._arcs(leaders_only=False)

    @cached_property
    def led(self) -> frozenset[tuple[str, str]]:
        """(office, county) of the leaders who are not on a host seat."""
        return self._arcs(leaders_only=True)

    def _count(self, key: Callable[[str], str | None]) -> Mapping[str, int]:
        counts: dict[str, int] = {}
        for person in self.people:
            value = key(person)
            if value is not None:
                counts[value] = counts.get(value, 0) + 1
        return counts

    def _arcs(self, *, leaders_only: bool) -> frozenset[tuple[str, str]]:
        arcs: set[tuple[str, str]] = set()
        for team in self.teams:
            hosts = {self.problem.unit_by_id[visit.unit].county for visit in team.visits}
            people = (team.leader,) if leaders_only else team.people
            for person in people:
                if person is None:
                    continue
                office = self.problem.inspector_by_id[person].office
                if office not in hosts:
                    arcs.update((office, host) for host in hosts)
        return frozenset(arcs)
