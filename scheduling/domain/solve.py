"""Plan a round: the public door of the search.

`Search` works in a thread of its own and speaks in the caller's: it yields every better plan,
and None as a sign of life. Model: docs/scheduling/model.md.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

from scheduling.domain import goals
from scheduling.domain.explain import Clash, explain
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.search.run import Found, Run
from scheduling.domain.search.strategy import work_through
from scheduling.domain.verify import breaches

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
Tiers = tuple[tuple[int, int | None], ...]

HEARTBEAT_S = 0.5
ASK_EVERY_S = 0.1
FEWEST_EXPLAINING_S = 1.0
EXPLAIN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """A better plan. `tiers` are (value, proven bound or None); `gap` as in the contract."""

    phase: str
    schedule: Schedule | None
    tiers: Tiers
    gap: float
    elapsed_s: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a search ended. `conflict` and `minimal` are given exactly when it is infeasible."""

    status: Status
    schedule: Schedule | None
    tiers: Tiers
    conflict: tuple[Clash, ...]
    minimal: bool | None
    seconds: float
    engine: str


class Search:
    """Plan `problem`; iterate to run it.

    Parameters
    ----------
    time_limit_s
        Wall-clock seconds, > 0. What was best when they ran out is the outcome.
    work_limit
        Deterministic work, about a second of one thread each. With it, one worker and a seed,
        the same problem gives the identical plan, provided that the clock does not run out.
    workers
        Threads that search: 1 or 2.
    start
        A known plan; the outcome is never worse. One that breaks a rule is mended if possible.
    should_stop
        Asked in the caller's thread several times a second; True ends the search at once and
        keeps the best plan. So does leaving the loop.

    Raises
    ------
    ValueError
        If a limit is not positive, or `workers` is neither 1 nor 2.

    Notes
    -----
    `outcome` is there once the loop has ended. An `EngineFault` (the engine contradicts the
    verifier) is raised in the caller's thread.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        time_limit_s: float,
        work_limit: float | None = None,
        workers: int = 2,
        seed: int = 0,
        start: Schedule | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> None:
        if time_limit_s <= 0 or (work_limit is not None and work_limit <= 0):
            raise ValueError("Limits must be positive.")
        if workers not in (1, 2):
            raise ValueError("The search has one worker or two.")
        self._run = Run(problem, time_limit_s, work_limit, workers, seed)
        self._start = start
        self._should_stop = should_stop or (lambda: False)
        self._outcome: Outcome | None = None
        self._fault: BaseException | None = None
        self._verdict_infeasible = False
        self._conflict: tuple[Clash, ...] = ()
        self._minimal: bool | None = None

    @property
    def outcome(self) -> Outcome:
        """How it ended; iterates to the end first where nobody has."""
        if self._outcome is None:
            for _ in self:
                pass
        if self._outcome is None:
            raise RuntimeError("The search ended without an outcome.")
        return self._outcome

    def __iter__(self) -> Iterator[Progress | None]:
        run = self._run
        run.restart_clock()
        thread = threading.Thread(target=self._work, name="search", daemon=True)
        thread.start()
        try:
            yield from self._reports(thread)
        finally:
            run.halt()
            thread.join()
            run.take_heard()
            self._outcome = self._conclude()
        if self._fault is not None:
            raise self._fault
        yield from self._rest()

    def _work(self) -> None:
        try:
            if self._start is not None and not breaches(self._run.problem, self._start):
                self._run.offer(self._start, "start")
            self._verdict_infeasible = work_through(self._run, self._start)
            if self._verdict_infeasible:
                self._explain()
        except BaseException as fault:  # told to the caller's thread, which raises it again
            self._fault = fault
        finally:
            self._run.end()

    def _explain(self) -> None:
        run = self._run
        left = max(FEWEST_EXPLAINING_S, run.left_s)
        conflict = explain(
            run.problem,
            time_limit_s=left,
            work_limit=run.left_work if run.left_work is None else max(1.0, run.left_work),
            should_stop=lambda: run.halted,
        )
        if conflict is None:
            self._verdict_infeasible = False
        else:
            self._conflict, self._minimal = conflict.entries, conflict.minimal

    def _reports(self, thread: threading.Thread) -> Iterator[Progress | None]:
        run = self._run
        quiet_since = time.monotonic()
        while thread.is_alive():
            run.take_heard()
            try:
                found = self._newest(run.found.get(timeout=ASK_EVERY_S))
            except queue.Empty:
                found = None
            if found is not None:
                quiet_since = time.monotonic()
                yield _progress(found)
            elif time.monotonic() - quiet_since >= HEARTBEAT_S:
                quiet_since = time.monotonic()
                yield None
            if self._should_stop():
                run.halt()

    def _newest(self, found: Found | None) -> Found | None:
        """Plans come faster than anybody reads them: skip to the last one."""
        while True:
            try:
                found = self._run.found.get_nowait() or found
            except queue.Empty:
                return found

    def _rest(self) -> Iterator[Progress]:
        found = self._newest(None)
        if found is not None:
            yield _progress(found)

    def _conclude(self) -> Outcome:
        run = self._run
        tiers: Tiers = ()
        if run.values is not None:
            tiers = tuple(zip(run.values, run.bounds, strict=True))
        return Outcome(
            status=self._status(),
            schedule=run.best,
            tiers=tiers,
            conflict=self._conflict,
            minimal=self._minimal,
            seconds=round(run.elapsed_s, 3),
            engine=engine_name(),
        )

    def _status(self) -> Status:
        if self._run.values is None:
            return "infeasible" if self._verdict_infeasible else "unknown"
        return "optimal" if self._run.is_proven else "feasible"


def _progress(found: Found) -> Progress:
    tiers: Tiers = tuple(zip(found.values, found.bounds, strict=True))
    return Progress(found.phase, found.schedule, tiers, goals.gap(tiers), found.elapsed_s)


def engine_name() -> str:
    """What made a plan, as it is written into the plan."""
    return f"xuncha 1 (ortools {version('ortools')})"
