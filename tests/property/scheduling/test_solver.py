"""The whole search against exhaustive search and against the verifier, on tiny rounds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduling.domain.goals import measures, tier_values
from scheduling.domain.problem import Declared, Problem, Schedule
from scheduling.domain.solve import Outcome, Search
from scheduling.domain.verify import breaches
from tests.exhaustive import TooMany, best_plan
from tests.strategies import problems

SLOW = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
TINY = problems(people=(4, 6), teams=(1, 2), units=(2, 3), days=(3, 4), counties=(2, 3))


def solved(problem: Problem, start: Schedule | None = None) -> Outcome:
    return Search(problem, time_limit_s=20, workers=1, start=start).outcome


@settings(SLOW, max_examples=60)
@given(TINY)
def test_the_optimum_is_the_one_that_exhaustive_search_finds(problem: Problem) -> None:
    try:
        expected = best_plan(problem)
    except TooMany:
        assume(False)

    outcome = solved(problem)

    if expected is None:
        assert outcome.status == "infeasible"
    else:
        assert outcome.status == "optimal"
        assert [value for value, _ in outcome.tiers] == expected.tiers
