"""`solve_round`: the engine on files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scheduling.domain.cli.exits import Exit, Refusal, Stream, entry_line, say
from scheduling.domain.cli.files import ProblemFile, check_writable, problem_in, write_json
from scheduling.domain.document import ConflictEntry, PlanDocument, TierValue, plan_as_json
from scheduling.domain.goals import gap, measures, tier_values, uncovered_units
from scheduling.domain.problem import Problem
from scheduling.domain.search.run import EngineFault
from scheduling.domain.solve import Outcome, Search

USUAL_TIME_LIMIT_S = 60.0
MOST_WORKERS = 2
UNTIL_THE_WORK_IS_DONE_S = 7 * 24 * 3600.0
EXIT_OF = {
    "optimal": Exit.DONE,
    "feasible": Exit.DONE,
    "infeasible": Exit.BROKEN,
    "unknown": Exit.NO_PLAN,
}


@dataclass(frozen=True, slots=True)
class Effort:
    """How long and how hard to look.

    With a work limit, one worker and a seed the plan is repeatable, unless the clock cuts in:
    with a work limit alone there is none.
    """

    time_limit_s: float | None = None
    work_limit: float | None = None
    workers: int | None = None
    seed: int = 0

    @property
    def seconds(self) -> float:
        if self.time_limit_s is not None:
            return self.time_limit_s
        return USUAL_TIME_LIMIT_S if self.work_limit is None else UNTIL_THE_WORK_IS_DONE_S

    @property
    def threads(self) -> int:
        """More than the search has work for are not used; a work limit asks for one."""
        if self.workers is None:
            return MOST_WORKERS if self.work_limit is None else 1
        return min(self.workers, MOST_WORKERS)


def solve_round(
    problem_path: Path,
    plan_path: Path,
    effort: Effort,
    *,
    out: Stream,
    err: Stream,
    should_stop: Callable[[], bool] = lambda: False,
) -> Exit:
    """Write the plan, also one that says that there is none, and sum it up on `out`.

    Once `should_stop` says so, the best plan so far is what is written.
    """
    try:
        check_writable(plan_path, unlike=problem_path)
        asked = problem_in(problem_path)
        plan = document_of(asked, searched(asked.problem, effort, should_stop))
        write_json(plan_path, plan_as_json(plan))
    except Refusal as refusal:
        for line in refusal.lines:
            say(err, line)
        return Exit.UNREADABLE
    except EngineFault as fault:
        say(err, f"The engine contradicts itself and wrote no plan; please report it: {fault}")
        return Exit.NO_PLAN
    _sum_up(plan, plan_path, out)
    return EXIT_OF[plan.status]


def searched(problem: Problem, effort: Effort, should_stop: Callable[[], bool]) -> Outcome:
    """The engine's last word, once its time or its work is over."""
    search = Search(
        problem,
        time_limit_s=effort.seconds,
        work_limit=effort.work_limit,
        workers=effort.threads,
        seed=effort.seed,
        should_stop=should_stop,
    )
    for _ in search:
        pass  # the better plans on the way are for those who watch
    return search.outcome


def document_of(asked: ProblemFile, outcome: Outcome) -> PlanDocument:
    """The outcome as a document. Its figures are worked out from the plan, not believed."""
    problem = asked.problem
    if outcome.schedule is None:
        return PlanDocument(
            round=problem.round.id,
            problem_sha256=asked.sha256,
            status=outcome.status,
            seconds=outcome.seconds,
            engine=outcome.engine,
            conflict=tuple(
                ConflictEntry(entry.rule, tuple(entry.subjects), str(entry.text))
                for entry in outcome.conflict
            ),
            minimal=outcome.minimal if outcome.status == "infeasible" else None,
        )
    figures = measures(problem, outcome.schedule)
    values = tier_values(problem, figures)
    bounds = [bound for _, bound in outcome.tiers]
    return PlanDocument(
        round=problem.round.id,
        problem_sha256=asked.sha256,
        status=outcome.status,
        seconds=outcome.seconds,
        engine=outcome.engine,
        schedule=outcome.schedule,
        tiers=tuple(map(TierValue, values, bounds)),
        measures=figures,
        uncovered=uncovered_units(problem, outcome.schedule),
    )


def _sum_up(plan: PlanDocument, path: Path, out: Stream) -> None:
    if plan.schedule is not None:
        tiers = ", ".join(
            f"{tier.value} (bound {'none' if tier.bound is None else tier.bound})"
            for tier in plan.tiers
        )
        say(out, f"{plan.status}: tiers {tiers}; gap {gap(plan.tiers):.1%}; {plan.seconds} s")
    elif plan.status == "infeasible":
        for entry in plan.conflict:
            say(out, entry_line(entry.rule, entry.subjects, entry.text))
        proven = "none can be dropped" if plan.minimal else "some may be needless"
        say(out, f"infeasible: these cannot hold together ({proven}); {plan.seconds} s")
    else:
        say(out, f"unknown: no plan was found in {plan.seconds} s")
    say(out, f"Written to {path}")
