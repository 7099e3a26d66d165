"""The decisions of a round as CP-SAT variables. Notation: docs/scheduling/model.md.

`seat[i, t]` person i sits in team t; `lead`, `deputy` their role there (neither: member);
`visit[u, t]` team t visits unit u; `start[u]` calendar index of its first day;
`at[t, c]` team t visits county c; `used[t]` team t has visits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from ortools.sat.python import cp_model, cp_model_helper

from scheduling.domain.model.scope import Kept, Scope
from scheduling.domain.problem import (
    Inspector,
    PinPerson,
    PinUnit,
    Problem,
    Role,
    Schedule,
    Team,
    TeamSlot,
    Unit,
    Visit,
)

Literal = cp_model.IntVar
Truth = cp_model_helper.Literal  # a Boolean variable or its negation
Linear = cp_model.LinearExpr
GroupKey = tuple[str, tuple[str, ...]]
K = TypeVar("K")
V = TypeVar("V")


@dataclass
class Model:
    """A CP-SAT model of one round, with the names by which its variables are found."""

    problem: Problem
    without: Container[GroupKey]
    scope: Scope | None
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    seat: dict[tuple[str, str], Literal] = field(default_factory=dict)
    lead: dict[tuple[str, str], Literal] = field(default_factory=dict)
    deputy: dict[tuple[str, str], Literal] = field(default_factory=dict)
    visit: dict[tuple[str, str], Literal] = field(default_factory=dict)
    start: dict[str, Literal] = field(default_factory=dict)
    at: dict[tuple[str, str], Literal] = field(default_factory=dict)
    used: dict[str, Literal] = field(default_factory=dict)
    sends: dict[tuple[str, str], Literal] = field(default_factory=dict)  # (team, office)

    def binds(self, rule: str, *subjects: str) -> bool:
        """Whether this part of the rules (rules/groups.py) is in the model."""
        return (rule, subjects) not in self.without

    @cached_property
    def kept(self) -> Kept:
        return Kept(self.problem, self.scope.kept if self.scope else ())

    @cached_property
    def teams(self) -> Sequence[TeamSlot]:
        if self.scope is None:
            return self.problem.teams
        return [team for team in self.problem.teams if team.id in self.scope.free]

    @cached_property
    def units(self) -> Sequence[Unit]:
        return [
            unit
            for unit in self.problem.units
            if unit.inspectable and unit.id not in self.kept.units
        ]

    @cached_property
    def people(self) -> Sequence[Inspector]:
        chosen = self.scope.people if self.scope else None
        return [
            person
            for person in self.problem.inspectors
            if person.id not in self.kept.people and (chosen is None or person.id in chosen)
        ]

    @cached_property
    def pinned_out(self) -> frozenset[str]:
        """Units that a person has taken out of the round."""
        return frozenset(
            pin.unit for pin in self.problem.pins if isinstance(pin, PinUnit) and pin.team is None
        )

    @cached_property
    def listed(self) -> Counter[str]:
        """How many people the problem lists for each office."""
        return Counter(person.office for person in self.problem.inspectors)

    @cached_property
    def by_office(self) -> dict[str, list[Inspector]]:
        return grouped(self.people, lambda person: person.office)

    @cached_property
    def hosts(self) -> dict[str, list[str]]:
        """The counties that each team may visit, in the problem's order."""
        named = {county for _, county in self.at}
        order = [office.id for office in self.problem.counties if office.id in named]
        return {team.id: [c for c in order if (team.id, c) in self.at] for team in self.teams}

    def team_size(self, team: str) -> Linear:
        return total(self.seat[key] for key in self._seats_of[team])

    def seated(self, people: Iterable[Inspector], team: str) -> list[Literal]:
        return [self.seat[p.id, team] for p in people if (p.id, team) in self.seat]

    @cached_property
    def _seats_of(self) -> dict[str, list[tuple[str, str]]]:
        keys: dict[str, list[tuple[str, str]]] = {team.id: [] for team in self.teams}
        for key in self.seat:
            keys[key[1]].append(key)
        return keys

    def holding(
        self, person: Inspector, team: str, roles: frozenset[Role]
    ) -> list[tuple[Truth, ...]]:
        """The ways to hold one of `roles` in the team; each is a conjunction of literals."""
        key = (person.id, team)
        if key not in self.seat or not roles:
            return []
        if len(roles) == 3:
            return [(self.seat[key],)]
        named = [
            by_role[key]
            for role, by_role in (("leader", self.lead), ("deputy", self.deputy))
            if role in roles and key in by_role
        ]
        if "member" not in roles:
            return [(literal,) for literal in named]
        others = [
            by_role[key].negated()
            for role, by_role in (("leader", self.lead), ("deputy", self.deputy))
            if role not in roles and key in by_role
        ]
        return [(self.seat[key], *others)]

    def schedule_from(self, value: Callable[[Literal], int]) -> Schedule:
        """The plan that an assignment of the variables stands for, kept teams included."""
        kept = {team.id: team for team in self.kept.teams}
        free = {team.id: self._team_from(team.id, value) for team in self.teams}
        teams = (free.get(slot.id) or kept.get(slot.id) for slot in self.problem.teams)
        return Schedule(tuple(team for team in teams if team is not None and team.visits))

    def _team_from(self, team: str, value: Callable[[Literal], int]) -> Team:
        people = [person for person, _ in self._seats_of[team] if value(self.seat[person, team])]
        leaders = [p for p in people if (p, team) in self.lead and value(self.lead[p, team])]
        deputies = [p for p in people if (p, team) in self.deputy and value(self.deputy[p, team])]
        members = [p for p in people if p not in leaders and p not in deputies]
        calendar = self.problem.calendar
        visits = []
        for unit in self.units:
            if (unit.id, team) in self.visit and value(self.visit[unit.id, team]):
                first = value(self.start[unit.id])
                last = min(first + unit.days, len(calendar)) - 1
                visits.append(Visit(unit.id, calendar[first], calendar[last]))
        visits.sort(key=lambda visit: (visit.start, visit.unit))
        return Team(
            team, leaders[0] if leaders else None, tuple(deputies), tuple(members), tuple(visits)
        )


