"""Large steps: tear down the teams of a county or two, build them anew, keep what is better.

Source: Schrimpf et al.: Record breaking optimization results using the ruin and recreate
principle, J. Comput. Phys. 159 (2000).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from scheduling.domain.search.annealing import Annealer
from scheduling.domain.search.board import NOWHERE, Board
from scheduling.domain.search.construct import staff
from scheduling.domain.search.regrouping import split

WARM, COLD = 40.0, 3.0  # temperatures of the short annealing after a step


class Rebuilder:
    """Large steps on one board. Each returns the annealing steps that it took."""

    def __init__(
        self, board: Board, rng: random.Random, stop: Callable[[], bool] = lambda: False
    ) -> None:
        self.board = board
        self.rng = rng
        self.stop = stop

    def steps(self, per_team: int) -> int:
        """Annealing steps that suit the size of what one large step touches."""
        board = self.board
        teams = sum(1 for crew in board.crews if crew.units)
        visited = {host for crew in board.crews for host in crew.hosts}
        return int(per_team * max(1.0, teams / max(1, len(visited))))

    def step(self, steps: int, tolerance: float = 0.0) -> int:
        """One random large step, undone where it made the plan worse by more than a random
        amount, `tolerance` points on average."""
        board, rng = self.board, self.rng
        visited = sorted({host for crew in board.crews for host in crew.hosts})
        waiting = {
            body.county
            for body, team in zip(board.facts.bodies, board.visitor, strict=True)
            if team == NOWHERE
        }
        counties = sorted({*visited, *waiting})
        if not counties:
            return 0
        before, cost = board.snapshot(), board.cost
        exclusive = board.facts.policy.home_offices[1] == 1
        if exclusive and len(visited) > 1 and rng.random() < 0.5:
            teams = self._exchange_origins(visited)
        else:
            teams = self._regroup(rng.choice(counties))
        if not teams:
            return 0
        done = Annealer(board, teams, rng).run(steps=steps, hot=WARM, cold=COLD, stop=self.stop)
        if board.cost > cost + int(-tolerance * math.log(1.0 - rng.random())):
            board.restore(before)
        return done

    def _regroup(self, county: int) -> list[int]:
        """Split the county's units anew, over one team more or fewer perhaps."""
        board, rng, facts = self.board, self.rng, self.board.facts
        teams = [t for t, crew in enumerate(board.crews) if crew.hosts == (county,)]
        units = [unit for team in teams for unit in board.crews[team].units]
        units += [u for u in facts.units_of[county] if board.visitor[u] == NOWHERE]
        slots = list(teams)
        dice = rng.random()
        if dice < 0.4 and teams:
            groups = split(board, units, len(teams) - 1, rng) if len(teams) > 1 else None
        elif dice < 0.55 or not teams:
            spare = [t for t, crew in enumerate(board.crews) if not crew.units]
            slots += spare[:1]
            groups = split(board, units, len(slots), rng)
        else:
            groups = split(board, units, len(teams), rng)
        if groups is None:
            return []
        self._give(slots, groups)
        return slots

    def _give(self, teams: list[int], groups: list[list[int]]) -> None:
        """New visits for the teams, each group to the team that knows most of it; people who
        may stay do."""
        board, rng = self.board, self.rng
        seats = {team: dict(board.crews[team].seats) for team in teams}
        masks = {team: board.crews[team].unit_mask for team in teams}
        for team in teams:
            board.empty(team)
        free = list(teams)
        for group in sorted(groups, key=lambda _: rng.random()):
            mask = sum(1 << unit for unit in group)
            free.sort(key=lambda t: -(mask & masks[t]).bit_count())
            for team in free:
                starts = board.dates_with(team, group)
                if starts is not None:
                    board.set_units(team, starts)
                    free.remove(team)
                    break
        kept = rng.random()
        for team in teams:
            if board.crews[team].units:
                for person, role in seats[team].items():
                    if rng.random() < kept and board.may_seat(person, team, role):
                        board.seat(person, team, role)
        staff(board, [t for t in teams if board.crews[t].units], rng)

    def _exchange_origins(self, visited: list[int]) -> list[int]:
        """Teams of two or three counties, rounds with one origin a team: others send people."""
        board, rng = self.board, self.rng
        chosen = rng.sample(visited, min(len(visited), rng.choice((2, 2, 3))))
        teams = [t for t, crew in enumerate(board.crews) if set(crew.hosts) & set(chosen)]
        facts = board.facts
        origins: dict[int, set[int]] = {host: set() for host in chosen}
        for team in teams:
            crew = board.crews[team]
            for office in crew.per_office:
                if crew.per_office[office] and facts.is_county[office]:
                    for host in set(crew.hosts) & set(chosen):
                        origins[host].add(office)
        turned = [*chosen[1:], chosen[0]]
        moved = {host: sorted(origins[other]) for host, other in zip(chosen, turned, strict=True)}
        if rng.random() < 0.3:
            idle = [o for o, n in enumerate(board.in_teams) if facts.is_county[o] and not n]
            if idle:
                moved[chosen[0]] = [rng.choice(idle)]
        for team in teams:
            for person in list(board.crews[team].seats):
                board.unseat(person)
        staff(board, teams, rng, moved)
        return teams
