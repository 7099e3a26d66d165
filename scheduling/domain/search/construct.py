"""A first plan, as an office with a spreadsheet makes it: pack units, then seat the nearest."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from scheduling.domain.search.board import NOWHERE, Board
from scheduling.domain.search.facts import DEPUTY, LEADER, MEMBER

NEAREST = 60  # people looked at for a seat, cheapest first
Origins = Mapping[int, Sequence[int]]  # host -> county offices that may send people there


def place_units(board: Board, rng: random.Random) -> None:
    """First fit, longest visits first; what must be visited before what may be."""
    facts = board.facts
    for index, body in enumerate(facts.bodies):
        if body.team is not None and board.visitor[index] == NOWHERE:
            add_unit(board, index, body.team)
    counties = sorted(facts.units_of, key=lambda c: (-_days(board, c), c))
    for must in (True, False):
        for county in counties:
            left = [
                u
                for u in facts.units_of[county]
                if board.visitor[u] == NOWHERE and facts.bodies[u].must == must
            ]
            left.sort(key=lambda u: (-facts.bodies[u].days, rng.random()))
            for unit in left:
                _place(board, unit)


def _days(board: Board, county: int) -> int:
    return sum(board.facts.bodies[unit].days for unit in board.facts.units_of[county])


def _place(board: Board, unit: int) -> None:
    """Into a team of the county with room, else into an empty slot, else anywhere it fits."""
    county = board.facts.bodies[unit].county
    crews = board.crews
    there = [t for t, crew in enumerate(crews) if county in crew.hosts]
    empty = [t for t, crew in enumerate(crews) if not crew.units]
    for team in (*there, *empty):
        if add_unit(board, unit, team):
            return
    if board.facts.policy.team_counties > 1:
        for team in range(len(crews)):
            if add_unit(board, unit, team):
                return


def add_unit(board: Board, unit: int, team: int) -> bool:
    """Let the team visit the unit too, if that breaks nothing."""
    crew, facts = board.crews[team], board.facts
    county = facts.bodies[unit].county
    if county not in crew.hosts and (crew.seats or len(crew.hosts) >= facts.policy.team_counties):
        return False
    starts = board.dates_with(team, sorted([*crew.units, unit]))
    if starts is None:
        return False
    board.set_units(team, starts)
    return True


def staff(
    board: Board,
    teams: Sequence[int],
    rng: random.Random,
    origins: Origins | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Pinned people first, then the leaders of all teams, who are scarce, then the others."""
    for person, (team, role) in sorted(board.facts.pinned_seat.items()):
        if team in teams and board.team_of[person] == NOWHERE:
            for choice in (MEMBER, DEPUTY, LEADER) if role is None else (role,):
                if board.may_seat(person, team, choice):
                    board.seat(person, team, choice)
                    break
    order = list(teams)
    rng.shuffle(order)
    for team in order:
        if not board.crews[team].leaders:
            seat_best(board, team, (LEADER,), _allowed(board, team, origins))
    for team in order:
        if stop():
            return
        allowed = _allowed(board, team, origins)
        while seat_best(board, team, (LEADER, DEPUTY, MEMBER), allowed):
            pass


def _allowed(board: Board, team: int, origins: Origins | None) -> set[int] | None:
    if origins is None:
        return None
    return {o for host in board.crews[team].hosts for o in origins.get(host, ())}


def seat_best(board: Board, team: int, roles: tuple[int, ...], allowed: set[int] | None) -> bool:
    """Seat whoever lowers the cost most; False if nobody does."""
    facts, crew = board.facts, board.crews[team]
    order = board.price_order(crew.hosts)
    before = board.cost
    best: tuple[int, int, int] | None = None
    for role in roles:
        if (role == LEADER and crew.leaders) or (
            role == DEPUTY and crew.deputies >= board.slots[team].deputies[1]
        ):
            continue
        looked_at = 0
        for person in order:
            if board.team_of[person] != NOWHERE or not facts.may[role][person]:
                continue
            office = facts.office[person]
            if allowed is not None and facts.is_county[office] and office not in allowed:
                continue
            if not board.may_seat(person, team, role):
                continue
            board.seat(person, team, role)
            change = board.cost - before
            board.unseat(person)
            if change < 0 and (best is None or change < best[0]):
                best = (change, person, role)
            looked_at += 1
            if looked_at >= NEAREST:
                break
    if best is None:
        return False
    board.seat(best[1], team, best[2])
    return True
