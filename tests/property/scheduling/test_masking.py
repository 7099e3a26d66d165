"""The masked problem has the same plans, and says nothing of what it hides."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduling.domain.document import read_problem, write_problem
from scheduling.domain.goals import measures
from scheduling.domain.masking import MASKED_RULES, mask
from scheduling.domain.problem import (
    ROLES,
    HostSeats,
    Inspector,
    Month,
    Pair,
    Policy,
    Post,
    Problem,
    Relation,
    Relative,
    Schedule,
    Team,
    Unit,
    Visit,
)
from scheduling.domain.rules import excluded
from scheduling.domain.solve import Outcome, Search
from scheduling.domain.verify import breaches
from tests.strategies import problems, schedules

QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TINY = problems(people=(4, 7), teams=(1, 2), units=(2, 4), days=(3, 4), counties=(2, 3))
CANARY = "canary"


def with_host_seats(problem: Problem, seats: HostSeats, team_counties: int) -> Problem:
    """The round with a policy under which the exemption of host seats matters."""
    policy = replace(problem.policy, host_seats=seats, team_counties=team_counties, native="all")
    return replace(problem, policy=policy)


HOST_SEATS = st.builds(HostSeats, st.integers(0, 2), st.sets(st.sampled_from(ROLES)).map(frozenset))
EXEMPTING = st.builds(with_host_seats, problems(), HOST_SEATS, st.integers(0, 3))


@settings(QUICK, max_examples=120)
@given(st.one_of(problems(), EXEMPTING), st.data())
def test_a_plan_holds_in_both_or_in_neither_and_is_worth_the_same(
    problem: Problem, data: st.DataObject
) -> None:
    plan = data.draw(schedules(problem))
    masked = mask(problem)

    assert bool(breaches(problem, plan)) == bool(breaches(masked, plan))
    assert measures(problem, plan) == measures(masked, plan)


@settings(QUICK, max_examples=60)
@given(EXEMPTING, st.data())
def test_a_single_seat_is_barred_in_both_or_in_neither(
    problem: Problem, data: st.DataObject
) -> None:
    """Plans of a few units and one person: whole plans break other rules too often to tell."""
    units = [unit for unit in problem.units if unit.inspectable]
    bodies = st.lists(st.sampled_from(units), max_size=3, unique_by=id) if units else st.just([])
    visited = data.draw(bodies)
    masked = mask(problem)

    for person in problem.inspectors:
        for role in ROLES:
            plan = _alone(problem, person, role, visited)
            assert _broken_by_person(problem, plan) == _broken_by_person(masked, plan)


def _alone(problem: Problem, person: Inspector, role: str, units: list[Unit]) -> Schedule:
    day = problem.calendar[0]
    team = Team(
        problem.teams[0].id,
        leader=person.id if role == "leader" else None,
        deputies=(person.id,) if role == "deputy" else (),
        members=(person.id,) if role == "member" else (),
        visits=tuple(Visit(unit.id, day, day) for unit in units),
    )
    return Schedule((team,))


def _broken_by_person(problem: Problem, plan: Schedule) -> bool:
    """Whether a bar is broken, or the limit of counties that lets one be resolved."""
    bars = {*MASKED_RULES, "declared", "own_county", "team_counties"}
    return any(breach.code in bars for breach in breaches(problem, plan))


def solved(problem: Problem) -> Outcome:
    return Search(problem, time_limit_s=30, workers=1).outcome


@settings(QUICK, max_examples=60)
@given(st.one_of(TINY, st.builds(with_host_seats, TINY, HOST_SEATS, st.integers(1, 2))))
def test_the_optimum_is_the_same(problem: Problem) -> None:
    plain, masked = solved(problem), solved(mask(problem))

    assert plain.status == masked.status
    assert plain.tiers == masked.tiers
    if masked.schedule is not None:
        assert breaches(problem, masked.schedule) == []


@settings(QUICK, max_examples=40)
@given(st.one_of(problems(), EXEMPTING))
def test_masking_twice_is_masking_once(problem: Problem) -> None:
    masked = mask(problem)

    assert mask(masked) == masked


@settings(QUICK, max_examples=40)
@given(problems())
def test_colleagues_stay_colleagues_and_nothing_else_is_said_of_their_employer(
    problem: Problem,
) -> None:
    masked = mask(problem)
    ids = {unit.id for unit in problem.units}

    for a, masked_a in zip(problem.inspectors, masked.inspectors, strict=True):
        assert (a.home_unit is None) == (masked_a.home_unit is None)
        assert masked_a.home_unit not in ids
        for b, masked_b in zip(problem.inspectors, masked.inspectors, strict=True):
            assert (a.home_unit == b.home_unit) == (masked_a.home_unit == masked_b.home_unit)


@settings(QUICK, max_examples=40)
@given(problems())
def test_the_words_of_every_removed_field_are_nowhere_in_the_document(problem: Problem) -> None:
    masked = mask(_marked(problem))
    written = write_problem(masked)

    assert CANARY not in written.decode()
    assert b"spouse" not in written
    for word in (b"native", b"grew_up", b"posts", b"relatives", b"interests", b"visited", b"led"):
        assert b'"' + word + b'":' not in written.split(b'"policy"')[0]
    assert read_problem(written) == masked


def _marked(problem: Problem) -> Problem:
    """Canaries where any word may stand, and dates of posts that stand nowhere else."""
    people = tuple(
        replace(
            person,
            home_unit=f"{CANARY} employer {k % 2}",
            native=f"{CANARY} born {k}",
            grew_up=f"{CANARY} raised {k}",
            system=f"{CANARY} system",
        )
        for k, person in enumerate(problem.inspectors)
    )
    two = [person.id for person in people[:2]]
    pairs = (Pair(two[0], two[1], f"{CANARY} spouse"),) if len(two) == 2 else ()
    return replace(problem, inspectors=people, pairs=(*problem.pairs, *pairs))


@settings(QUICK, max_examples=60)
@given(problems(), st.sampled_from(get_args(Relation)))
def test_a_place_that_only_a_fact_names_is_not_named_any_more(
    problem: Problem, relation: Relation
) -> None:
    """A body outside the round's inspection bars nothing, so no entry has to name it."""
    body = replace(
        problem.units[0], id=CANARY, name="a body elsewhere", inspectable=False, mandatory=False
    )
    first = replace(
        problem.inspectors[0],
        home_unit=CANARY,
        posts=(Post(Month(1999, 12), None, unit=CANARY),),
        relatives=(Relative(relation, "head", unit=CANARY),),
        interests=(CANARY,),
    )
    named = replace(
        problem, units=(*problem.units, body), inspectors=(first, *problem.inspectors[1:])
    )
    masked = mask(named)

    assert all(entry.unit != CANARY for entry in masked.declared)
    assert b"1999-12" not in write_problem(masked)


@settings(QUICK, max_examples=60)
@given(problems())
def test_a_masked_bar_carries_the_code_of_its_rule(problem: Problem) -> None:
    """Where no exemption is at stake, code by code and pair by pair the bars are the same."""
    plain = replace(problem, policy=Policy(system="all", native="all"), declared=())

    before = {
        (bar.inspector, bar.unit, bar.rule, role)
        for bar in excluded(plain)
        for role in bar.roles
        if not (bar.unless_host and _at_home(plain, bar.inspector, bar.unit))
    }
    after = {
        (bar.inspector, bar.unit, bar.kind or bar.rule, role)
        for bar in excluded(mask(plain))
        for role in bar.roles
    }

    assert before == after


def _at_home(problem: Problem, inspector: str, unit: str) -> bool:
    return problem.inspector_by_id[inspector].office == problem.unit_by_id[unit].county
