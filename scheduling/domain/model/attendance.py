"""Days: no two visits at once, nobody away while visiting, nobody over the days they may serve."""

from __future__ import annotations

from collections.abc import Iterable

from ortools.sat.python import cp_model

from scheduling.domain.model.variables import Literal, Model, grouped, total
from scheduling.domain.problem import Inspector, Problem, TeamSlot, Unit

Days = frozenset[int]  # calendar indices


def add(model: Model) -> None:
    busy = _Busy(model)
    touching = _Touching(model)
    for team in model.teams:
        _overlap(model, team)
        _availability(model, team, busy, touching)
        _recent_cap(model, team, busy)


def days_away(problem: Problem, person: Inspector) -> Days:
    """The working days of the round on which the person is away."""
    return frozenset(
        index
        for index, day in enumerate(problem.calendar)
        if any(away.start <= day <= away.end for away in person.away)
    )


def _visits(model: Model, team: TeamSlot) -> list[tuple[Unit, Literal]]:
    return [
        (unit, model.visit[unit.id, team.id])
        for unit in model.units
        if (unit.id, team.id) in model.visit
    ]


def _days(model: Model, unit: Unit) -> int:
    return min(unit.days, len(model.problem.calendar))


def _overlap(model: Model, team: TeamSlot) -> None:
    if not model.binds("overlap", team.id):
        return
    visits = _visits(model, team)
    if team.max_units is not None and team.max_units < len(visits):
        model.cp.add(total(visit for _, visit in visits) <= team.max_units)
    intervals = [
        model.cp.new_optional_fixed_size_interval_var(
            model.start[unit.id], _days(model, unit), visit, ""
        )
        for unit, visit in visits
    ]
    if team.concurrency == 1:
        model.cp.add_no_overlap(intervals)
    else:
        model.cp.add_cumulative(intervals, [1] * len(intervals), team.concurrency)
    work = total(_days(model, unit) * visit for unit, visit in visits)
    model.cp.add(work <= team.concurrency * len(model.problem.calendar) * model.used[team.id])


def _one_at_a_time(model: Model, team: TeamSlot) -> bool:
    return team.concurrency == 1 and model.binds("overlap", team.id)


def _availability(model: Model, team: TeamSlot, busy: _Busy, touching: _Touching) -> None:
    if not model.binds("availability", team.id):
        return
    most = model.problem.policy.max_absence_days
    absent = grouped(model.people, lambda person: days_away(model.problem, person))
    for days, people in absent.items():
        if len(days) <= most:
            continue
        present = _somebody(model, people, team)
        if most == 0:
            for unit, visit in _visits(model, team):
                touched = touching.literal(unit, days)
                if touched is not None:
                    model.cp.add_bool_or(present.negated(), visit.negated(), touched.negated())
        else:
            missed = total(busy.literal(team, day) for day in sorted(days))
            model.cp.add(missed <= most).only_enforce_if(present)


def _recent_cap(model: Model, team: TeamSlot, busy: _Busy) -> None:
    cap = model.problem.policy.recent_days_cap
    if cap is None or not model.binds("recent_cap", team.id):
        return
    visits = _visits(model, team)
    longest = sum(_days(model, unit) for unit, _ in visits)
    if _one_at_a_time(model, team):
        days = total(_days(model, unit) * visit for unit, visit in visits)
    else:
        days = total(busy.literal(team, day) for day in range(len(model.problem.calendar)))
    for served, people in grouped(model.people, lambda person: person.recent_days).items():
        if served + min(longest, len(model.problem.calendar)) > cap:
            present = _somebody(model, people, team)
            model.cp.add(days <= cap - served).only_enforce_if(present)


def _somebody(model: Model, people: Iterable[Inspector], team: TeamSlot) -> Literal:
    """True if one of the people sits in the team."""
    seats = model.seated(people, team.id)
    if len(seats) == 1:
        return seats[0]
    literal = model.cp.new_bool_var("")
    for seat in seats:
        model.cp.add_implication(seat, literal)
    return literal


class _Touching:
    """Whether a visit of a unit would fall on one of some days, whichever team pays it."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._made: dict[tuple[str, Days], Literal | None] = {}

    def literal(self, unit: Unit, days: Days) -> Literal | None:
        """None if no start can touch the days."""
        key = (unit.id, days)
        if key not in self._made:
            self._made[key] = self._make(unit, days)
        return self._made[key]

    def _make(self, unit: Unit, days: Days) -> Literal | None:
        model = self._model
        length = _days(model, unit)
        domain = cp_model.Domain.from_flat_intervals(model.start[unit.id].proto.domain)
        near = cp_model.Domain.from_values(
            sorted({day - back for day in days for back in range(length)})
        )
        if domain.intersection_with(near).is_empty():
            return None
        clear = domain.intersection_with(near.complement())
        literal = model.cp.new_bool_var("")
        if clear.is_empty():
            model.cp.add_bool_or(literal)
        else:
            model.cp.add_linear_expression_in_domain(model.start[unit.id], clear).only_enforce_if(
                literal.negated()
            )
        return literal


class _Busy:
    """Whether a team visits anything on a day; true at least then."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._made: dict[tuple[str, int], Literal] = {}
        self._touching = _Touching(model)

    def literal(self, team: TeamSlot, day: int) -> Literal:
        key = (team.id, day)
        if key not in self._made:
            busy = self._made[key] = self._model.cp.new_bool_var("")
            for unit, visit in _visits(self._model, team):
                covered = self._touching.literal(unit, frozenset({day}))
                if covered is not None:
                    self._model.cp.add_bool_or(visit.negated(), covered.negated(), busy)
        return self._made[key]
