"""A plan document of the small round that is true in every word, for tests that spoil one."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from scheduling.domain.document import (
    ConflictEntry,
    PlanDocument,
    TierValue,
    plan_as_json,
    problem_as_json,
)
from scheduling.domain.goals import measures, tier_values, uncovered_units
from scheduling.domain.problem import Problem, Schedule
from tests.rounds import tiny_plan, tiny_round

Json = dict[str, Any]


def written_problem(problem: Problem | None = None) -> bytes:
    return json.dumps(problem_as_json(problem or tiny_round())).encode()


def true_document(schedule: Schedule | None = None, problem: Problem | None = None) -> PlanDocument:
    """A feasible plan whose claims are all true; nothing is proven of it."""
    schedule, problem = schedule or tiny_plan(), problem or tiny_round()
    figures = measures(problem, schedule)
    return PlanDocument(
        round=problem.round.id,
        problem_sha256=sha256(written_problem(problem)).hexdigest(),
        status="feasible",
        seconds=0.5,
        engine="by hand",
        schedule=schedule,
        tiers=tuple(TierValue(value, None) for value in tier_values(problem, figures)),
        measures=figures,
        uncovered=uncovered_units(problem, schedule),
    )


def infeasible_document(*conflict: ConflictEntry) -> PlanDocument:
    entries = conflict or (ConflictEntry("coverage", ("school",), "School must be visited."),)
    return PlanDocument(
        round="r1",
        problem_sha256=true_document().problem_sha256,
        status="infeasible",
        seconds=1,
        engine="by hand",
        conflict=entries,
        minimal=True,
    )


def true_plan() -> Json:
    return plan_as_json(true_document())


def infeasible_plan() -> Json:
    return plan_as_json(infeasible_document())


def unknown_plan() -> Json:
    plan = {**infeasible_plan(), "status": "unknown"}
    del plan["conflict"], plan["minimal"]
    return plan
