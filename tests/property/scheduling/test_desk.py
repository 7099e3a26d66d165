"""The desk's short cuts against whole evaluations, and its answers against the verifier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduling.domain.desk.appraisal import Appraisal
from scheduling.domain.desk.candidates import (
    Candidate,
    Visitor,
    where_else,
    who_could_visit,
    who_else,
)
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
from scheduling.domain.desk.reasons import why, why_not
from scheduling.domain.desk.resolve import around
from scheduling.domain.goals import measures, tier_values
from scheduling.domain.masking import MASKED_RULES, mask
from scheduling.domain.problem import ROLES, PinPerson, Problem, Schedule
from scheduling.domain.rules import RULE_BOOK, RULE_BY_CODE
from scheduling.domain.verify import Breach, Verdicts, breaches
from tests.strategies import problems, schedules

QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
EMPTY = Schedule(())


def mask_at_times(problem: Problem, is_masked: bool) -> Problem:
    return mask(problem) if is_masked else problem


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


def an_act(data: st.DataObject, problem: Problem, schedule: Schedule) -> tuple[Edit, Schedule]:
    """An act that makes sense, and the plan after it."""
    for edit in data.draw(st.lists(edits(problem), min_size=6, max_size=6)):
        after = applied(problem, schedule, edit)
        if after is not None:
            return edit, after
    assume(False)
    raise AssertionError


def applied(problem: Problem, schedule: Schedule, edit: Edit) -> Schedule | None:
    try:
        return apply(problem, schedule, edit)
    except EditImpossible:
        return None


@settings(QUICK, max_examples=80)
@given(problems(), st.data())
def test_a_price_is_the_difference_of_two_whole_evaluations(
    problem: Problem, data: st.DataObject
) -> None:
    before = data.draw(schedules(problem))
    edit, after = an_act(data, problem, before)

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


@settings(QUICK, max_examples=60)
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


@settings(QUICK, max_examples=60)
@given(problems(), st.data())
def test_an_act_gives_the_same_plan_every_time_and_leaves_the_others_alone(
    problem: Problem, data: st.DataObject
) -> None:
    before = data.draw(schedules(problem))
    edit, after = an_act(data, problem, before)

    assert apply(problem, before, edit) == after
    untouched = {id(team) for team in before.teams} & {id(team) for team in after.teams}
    assert len(untouched) >= len(before.teams) - 2 or _has_doubles(before)


def _has_doubles(schedule: Schedule) -> bool:
    people = [person for team in schedule.teams for person in team.people]
    return len(people) != len(set(people))


@settings(QUICK, max_examples=60)
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


@settings(QUICK, max_examples=50)
@given(problems(), st.data())
def test_whoever_is_offered_breaks_nothing_new_and_stands_in_the_order_of_the_price(
    problem: Problem, data: st.DataObject
) -> None:
    plan = data.draw(schedules(problem))
    broken = set(breaches(problem, plan))
    seated = [person for team in plan.teams for person in team.people]
    offers: list[Candidate | Visitor] = []
    if seated:
        offers += _ranked(who_else(problem, plan, data.draw(st.sampled_from(seated)), 50))
    offers += _ranked(
        where_else(problem, plan, data.draw(st.sampled_from(problem.inspectors)).id, 50)
    )
    inspectable = [unit.id for unit in problem.units if unit.inspectable]
    if inspectable:
        unit = data.draw(st.sampled_from(inspectable))
        offers += _ranked(who_could_visit(problem, plan, unit, 50))

    for offer in offers:
        after = apply(problem, plan, offer.edit)
        assert set(breaches(problem, after)) <= broken
        assert offer.price.measures_after == measures(problem, after)


def _ranked(offers: Sequence[Candidate | Visitor]) -> Sequence[Candidate | Visitor]:
    assert [offer.price.rank for offer in offers] == sorted(o.price.rank for o in offers)
    return offers


@settings(QUICK, max_examples=50)
@given(problems(), st.data())
def test_nobody_who_fits_is_left_out(problem: Problem, data: st.DataObject) -> None:
    plan = data.draw(schedules(problem))
    seated = [person for team in plan.teams for person in team.people]
    assume(seated and not _has_doubles(plan))
    holder = data.draw(st.sampled_from(seated))
    [team] = [team for team in plan.teams if holder in team.people]
    broken = set(breaches(problem, plan))

    offered = {candidate.inspector for candidate in who_else(problem, plan, holder, 99)}

    for person in problem.inspectors:
        if person.id in team.people:
            continue
        after = apply(problem, plan, Swap(holder, person.id))
        fits = set(breaches(problem, after)) <= broken
        able = person.may_hold(team.role_of(holder) or "member")
        assert (person.id in offered) == (fits and able)


@settings(QUICK, max_examples=60)
@given(st.builds(mask_at_times, problems(), st.booleans()), st.data())
def test_nothing_hinders_exactly_when_the_verifier_finds_nothing_new(
    problem: Problem, data: st.DataObject
) -> None:
    plan = data.draw(schedules(problem))
    where = {person for team in plan.teams for person in team.people}
    idle = [person.id for person in problem.inspectors if person.id not in where]
    assume(idle)
    who, role = data.draw(st.sampled_from(idle)), data.draw(st.sampled_from(ROLES))
    team = data.draw(st.sampled_from(problem.teams)).id

    hindrances = why_not(problem, plan, who, team=team, role=role)

    after = apply(problem, plan, Seat(who, team, role))
    new = [b for b in breaches(problem, after) if b not in breaches(problem, plan)]
    assert bool(hindrances) == bool(new)
    codes = {breach.code for breach in new}
    assert {h.rule for h in hindrances} <= codes | set(MASKED_RULES)
    for hindrance in hindrances:
        assert hindrance.says == RULE_BY_CODE[hindrance.rule].text


@settings(QUICK, max_examples=60)
@given(problems(), st.data())
def test_a_unit_is_barred_for_the_same_rules_masked_or_not(
    problem: Problem, data: st.DataObject
) -> None:
    """Where no exemption was worked out beforehand, code by code."""
    problem = replace(problem, declared=())
    masked = mask(problem)
    role = data.draw(st.sampled_from(ROLES))
    for person in problem.inspectors:
        for unit in problem.units:
            if unit.inspectable:
                told = why_not(problem, EMPTY, person.id, unit=unit.id, role=role)
                again = why_not(masked, EMPTY, person.id, unit=unit.id, role=role)
                assert {h.rule for h in told} == {h.rule for h in again}


@settings(QUICK, max_examples=60)
@given(st.builds(mask_at_times, problems(), st.booleans()), st.data())
def test_a_seat_passes_every_rule_that_it_does_not_break(
    problem: Problem, data: st.DataObject
) -> None:
    plan = data.draw(schedules(problem))
    broken = breaches(problem, plan)
    for team in plan.teams:
        for person in dict.fromkeys(team.people):
            passed = {p.rule for p in why(problem, plan, person)}
            assert passed.isdisjoint(_broken_by(problem, broken, person))
            if not broken:
                assert passed >= ALWAYS_TOLD


ALWAYS_TOLD = {"own_county", "own_unit", "relative", "one_team", "team_size", "availability"}
NAMES_THE_PERSON = {"pair", "one_team", "availability", "recent_cap"}


def _broken_by(problem: Problem, broken: list[Breach], person: str) -> set[str]:
    """The rules that surely are broken by this very person's seat."""
    seat_rules = {rule.code for rule in RULE_BOOK if rule.kind == "person"} - {"declared"}
    return {
        breach.code
        for breach in broken
        if breach.code in seat_rules | NAMES_THE_PERSON and person in breach.subjects
    }


@settings(QUICK, max_examples=40)
@given(problems(), st.data())
def test_a_second_solve_holds_the_pins_and_the_kept_teams(
    problem: Problem, data: st.DataObject
) -> None:
    plan = data.draw(schedules(problem))
    keep = data.draw(st.sets(st.sampled_from([team.id for team in problem.teams])))

    asked = around(problem, plan, [PinPerson(problem.inspectors[0].id, None)], keep=keep)

    assert asked.baseline == (plan.teams or None)
    assert any("changes" in tier for tier in asked.policy.objective)
    assert set(problem.pins) <= set(asked.pins)
    for team in plan.teams:
        if team.id in keep:
            for person in team.people:
                assert PinPerson(person, team.id, team.role_of(person)) in asked.pins
