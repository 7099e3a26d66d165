"""The textbook way, kept as the peer of the benchmark: one model, tier after tier, no start.

It is a fair peer: the same formulation as the engine's own whole model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scheduling.domain.model.build import build
from scheduling.domain.model.hints import hint
from scheduling.domain.model.objective import tier_expressions
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.search.run import Run, Values
from scheduling.domain.search.subsolve import Limits, solve


@dataclass(frozen=True)
class FlatResult:
    values: Values | None
    bounds: tuple[int | None, ...]
    first_s: float | None  # until the first plan


def solve_flat(problem: Problem, *, seconds: float, workers: int, seed: int) -> FlatResult:
    """Minimise each tier for as long as there is time, given the values of those before."""
    run = Run(problem, seconds, None, workers, seed)
    first: list[float] = []

    def note(schedule: Schedule) -> None:
        first.append(run.elapsed_s)
        run.hear(schedule)

    model = build(problem)
    for number, tier in enumerate(tier_expressions(model)):
        if run.stopped:
            break
        answer = solve(model, run, Limits(workers=workers, linearization=1), tier, note)
        run.take_heard()
        if answer.schedule is None or answer.value is None or answer.bound is None:
            break
        run.offer(answer.schedule, "whole model")
        if run.values is not None:
            run.prove(number, math.ceil(answer.bound - 1e-6), run.values[:number])
        model.cp.add(tier <= answer.value)
        hint(model, answer.schedule)
    return FlatResult(run.values, run.bounds, first[0] if first else None)
