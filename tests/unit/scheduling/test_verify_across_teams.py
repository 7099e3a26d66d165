"""The verifier on what holds across teams: each rule broken once, and its allowed twin.

In the plan of tests/rounds.py West and the city go to East, North goes to West.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest

from scheduling.domain.problem import (
    HostSeats,
    Pin,
    PinArc,
    PinPerson,
    PinUnit,
    Schedule,
    Sent,
    Visit,
)
from scheduling.domain.verify import breaches
from tests.rounds import (
    day,
    tiny_plan,
    tiny_round,
    with_person,
    with_policy,
    with_team,
    with_unit,
)
from tests.unit.scheduling.verdicts import broken

MEMBER_SEATS = HostSeats(2, frozenset({"member"}))


def with_visit(team: str, *visits: Visit) -> Schedule:
    """The plan with one more visit of a team."""
    [filled] = [t for t in tiny_plan().teams if t.id == team]
    return with_team(tiny_plan(), team, visits=(*filled.visits, *visits))


# --- coverage -------------------------------------------------------------------------------


def test_a_mandatory_unit_is_visited_unless_it_is_pinned_out() -> None:
    left_out = with_team(tiny_plan(), "red", visits=(Visit("tax", day(4), day(6)),))

    assert broken(tiny_round(), left_out) == {"coverage": [("school",)]}
    assert broken(tiny_round(pins=(PinUnit("school", None),)), left_out) == {}


def test_an_optional_unit_may_be_left_out() -> None:
    plan = with_team(tiny_plan(), "red", visits=(Visit("school", day(1), day(3)),))

    assert broken(tiny_round(), plan) == {}


@pytest.mark.parametrize("team", ["red", "blue"])
def test_no_unit_is_visited_twice(team: str) -> None:
    verdict = broken(tiny_round(), with_visit(team, Visit("school", day(8), day(10))))

    assert verdict["coverage"] == [("school",)]


def test_what_is_not_up_for_inspection_is_not_visited() -> None:
    problem = with_unit(tiny_round(), "tax", inspectable=False)
    unvisited = with_unit(tiny_round(), "harbour", inspectable=False, mandatory=True)

    assert broken(problem, tiny_plan()) == {"coverage": [("tax",)]}
    assert broken(unvisited, tiny_plan()) == {}


def test_a_unit_that_nobody_knows_is_no_visit() -> None:
    verdict = broken(tiny_round(), with_visit("red", Visit("mill", day(7), day(9))))

    assert verdict == {"coverage": [("mill",)]}


# --- one_team, home_unit_quota --------------------------------------------------------------


def test_nobody_is_in_two_teams_or_twice_in_one() -> None:
    in_both = with_team(tiny_plan(), "blue", members=("nan", "cai"))
    twice = with_team(tiny_plan(), "red", members=("cai", "wang"))

    assert broken(tiny_round(), in_both) == {"one_team": [("cai", "red", "blue")]}
    assert broken(tiny_round(), twice) == {"one_team": [("wang", "red")]}


def test_what_else_is_wrong_with_somebody_listed_twice_is_told_once() -> None:
    problem = with_person(tiny_round(), "cai", interests=("tax",))

    verdict = broken(problem, with_team(tiny_plan(), "red", members=("cai", "cai")))

    assert verdict == {"one_team": [("cai", "red")], "interest": [("cai", "tax")]}


def test_a_person_that_nobody_knows_is_in_no_team() -> None:
    verdict = broken(tiny_round(), with_team(tiny_plan(), "red", members=("cai", "ghost")))

    assert verdict == {"one_team": [("ghost",)]}


@pytest.mark.parametrize(("most", "is_broken"), [(2, True), (3, False)])
def test_one_employer_gives_so_many_people_to_all_teams_together(
    most: int, is_broken: bool
) -> None:
    problem = with_policy(tiny_round(), home_unit_quota=most)
    for name in ("wu", "cai", "nan", "lin"):  # lin is in no team
        problem = with_person(problem, name, home_unit="a mill")

    assert broken(problem, tiny_plan()) == ({"home_unit_quota": [("a mill",)]} if is_broken else {})


def test_people_without_an_employer_share_none() -> None:
    assert broken(with_policy(tiny_round(), home_unit_quota=0), tiny_plan()) == {}


# --- office_targets, office_sources ---------------------------------------------------------


def north_goes_east_too() -> Schedule:
    """ning of North joins red, so North goes to East and to West."""
    return with_team(with_team(tiny_plan(), "blue", deputies=()), "red", members=("cai", "ning"))


@pytest.mark.parametrize(("most", "is_broken"), [(1, True), (2, False)])
def test_one_county_office_sends_to_so_many_counties(most: int, is_broken: bool) -> None:
    verdict = broken(with_policy(tiny_round(), office_targets=most), north_goes_east_too())

    assert verdict == ({"office_targets": [("north",)]} if is_broken else {})


@pytest.mark.parametrize(("most", "is_broken"), [(1, True), (2, False)])
def test_so_many_county_offices_send_to_one_county(most: int, is_broken: bool) -> None:
    # West and North go to East; the city goes there too and does not count.
    verdict = broken(with_policy(tiny_round(), office_sources=most), north_goes_east_too())

    assert verdict == ({"office_sources": [("east",)]} if is_broken else {})


def test_who_stays_at_home_on_a_host_seat_is_not_sent() -> None:
    problem = with_policy(tiny_round(), host_seats=MEMBER_SEATS, office_targets=0, office_sources=1)
    hosts = with_team(tiny_plan(), "red", members=("lin", "lei"))

    verdict = broken(problem, hosts)

    assert verdict == {"office_targets": [("west",), ("north",)]}  # not East


# --- reciprocity ----------------------------------------------------------------------------


def mutual(member: str = "lei", leader: str = "nie") -> Schedule:
    """Somebody of East goes to West while West goes to East."""
    return with_team(tiny_plan(), "blue", leader=leader, deputies=(), members=(member,))


@pytest.mark.parametrize(
    ("mode", "leader", "member", "is_broken"),
    [
        ("members", "nie", "lei", True),
        ("members", "nie", "nan", False),
        ("leaders", "nie", "lei", False),
        ("leaders", "lin", "nan", True),
        ("off", "lin", "lei", False),
    ],
)
def test_counties_do_not_inspect_each_other(
    mode: Literal["off", "leaders", "members"], leader: str, member: str, is_broken: bool
) -> None:
    problem = with_unit(with_policy(tiny_round(), reciprocity=mode), "clinic", wanted={})

    verdict = broken(problem, mutual(member, leader))

    assert verdict == ({"reciprocity": [("east", "west")]} if is_broken else {})


def test_host_seats_make_nothing_mutual() -> None:
    problem = with_policy(tiny_round(), host_seats=MEMBER_SEATS)
    plan = with_team(tiny_plan(), "red", members=("lei",))
    plan = with_team(plan, "blue", members=("wen",))

    assert broken(problem, plan) == {}


# --- repeat ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "rounds", "is_broken"),
    [
        (Sent("west", "east", 1), 1, True),
        (Sent("west", "east", 2), 1, False),
        (Sent("west", "east", 1), 0, False),
        (Sent("west", "north", 1), 1, False),
        (Sent("east", "west", 1), 1, False),
    ],
)
def test_an_office_is_not_sent_again_too_soon(sent: Sent, rounds: int, is_broken: bool) -> None:
    problem = with_policy(tiny_round(history=(sent,)), repeat_rounds=rounds)

    verdict = broken(problem, tiny_plan())

    assert verdict == ({"repeat": [("west", "east")]} if is_broken else {})


@pytest.mark.parametrize(
    ("mode", "leader", "is_broken"),
    [
        ("members", "chen", True),  # wang of West is in the team
        ("off", "chen", True),
        ("leaders", "chen", False),
        ("leaders", "wu", True),
    ],
)
def test_repeats_count_leaders_only_where_reciprocity_does(
    mode: Literal["off", "leaders", "members"], leader: str, is_broken: bool
) -> None:
    problem = with_policy(
        tiny_round(history=(Sent("west", "east", 1),)), repeat_rounds=1, reciprocity=mode
    )

    verdict = broken(problem, with_team(tiny_plan(), "red", leader=leader))

    assert verdict == ({"repeat": [("west", "east")]} if is_broken else {})


def test_a_host_seat_repeats_nothing() -> None:
    problem = with_policy(
        tiny_round(history=(Sent("east", "east", 1),)), repeat_rounds=1, host_seats=MEMBER_SEATS
    )

    assert broken(problem, with_team(tiny_plan(), "red", members=("lei",))) == {}


# --- pin ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pin", "twin"),
    [
        (PinPerson("lin", "red"), PinPerson("wu", "red")),
        (PinPerson("wu", "blue"), PinPerson("nie", "blue")),
        (PinPerson("wu", "red", "deputy"), PinPerson("wu", "red", "leader")),
        (PinPerson("cai", "red", "deputy"), PinPerson("cai", "red", "member")),
        (PinPerson("wu", "red", forbid=True), PinPerson("wu", "blue", forbid=True)),
        (PinPerson("wu", None), PinPerson("lin", None)),
        (PinUnit("harbour", "red"), PinUnit("tax", "red")),
        (PinUnit("tax", "blue"), PinUnit("clinic", "blue")),
        (PinUnit("tax", "red", day(5)), PinUnit("tax", "red", day(4))),
        (PinUnit("tax", None), PinUnit("harbour", None)),
        (PinArc("east", "west"), PinArc("west", "east")),
        (PinArc("west", "east", forbid=True), PinArc("east", "west", forbid=True)),
    ],
)
def test_every_pin_holds(pin: Pin, twin: Pin) -> None:
    other = PinPerson("wen", None)

    assert broken(tiny_round(pins=(other, pin)), tiny_plan()) == {"pin": [("pins[1]",)]}
    assert broken(tiny_round(pins=(other, twin)), tiny_plan()) == {}


@pytest.mark.parametrize(
    ("pin", "wish"),
    [
        (PinPerson("lin", "red"), "Lin must be in red."),
        (PinPerson("wu", "red", "deputy"), "Wu must be deputy of red."),
        (PinPerson("wu", "red", forbid=True), "Wu may not be in red."),
        (PinPerson("wu", None), "Wu must stay out of the round."),
        (PinUnit("harbour", "red"), "red must visit Harbour."),
        (PinUnit("tax", "red", day(5)), "red must visit Tax from 2026-03-06."),
        (PinUnit("tax", None), "Tax must stay out of the round."),
        (PinArc("east", "west"), "somebody of East office must be sent to West office."),
        (PinArc("west", "east", forbid=True), "nobody of West office may be sent to East office."),
    ],
)
def test_a_broken_pin_says_what_it_asked_for(pin: Pin, wish: str) -> None:
    [breach] = breaches(tiny_round(pins=(pin,)), tiny_plan())

    assert breach.text == wish


def test_a_host_seat_is_not_sent_by_a_pinned_direction() -> None:
    hosts = with_team(tiny_plan(), "red", members=("lei",))
    problem = with_policy(tiny_round(), host_seats=MEMBER_SEATS)

    assert "pin" in broken(replace(problem, pins=(PinArc("east", "east"),)), hosts)
    assert broken(replace(problem, pins=(PinArc("east", "east", forbid=True),)), hosts) == {}


# --- The verdict as a whole -----------------------------------------------------------------


def test_breaches_come_in_the_order_of_the_contract_with_words_in_both_languages() -> None:
    problem = tiny_round(pins=(PinPerson("lin", "red"),))
    plan = with_team(tiny_plan(), "red", leader="lin", members=("cai", "cai"), visits=())

    found = breaches(problem, plan)

    assert [breach.code for breach in found] == ["coverage", "one_team", "team_size"]
    assert found[0].text == "School must be visited but is not."
    assert found[0].message["zh"] == "School必须巡察，却未安排。"


@pytest.mark.parametrize("change", [{"leader": "ghost"}, {"deputies": ("ghost", "ghost")}])
def test_unknown_people_in_any_seat_are_found_and_break_nothing_else_down(
    change: dict[str, Any],
) -> None:
    verdict = broken(tiny_round(), with_team(tiny_plan(), "red", **change))

    assert verdict["one_team"] == [("ghost",)]
