"""Every measure worked out by hand on the small round of tests/rounds.py."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scheduling.domain.goals import GOALS, gap, measures, tier_values, uncovered_units
from scheduling.domain.problem import (
    MEASURES,
    Declared,
    PinPerson,
    PinUnit,
    Problem,
    Relative,
    Schedule,
    Tier,
    Visit,
)
from tests.rounds import (
    day,
    tiny_plan,
    tiny_round,
    with_person,
    with_policy,
    with_team,
    with_unit,
)


def measure(name: str, problem: Problem, schedule: Schedule | None = None) -> int:
    return measures(problem, schedule or tiny_plan())[name]


def test_the_goals_are_the_measures_of_the_contract() -> None:
    contract = (Path(__file__).parents[3] / "docs/exchange-format.md").read_text()

    assert tuple(goal.measure for goal in GOALS) == MEASURES
    assert tuple(measures(tiny_round(), tiny_plan())) == MEASURES
    for goal in GOALS:
        assert f"| `{goal.measure}` |" in contract
        assert goal.title.zh
        assert goal.title.en
        assert goal.unit.zh
        assert goal.unit.en


# --- uncovered ------------------------------------------------------------------------------


def test_uncovered_sums_the_priorities_of_what_is_left_out() -> None:
    assert measure("uncovered", tiny_round()) == 25  # the harbour
    assert measure("uncovered", tiny_round(), Schedule(())) == 10 + 10 + 25  # optional ones


def test_uncovered_leaves_out_mandatory_uninspectable_and_pinned_units() -> None:
    for changed in (
        with_unit(tiny_round(), "harbour", mandatory=True),
        with_unit(tiny_round(), "harbour", inspectable=False),
        tiny_round(pins=(PinUnit("harbour", None),)),
    ):
        assert measure("uncovered", changed) == 0


def test_uncovered_units_lists_mandatory_ones_too_but_none_that_is_pinned_out() -> None:
    pins = (PinPerson("lin", None), PinUnit("tax", "red"), PinUnit("harbour", None))
    problem = tiny_round(pins=pins)

    assert uncovered_units(tiny_round(), tiny_plan()) == ("harbour",)
    assert uncovered_units(problem, Schedule(())) == ("school", "tax", "hospital", "clinic")


# --- soft_conflict --------------------------------------------------------------------------


def test_soft_conflict_weighs_each_person_and_unit_that_meet() -> None:
    problem = tiny_round(
        declared=(
            Declared("wu", "friend", "soft", unit="school", weight=3),
            Declared("wu", "friend", "soft", office="east", weight=2),  # school and tax: twice
            Declared("wu", "friend", "soft", unit="hospital", weight=90),  # not where he goes
            Declared("lin", "friend", "soft", unit="school", weight=90),  # in no team
            Declared("cai", "friend", "hard", unit="school", weight=90),  # not soft
        )
    )

    assert measure("soft_conflict", problem) == 3 + 2 + 2


@pytest.mark.parametrize(("roles", "cost"), [({"leader"}, 5), ({"deputy", "member"}, 0)])
def test_soft_conflict_counts_in_the_roles_that_it_names(roles: set[str], cost: int) -> None:
    entry = Declared("wu", "friend", "soft", unit="tax", weight=5, roles=frozenset(roles))  # type: ignore[arg-type]

    assert measure("soft_conflict", tiny_round(declared=(entry,))) == cost


@pytest.mark.parametrize(
    ("relative", "cost"),
    [
        (Relative("other", "staff", unit="tax"), 1),
        (Relative("other", "staff", office="east"), 2),  # the school and the tax bureau
        (Relative("other", "staff", unit="hospital"), 0),
        (Relative("other", "head", unit="tax"), 0),  # that is barred, not soft
        (Relative("sibling", "staff", unit="tax"), 0),
    ],
)
def test_a_distant_relative_on_the_staff_costs_one_a_unit(relative: Relative, cost: int) -> None:
    problem = with_person(tiny_round(), "cai", relatives=(relative,))

    assert measure("soft_conflict", problem) == cost


# --- peak_share -----------------------------------------------------------------------------


def test_peak_share_is_the_largest_share_of_a_county_office_rounded_up() -> None:
    assert measure("peak_share", tiny_round()) == 1000  # all three of North
    only_red = with_team(tiny_plan(), "blue", leader=None, deputies=(), members=(), visits=())
    assert measure("peak_share", tiny_round(), only_red) == 667  # two of West's three
    assert measure("peak_share", tiny_round(), Schedule(())) == 0


def test_peak_share_counts_host_seats_but_not_the_city() -> None:
    hosts = with_team(tiny_plan(), "red", leader="chen", deputies=("cai",), members=("lei",))
    hosts = with_team(hosts, "blue", leader=None, deputies=(), members=(), visits=())

    assert measure("peak_share", tiny_round(), hosts) == 500  # one of East's two, at home


# --- recent_load, skill_gap, green_leader ---------------------------------------------------


def test_recent_load_adds_up_the_days_of_everybody_in_a_team() -> None:
    assert measure("recent_load", tiny_round()) == 10 + 5  # wu and ning


def test_skill_gap_weighs_the_missing_people_by_risk() -> None:
    without_nan = with_team(tiny_plan(), "blue", members=())

    assert measure("skill_gap", tiny_round()) == 0  # nan knows the law
    assert measure("skill_gap", tiny_round(), without_nan) == 3 * 1
    wants_three = with_unit(tiny_round(), "clinic", wanted={"law": 3, "audit": 1}, risk=2)
    assert measure("skill_gap", wants_three) == 2 * 2  # two lawyers short, an auditor at hand


@pytest.mark.parametrize(("risk", "rounds", "cost"), [(4, 2, 4), (5, 0, 5), (4, 3, 0), (3, 0, 0)])
def test_green_leader_counts_high_risk_units_under_short_service(
    risk: int, rounds: int, cost: int
) -> None:
    problem = with_unit(with_person(tiny_round(), "wu", rounds=rounds), "school", risk=risk)

    assert measure("green_leader", problem) == cost


# --- travel ---------------------------------------------------------------------------------

KM = {("west", "east"): 30, ("city", "east"): 20, ("north", "west"): 70}
TRAVEL = {**KM, **{(b, a): km for (a, b), km in KM.items()}}


def test_travel_goes_once_a_person_and_county() -> None:
    problem = tiny_round(travel=TRAVEL)

    assert measure("travel", problem) == 2 * 30 + 20 + 3 * 70


def test_travel_follows_the_great_circle_where_nothing_else_is_said() -> None:
    # East (122.3, 29.95) to West (122.0, 30.1): 33.352 km; city (122.1, 30.0) to East: 20.051;
    # North (122.45, 30.72) to West: 81.333 (haversine by hand, R = 6371.0088 km).
    assert measure("travel", tiny_round()) == 2 * 33 + 20 + 3 * 81


def test_travel_to_two_counties_counts_both_and_home_is_near() -> None:
    problem = tiny_round(travel=TRAVEL)
    both = with_team(
        tiny_plan(),
        "red",
        visits=(Visit("school", day(1), day(3)), Visit("hospital", day(4), day(6))),
    )
    both = with_team(both, "blue", leader=None, deputies=(), members=(), visits=())

    # wu and wang of West: 30 to East, 0 to West; cai: 20 to East, the great circle to West.
    assert measure("travel", problem, both) == 2 * 30 + 20 + problem.distance_km("city", "west")


# --- changes --------------------------------------------------------------------------------


def test_without_a_baseline_nothing_has_changed() -> None:
    assert measure("changes", tiny_round()) == 0


def test_the_published_plan_itself_has_no_changes() -> None:
    assert measure("changes", tiny_round(baseline=tiny_plan().teams)) == 0


@pytest.mark.parametrize(
    ("team", "change", "count"),
    [
        ("red", {"members": ()}, 1),  # cai is out
        ("red", {"members": ("cai", "lei")}, 1),  # lei is in
        ("red", {"members": ("lei",)}, 2),  # cai out, lei in
        ("red", {"leader": "wang", "deputies": ("wu",)}, 2),  # both have another role
        ("red", {"deputies": (), "members": ("cai", "wang")}, 1),
        ("red", {"visits": (Visit("school", day(1), day(3)),)}, 1),  # tax is left out
        ("red", {"visits": (Visit("school", day(2), day(4)), Visit("tax", day(5), day(7)))}, 2),
        ("blue", {"visits": (*tiny_plan().teams[1].visits, Visit("harbour", day(8), day(10)))}, 1),
    ],
)
def test_each_person_and_unit_that_differs_counts_once(
    team: str, change: dict[str, object], count: int
) -> None:
    problem = tiny_round(baseline=tiny_plan().teams)

    assert measure("changes", problem, with_team(tiny_plan(), team, **change)) == count


def test_a_person_who_moves_and_is_promoted_counts_once() -> None:
    moved = with_team(tiny_plan(), "red", members=())
    moved = with_team(moved, "blue", leader="cai")

    assert measure("changes", tiny_round(baseline=tiny_plan().teams), moved) == 2  # cai, nie


def test_a_unit_that_moves_to_another_team_and_start_counts_once() -> None:
    moved = with_team(tiny_plan(), "red", visits=(Visit("school", day(1), day(3)),))
    blue = (*tiny_plan().teams[1].visits, Visit("tax", day(8), day(10)))
    moved = with_team(moved, "blue", visits=blue)

    assert measure("changes", tiny_round(baseline=tiny_plan().teams), moved) == 1


def test_what_is_gone_counts_like_what_was_taken_out() -> None:
    red, blue = tiny_plan().teams
    red = replace(red, members=("cai", "gone"), visits=(*red.visits, Visit("mill", day(8), day(9))))
    green = replace(blue, id="green")

    assert measure("changes", tiny_round(baseline=(red, blue))) == 2  # a person and a unit
    # The team is gone: its three people and two units are now blue's.
    assert measure("changes", tiny_round(baseline=(tiny_plan().teams[0], green))) == 5


def test_teams_that_stay_empty_change_nothing() -> None:
    red, blue = tiny_plan().teams
    empty = replace(blue, leader=None, deputies=(), members=(), visits=())

    assert measure("changes", tiny_round(baseline=(red, empty)), Schedule((red,))) == 0


# --- tiers and gap --------------------------------------------------------------------------


def test_tier_values_are_weighted_sums_in_the_order_of_the_objective() -> None:
    objective: tuple[Tier, ...] = ({"recent_load": 2, "uncovered": 1}, {"green_leader": 7}, {})
    problem = with_policy(tiny_round(), objective=objective)

    assert tier_values(problem, measures(problem, tiny_plan())) == [2 * 15 + 25, 0, 0]


@pytest.mark.parametrize(
    ("tiers", "expected"),
    [
        ([], 0.0),
        ([(0, 0), (4, 4)], 0.0),
        ([(0, None), (4, 4)], 0.0),  # nothing is below 0
        ([(8, 6), (10, 0)], 0.25),
        ([(8, 8), (10, 4)], 0.6),
        ([(5, None)], 1.0),
    ],
)
def test_the_gap_is_that_of_the_first_tier_that_is_not_proven(
    tiers: list[tuple[int, int | None]], expected: float
) -> None:
    assert gap(tiers) == pytest.approx(expected)
