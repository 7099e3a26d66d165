"""One call of CP-SAT within a run's budget, which ends when the run does."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduling.domain.model.variables import Linear, Model
from scheduling.domain.problem import Schedule
from scheduling.domain.search.run import Run, Share

WATCH_EVERY_S = 0.05
FOREVER_S = 1e6
LARGEST_EXACT = 2**52  # below this a floating-point number tells whole numbers apart


@dataclass(frozen=True)
class Answer:
    status: cp_model.CpSolverStatus
    schedule: Schedule | None
    value: int | None  # of the objective
    bound: int | None

    @property
    def is_optimal(self) -> bool:
        return self.status == cp_model.OPTIMAL

    @property
    def is_infeasible(self) -> bool:
        return self.status == cp_model.INFEASIBLE


@dataclass(frozen=True)
class Limits:
    """What one call may take, besides what is left of the run."""

    seconds: float = FOREVER_S
    work: float = FOREVER_S
    workers: int = 1
    presolve: bool = True
    linearization: int = 2


def solve(
    model: Model,
    budget: Run | Share,
    limits: Limits,
    objective: Linear | None = None,
    on_plan: Callable[[Schedule], None] | None = None,
) -> Answer:
    """Minimise `objective`, or find any plan. `on_plan` hears of every plan, in this thread's
    stead in one of the solver's: it must not take long."""
    run = budget.run if isinstance(budget, Share) else budget
    if objective is not None:
        model.cp.minimize(objective)
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = limits.workers
    parameters.random_seed = run.seed % 2**31
    parameters.linearization_level = limits.linearization
    parameters.cp_model_presolve = limits.presolve
    work = budget.left_work
    parameters.max_deterministic_time = min(limits.work, FOREVER_S if work is None else work)
    seconds = min(budget.left_s, limits.seconds if work is None else FOREVER_S)
    parameters.max_time_in_seconds = max(0.01, seconds)
    with Watcher(budget, solver):
        status = solver.solve(model.cp, None if on_plan is None else _Hearer(model, on_plan))
    run.spend(solver.response_proto.deterministic_time)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(status, None, None, None)
    value = None if objective is None else solver.value(objective)
    bound = None if objective is None else proven(solver.best_objective_bound)
    return Answer(status, model.schedule_from(solver.value), value, bound)


def proven(bound: float) -> int | None:
    """The whole number that a solver's bound proves; None where it proves nothing.

    Bounds come as floating-point numbers, which from 2**52 on may be rounded up: there the
    next one below is what is sure.
    """
    if not math.isfinite(bound):
        return None
    if abs(bound) < LARGEST_EXACT:
        return math.ceil(bound - 1e-6)
    return math.floor(math.nextafter(bound, -math.inf))


class _Hearer(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: Model, on_plan: Callable[[Schedule], None]) -> None:
        super().__init__()
        self._model = model
        self._on_plan = on_plan

    def on_solution_callback(self) -> None:
        self._on_plan(self._model.schedule_from(self.value))


class Watcher:
    """Asks again and again: a call to stop before the search has started is lost."""

    def __init__(self, budget: Run | Share, solver: cp_model.CpSolver) -> None:
        self._budget = budget
        self._solver = solver
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        run = self._budget.run if isinstance(self._budget, Share) else self._budget
        while not self._done.wait(WATCH_EVERY_S):
            if run.halted or run.left_s <= 0:
                self._solver.stop_search()