def total(terms: Iterable[Linear | int]) -> Linear:
    """The sum; of nothing, the number 0, which CP-SAT takes for an expression too."""
    return cp_model.LinearExpr.sum(list(terms))


def grouped(items: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def add_variables(model: Model) -> None:
    """Create the decisions, leaving out what can never be: wrong pools, unfit starts."""
    _add_seats(model)
    _add_visits(model)
    _add_places(model)


def _add_seats(model: Model) -> None:
    cp = model.cp
    pinned_roles = {
        (pin.inspector, pin.team, pin.role)
        for pin in model.problem.pins
        if isinstance(pin, PinPerson) and pin.team is not None and pin.role is not None
    }
    for team in model.teams:
        pools_bind = model.binds("leader", team.id)
        for person in model.people:
            key = (person.id, team.id)
            model.seat[key] = cp.new_bool_var("")
            roles: tuple[tuple[Role, dict[tuple[str, str], Literal]], ...] = (
                ("leader", model.lead),
                ("deputy", model.deputy),
            )
            for role, by_role in roles:
                pinned = not pools_bind and (*key, role) in pinned_roles
                if person.may_hold(role) or pinned:
                    by_role[key] = cp.new_bool_var("")
                    cp.add_implication(by_role[key], model.seat[key])
            if key in model.lead and key in model.deputy:
                cp.add_at_most_one(model.lead[key], model.deputy[key])


def _add_visits(model: Model) -> None:
    allowed = model.scope.hosts if model.scope else None
    for unit in model.units:
        starts = _starts(model, unit)
        if starts:
            domain = cp_model.Domain.from_values(starts)
            model.start[unit.id] = model.cp.new_int_var_from_domain(domain, "")
        for team in model.teams:
            if allowed is not None and unit.county not in allowed.get(team.id, ()):
                continue
            model.visit[unit.id, team.id] = model.cp.new_bool_var("")
            if not starts:
                model.cp.add(model.visit[unit.id, team.id] == 0)
        if not starts:
            model.start[unit.id] = model.cp.new_constant(0)


def _starts(model: Model, unit: Unit) -> Sequence[int]:
    if model.binds("window", unit.id):
        return model.problem.starts_of(unit)
    return range(max(1, len(model.problem.calendar) - unit.days + 1))


def _add_places(model: Model) -> None:
    cp = model.cp
    for team in model.teams:
        by_county = grouped(
            (unit for unit in model.units if (unit.id, team.id) in model.visit),
            lambda unit: unit.county,
        )
        used = model.used[team.id] = cp.new_bool_var("")
        for county, units in by_county.items():
            at = used if len(by_county) == 1 else cp.new_bool_var("")
            model.at[team.id, county] = at
            visits = [model.visit[unit.id, team.id] for unit in units]
            cp.add_bool_or([*visits, at.negated()])
            for visit in visits:
                cp.add_implication(visit, at)
        places = [model.at[team.id, county] for county in by_county]
        if len(by_county) != 1:
            cp.add_bool_or([*places, used.negated()])
            for at in places:
                cp.add_implication(at, used)
