"""Demand against supply, and what the rules bar, before anything is solved.

Figures only, by office, speciality and rule: they are shown to people who may not know why
somebody is barred.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from scheduling.domain.problem import Inspector, Problem, Unit
from scheduling.domain.rules.statements import Excluded

Pair = tuple[str, str]  # inspector, unit


@dataclass(frozen=True, slots=True)
class SkillFigures:
    """`demand`: people that the teams need, a team's people serving all of its units.
    `supply` and `usable` by office id; usable people may visit a unit that needs the skill."""

    skill: str
    demand: int
    supply: Mapping[str, int]
    usable: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """One office's people against all units up for inspection."""

    office: str
    people: int
    leaders: int
    pairs: int
    barred: int
    barred_by_rule: Mapping[str, int]  # a pair counts under each rule that bars it


@dataclass(frozen=True, slots=True)
class SupplyFigures:
    units: int
    seats: tuple[int, int]  # least and most people in all teams together
    offices: tuple[OfficeFigures, ...]
    skills: tuple[SkillFigures, ...]

    @property
    def people(self) -> int:
        return sum(office.people for office in self.offices)

    @property
    def pairs(self) -> int:
        return sum(office.pairs for office in self.offices)

    @property
    def barred(self) -> int:
        return sum(office.barred for office in self.offices)


def supply_figures(problem: Problem, excluded: Iterable[Excluded]) -> SupplyFigures:
    """Count people, pairs and specialities, office by office, in the problem's order."""
    units = [unit for unit in problem.units if unit.inspectable]
    visited = {unit.id for unit in units}
    bars = [bar for bar in excluded if bar.unit in visited]
    shut = _shut_pairs(problem, bars)
    return SupplyFigures(
        units=len(units),
        seats=(
            sum(team.size[0] for team in problem.teams),
            sum(team.size[1] for team in problem.teams),
        ),
        offices=_by_office(problem, len(units), bars),
        skills=tuple(
            _skill(problem, skill, units, shut)
            for skill in sorted({skill for unit in units for skill in unit.skills})
        ),
    )


def _by_office(problem: Problem, units: int, bars: Sequence[Excluded]) -> tuple[OfficeFigures, ...]:
    office_of = {person.id: person.office for person in problem.inspectors}
    barred: dict[str, set[Pair]] = defaultdict(set)
    by_rule: dict[str, dict[str, set[Pair]]] = defaultdict(lambda: defaultdict(set))
    for bar in bars:
        office, pair = office_of[bar.inspector], (bar.inspector, bar.unit)
        barred[office].add(pair)
        by_rule[office][bar.rule].add(pair)
    people = Counter(person.office for person in problem.inspectors)
    leaders = Counter(person.office for person in problem.inspectors if person.leader)
    return tuple(
        OfficeFigures(
            office=office.id,
            people=people[office.id],
            leaders=leaders[office.id],
            pairs=people[office.id] * units,
            barred=len(barred[office.id]),
            barred_by_rule={rule: len(pairs) for rule, pairs in by_rule[office.id].items()},
        )
        for office in problem.offices
        if people[office.id]
    )


def _shut_pairs(problem: Problem, bars: Iterable[Excluded]) -> set[Pair]:
    """The pairs barred in every role that the person could hold, host seats considered."""
    host_roles = problem.policy.host_seats.roles if problem.policy.host_seats.max else frozenset()
    closed: dict[Pair, set[str]] = defaultdict(set)
    for bar in bars:
        own = problem.inspector_by_id[bar.inspector].office == problem.unit_by_id[bar.unit].county
        exempt = host_roles if bar.unless_host and own else frozenset()
        closed[bar.inspector, bar.unit] |= bar.roles - exempt
    return {
        (inspector, unit)
        for (inspector, unit), roles in closed.items()
        if _roles_of(problem.inspector_by_id[inspector]) <= roles
    }


def _roles_of(person: Inspector) -> set[str]:
    return {role for role in ("leader", "deputy", "member") if person.may_hold(role)}


def _skill(
    problem: Problem, skill: str, units: Sequence[Unit], shut: Collection[Pair]
) -> SkillFigures:
    needing = [unit.id for unit in units if unit.skills.get(skill)]
    skilled = [person for person in problem.inspectors if skill in person.skills]
    usable = [p for p in skilled if any((p.id, unit) not in shut for unit in needing)]
    return SkillFigures(
        skill=skill,
        demand=_demand(problem, skill, units),
        supply=dict(Counter(person.office for person in skilled)),
        usable=dict(Counter(person.office for person in usable)),
    )


def _demand(problem: Problem, skill: str, units: Sequence[Unit]) -> int:
    """The least number of people with the skill that the teams need.

    The teams share the units evenly, and the most demanding units sit together, so that one
    person serves as many of them as possible. Counted county by county when a team visits one.
    """
    per_team = max(1, ceil(len(units) / max(1, len(problem.teams))))
    groups: dict[str, list[int]] = defaultdict(list)
    for unit in units:
        key = unit.county if problem.policy.team_counties == 1 else ""
        groups[key].append(unit.skills.get(skill, 0))
    return sum(sum(sorted(needs, reverse=True)[::per_team]) for needs in groups.values())
