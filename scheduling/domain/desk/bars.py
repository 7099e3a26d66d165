"""Who is barred from what, looked up by person and unit, in codes and without facts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from scheduling.domain.masking import MASKED_RULES
from scheduling.domain.problem import Problem, Role, Team
from scheduling.domain.rules import facts_of as bars_of
from scheduling.domain.rules.statements import Excluded

ByUnit = Mapping[str, tuple[Excluded, ...]]


def bars_by_person(problem: Problem) -> Mapping[str, ByUnit]:
    """The bars of each inspector by unit, read once for a problem and kept with it."""
    found: dict[str, dict[str, tuple[Excluded, ...]]] | None
    found = problem.__dict__.get("_bars_by_person")
    if found is None:
        found = {}
        for bar in bars_of(problem):
            units = found.setdefault(bar.inspector, {})
            units[bar.unit] = (*units.get(bar.unit, ()), bar)
        problem.__dict__["_bars_by_person"] = found
    return found


def shown_code(bar: Excluded) -> str:
    """The rule's code. A masked bar shows the code that its declared entry carries."""
    return bar.kind if bar.kind in MASKED_RULES else bar.rule


def rules_that_bar(
    problem: Problem, inspector: str, unit: str, role: Role, team: Team | None = None
) -> tuple[str, ...]:
    """The codes of the rules that keep somebody from a unit in a role.

    In a team the counties that it visits say whether the seat is a host seat; without one
    the unit's own county does.
    """
    bars = bars_by_person(problem).get(inspector, {}).get(unit, ())
    if not bars:
        return ()
    is_host = problem.inspector_by_id[inspector].office in counties_of(problem, unit, team)
    return tuple(
        dict.fromkeys(
            shown_code(bar)
            for bar in bars
            if role in bar.roles and not (bar.unless_host and is_host)
        )
    )


def counties_of(problem: Problem, unit: str, team: Team | None) -> Collection[str]:
    """The counties that the team visits when it also visits the unit."""
    visited = [] if team is None else [visit.unit for visit in team.visits]
    return {problem.unit_by_id[each].county for each in (unit, *visited)}
