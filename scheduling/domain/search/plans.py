"""Plans onto the board and off it."""

from __future__ import annotations

from collections import Counter

from scheduling.domain.problem import Schedule, Team, Visit
from scheduling.domain.search.board import NOWHERE, Board
from scheduling.domain.search.facts import DEPUTY, LEADER, MEMBER


def load(board: Board, schedule: Schedule) -> None:
    """Take over as much of a plan as the rules allow; the rest is left out."""
    for team in range(len(board.crews)):
        board.empty(team)
    for planned in schedule.teams:
        if planned.visits and planned.id in board.facts.team_index:
            _load_team(board, board.facts.team_index[planned.id], planned)


def _load_team(board: Board, team: int, planned: Team) -> None:
    facts = board.facts
    starts: dict[int, int] = {}
    for visit in planned.visits:
        unit = facts.body_index.get(visit.unit)
        first = facts.problem.day_index.get(visit.start)
        if unit is not None and board.visitor[unit] == NOWHERE and first is not None:
            starts[unit] = first
    if not _legal(board, team, starts):
        starts = _mended(board, team, sorted(starts))
    if not starts:
        return
    board.set_units(team, starts)
    for person_id in planned.people:
        person = facts.person_index.get(person_id)
        if person is not None and board.team_of[person] == NOWHERE:
            name = planned.role_of(person_id) or "member"
            role = ("leader", "deputy", "member").index(name)
            if board.may_seat(person, team, role):
                board.seat(person, team, role)


def _mended(board: Board, team: int, units: list[int]) -> dict[int, int]:
    """As many of the units as the empty team can visit, one after the other."""
    starts: dict[int, int] = {}
    for unit in units:
        starts = board.dates_with(team, sorted([*starts, unit])) or starts
    return starts


def _legal(board: Board, team: int, starts: dict[int, int]) -> bool:
    facts, slot = board.facts, board.slots[team]
    if len({facts.bodies[unit].county for unit in starts}) > facts.policy.team_counties:
        return False
    if slot.max_units is not None and len(starts) > slot.max_units:
        return False
    load: Counter[int] = Counter()
    for unit, start in starts.items():
        body = facts.bodies[unit]
        if start not in body.starts or body.team not in (None, team):
            return False
        load.update(range(start, start + body.days))
    return max(load.values(), default=0) <= slot.concurrency


def schedule_of(board: Board) -> Schedule:
    return Schedule(tuple(_team(board, k) for k, crew in enumerate(board.crews) if crew.units))


def _team(board: Board, team: int) -> Team:
    facts, crew = board.facts, board.crews[team]
    named = {
        role: tuple(facts.people[p].id for p in sorted(crew.seats) if crew.seats[p] == role)
        for role in (LEADER, DEPUTY, MEMBER)
    }
    calendar = facts.problem.calendar
    visits = [
        Visit(
            facts.bodies[unit].id,
            calendar[start],
            calendar[start + facts.bodies[unit].days - 1],
        )
        for unit, start in sorted(crew.start.items(), key=lambda visit: (visit[1], visit[0]))
    ]
    leader = named[LEADER][0] if named[LEADER] else None
    return Team(board.slots[team].id, leader, named[DEPUTY], named[MEMBER], tuple(visits))
