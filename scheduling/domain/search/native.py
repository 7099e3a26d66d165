"""The search in plain Python: construct, anneal, then large steps for as long as there is time."""

from __future__ import annotations

import random
import time

from scheduling.domain.problem import Schedule
from scheduling.domain.search.annealing import Annealer
from scheduling.domain.search.board import Board
from scheduling.domain.search.construct import place_units, staff
from scheduling.domain.search.facts import Facts
from scheduling.domain.search.pairing import SPREAD, is_paired, pairing
from scheduling.domain.search.plans import load, schedule_of
from scheduling.domain.search.rebuilding import Rebuilder
from scheduling.domain.search.run import Run, Share

WORK_PER_STEP = 1e-5  # deterministic work of one annealing step, about its seconds
HOT, WARM, COLD = 100.0, 60.0, 3.0  # temperatures, in points of the last tier
STEPS_PER_TEAM = 6_000  # of an annealing over all teams
STEPS_PER_REPAIR = 400  # of one that shall only complete a plan
STEPS_PER_REBUILD = 1_000  # for each team that a large step touches, and a few more
ATTEMPTS = 8  # constructions before the search for any plan is left to CP-SAT
PART_OF_BUDGET = 0.3  # that one annealing may take
ENOUGH_PER_TEAM = 1_500  # annealing steps for which it pays to begin hot
FASTEST = 120_000  # annealing steps a second
PATIENCE = 40  # large steps in vain, after which the whole plan is annealed again


class Native:
    """A board that follows the best plan of a run and adds to it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.facts = Facts(run.problem)
        self.board = Board(self.facts)
        self.rng = random.Random(run.seed)  # noqa: S311 - a search, not a secret
        self._known: tuple[int, ...] | None = None
        self._in_vain = 0
        self._steps_per_s = FASTEST / 4

    def first_plan(self, budget: Run | Share, starts: list[Schedule]) -> None:
        """From a given plan as far as it holds, else from nothing."""
        if self.facts.pins_clash:
            return
        for number in range(ATTEMPTS):
            if budget.stopped or self.run.values is not None:
                break
            if number < len(starts):
                load(self.board, starts[number])
            elif number:
                for team in range(len(self.board.crews)):
                    self.board.empty(team)
            self._construct(budget, number)
            self.run.spend(0.01 + WORK_PER_STEP * len(self.facts.people))
            if self.board.missing:
                self.anneal(budget, WARM, STEPS_PER_REPAIR)
            self._offer("first plan")

    def _construct(self, budget: Run | Share, attempt: int) -> None:
        board, rng = self.board, self.rng
        place_units(board, rng)
        origins = None
        if is_paired(board) and attempt % 3 < 2:
            origins = pairing(board, self.run, rng, spread=SPREAD * attempt)
        teams = [team for team, crew in enumerate(board.crews) if crew.units]
        staff(board, teams, rng, origins, lambda: budget.stopped)

    def anneal(self, budget: Run | Share, hot: float, per_team: int = STEPS_PER_TEAM) -> None:
        teams = [t for t, crew in enumerate(self.board.crews) if crew.units]
        self._anneal(budget, teams, hot, per_team * len(teams))
        self._offer("annealing")

    def improve(self, budget: Run | Share) -> None:
        """One large step, or an annealing of everything when many were in vain."""
        self.follow()
        if self._in_vain >= PATIENCE:
            self._in_vain = 0
            self.anneal(budget, WARM)
            return
        rebuilder = Rebuilder(self.board, self.rng, lambda: budget.stopped)
        before = self.board.cost
        steps = self._affordable(budget, rebuilder.steps(STEPS_PER_REBUILD))
        done = rebuilder.step(steps, tolerance=self._tolerance)
        self.run.spend(WORK_PER_STEP * (done + 200))
        self._in_vain = 0 if self.board.cost < before else self._in_vain + 1
        self._offer("large steps")

    def follow(self) -> None:
        """Go on from the run's best plan if somebody else has found a better one."""
        run = self.run
        if run.best is not None and run.values != self._known:
            self._known = run.values
            load(self.board, run.best)

    @property
    def _tolerance(self) -> float:
        """Worse plans are accepted at first, and hardly any towards the end."""
        run = self.run
        if run.work_limit is not None and run.left_work is not None:
            left = run.left_work / run.work_limit
        else:
            left = run.left_s / run.time_limit_s
        return 25.0 * max(0.0, left - 0.1)

    def _affordable(self, budget: Run | Share, steps: int, part: float = 1.0) -> int:
        """So many steps, or what `part` of the budget allows: an annealing that is cut short
        has not cooled down and is worth nothing."""
        left = budget.left_work
        most = budget.left_s * self._steps_per_s if left is None else left / WORK_PER_STEP
        return max(1, min(steps, int(part * most)))

    def _anneal(self, budget: Run | Share, teams: list[int], hot: float, steps: int) -> None:
        steps = self._affordable(budget, steps, PART_OF_BUDGET)
        hot = max(2 * COLD, hot * min(1.0, steps / (ENOUGH_PER_TEAM * max(1, len(teams)))))
        annealer = Annealer(self.board, teams, self.rng)
        began = time.monotonic()
        done = annealer.run(steps=steps, hot=hot, cold=COLD, stop=lambda: budget.stopped)
        self._steps_per_s = min(FASTEST, (done + 500) / (time.monotonic() - began + 0.01))
        self.run.spend(WORK_PER_STEP * (done + 200))

    def _offer(self, phase: str) -> None:
        if self.board.missing:
            return
        if self.run.offer(schedule_of(self.board), phase):
            self._known = self.run.values
