"""`solve_round`: the engine on files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from scheduling.domain.cli.exits import Exit, Refusal, entry_line, say
from scheduling.domain.cli.files import ProblemFile, check_writable, problem_in, write_json
from scheduling.domain.document import ConflictEntry, PlanDocument, TierValue, plan_as_json
from scheduling.domain.goals import gap, measures, tier_values, uncovered_units
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.solve import Outcome, Search
from scheduling.domain.verify import breaches

ENGINE = "cross-inspection/1"
EXIT_OF = {
    "optimal": Exit.DONE,
    "feasible": Exit.DONE,
    "infeasible": Exit.BROKEN,
    "unknown": Exit.NO_PLAN,
}


@dataclass(frozen=True, slots=True)
class Effort:
    """How long and how hard to look; with one worker and a work limit the plan is repeatable."""

    time_limit_s: float = 60.0
    work_limit: float | None = None
    workers: int = 1
    seed: int = 0


def solve_round(
    problem_path: Path, plan_path: Path, effort: Effort, *, out: TextIO, err: TextIO
) -> Exit:
    """Write the plan, also one that says that there is none, and sum it up on `out`."""
    try:
        check_writable(plan_path, unlike=problem_path)
        asked = problem_in(problem_path)
        plan = document_of(asked, searched(asked.problem, effort))
        write_json(plan_path, plan_as_json(plan))
    except Refusal as refusal:
        for line in refusal.lines:
            say(err, line)
        return Exit.UNREADABLE
    _sum_up(plan, plan_path, out)
    return EXIT_OF[plan.status]


def searched(problem: Problem, effort: Effort) -> Outcome:
    """The engine's last word, once its time or its work is over."""
    search = Search(
        problem,
        time_limit_s=effort.time_limit_s,
        work_limit=effort.work_limit,
        workers=effort.workers,
        seed=effort.seed,
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
            seconds=round(outcome.seconds, 3),
            engine=ENGINE,
            conflict=tuple(
                ConflictEntry(entry.rule, tuple(entry.subjects), str(entry.text))
                for entry in outcome.conflict
            ),
            minimal=outcome.minimal if outcome.status == "infeasible" else None,
        )
    _insist_on_rules(problem, outcome.schedule)
    figures = measures(problem, outcome.schedule)
    values = tier_values(problem, figures)
    bounds = [bound for _, bound in outcome.tiers]
    return PlanDocument(
        round=problem.round.id,
        problem_sha256=asked.sha256,
        status=outcome.status,
        seconds=round(outcome.seconds, 3),
        engine=ENGINE,
        schedule=outcome.schedule,
        tiers=tuple(map(TierValue, values, bounds)),
        measures=figures,
        uncovered=uncovered_units(problem, outcome.schedule),
    )


def _insist_on_rules(problem: Problem, schedule: Schedule) -> None:
    """No plan leaves the engine that its own verifier would refuse."""
    broken = breaches(problem, schedule)
    if broken:
        raise AssertionError(f"The engine made a plan that breaks a rule: {broken[0]}")


def _sum_up(plan: PlanDocument, path: Path, out: TextIO) -> None:
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
