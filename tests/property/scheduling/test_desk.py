"""The desk's short cuts against whole evaluations, and its answers against the verifier."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduling.domain.desk.appraisal import Appraisal
from scheduling.domain.desk.compare import compare
from scheduling.domain.desk.edits import (
    AddVisit,
    ChangeRole,
    DropVisit,
    Edit,
    EditImpossible,
    MoveUnit,
    MoveVisit,
    Seat,
    Swap,
    Unseat,
    apply,
)
from scheduling.domain.desk.price import better, price
from scheduling.domain.goals import measures, tier_values
from scheduling.domain.problem import ROLES, Problem, Schedule
from scheduling.domain.verify import Verdicts, breaches
from tests.strategies import problems, schedules

QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def edits(problem: Problem) -> st.SearchStrategy[Edit]:
    """Any act on any ids that the problem has."""
    person = st.sampled_from([inspector.id for inspector in problem.inspectors])
    team = st.sampled_from([slot.id for slot in problem.teams])
    unit = st.sampled_from([unit.id for unit in problem.units])
    role = st.sampled_from(ROLES)
    day = st.sampled_from(list(problem.calendar))
    return st.one_of(
        st.builds(Swap, person, person),
        st.builds(Seat, person, team, role),
        st.builds(Unseat, person),
        st.builds(ChangeRole, person, role),
        st.builds(MoveUnit, unit, team, st.none() | day),
        st.builds(MoveVisit, unit, day),
        st.builds(AddVisit, unit, team, st.none() | day),
        st.builds(DropVisit, unit),
    )


def applied(problem: Problem, schedule: Schedule, edit: Edit) -> Schedule | None:
    try:
        return apply(problem, schedule, edit)
    except EditImpossible:
        return None


@settings(QUICK, max_examples=300)
@given(problems(), st.data())
def test_a_price_is_the_difference_of_two_whole_evaluations(
    problem: Problem, data: st.DataObject
) -> None:
    before = data.draw(schedules(problem))
    edit = data.draw(edits(problem))
    after = applied(problem, before, edit)
    assume(after is not None)
    assert after is not None

    priced = price(problem, before, edit)

    broken, then = breaches(problem, before), breaches(problem, after)
    assert priced.schedule == after
    assert priced.price.measures_before == measures(problem, before)
    assert priced.price.measures_after == measures(problem, after)
    assert list(priced.price.tiers_before) == tier_values(problem, measures(problem, before))
    assert list(priced.price.tiers_after) == tier_values(problem, measures(problem, after))
    assert list(priced.price.breaches_new) == [b for b in then if b not in broken]
    assert list(priced.price.breaches_gone) == [b for b in broken if b not in then]
    if not broken and not then:
        assert better(priced.price) == (priced.price.tiers_after < priced.price.tiers_before)


@settings(QUICK, max_examples=150)
@given(problems(), st.data())
def test_plans_weighed_from_one_another_have_the_figures_of_whole_evaluations(
    problem: Problem, data: st.DataObject
) -> None:
    """A walk of several acts, and a plan that has nothing to do with the first."""
    plan = data.draw(schedules(problem))
    appraisal, verdicts = Appraisal(problem, plan), Verdicts(problem)
    for _ in range(4):
        plan = applied(problem, plan, data.draw(edits(problem))) or plan
        assert appraisal.measures_of(plan) == measures(problem, plan)
        assert verdicts.breaches(plan) == breaches(problem, plan)
    other = data.draw(schedules(problem))

    assert appraisal.measures_of(other) == measures(problem, other)
    assert verdicts.breaches(other) == breaches(problem, other)


@settings(QUICK, max_examples=150)
@given(problems(), st.data())
def test_an_act_gives_the_same_plan_every_time_and_leaves_the_others_alone(
    problem: Problem, data: st.DataObject
) -> None:
    before = data.draw(schedules(problem))
    edit = data.draw(edits(problem))
    after = applied(problem, before, edit)
    assume(after is not None)
    assert after is not None

    assert apply(problem, before, edit) == after
    untouched = {id(team) for team in before.teams} & {id(team) for team in after.teams}
    assert len(untouched) >= len(before.teams) - 2 or _has_doubles(before)


def _has_doubles(schedule: Schedule) -> bool:
    people = [person for team in schedule.teams for person in team.people]
    return len(people) != len(set(people))


@settings(QUICK, max_examples=150)
@given(problems(baseline=False), st.data())
def test_a_comparison_counts_as_the_measure_of_changes_does(
    problem: Problem, data: st.DataObject
) -> None:
    a, b = data.draw(schedules(problem)), data.draw(schedules(problem))

    difference = compare(problem, a, b)

    assert difference.changes == len(difference.people) + len(difference.units)
    assert difference.is_empty == (difference.changes == 0)
    assert {pair.measure: pair.b for pair in difference.measures} == measures(problem, b)
    assert compare(problem, a, a).is_empty
