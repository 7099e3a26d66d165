"""The one translator of the rule book to CP-SAT, rule by rule in the contract's order.

Formulation and sources: docs/scheduling/model.md. Sizes: with I people, U units, T teams,
C counties the whole model has about T·(3·I + U + C) Booleans.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import pairwise

from scheduling.domain.model import attendance
from scheduling.domain.model.pins import add_pins
from scheduling.domain.model.recusal import add_bars, limit_host_seats
from scheduling.domain.model.scope import Scope
from scheduling.domain.model.sending import add_origins, limit_arcs
from scheduling.domain.model.variables import (
    GroupKey,
    Literal,
    Model,
    add_variables,
    grouped,
    total,
)
from scheduling.domain.problem import (
    PinArc,
    Problem,
    TeamSlot,
)


def build(
    problem: Problem, *, without: Container[GroupKey] = (), scope: Scope | None = None
) -> Model:
    """Every hard rule of `problem` as a CP-SAT model; no objective yet.

    Parameters
    ----------
    problem
        I inspectors, U units, T teams; see the sizes above.
    without
        Parts of the rules (`rules.groups`) that shall not bind.
    scope
        Limits the model to some teams; the others are constants. None: the whole round.
    """
    model = Model(problem, without, scope)
    add_variables(model)
    _coverage(model)
    add_bars(model)
    limit_host_seats(model)
    _pairs(model)
    _one_team(model)
    for team in model.teams:
        _leader(model, team)
        _team_size(model, team)
        _team_counties(model, team)
        _per_office_max(model, team)
        _skills(model, team)
        _experienced(model, team)
    _home_unit_quota(model)
    add_origins(model)
    limit_arcs(model)
    attendance.add(model)
    add_pins(model)
    if not without and scope is None:
        _order_equal_teams(model)
    return model


def _coverage(model: Model) -> None:
    for unit in model.units:
        visits = [
            model.visit[unit.id, team.id]
            for team in model.teams
            if (unit.id, team.id) in model.visit
        ]
        due = unit.mandatory and unit.id not in model.pinned_out
        if due and model.binds("coverage", unit.id):
            model.cp.add_exactly_one(visits)
        else:
            model.cp.add_at_most_one(visits)


def _pairs(model: Model) -> None:
    for pair in model.problem.pairs:
        for team in model.teams:
            if model.binds("pair", team.id):
                both = [
                    model.seat.get((person, team.id)) for person in dict.fromkeys((pair.a, pair.b))
                ]
                seats = [seat for seat in both if seat is not None]
                if len(seats) == 2:
                    model.cp.add_at_most_one(seats)


def _one_team(model: Model) -> None:
    if model.binds("one_team"):
        for person in model.people:
            model.cp.add_at_most_one(model.seat[person.id, team.id] for team in model.teams)


def _leader(model: Model, team: TeamSlot) -> None:
    if not model.binds("leader", team.id):
        return
    used = model.used[team.id]
    leaders = [model.lead[p.id, team.id] for p in model.people if (p.id, team.id) in model.lead]
    model.cp.add_exactly_one(*leaders, used.negated())
    deputies = total(
        model.deputy[p.id, team.id] for p in model.people if (p.id, team.id) in model.deputy
    )
    least, most = team.deputies
    model.cp.add(deputies >= least * used)
    model.cp.add(deputies <= most * used)


def _team_size(model: Model, team: TeamSlot) -> None:
    if not model.binds("team_size", team.id):
        return
    used = model.used[team.id]
    least, most = team.size
    model.cp.add(model.team_size(team.id) >= least * used)
    model.cp.add(model.team_size(team.id) <= most * used)
    for person in model.people:
        model.cp.add_implication(model.seat[person.id, team.id], used)


def _team_counties(model: Model, team: TeamSlot) -> None:
    most = model.problem.policy.team_counties
    places = [model.at[team.id, county] for county in model.hosts[team.id]]
    if len(places) <= most or not model.binds("team_counties", team.id):
        return
    if most == 1:
        model.cp.add_at_most_one(places)
    else:
        model.cp.add(total(places) <= most)


def _per_office_max(model: Model, team: TeamSlot) -> None:
    most = model.problem.policy.per_office_max
    if not model.binds("per_office_max", team.id):
        return
    counties = {office.id for office in model.problem.counties}
    for office, people in model.by_office.items():
        seats = model.seated(people, team.id)
        if office not in counties or len(seats) <= most:
            continue
        limit = model.cp.add(total(seats) <= most)
        if (team.id, office) in model.at:
            limit.only_enforce_if(model.at[team.id, office].negated())


def _skills(model: Model, team: TeamSlot) -> None:
    able: dict[str, list[Literal]] = {}
    for unit in model.units:
        visit = model.visit.get((unit.id, team.id))
        if visit is None or not model.binds("skills", unit.id):
            continue
        for skill, needed in unit.skills.items():
            if needed > 0:
                if skill not in able:
                    holders = (p for p in model.people if skill in p.skills)
                    able[skill] = model.seated(holders, team.id)
                model.cp.add(total(able[skill]) >= needed * visit)


def _experienced(model: Model, team: TeamSlot) -> None:
    least = model.problem.policy.experienced
    if least > 0 and model.binds("experienced", team.id):
        seasoned = model.seated((p for p in model.people if p.rounds >= 1), team.id)
        model.cp.add(total(seasoned) >= least * model.used[team.id])


def _home_unit_quota(model: Model) -> None:
    if not model.binds("home_unit_quota"):
        return
    most = model.problem.policy.home_unit_quota
    for employer, people in grouped(model.people, lambda person: person.home_unit).items():
        if employer is not None:
            left = most - model.kept.per_home_unit.get(employer, 0)
            seats = [seat for team in model.teams for seat in model.seated(people, team.id)]
            if len(people) > left:
                model.cp.add(total(seats) <= left)


def _order_equal_teams(model: Model) -> None:
    """Slots that nothing tells apart are filled in order, and in order of their counties."""
    position = {office.id: k + 1 for k, office in enumerate(model.problem.counties)}
    for first, second in equal_neighbours(model.problem):
        model.cp.add_implication(model.used[second], model.used[first])
        if model.problem.policy.team_counties == 1:
            places = [
                total(position[county] * model.at[team, county] for county in model.hosts[team])
                for team in (first, second)
            ]
            last = len(position) + 1
            model.cp.add(places[0] <= places[1] + last - last * model.used[second])


def equal_neighbours(problem: Problem) -> Iterator[tuple[str, str]]:
    """Consecutive slots with the same bounds that no pin and no baseline tells apart."""
    named = {pin.team for pin in problem.pins if not isinstance(pin, PinArc)}
    named |= {team.id for team in problem.baseline or ()}
    groups = grouped(
        (team for team in problem.teams if team.id not in named),
        lambda team: (team.size, team.deputies, team.concurrency, team.max_units),
    )
    for teams in groups.values():
        yield from ((a.id, b.id) for a, b in pairwise(teams))
