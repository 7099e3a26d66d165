"""The verifier on what a team must be: each rule broken once, and its allowed twin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduling.domain.problem import Away, HostSeats, Pair, Problem, Schedule, Team, Visit, Window
from tests.rounds import (
    day,
    person,
    tiny_plan,
    tiny_round,
    with_person,
    with_policy,
    with_slot,
    with_team,
    with_unit,
)
from tests.unit.scheduling.verdicts import broken

TWO_COUNTIES = (Visit("school", day(1), day(3)), Visit("hospital", day(4), day(6)))


def red(**change: Any) -> Schedule:
    """The plan with team red changed."""
    return with_team(tiny_plan(), "red", **change)


def alone(**change: Any) -> Schedule:
    """Team red changed, blue left empty."""
    return with_team(red(**change), "blue", leader=None, deputies=(), members=(), visits=())


# --- pair -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("a", "b", "is_broken"), [("wang", "cai", True), ("wu", "nie", False)])
def test_a_pair_never_shares_a_team(a: str, b: str, is_broken: bool) -> None:
    verdict = broken(tiny_round(pairs=(Pair(a, b, "spouse"),)), tiny_plan())

    assert verdict == ({"pair": [(a, b, "red")]} if is_broken else {})


# --- leader ---------------------------------------------------------------------------------


def test_a_team_with_visits_has_a_leader() -> None:
    assert broken(tiny_round(), red(leader=None, members=("cai", "wu"))) == {"leader": [("red",)]}


def test_a_leader_comes_from_the_pool_of_leaders() -> None:
    problem = with_person(tiny_round(), "wu", leader=False, deputy=True)

    assert broken(problem, tiny_plan()) == {"leader": [("red", "wu")]}


@pytest.mark.parametrize(
    ("facts", "is_broken"),
    [
        ({"deputy": True}, False),
        ({"deputy": False, "leader": True}, False),
        ({"deputy": False, "leader": False}, True),
    ],
)
def test_a_deputy_comes_from_either_pool(facts: dict[str, bool], is_broken: bool) -> None:
    verdict = broken(with_person(tiny_round(), "wang", **facts), tiny_plan())

    assert verdict == ({"leader": [("red", "wang")]} if is_broken else {})


@pytest.mark.parametrize(
    ("deputies", "is_broken"), [((0, 0), True), ((2, 2), True), ((1, 2), False)]
)
def test_the_deputies_are_within_bounds(deputies: tuple[int, int], is_broken: bool) -> None:
    verdict = broken(with_slot(tiny_round(), "red", deputies=deputies), tiny_plan())

    assert verdict == ({"leader": [("red",)]} if is_broken else {})


# --- team_size ------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "is_broken"), [((3, 3), False), ((4, 5), True), ((1, 2), True)])
def test_the_size_of_a_team_is_within_bounds(size: tuple[int, int], is_broken: bool) -> None:
    verdict = broken(with_slot(tiny_round(), "red", size=size), tiny_plan())

    assert verdict == ({"team_size": [("red",)]} if is_broken else {})


def test_a_team_without_visits_has_nobody() -> None:
    problem = with_unit(tiny_round(), "school", mandatory=False)

    assert broken(problem, red(visits=())) == {"team_size": [("red",)]}
    assert broken(problem, red(visits=(), leader=None, deputies=(), members=())) == {}
    assert broken(problem, Schedule(tiny_plan().teams[1:])) == {}


def test_a_slot_is_filled_once_and_only_if_it_exists() -> None:
    idle = Team("red", None, (), (), ())
    twice = Schedule((*tiny_plan().teams, idle))
    unknown = Schedule((*tiny_plan().teams, replace(idle, id="green")))

    assert broken(tiny_round(), twice) == {"team_size": [("red",)]}
    assert broken(tiny_round(), unknown) == {"team_size": [("green",)]}


# --- home_offices, team_counties, per_office_max --------------------------------------------


@pytest.mark.parametrize(
    ("bounds", "is_broken"), [((1, 1), False), ((2, 99), True), ((0, 0), True), ((0, 1), False)]
)
def test_home_offices_counts_county_offices_and_not_the_city(
    bounds: tuple[int, int], is_broken: bool
) -> None:
    # Red has two of West and one of the city; blue has three of North.
    verdict = broken(with_policy(tiny_round(), home_offices=bounds), tiny_plan())

    assert verdict == ({"home_offices": [("red",), ("blue",)]} if is_broken else {})


def test_home_offices_and_per_office_max_leave_host_seats_out() -> None:
    seats = HostSeats(2, frozenset({"member"}))
    guests = red(members=("lin", "lei"))

    one_office = with_policy(tiny_round(), host_seats=seats, home_offices=(1, 1))
    two_offices = with_policy(tiny_round(), host_seats=seats, home_offices=(2, 2))
    at_most_one = with_policy(tiny_round(), host_seats=seats, per_office_max=1)

    assert broken(one_office, guests) == {}
    assert ("red",) in broken(two_offices, guests)["home_offices"]
    assert broken(at_most_one, guests)["per_office_max"] == [("red", "west"), ("blue", "north")]


@pytest.mark.parametrize(("most", "is_broken"), [(1, True), (2, False)])
def test_a_team_visits_so_many_counties(most: int, is_broken: bool) -> None:
    plan = alone(leader="nie", deputies=("ning",), members=("cai",), visits=TWO_COUNTIES)

    verdict = broken(with_policy(tiny_round(), team_counties=most), plan)

    assert verdict == ({"team_counties": [("red",)]} if is_broken else {})


@pytest.mark.parametrize(("most", "offices"), [(3, []), (2, ["north"]), (1, ["west", "north"])])
def test_one_county_office_gives_a_team_so_many(most: int, offices: list[str]) -> None:
    verdict = broken(with_policy(tiny_round(), per_office_max=most), tiny_plan())

    assert [subjects[1] for subjects in verdict.get("per_office_max", [])] == offices


def test_the_city_may_give_a_team_more_than_any_county() -> None:
    problem = with_policy(tiny_round(), per_office_max=2)
    plan = red(leader="chen", deputies=("wang",), members=("cai", "coo"))
    people = (*problem.inspectors, person("coo", problem.offices[0]))
    problem = replace(problem, inspectors=people)

    assert broken(problem, plan) == {"per_office_max": [("blue", "north")]}


# --- skills, experienced --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("skills", "is_broken"),
    [
        ({"finance": 1}, False),
        ({"finance": 2}, True),
        ({"audit": 3, "finance": 1}, False),  # wang counts for both
        ({"law": 1}, True),
        ({"law": 0}, False),
    ],
)
def test_a_team_has_the_skills_that_its_units_need(skills: dict[str, int], is_broken: bool) -> None:
    verdict = broken(with_unit(tiny_round(), "tax", skills=skills), tiny_plan())

    assert verdict == ({"skills": [("red", "tax")]} if is_broken else {})


@pytest.mark.parametrize(("least", "is_broken"), [(0, False), (2, False), (3, True)])
def test_enough_people_have_served_before(least: int, is_broken: bool) -> None:
    # Blue has nie and ning, who did, and nan, who did not.
    verdict = broken(with_policy(tiny_round(), experienced=least), tiny_plan())

    assert verdict == ({"experienced": [("blue",)]} if is_broken else {})


# --- availability, recent_cap ---------------------------------------------------------------


def away(*spans: tuple[int, int]) -> Problem:
    """The round with cai away on those working days."""
    absences = tuple(Away(day(first), day(last)) for first, last in spans)
    return with_person(tiny_round(), "cai", away=absences)


@pytest.mark.parametrize(
    ("spans", "most", "is_broken"),
    [
        ([(7, 10)], 0, False),  # red works on the days 1 to 6
        ([(6, 7)], 0, True),
        ([(6, 7)], 1, False),
        ([(5, 6)], 1, True),
        ([(1, 1), (4, 4)], 1, True),  # the visits of both units together
        ([(4, 5), (5, 5)], 2, False),  # one day twice is one day
    ],
)
def test_nobody_is_away_for_more_than_so_many_days_of_the_visits(
    spans: list[tuple[int, int]], most: int, is_broken: bool
) -> None:
    verdict = broken(with_policy(away(*spans), max_absence_days=most), tiny_plan())

    assert verdict == ({"availability": [("red", "cai")]} if is_broken else {})


def test_an_absence_at_the_weekend_takes_no_working_day() -> None:
    weekend = Away(day(5).replace(day=7), day(5).replace(day=8))

    assert broken(with_person(tiny_round(), "cai", away=(weekend,)), tiny_plan()) == {}


def test_visits_on_the_same_days_count_those_days_once() -> None:
    problem = with_slot(with_policy(away((1, 2)), max_absence_days=2), "red", concurrency=2)
    together = red(visits=(Visit("school", day(1), day(3)), Visit("tax", day(1), day(3))))

    assert broken(problem, together) == {}
    capped = with_policy(problem, recent_days_cap=13)
    assert "recent_cap" not in broken(capped, together)  # wu: 10 + 3


@pytest.mark.parametrize(("cap", "names"), [(16, []), (15, ["wu"]), (10, ["wu", "ning"])])
def test_recent_days_and_those_of_the_visits_stay_under_the_cap(cap: int, names: list[str]) -> None:
    # Six days each; wu brings 10, ning 5.
    verdict = broken(with_policy(tiny_round(), recent_days_cap=cap), tiny_plan())

    assert [subjects[1] for subjects in verdict.get("recent_cap", [])] == names


# --- window, overlap ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "is_broken"),
    [
        (day(7), day(9), False),
        (day(4), day(6), False),  # over the weekend
        (day(7), day(8), True),  # too short
        (day(7), day(10), True),  # too long
        (day(9), day(7), True),  # the wrong way round
        (day(5), day(5).replace(day=8), True),  # ends on a Sunday
        (day(1).replace(day=1), day(3), True),  # starts on the Sunday before
        (day(10), day(10).replace(day=18), True),
    ],
)
def test_a_visit_takes_its_days_in_a_row_within_the_calendar(
    start: Any, end: Any, is_broken: bool
) -> None:
    plan = red(visits=(Visit("school", day(1), day(3)), Visit("tax", start, end)))

    verdict = broken(tiny_round(), plan)

    assert verdict.get("window", []) == ([("tax", "red")] if is_broken else [])


@pytest.mark.parametrize(
    ("window", "is_broken"),
    [
        (Window(day(4), day(6)), False),
        (Window(day(5), None), True),
        (Window(None, day(5)), True),
        (Window(day(3), day(7)), False),
    ],
)
def test_a_visit_lies_within_the_window_of_its_unit(window: Window, is_broken: bool) -> None:
    verdict = broken(with_unit(tiny_round(), "tax", window=window), tiny_plan())

    assert verdict == ({"window": [("tax", "red")]} if is_broken else {})


def test_visits_overlap_no_more_than_the_slot_allows() -> None:
    plan = red(visits=(Visit("school", day(1), day(3)), Visit("tax", day(3), day(5))))

    assert broken(tiny_round(), plan) == {"overlap": [("red",)]}
    assert broken(with_slot(tiny_round(), "red", concurrency=2), plan) == {}


@pytest.mark.parametrize(("most", "is_broken"), [(2, False), (1, True), (0, True)])
def test_a_team_has_at_most_so_many_visits(most: int, is_broken: bool) -> None:
    verdict = broken(with_slot(tiny_round(), "red", max_units=most), tiny_plan())

    assert verdict == ({"overlap": [("red",)]} if is_broken else {})
