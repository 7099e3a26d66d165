"""The field's own acceptance cases that the desk answers, by the numbers of its experts.

3 and 4 reasons · 9 kin found out after publication · 12 somebody who is not to be asked about ·
13 the only leader of the smallest county withdraws · 15 an employer's quota is used up.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduling.domain.desk.candidates import who_else
from scheduling.domain.desk.compare import compare
from scheduling.domain.desk.reasons import why, why_not
from scheduling.domain.desk.resolve import after_discovery, around
from scheduling.domain.desk.way_outs import way_outs
from scheduling.domain.masking import mask
from scheduling.domain.problem import PinPerson, Problem, Relative, Schedule, TeamSlot
from scheduling.domain.profiles import RING
from scheduling.domain.solve import Outcome, Search
from scheduling.domain.verify import breaches
from tests.rounds import (
    CITY,
    EAST,
    NORTH,
    WEST,
    person,
    tiny_plan,
    tiny_round,
    unit,
    with_person,
    with_policy,
)


def _solved(problem: Problem, start: Schedule | None = None) -> Outcome:
    return Search(problem, time_limit_s=30, workers=1, start=start).outcome


def test_3_kin_in_the_leadership_are_told_as_a_rule_and_not_as_kin() -> None:
    problem = with_person(tiny_round(), "wu", relatives=(Relative("in_law", "head", "school"),))

    for known in (problem, mask(problem)):
        [hindrance] = why_not(known, tiny_plan(), "wu", unit="school")
        assert (hindrance.rule, hindrance.kind) == ("relative", "bar")
        assert "Wu" not in hindrance.says.en
        assert "in_law" not in str(hindrance)


# --- 9: kin found out after publication ---------------------------------------------------


@pytest.mark.parametrize("who", ["wu", "cai"])
def test_9_kin_found_out_after_publication_change_two_seats_at_most(who: str) -> None:
    published, plan = tiny_round(), tiny_plan()
    problem = after_discovery(published, plan, [(who, "school")], kind="relative")

    outcome = _solved(problem, plan)

    assert outcome.status == "optimal"
    assert outcome.schedule is not None
    difference = compare(published, plan, outcome.schedule)
    assert breaches(problem, outcome.schedule) == []
    assert len(difference.people) <= 2
    assert difference.units == ()


def test_9_the_only_specialist_costs_the_visit_that_needs_one_and_two_seats() -> None:
    published, plan = tiny_round(), tiny_plan()

    outcome = _solved(after_discovery(published, plan, [("wang", "school")]), plan)

    assert outcome.schedule is not None
    difference = compare(published, plan, outcome.schedule)
    assert [moved.unit for moved in difference.units] == ["tax"]
    assert len(difference.people) == 2


def test_9_every_alternate_that_is_offered_mends_the_seat_and_breaks_nothing() -> None:
    problem = after_discovery(tiny_round(), tiny_plan(), [("cai", "school")], kind="relative")

    found = who_else(problem, tiny_plan(), "cai")

    assert found
    for candidate in found:
        assert candidate.price.breaches_new == ()
        assert {breach.code for breach in candidate.price.breaches_gone} == {"declared"}


def test_around_the_pins_the_kept_teams_stay_exactly_as_they_are() -> None:
    problem = around(tiny_round(), tiny_plan(), [PinPerson("chen", "red")], keep=["blue"])

    outcome = _solved(problem)

    assert outcome.schedule is not None
    difference = compare(problem, tiny_plan(), outcome.schedule)
    assert [changed.team for changed in difference.teams] == ["red"]
    assert "chen" in outcome.schedule.teams[0].people


def test_around_nothing_nothing_changes_that_does_not_visit_more() -> None:
    outcome = _solved(after_discovery(tiny_round(), tiny_plan(), []))

    assert outcome.schedule is not None
    assert compare(tiny_round(), tiny_plan(), outcome.schedule).is_empty


# --- 12 -----------------------------------------------------------------------------------


def test_12_somebody_pinned_out_is_no_candidate_and_nobody_learns_why() -> None:
    problem = tiny_round(pins=(PinPerson("wen", None),))

    assert "wen" not in {candidate.inspector for candidate in who_else(problem, tiny_plan(), "cai")}
    reasons = why_not(problem, tiny_plan(), "wen", team="red", instead_of="cai")
    assert {hindrance.rule for hindrance in reasons} == {"pin"}


# --- 13: the only leader of the smallest county withdraws ---------------------------------


def _ring_of_four_without(leader: str) -> Problem:
    south = replace(NORTH, id="south", name="South office", location=(121.8, 29.9))
    offices = (EAST, WEST, NORTH, south)
    people = [
        person(f"{office.id}-{k}", office, leader=k == 0 or (office, k) == (EAST, 1), deputy=True)
        for office in offices
        for k in range(3)
    ]
    return tiny_round(
        offices=(CITY, *offices),
        units=tuple(unit(f"bureau-{office.id}", office, mandatory=True) for office in offices),
        inspectors=tuple(i for i in people if i.id != leader),
        teams=tuple(TeamSlot(f"t{k}", (2, 3), (0, 1)) for k in range(4)),
        policy=RING.policy,
    )


def test_13_without_its_only_leader_three_ways_out_are_offered_and_each_has_a_plan() -> None:
    problem = _ring_of_four_without("north-0")
    assert _solved(problem).status == "infeasible"

    found = way_outs(problem)

    assert [way.code for way in found] == ["borrow", "merge", "recombine"]
    for way in found:
        assert breaches(way.problem, way.schedule) == []
        assert way.says.zh
        assert way.says.en


def test_13_a_round_that_has_a_plan_needs_no_way_out() -> None:
    assert way_outs(_ring_of_four_without("nobody")) == []


def test_13_units_that_need_not_be_visited_count_when_they_are_asked_for() -> None:
    problem = _ring_of_four_without("north-0")
    units = tuple(replace(unit, mandatory=False) for unit in problem.units)
    optional = replace(problem, units=units)

    assert way_outs(optional) == []
    assert way_outs(optional, must=[unit.id for unit in units])


# --- 15 -----------------------------------------------------------------------------------


def test_15_an_employer_with_two_people_out_is_told_without_its_name() -> None:
    problem = with_policy(tiny_round(), home_unit_quota=2)
    for who in ("wu", "wang", "wen"):
        problem = with_person(problem, who, home_unit="harbour bureau")

    [hindrance] = why_not(problem, tiny_plan(), "wen", team="red")
    [figure] = [p for p in why(problem, tiny_plan(), "wang") if p.rule == "home_unit_quota"]

    assert hindrance.rule == "home_unit_quota"
    assert "harbour bureau" not in str(hindrance)
    assert figure.says.en == "2 of 2 of their employer."
