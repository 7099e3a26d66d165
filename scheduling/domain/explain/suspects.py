"""Conflicts that can be seen by counting. The prover settles them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from scheduling.domain.problem import PinUnit, Problem, Role, Unit
from scheduling.domain.rules import RULE_BY_CODE, excluded
from scheduling.domain.rules.groups import Group, groups, pin_name

Parts = frozenset[Group]


def suspects(problem: Problem) -> Iterator[Parts]:
    """Sets of parts that probably clash: units whose needs nobody, or no date, can meet."""
    parts = frozenset(groups(problem))
    demanded = list(_demanded(problem, parts))
    bars = _Bars(problem)
    for unit, demand in demanded:
        if not problem.starts_of(unit):
            yield frozenset({demand, Group("window", (unit.id,))})
    for unit, demand in demanded:
        yield from (found & parts for found in bars.suspects(unit, demand))


def _demanded(problem: Problem, parts: Parts) -> Iterator[tuple[Unit, Group]]:
    """Units that must be visited, and the part that says so."""
    for unit in problem.units:
        coverage = Group("coverage", (unit.id,))
        if coverage in parts:
            yield unit, coverage
    for index, pin in enumerate(problem.pins):
        if isinstance(pin, PinUnit) and pin.team is not None:
            yield problem.unit_by_id[pin.unit], Group("pin", (pin_name(index),))


class _Bars:
    """Who is left for a unit once the bars have spoken."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._barred: dict[Role, defaultdict[str, set[str]]] = {
            "leader": defaultdict(set),
            "member": defaultdict(set),
        }
        for fact in excluded(problem):
            for role, barred in self._barred.items():
                if role in fact.roles:
                    barred[fact.unit].add(fact.inspector)

    def suspects(self, unit: Unit, demand: Group) -> Iterator[Parts]:
        people = self._problem.inspectors
        leaders = {i.id for i in people if i.leader} - self._barred["leader"][unit.id]
        rules = [code for code, rule in RULE_BY_CODE.items() if rule.kind == "person"]
        base = {demand, *(Group(code, (unit.id,)) for code in rules)}
        if not leaders:
            yield frozenset(base | self._of_teams("leader"))
        usable = {i.id for i in people} - self._barred["member"][unit.id]
        for skill, needed in unit.skills.items():
            if sum(skill in i.skills for i in people if i.id in usable) < needed:
                yield frozenset(base | {Group("skills", (unit.id,))})
        if len(usable) < min((team.size[0] for team in self._problem.teams), default=0):
            yield frozenset(base | self._of_teams("team_size"))

    def slack(self, units: Sequence[Unit]) -> float:
        """People for each that is needed, of what is scarcest where these units are visited."""
        problem = self._problem
        widest = max((team.concurrency for team in problem.teams), default=1)
        room = len(problem.calendar) * widest
        teams = sum(min(unit.days, room) for unit in units) / room
        leaders = {i.id for i in problem.inspectors if i.leader}
        ratios = [len(self._open_to(leaders, "leader", units)) / max(1.0, teams)]
        for skill in {skill for unit in units for skill, n in unit.skills.items() if n}:
            asking = [unit for unit in units if unit.skills.get(skill)]
            asked = sum(min(unit.days, room) * unit.skills[skill] for unit in asking) / room
            asked = max(asked, *(float(unit.skills[skill]) for unit in asking))
            skilled = {i.id for i in problem.inspectors if skill in i.skills}
            ratios.append(len(self._open_to(skilled, "member", asking)) / asked)
        return min(ratios)

    def _open_to(self, people: set[str], role: Role, units: Sequence[Unit]) -> set[str]:
        """Those who may visit one of the units at least."""
        return set().union(*(people - self._barred[role][unit.id] for unit in units))

    def _of_teams(self, rule: str) -> set[Group]:
        return {Group(rule, (team.id,)) for team in self._problem.teams}


def tightest_first(problem: Problem, parts: Parts) -> list[list[Group]]:
    """The units that must be visited, county by county; first where people are scarcest."""
    due: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in problem.units:
        if Group("coverage", (unit.id,)) in parts:
            due[unit.county].append(unit)
    bars = _Bars(problem)
    counties = sorted(due.values(), key=bars.slack)
    return [[Group("coverage", (unit.id,)) for unit in units] for units in counties]


def too_much(problem: Problem, parts: Parts) -> Iterator[Parts]:
    """Sets of parts that surely clash, by arithmetic.

    They ask for more visits, or more days of visits, than all teams can take, or than as
    many teams as there are leaders.
    """
    due = [unit for unit in problem.units if Group("coverage", (unit.id,)) in parts]
    due.sort(key=lambda unit: -unit.days)
    leaders = sum(inspector.leader for inspector in problem.inspectors)
    for teams, rules in (
        (len(problem.teams), ("overlap",)),
        (leaders, ("overlap", "leader", "one_team")),
    ):
        enough = next((n for n in range(len(due) + 1) if _overfull(problem, due[:n], teams)), None)
        if enough is not None:
            coverage = {Group("coverage", (unit.id,)) for unit in due[:enough]}
            yield of_rules(parts, rules) | coverage


def _overfull(problem: Problem, due: Sequence[Unit], teams: int) -> bool:
    """Whether even the roomiest `teams` slots cannot take the visits."""
    days = len(problem.calendar)
    room = sorted((days * team.concurrency for team in problem.teams), reverse=True)
    visits = sorted(
        (len(due) if t.max_units is None else t.max_units for t in problem.teams), reverse=True
    )
    asked = sum(min(unit.days, days) for unit in due)
    return asked > sum(room[:teams]) or len(due) > sum(visits[:teams])


def of_rules(parts: Iterable[Group], rules: Iterable[str]) -> Parts:
    """Those parts that belong to the rules."""
    chosen = set(rules)
    return frozenset(part for part in parts if part.rule in chosen)
