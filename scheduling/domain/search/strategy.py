"""In which order a run uses its means."""

from __future__ import annotations

import threading

from scheduling.domain.bounds import quick_bound
from scheduling.domain.problem import Schedule
from scheduling.domain.search.native import Native
from scheduling.domain.search.neighbourhoods import Neighbourhoods
from scheduling.domain.search.proving import Verdict, any_plan, prove
from scheduling.domain.search.run import Run, Values

PROVABLE = 1_000  # people x teams up to which the whole model is worth its time
HOPEFUL = 60_000  # up to which the whole model may at least look for a first plan
STEPS_BEFORE_PROOF = 1_000  # for each team: a good plan makes the proof shorter
PART_STEPS = 6  # large steps in plain Python between two calls of CP-SAT, one worker


def work_through(run: Run, start: Schedule | None) -> bool:
    """Work until the plan is proven optimal or the budget is used up.

    Returns whether it is proven that the round has no plan.
    """
    native = Native(run)
    if run.best is not None:
        native.follow()
    else:
        native.first_plan(run.share(0.3), _starts(run, start))
    if run.values is None and _any_plan(run):
        return True
    if run.values is None:
        _keep_looking(run, native)
    if run.values is None:
        return False
    native.follow()
    bounds = _Bounds(run, native)
    if _size(run) <= PROVABLE:
        native.anneal(run.share(0.2), 100.0, STEPS_BEFORE_PROOF)
        prove(run, run.share(0.8 if _size(run) <= PROVABLE // 4 else 0.5), run.workers)
        run.take_heard()
        if run.is_proven:
            return False
    else:
        bounds.update(0.05)
        native.anneal(run, 100.0)
    if run.workers == 1:
        bounds.update(0.1)
        _alternate(run, native, bounds)
    else:
        _side_by_side(run, native, bounds)
    return False


def _starts(run: Run, start: Schedule | None) -> list[Schedule]:
    """Plans that break a rule by now, to begin from: the given one, the published one."""
    starts = [] if start is None else [start]
    if run.problem.baseline is not None:
        starts.append(Schedule(run.problem.baseline))
    return starts


def _size(run: Run) -> int:
    return len(run.problem.inspectors) * len(run.problem.teams)


def _any_plan(run: Run) -> bool:
    if run.stopped or _size(run) > HOPEFUL:
        return False
    return any_plan(run, run.share(0.7), run.workers) is Verdict.NONE


def _keep_looking(run: Run, native: Native) -> None:
    while not run.stopped and run.values is None and not native.facts.pins_clash:
        native.first_plan(run, [])


class _Bounds:
    """Keeps the quick bounds of all tiers in step with the best plan."""

    def __init__(self, run: Run, native: Native) -> None:
        self._run = run
        self._facts = native.facts
        self._tried: dict[tuple[int, Values], float] = {}  # with which part of the budget

    def update(self, fraction: float) -> None:
        """Prove what is not proved yet of the tiers, given what the best plan has before."""
        run = self._run
        for tier in range(len(run.problem.policy.objective)):
            values = run.values
            if values is None or run.stopped or not values[tier]:
                continue
            given = values[:tier]
            if self._tried.get((tier, given), 0.0) < fraction:
                self._tried[tier, given] = fraction
                bound = quick_bound(run, run.share(fraction), self._facts, tier, given)
                if bound is not None:
                    run.prove(tier, bound, given)


def _alternate(run: Run, native: Native, bounds: _Bounds) -> None:
    neighbourhoods = Neighbourhoods(run, native.facts, seed=run.seed + 1)
    while not run.stopped and not run.is_proven:
        for _ in range(PART_STEPS):
            if not run.stopped:
                native.improve(run)
        if not run.stopped:
            neighbourhoods.improve(run)
            bounds.update(0.1)


def _side_by_side(run: Run, native: Native, bounds: _Bounds) -> None:
    """CP-SAT works outside Python's lock, so the two share a process well."""
    neighbourhoods = Neighbourhoods(run, native.facts, seed=run.seed + 1)
    faults: list[BaseException] = []

    def work() -> None:
        try:
            while not run.stopped and not run.is_proven:
                bounds.update(0.3)
                neighbourhoods.improve(run)
        except BaseException as fault:
            faults.append(fault)
            run.halt()

    aside = threading.Thread(target=work, name="neighbourhoods", daemon=True)
    aside.start()
    try:
        while not run.stopped and not run.is_proven:
            native.improve(run)
    finally:
        if run.is_proven or faults:
            run.halt()
        aside.join()
    if faults:
        raise faults[0]
