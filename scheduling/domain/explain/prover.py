"""Whether some parts of the rules can hold together."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

from ortools.sat.python import cp_model

from scheduling.domain.explain.projection import projected
from scheduling.domain.model.build import build
from scheduling.domain.problem import Problem
from scheduling.domain.rules.groups import Group, groups

Parts = frozenset[Group]

MORE_TO_CONFIRM = 10.0  # presolve saves that much at times, and a first "no" is worth a second


class Verdict(Enum):
    HOLDS = "these parts have a plan"
    CLASHES = "no plan obeys these parts, and two configurations agree on it"
    OPEN = "not settled in the time given"


@dataclass(frozen=True)
class Budget:
    """What the proofs may cost. `work` counts the solver's deterministic time, so that a run
    within it can be repeated; the wall clock is a safety net."""

    seconds: float
    work: float | None = None

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError("The time limit must be positive.")


class _Only:
    """As `without`: everything but these parts, even a part that `groups` does not list."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def __contains__(self, key: object) -> bool:
        return key not in self._parts


@dataclass
class Prover:
    """Answers, and remembers: fewer parts than some that hold do hold, and so on."""

    problem: Problem
    budget: Budget
    should_stop: Callable[[], bool]
    effort: float = 5.0  # deterministic time that one proof may take
    _ends_at: float = field(init=False)
    _work_left: float = field(init=False)
    _holding: list[Parts] = field(default_factory=list)
    _clashing: list[Parts] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ends_at = time.monotonic() + self.budget.seconds
        self._work_left = math.inf if self.budget.work is None else self.budget.work
        self.parts: Parts = frozenset(groups(self.problem))

    @property
    def is_spent(self) -> bool:
        return self._work_left <= 0 or time.monotonic() >= self._ends_at or self.should_stop()

    @contextmanager
    def sparing(self, share: float) -> Iterator[None]:
        """Leave that share of what is left of the budget for after the block."""
        seconds = share * max(0.0, self._ends_at - time.monotonic())
        work = 0.0 if math.isinf(self._work_left) else share * max(0.0, self._work_left)
        self._ends_at -= seconds
        self._work_left -= work
        try:
            yield
        finally:
            self._ends_at += seconds
            self._work_left += work

    def verdict(self, parts: Parts, *, counted: bool = False) -> Verdict:
        """Settle whether `parts` can hold together, within what is left of the budget.

        `counted`: arithmetic says that they clash, so that one more "no" is a second opinion.
        """
        if any(parts <= known for known in self._holding):
            return Verdict.HOLDS
        if any(parts >= known for known in self._clashing):
            return Verdict.CLASHES
        if self.is_spent:
            return Verdict.OPEN
        verdict = self._agreed(parts) if counted else self._settle(parts)
        if verdict is Verdict.HOLDS:
            self._holding.append(parts)
        elif verdict is Verdict.CLASHES:
            self._clashing.append(parts)
        return verdict

    def _agreed(self, parts: Parts) -> Verdict:
        answer = self._solve(parts, presolve=True, effort=MORE_TO_CONFIRM * self.effort)
        return Verdict.CLASHES if answer == cp_model.INFEASIBLE else Verdict.OPEN

    def _settle(self, parts: Parts) -> Verdict:
        first = self._solve(parts, presolve=True, effort=self.effort)
        if first in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Verdict.HOLDS
        if first != cp_model.INFEASIBLE:
            return Verdict.OPEN
        second = self._solve(parts, presolve=False, effort=MORE_TO_CONFIRM * self.effort)
        return Verdict.CLASHES if second == cp_model.INFEASIBLE else Verdict.OPEN

    def _solve(self, parts: Parts, *, presolve: bool, effort: float) -> int:
        model = build(projected(self.problem, parts), without=_Only(parts))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        # Most conflicts count: too few of something. Only the linear relaxation sees that at once.
        solver.parameters.linearization_level = 2
        solver.parameters.cp_model_presolve = presolve
        solver.parameters.max_deterministic_time = max(0.001, min(effort, self._work_left))
        solver.parameters.max_time_in_seconds = max(0.01, self._ends_at - time.monotonic())
        with _stopped_by(self.should_stop, solver):
            status = solver.solve(model.cp)
        self._work_left -= solver.response_proto.deterministic_time
        return int(status)


@contextmanager
def _stopped_by(should_stop: Callable[[], bool], solver: cp_model.CpSolver) -> Iterator[None]:
    """Ask every moment whether to stop: a single call before the search starts is lost."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            if should_stop():
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
