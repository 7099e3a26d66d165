"""One run of the search: its budget, the best plan so far, and how it is told to stop."""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass, field

from scheduling.domain import goals
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.verify import breaches

Values = tuple[int, ...]  # one for each tier


class EngineFault(RuntimeError):
    """The engine contradicts the verifier or the goals. Never the reader's fault."""


@dataclass(frozen=True)
class Found:
    """A plan that holds, better than all before."""

    phase: str
    schedule: Schedule
    values: Values
    bounds: tuple[int | None, ...]
    elapsed_s: float


@dataclass
class Run:
    """Shared by the threads of one search; every method may be called from any of them.

    `work_limit` counts deterministic work, about a second of one thread each. Under it the
    clock decides nothing, except that `time_limit_s` still ends the run.
    """

    problem: Problem
    time_limit_s: float
    work_limit: float | None
    workers: int
    seed: int
    found: queue.SimpleQueue[Found | None] = field(default_factory=queue.SimpleQueue)
    _heard: queue.SimpleQueue[Schedule] = field(default_factory=queue.SimpleQueue)
    best: Schedule | None = None
    values: Values | None = None
    _bounds: list[int | None] = field(default_factory=list)
    _given: dict[int, Values] = field(default_factory=dict)  # what each bound was proved for
    _worked: float = 0.0
    _halted: threading.Event = field(default_factory=threading.Event)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self._bounds = [None] * len(self.problem.policy.objective)
        self.restart_clock()

    def restart_clock(self) -> None:
        self.started = time.monotonic()
        self.ends_at = self.started + self.time_limit_s

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.started

    @property
    def left_s(self) -> float:
        return self.ends_at - time.monotonic()

    @property
    def left_work(self) -> float | None:
        return None if self.work_limit is None else self.work_limit - self._worked

    @property
    def stopped(self) -> bool:
        """Whether the work must end now: told to, out of time, or out of work."""
        if self._halted.is_set() or self.left_s <= 0:
            return True
        return self.work_limit is not None and self._worked >= self.work_limit

    @property
    def halted(self) -> bool:
        return self._halted.is_set()

    def halt(self) -> None:
        self._halted.set()

    def end(self) -> None:
        """Wake whoever waits for plans: there will be none any more."""
        self.found.put(None)

    def spend(self, work: float) -> None:
        with self._lock:
            self._worked += work

    def share(self, fraction: float) -> Share:
        """A part of what is left of the budget."""
        work = None if self.left_work is None else self.left_work * fraction
        return Share(self, time.monotonic() + self.left_s * fraction, work, self._worked)

    def offer(self, schedule: Schedule, phase: str) -> bool:
        """Keep the plan if it is better than the best; checked first, in either case.

        Raises `EngineFault` if it breaks a rule.
        """
        values = tuple(goals.tier_values(self.problem, goals.measures(self.problem, schedule)))
        with self._lock:
            if self.values is not None and values >= self.values:
                return False
            broken = breaches(self.problem, schedule)
            if broken:
                first = broken[0]
                raise EngineFault(f"{phase}: {first.code} {first.subjects}: {len(broken)} breaches")
            self.best, self.values = schedule, values
            self._drop_stale_bounds(values)
            bounds = self.bounds
            self.found.put(Found(phase, schedule, values, bounds, self.elapsed_s))
            return True

    def _drop_stale_bounds(self, values: Values) -> None:
        """The bound of a tier is given the values of the tiers before; they may have moved."""
        for tier, bound in enumerate(self._bounds):
            if bound is not None and values[:tier] != self._given[tier]:
                self._bounds[tier] = None

    def hear(self, schedule: Schedule) -> None:
        """From a solver's callback, where nothing slow is allowed: keep it for `take_heard`."""
        self._heard.put(schedule)

    def take_heard(self) -> None:
        """Offer the newest plan that a callback has put aside."""
        newest = None
        while not self._heard.empty():
            newest = self._heard.get_nowait()
        if newest is not None:
            self.offer(newest, "whole model")

    def prove(self, tier: int, bound: int, given: Values) -> None:
        """No plan with the values `given` in the tiers before is below `bound` in this one."""
        with self._lock:
            if self.values is None or given != self.values[:tier]:
                return
            if bound > self.values[tier]:
                raise EngineFault(f"tier {tier}: bound {bound} above the value {self.values[tier]}")
            known = self._bounds[tier]
            if known is None or bound > known:
                self._bounds[tier] = bound
                self._given[tier] = given

    @property
    def bounds(self) -> tuple[int | None, ...]:
        """Proven bounds; measures are never negative, so 0 always is one of a tier at 0."""
        values = self.values or ()
        return tuple(
            0 if bound is None and value == 0 else bound
            for bound, value in zip(self._bounds, values, strict=False)
        )

    @property
    def is_proven(self) -> bool:
        return self.values is not None and self.bounds == self.values


@dataclass
class Share:
    """A part of a run's budget. `stopped` when it, or the whole run, is used up."""

    run: Run
    ends_at: float
    work: float | None
    begun_at_work: float

    @property
    def stopped(self) -> bool:
        if self.run.stopped:
            return True
        if self.work is not None:
            return self.left_work is not None and self.left_work <= 0
        return time.monotonic() >= self.ends_at

    @property
    def left_s(self) -> float:
        """Wall-clock seconds left; under a work limit only the run's own end counts."""
        if self.work is not None:
            return self.run.left_s
        return min(self.run.left_s, self.ends_at - time.monotonic())

    @property
    def left_work(self) -> float | None:
        if self.work is None or self.run.work_limit is None or self.run.left_work is None:
            return None
        worked = self.run.work_limit - self.run.left_work
        return min(self.run.left_work, self.work - (worked - self.begun_at_work))
