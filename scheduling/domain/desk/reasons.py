"""Why somebody sits where they sit, and why somebody may not: in the rules' own words.

`why_not` and `why_not_unit` show codes and the text of the rules. Only `facts_of` names facts.
"""

from __future__ import annotations

from dataclasses import dataclass

from kernel.text import Text
from scheduling.domain import rules
from scheduling.domain.desk.figures import figure
from scheduling.domain.desk.hindrances import Hindrance, HindranceKind, why_not, why_not_unit
from scheduling.domain.desk.named import name_of, unit_of
from scheduling.domain.desk.seat_view import SeatView
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.verify.reading import Reading

__all__ = [
    "Hindrance",
    "HindranceKind",
    "Passed",
    "facts_of",
    "why",
    "why_not",
    "why_not_unit",
]


@dataclass(frozen=True, slots=True)
class Passed:
    """A rule that concerns a seat and that it passes, with the figure where there is one."""

    rule: str
    title: Text
    says: Text


def why(problem: Problem, schedule: Schedule, inspector: str) -> list[Passed]:
    """Every rule that concerns the seat of `inspector` and that it passes, in reading order.

    Empty for somebody in no team. A rule that the seat breaks is not listed.

    Raises
    ------
    EditImpossible
        If the round has no such inspector.
    """
    name_of(problem, inspector)
    view = _view(problem, schedule, inspector)
    if view is None:
        return []
    passed = []
    for rule in rules.RULE_BOOK:
        found = figure(view, rule.code)
        if found is not None and found.holds:
            passed.append(Passed(rule.code, rule.title, found.says))
    return passed


def facts_of(problem: Problem, inspector: str, unit: str) -> list[Text]:
    """The facts that bar the pair, each once.

    For the person's own office (and the recusal officer) only. Of a masked problem they say
    no more than the code.

    Raises
    ------
    EditImpossible
        If an id is unknown.
    """
    name_of(problem, inspector)
    unit_of(problem, unit)
    found = (
        bar.because
        for bar in rules.facts_of(problem)
        if bar.inspector == inspector and bar.unit == unit
    )
    return list(dict.fromkeys(found))


def _view(problem: Problem, schedule: Schedule, inspector: str) -> SeatView | None:
    reading = Reading(problem, schedule)
    for team, slot in zip(
        (team for team in schedule.teams if team.id in problem.team_by_id),
        reading.teams,
        strict=True,
    ):
        role = team.role_of(inspector)
        if role is not None:
            return SeatView(reading, team, slot, problem.inspector_by_id[inspector], role)
    return None
