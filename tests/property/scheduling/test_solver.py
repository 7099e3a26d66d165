"""The whole search against exhaustive search and against the verifier, on tiny rounds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduling.domain.bounds import quick_bound
from scheduling.domain.goals import measures, tier_values
from scheduling.domain.problem import Declared, Problem, Schedule
from scheduling.domain.search.board import Board
from scheduling.domain.search.facts import Facts
from scheduling.domain.search.native import Native
from scheduling.domain.search.neighbourhoods import Neighbourhoods
from scheduling.domain.search.plans import load, schedule_of
from scheduling.domain.search.run import Run
from scheduling.domain.solve import Outcome, Search
from scheduling.domain.verify import breaches
from tests.exhaustive import Best, TooMany, best_plan
from tests.strategies import problems

SLOW = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
TINY = problems(people=(4, 6), teams=(1, 2), units=(2, 3), days=(3, 4), counties=(2, 3))


def solved(problem: Problem, start: Schedule | None = None, **limits: float) -> Outcome:
    search = Search(
        problem, time_limit_s=30, workers=1, start=start, work_limit=limits.get("work_limit")
    )
    return search.outcome


def exhaustively(problem: Problem) -> Best | None:
    try:
        return best_plan(problem)
    except TooMany:
        assume(False)
        raise


def values_of(problem: Problem, schedule: Schedule) -> list[int]:
    return tier_values(problem, measures(problem, schedule))


@settings(SLOW, max_examples=80)
@given(TINY)
def test_the_optimum_is_the_one_that_exhaustive_search_finds(problem: Problem) -> None:
    expected = exhaustively(problem)

    outcome = solved(problem)

    if expected is None:
        assert outcome.status == "infeasible"
        assert outcome.schedule is None
        assert outcome.conflict
    else:
        assert outcome.status == "optimal"
        assert [(value, bound) for value, bound in outcome.tiers] == [
            (value, value) for value in expected.tiers
        ]


@settings(SLOW, max_examples=60)
@given(problems())
def test_every_plan_found_obeys_the_verifier_and_is_worth_what_it_claims(problem: Problem) -> None:
    outcome = solved(problem)

    assert outcome.status in ("optimal", "infeasible")
    if outcome.schedule is not None:
        assert breaches(problem, outcome.schedule) == []
        assert [value for value, _ in outcome.tiers] == values_of(problem, outcome.schedule)


@settings(SLOW, max_examples=60)
@given(TINY)
def test_no_quick_bound_is_above_the_optimum(problem: Problem) -> None:
    expected = exhaustively(problem)
    assume(expected is not None)
    assert expected is not None
    run = Run(problem, 30.0, None, 1, 0)
    facts = Facts(problem)

    for tier, value in enumerate(expected.tiers):
        bound = quick_bound(run, run, facts, tier, expected.tiers[:tier])
        assert bound is None or bound <= value


@settings(SLOW, max_examples=60)
@given(problems())
def test_the_search_in_plain_python_alone_breaks_no_rule_and_counts_right(problem: Problem) -> None:
    run = Run(problem, 30.0, 0.6, 1, 0)
    native = Native(run)

    native.first_plan(run, [])
    while run.values is not None and not run.stopped:
        native.improve(run)

    if run.best is not None:
        weights = native.facts.weights
        load(native.board, run.best)
        assert breaches(problem, run.best) == []
        assert schedule_of(native.board).teams == run.best.teams
        assert native.board.cost == sum(
            weights[measure] * value for measure, value in measures(problem, run.best).items()
        ) - weights["changes"] * _gone(problem)


def _gone(problem: Problem) -> int:
    """Changes that no plan can avoid: who and what the baseline names and the problem has not."""
    baseline = problem.baseline or ()
    people = {person for team in baseline for person in team.people}
    units = {visit.unit for team in baseline for visit in team.visits}
    return len(people - problem.inspector_by_id.keys()) + len(
        units - {body.id for body in Facts(problem).bodies}
    )


@settings(SLOW, max_examples=40)
@given(problems())
def test_a_sub_problem_never_makes_a_plan_worse_or_break_a_rule(problem: Problem) -> None:
    start = solved(problem, work_limit=0.02).schedule
    assume(start is not None)
    assert start is not None
    run = Run(problem, 30.0, None, 1, 0)
    run.offer(start, "start")
    neighbourhoods = Neighbourhoods(run, Facts(problem), seed=0)

    for _ in range(3):
        neighbourhoods.improve(run)

    assert run.best is not None
    assert breaches(problem, run.best) == []
    assert values_of(problem, run.best) <= values_of(problem, start)


@settings(SLOW, max_examples=30)
@given(problems(), st.data())
def test_another_conflict_never_lowers_the_optimum(problem: Problem, data: st.DataObject) -> None:
    person = data.draw(st.sampled_from(problem.inspectors))
    unit = data.draw(st.sampled_from(problem.units))
    barred = Declared(person.id, "friend", "hard", unit=unit.id)

    before = solved(problem)
    after = solved(replace(problem, declared=(*problem.declared, barred)))

    if before.status == "infeasible":
        assert after.status == "infeasible"
    if after.status == "optimal":
        assert before.tiers <= after.tiers


@settings(SLOW, max_examples=30)
@given(problems(), st.data())
def test_a_given_plan_is_never_worsened(problem: Problem, data: st.DataObject) -> None:
    start = solved(problem, work_limit=0.02).schedule
    assume(start is not None)
    assert start is not None

    outcome = solved(problem, start, work_limit=data.draw(st.floats(0.001, 0.2)))

    assert outcome.schedule is not None
    assert values_of(problem, outcome.schedule) <= values_of(problem, start)


@settings(SLOW, max_examples=40)
@given(problems(), st.data())
def test_a_board_restores_its_cost_to_the_point(problem: Problem, data: st.DataObject) -> None:
    plan = solved(problem, work_limit=0.02).schedule
    assume(plan is not None)
    assert plan is not None
    board = Board(Facts(problem))
    nothing = board.cost
    load(board, plan)
    cost, snapshot = board.cost, board.snapshot()

    for team in range(len(board.crews)):
        board.empty(team)
    emptied = board.cost
    board.restore(snapshot)

    assert (emptied, board.cost) == (nothing, cost)
