"""In which order a run uses its means."""

from __future__ import annotations

import threading

from scheduling.domain.problem import Schedule
from scheduling.domain.search.native import Native
from scheduling.domain.search.neighbourhoods import Neighbourhoods
from scheduling.domain.search.proving import Verdict, any_plan, prove
from scheduling.domain.search.run import Run

PROVABLE = 1_500  # people x teams up to which the whole model is worth its time
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
    if _size(run) <= PROVABLE:
        native.anneal(run.share(0.2), 100.0, STEPS_BEFORE_PROOF)
        prove(run, run if _size(run) <= PROVABLE // 4 else run.share(0.5), run.workers)
        run.take_heard()
        if run.is_proven:
            return False
    else:
        native.anneal(run, 100.0)
    if run.workers == 1:
        _alternate(run, native)
    else:
        _side_by_side(run, native)
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
    return any_plan(run, run, run.workers) is Verdict.NONE


def _keep_looking(run: Run, native: Native) -> None:
    while not run.stopped and run.values is None:
        native.first_plan(run, [])


def _alternate(run: Run, native: Native) -> None:
    neighbourhoods = Neighbourhoods(run, native.facts, seed=run.seed + 1)
    while not run.stopped and not run.is_proven:
        for _ in range(PART_STEPS):
            if not run.stopped:
                native.improve(run)
        if not run.stopped:
            neighbourhoods.improve(run)


def _side_by_side(run: Run, native: Native) -> None:
    """CP-SAT works outside Python's lock, so the two share a process well."""
    neighbourhoods = Neighbourhoods(run, native.facts, seed=run.seed + 1)
    faults: list[BaseException] = []

    def work() -> None:
        try:
            while not run.stopped and not run.is_proven:
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
