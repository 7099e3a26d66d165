"""Rounds in which a team's people come from one county: who inspects whom, decided first.

One-team moves cannot change a pairing: all teams of a county would have to change at once.
So a small model chooses the arcs, with the cheapest people of each office as the price.
"""

from __future__ import annotations

import random

from ortools.sat.python import cp_model

from scheduling.domain.search.board import Board
from scheduling.domain.search.run import Run

NEAREST = 14  # offices considered for a county, cheapest first
LARGEST = 2**40  # price that the solver is given
WORK = 1.0  # deterministic, of the one solve
SPREAD = 0.15  # random part of a price, so that another attempt pairs otherwise


def is_paired(board: Board) -> bool:
    """Whether a team's members come from one county, and a county's people go to few."""
    policy = board.facts.policy
    return policy.home_offices[1] == 1 and policy.office_targets < len(board.facts.units_of)


def pairing(
    board: Board, run: Run, rng: random.Random, *, spread: float = 0.0
) -> dict[int, list[int]] | None:
    """County -> the offices that shall send teams there. None if no pairing was found."""
    teams = _teams_by_county(board)
    model = cp_model.CpModel()
    sent: dict[tuple[int, int], cp_model.IntVar] = {}
    arcs: dict[tuple[int, int], cp_model.IntVar] = {}
    terms = []
    offers = {host: _offers(board, host, needed)[:NEAREST] for host, needed in teams.items()}
    # Only what prices are to one another matters, and the solver counts in 64 bits.
    excess = max((price for each in offers.values() for price, _ in each), default=0) // LARGEST + 1
    for host, needed in teams.items():
        for price, origin in offers[host]:
            arc = arcs[origin, host] = model.new_bool_var("")
            count = sent[origin, host] = model.new_int_var(0, needed, "")
            model.add(count <= needed * arc)
            model.add(count >= arc)
            terms.append(int(price // excess * (1 + spread * rng.random())) * count)
        offered = [count for (_, to), count in sent.items() if to == host]
        model.add(cp_model.LinearExpr.sum(offered) == needed)
    _limit(board, model, arcs, sent)
    model.minimize(cp_model.LinearExpr.sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = run.seed % 2**31
    solver.parameters.max_deterministic_time = WORK
    solver.parameters.max_time_in_seconds = max(0.01, run.left_s)
    status = solver.solve(model)
    run.spend(solver.response_proto.deterministic_time)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    chosen: dict[int, list[int]] = {host: [] for host in teams}
    for (origin, host), count in sent.items():
        if solver.value(count):
            chosen[host].append(origin)
    return chosen


def _teams_by_county(board: Board) -> dict[int, int]:
    teams: dict[int, int] = {}
    for crew in board.crews:
        for host in crew.hosts:
            teams[host] = teams.get(host, 0) + 1
    return teams


def _offers(board: Board, host: int, teams: int) -> list[tuple[int, int]]:
    """(price of a team, office), the cheapest first, of offices with enough people."""
    facts, policy = board.facts, board.facts.policy
    size = min(slot.size[0] for slot in board.slots)
    people: dict[int, int] = {}
    prices: dict[int, int] = {}
    for person in board.price_order((host,)):
        office = facts.office[person]
        if not facts.is_county[office] or office == host:
            continue
        taken = people.get(office, 0)
        people[office] = taken + 1
        if taken < size * teams:
            price = facts.weights["travel"] * facts.distance[office][host]
            prices[office] = prices.get(office, 0) + price + board.seat_cost[person]
    enough = size if policy.office_sources > 1 else size * teams
    return sorted(
        (-(-prices.get(office, 0) // teams), office) for office, n in people.items() if n >= enough
    )


def _limit(
    board: Board,
    model: cp_model.CpModel,
    arcs: dict[tuple[int, int], cp_model.IntVar],
    sent: dict[tuple[int, int], cp_model.IntVar],
) -> None:
    policy = board.facts.policy
    size = min(slot.size[0] for slot in board.slots)
    listed = [len(share) - 1 for share in board.facts.share]
    for origin in {a for a, _ in arcs}:
        going = [arc for (a, _), arc in arcs.items() if a == origin]
        model.add(cp_model.LinearExpr.sum(going) <= policy.office_targets)
        counts = [count for (a, _), count in sent.items() if a == origin]
        model.add(size * cp_model.LinearExpr.sum(counts) <= listed[origin])
    for host in {b for _, b in arcs}:
        coming = [arc for (_, b), arc in arcs.items() if b == host]
        model.add(cp_model.LinearExpr.sum(coming) <= policy.office_sources)
    for (a, b), arc in arcs.items():
        if policy.reciprocity != "off" and a < b and (b, a) in arcs:
            model.add_at_most_one(arc, arcs[b, a])
