"""A smaller problem that has a plan exactly when the whole one has, for some parts of the rules.

A unit that need not be visited can be left unvisited, and of several slots that nothing
tells apart no more are needed than there are units to visit. That holds as long as no pin is
among the parts, and as long as dropping a visit makes nobody lose a host seat.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from scheduling.domain.problem import Problem, TeamSlot
from scheduling.domain.rules.groups import Group

# Rules that look at whether a seat is a host seat.
HOST_RULES = frozenset(
    {
        "home_offices",
        "office_targets",
        "office_sources",
        "per_office_max",
        "reciprocity",
        "repeat",
        "native_place",
        "former_post",
    }
)


def projected(problem: Problem, parts: frozenset[Group]) -> Problem:
    """`problem` without the units and teams that `parts` give nothing to do."""
    if not _is_safe(problem, parts):
        return problem
    due = {part.subjects[0] for part in parts if part.rule == "coverage"}
    units = tuple(
        unit if unit.id in due else replace(unit, inspectable=False) for unit in problem.units
    )
    return replace(
        problem,
        units=units,
        teams=_enough(problem.teams, parts, len(due)),
        pins=(),
        baseline=None,
    )


def _is_safe(problem: Problem, parts: frozenset[Group]) -> bool:
    rules = {part.rule for part in parts}
    if "pin" in rules:
        return False
    hosts = {unit.county for unit in problem.units if unit.inspectable}
    one_county_each = len(hosts) <= 1 or (
        problem.policy.team_counties <= 1
        and all(Group("team_counties", (team.id,)) in parts for team in problem.teams)
    )
    host_rules = HOST_RULES
    if any(entry.unless_host for entry in problem.declared):
        host_rules |= {"declared"}
    return one_county_each or not rules & host_rules


def _enough(
    slots: tuple[TeamSlot, ...], parts: frozenset[Group], visits: int
) -> tuple[TeamSlot, ...]:
    binding: defaultdict[str, set[str]] = defaultdict(set)
    named = {slot.id for slot in slots}
    for part in parts:
        if len(part.subjects) == 1 and part.subjects[0] in named:
            binding[part.subjects[0]].add(part.rule)
    alike: Counter[object] = Counter()
    kept = []
    for slot in slots:
        kind = (replace(slot, id=""), frozenset(binding[slot.id]))
        alike[kind] += 1
        if alike[kind] <= max(1, visits):
            kept.append(slot)
    return tuple(kept)
