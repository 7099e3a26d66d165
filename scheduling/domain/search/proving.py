"""The whole round in one model: proven optima for small rounds, and proofs that none exists."""

from __future__ import annotations

from enum import Enum

from scheduling.domain import goals
from scheduling.domain.model.build import build
from scheduling.domain.model.hints import hint
from scheduling.domain.model.objective import tier_expressions
from scheduling.domain.problem import Schedule
from scheduling.domain.search.run import EngineFault, Run, Share
from scheduling.domain.search.subsolve import Answer, Limits, solve


class Verdict(Enum):
    HAS_PLAN = "a plan was found"
    NONE = "no plan obeys the rules; two configurations of the solver agree"
    OPEN = "not settled in the time given"


def any_plan(run: Run, budget: Run | Share, workers: int) -> Verdict:
    """Find any plan of the whole round, or prove that there is none."""
    first = solve(build(run.problem), budget, Limits(workers=workers, linearization=1))
    if first.schedule is not None:
        run.offer(first.schedule, "whole model")
        return Verdict.HAS_PLAN
    if not first.is_infeasible:
        return Verdict.OPEN
    # One configuration has been wrong before (or-tools issues 5274, 4426): ask another.
    second = solve(build(run.problem), budget, Limits(presolve=False, linearization=0))
    if second.schedule is not None:
        run.offer(second.schedule, "whole model")
        return Verdict.HAS_PLAN
    return Verdict.NONE if second.is_infeasible else Verdict.OPEN


def prove(run: Run, budget: Run | Share, workers: int) -> None:
    """Minimise tier after tier with the whole model, each given the values before it.

    Plans go to the run as they are found. A tier that is not settled keeps the bound reached,
    and the next one is minimised given the best value so far.
    """
    model = build(run.problem)
    tiers = tier_expressions(model)
    for number, tier in enumerate(tiers):
        last = number == len(tiers) - 1
        if budget.stopped or run.values is None or run.best is None:
            return
        given = run.values[:number]
        for earlier, value in zip(tiers[:number], given, strict=True):
            model.cp.add(earlier <= value)
        hint(model, run.best)
        share = budget if last else _part(budget, 0.5)
        answer = solve(
            model,
            share,
            Limits(workers=workers, linearization=2 if workers == 1 else 1),
            tier,
            run.hear,
        )
        _keep(run, answer, number, given)


def _part(budget: Run | Share, fraction: float) -> Share:
    run = budget.run if isinstance(budget, Share) else budget
    return run.share(fraction)


def _keep(run: Run, answer: Answer, tier: int, given: tuple[int, ...]) -> None:
    if answer.schedule is None or answer.value is None or answer.bound is None:
        return
    _check(run, answer.schedule, answer, tier)
    run.offer(answer.schedule, "whole model")
    run.prove(tier, answer.bound, given)


def _check(run: Run, schedule: Schedule, answer: Answer, tier: int) -> None:
    """The model's objective never undercuts the goals, and equals them at an optimum."""
    values = goals.tier_values(run.problem, goals.measures(run.problem, schedule))
    claimed = answer.value
    if claimed is None or values[tier] > claimed or (answer.is_optimal and values[tier] < claimed):
        raise EngineFault(f"tier {tier}: the model says {claimed}, the goals say {values[tier]}")
