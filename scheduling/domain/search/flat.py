"""The peer of the benchmark: the whole round as one plain CP-SAT model, tier after tier.

No constructed plan, no neighbourhoods, no bounds but the solver's own: what one gets by handing
the translated rules to the solver. It is kept so that the search's worth can be measured.
"""

from __future__ import annotations

import math

from scheduling.domain.model.build import build
from scheduling.domain.model.hints import hint
from scheduling.domain.model.objective import tier_expressions
from scheduling.domain.problem import Problem
from scheduling.domain.search.run import Run
from scheduling.domain.search.subsolve import Limits, solve


def flat(problem: Problem, *, time_limit_s: float, workers: int = 2, seed: int = 0) -> Run:
    """Minimise each tier in turn, with whatever time the tiers before have left."""
    run = Run(problem, time_limit_s, None, workers, seed)
    model = build(problem)
    tiers = tier_expressions(model)
    for number, tier in enumerate(tiers):
        if run.best is not None and run.values is not None:
            for earlier, value in zip(tiers[:number], run.values, strict=False):
                model.cp.add(earlier <= value)
            hint(model, run.best)
        answer = solve(model, run, Limits(workers=workers, linearization=1), tier, run.hear)
        run.take_heard()
        if answer.schedule is None or answer.bound is None:
            return run
        run.offer(answer.schedule, "flat")
        run.prove(number, math.ceil(answer.bound - 1e-6), (run.values or ())[:number])
    return run
