"""On which days a team can take a visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduling.domain.problem import PinUnit, Problem, Team, Unit, Visit


def visit_from(problem: Problem, unit: Unit, start: date) -> Visit | None:
    """A visit of the unit's days from `start` on; None where the calendar does not hold it."""
    first = problem.day_index.get(start)
    if first is None or unit.days < 1 or first + unit.days > len(problem.calendar):
        return None
    return Visit(unit.id, start, problem.calendar[first + unit.days - 1])


def earliest_free(problem: Problem, team: Team, unit: Unit) -> Visit | None:
    """The first visit of `unit` that fits the unit's dates and the team's other visits, and
    for which everybody of the team is present.

    A start that was decided (pinned) goes first. Where nothing fits, presence is given up,
    then the other visits, then the dates: the rules then say what is wrong. None: the
    calendar is shorter than the visit.
    """
    within = [visit for visit in _pinned_first(problem, unit) if visit is not None]
    free = [visit for visit in within if _has_room(problem, team, visit)]
    present = (visit for visit in free if _all_present(problem, team, visit))
    best = next(present, None) or next(iter(free or within), None)
    return best or visit_from(problem, unit, problem.calendar[0])


def _pinned_first(problem: Problem, unit: Unit) -> Iterator[Visit | None]:
    for pin in problem.pins:
        if isinstance(pin, PinUnit) and pin.unit == unit.id and pin.start is not None:
            yield visit_from(problem, unit, pin.start)
    for first in problem.starts_of(unit):
        yield visit_from(problem, unit, problem.calendar[first])


def _has_room(problem: Problem, team: Team, visit: Visit) -> bool:
    """Whether the team stays within its `concurrency` on every day of the visit."""
    slot = problem.team_by_id[team.id]
    others = [other for other in team.visits if other.unit != visit.unit]
    return all(
        sum(other.start <= day <= other.end for other in others) < slot.concurrency
        for day in (visit.start, *(o.start for o in others if visit.start < o.start <= visit.end))
    )


def _all_present(problem: Problem, team: Team, visit: Visit) -> bool:
    """Whether nobody is away longer than the policy allows, all visits of the team together."""
    visits = [visit, *(other for other in team.visits if other.unit != visit.unit)]
    people = [problem.inspector_by_id.get(person) for person in team.people]
    absences = [person.away for person in people if person is not None and person.away]
    if not absences:
        return True
    days = [d for d in problem.calendar if any(v.start <= d <= v.end for v in visits)]
    return all(
        sum(any(a.start <= day <= a.end for a in away) for day in days)
        <= problem.policy.max_absence_days
        for away in absences
    )
