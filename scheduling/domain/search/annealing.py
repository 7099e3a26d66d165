"""Simulated annealing on a board: people change seats, units change teams.

Moves keep every rule that forbids; costs are exact differences (`Board.cost`).
Source: Kirkpatrick, Gelatt, Vecchi: Optimization by Simulated Annealing, Science 220 (1983).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from scheduling.domain.search.board import NOWHERE, Board
from scheduling.domain.search.facts import DEPUTY, LEADER, MEMBER

CHECK_EVERY = 256  # steps between two looks at the clock
# How often each kind of move is tried, of 100.
REPLACE, CHANGE_ROLE, ADD, REMOVE = 70, 8, 6, 6  # the rest moves units


class Annealer:
    """One run over some teams of a board; `run` leaves the best plan it saw on the board."""

    def __init__(self, board: Board, teams: list[int], rng: random.Random) -> None:
        self.board = board
        self.rng = rng
        self.teams = [team for team in teams if board.crews[team].units]
        self._threshold = 0  # the cost up to which the next change is accepted
        self._touched: set[int] = set()  # teams that changed since the best plan was noted

    def run(
        self, *, steps: int, hot: float, cold: float, stop: Callable[[], bool] = lambda: False
    ) -> int:
        """Anneal from temperature `hot` to `cold`, both in points of the last tier.

        Returns the number of steps done, fewer than `steps` only if `stop` said so.
        """
        if not self.teams:
            return 0
        board, random_ = self.board, self.rng.random
        best_cost, best = board.cost, board.snapshot()
        self._touched.clear()
        cooling = math.log(cold / hot) / max(1, steps)
        temperature = hot
        done = 0
        while done < steps:
            done += 1
            if done % CHECK_EVERY == 0:
                temperature = hot * math.exp(cooling * done)
                if stop():
                    break
            self._threshold = board.cost - int(temperature * math.log(1.0 - random_()))
            self._step(int(100 * random_()))
            if board.cost < best_cost:
                best_cost = board.cost
                for team in self._touched:
                    crew = board.crews[team]
                    best[team] = (dict(crew.start), dict(crew.seats))
                self._touched.clear()
        if board.cost > best_cost:
            board.restore(best)
        return done

    def _step(self, dice: int) -> None:
        team = self.teams[int(self.rng.random() * len(self.teams))]
        if dice < REPLACE:
            self._replace(team)
        elif dice < REPLACE + CHANGE_ROLE:
            self._change_roles(team)
        elif dice < REPLACE + CHANGE_ROLE + ADD:
            self._add(team)
        elif dice < REPLACE + CHANGE_ROLE + ADD + REMOVE:
            self._remove(team)
        else:
            self._move_unit(team)

    def _somebody(self, team: int) -> int:
        seats = self.board.crews[team].seats
        chosen = int(self.rng.random() * len(seats))
        for position, person in enumerate(seats):
            if position == chosen:
                return person
        return NOWHERE

    def _candidate(self, team: int) -> int:
        """Somebody who may go there, rather one of the cheap ones."""
        order = self.board.price_order(self.board.crews[team].hosts)
        if not order:
            return NOWHERE
        return order[int(len(order) * self.rng.random() ** 2)]

    def _accept(self, *teams: int) -> bool:
        if self.board.cost > self._threshold:
            return False
        self._touched.update(teams)
        return True

    def _replace(self, team: int) -> None:
        board, facts = self.board, self.board.facts
        crew = board.crews[team]
        new = self._candidate(team)
        old = self._somebody(team)
        if new == NOWHERE or old == NOWHERE:
            return
        role = crew.seats[old]
        if not facts.may[role][new]:
            return
        other = board.team_of[new]
        if other == team:
            return
        host = facts.office[new] in crew.hosts
        if facts.bars[host][role][new] & crew.unit_mask:
            return
        if other != NOWHERE:
            self._swap(team, old, other, new)
            return
        board.unseat(old)
        if board.may_seat(new, team, role):
            board.seat(new, team, role)
            if self._accept(team):
                return
            board.unseat(new)
        board.seat(old, team, role)

    def _swap(self, team: int, one: int, other: int, two: int) -> None:
        board = self.board
        if other not in self.teams:
            return
        role_one = board.crews[team].seats[one]
        role_two = board.crews[other].seats[two]
        board.unseat(one)
        board.unseat(two)
        if board.may_seat(two, team, role_one):
            board.seat(two, team, role_one)
            if board.may_seat(one, other, role_two):
                board.seat(one, other, role_two)
                if self._accept(team, other):
                    return
                board.unseat(one)
            board.unseat(two)
        board.seat(one, team, role_one)
        board.seat(two, other, role_two)

    def _change_roles(self, team: int) -> None:
        """Two people of a team exchange their roles, or one becomes deputy or member."""
        board = self.board
        one, two = self._somebody(team), self._somebody(team)
        if one == NOWHERE:
            return
        roles = board.crews[team].seats
        before = (roles[one], roles[two])
        if one == two:
            if before[0] == LEADER:
                return
            changes = [(one, MEMBER if before[0] == DEPUTY else DEPUTY)]
        elif before[0] == before[1]:
            return
        else:
            changes = [(one, before[1]), (two, before[0])]
        self._reseat(team, changes)

    def _reseat(self, team: int, changes: list[tuple[int, int]]) -> None:
        board = self.board
        before = [(person, board.crews[team].seats[person]) for person, _ in changes]
        for person, _ in changes:
            board.unseat(person)
        seated = []
        for person, role in changes:
            if not board.may_seat(person, team, role):
                break
            board.seat(person, team, role)
            seated.append(person)
        if len(seated) == len(changes) and self._accept(team):
            return
        for person in seated:
            board.unseat(person)
        for person, role in before:
            board.seat(person, team, role)

    def _add(self, team: int) -> None:
        board = self.board
        person = self._candidate(team)
        if person == NOWHERE or board.team_of[person] != NOWHERE:
            return
        crew = board.crews[team]
        role = MEMBER if crew.leaders else LEADER
        if role == MEMBER and crew.deputies < board.slots[team].deputies[0]:
            role = DEPUTY
        if board.may_seat(person, team, role):
            board.seat(person, team, role)
            if not self._accept(team):
                board.unseat(person)

    def _remove(self, team: int) -> None:
        board = self.board
        person = self._somebody(team)
        if person == NOWHERE:
            return
        role = board.crews[team].seats[person]
        board.unseat(person)
        if not self._accept(team):
            board.seat(person, team, role)

    def _move_unit(self, team: int) -> None:
        """A unit of the team goes to another team of its county, or two units change places;
        or a unit that nobody visits is taken in."""
        board, facts, rng = self.board, self.board.facts, self.rng
        crew = board.crews[team]
        county = crew.hosts[int(rng.random() * len(crew.hosts))]
        choices = facts.units_of[county]
        unit = choices[int(rng.random() * len(choices))]
        other = board.visitor[unit]
        if other == team:
            return
        if other == NOWHERE:
            self._set(team, [*crew.units, unit], None, [])
            return
        if other not in self.teams:
            return
        rest = [u for u in board.crews[other].units if u != unit]
        mine = list(crew.units)
        if rng.random() < 0.7:
            given = mine.pop(int(rng.random() * len(mine)))
            rest.append(given)
        self._set(team, [*mine, unit], other, rest)

    def _set(self, team: int, units: list[int], other: int | None, rest: list[int]) -> None:
        board = self.board
        if other is not None and (not rest or self._counties(rest) != board.crews[other].hosts):
            return
        if self._counties(units) != board.crews[team].hosts:
            return
        mine = board.dates_with(team, sorted(units))
        if mine is None:
            return
        before = dict(board.crews[team].start)
        if other is None:
            board.set_units(team, mine)
            if not self._accept(team):
                board.set_units(team, before)
            return
        theirs = board.dates_with(other, sorted(rest))
        if theirs is None:
            return
        theirs_before = dict(board.crews[other].start)
        board.set_units(team, mine)
        board.set_units(other, theirs)
        if not self._accept(team, other):
            board.set_units(team, before)
            board.set_units(other, theirs_before)

    def _counties(self, units: list[int]) -> tuple[int, ...]:
        return tuple(sorted({self.board.facts.bodies[unit].county for unit in units}))
