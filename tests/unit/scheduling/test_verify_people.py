"""The verifier on who may not go where: each rule broken once, and its allowed twin.

In the plan of tests/rounds.py wu (leader), wang (deputy) and cai (member, of the city) visit
East's school and tax bureau.
"""

from __future__ import annotations

from typing import Any

import pytest

from scheduling.domain.problem import (
    Declared,
    HostSeats,
    Led,
    Month,
    Post,
    Problem,
    Relative,
    Role,
    RoleScope,
    Schedule,
    Visit,
    Visited,
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
from tests.unit.scheduling.verdicts import broken

Broken = dict[str, list[tuple[str, ...]]]
OWN_COUNTY = "own_county"


def with_facts(name: str, **facts: Any) -> Broken:
    """The verdict on the plan when the person has these facts."""
    return broken(with_person(tiny_round(), name, **facts), tiny_plan())


def test_the_plan_of_the_small_round_breaks_nothing() -> None:
    assert broken(tiny_round(), tiny_plan()) == {}


# --- own_county -----------------------------------------------------------------------------


def hosted(problem: Problem, seats: HostSeats, *hosts: str, role: Role = "member") -> Broken:
    """The verdict when people of East sit in the team that visits East."""
    change = {"members": ("cai", *hosts)} if role == "member" else {"deputies": hosts}
    return broken(with_policy(problem, host_seats=seats), with_team(tiny_plan(), "red", **change))


def test_nobody_visits_their_own_county_without_a_host_seat() -> None:
    verdict = hosted(tiny_round(), HostSeats(), "lei")

    assert verdict == {OWN_COUNTY: [("lei", "school"), ("lei", "tax")]}


def test_a_host_seat_lets_one_stay_in_the_own_county() -> None:
    assert hosted(tiny_round(), HostSeats(1, frozenset({"member"})), "lei") == {}


def test_a_host_seat_is_only_for_the_roles_that_it_names() -> None:
    seats = HostSeats(2, frozenset({"deputy"}))

    assert OWN_COUNTY not in hosted(tiny_round(), seats, "lei", role="deputy")
    assert OWN_COUNTY in hosted(tiny_round(), seats, "lei", role="member")


def test_roles_without_a_number_of_seats_let_nobody_stay() -> None:
    assert OWN_COUNTY in hosted(tiny_round(), HostSeats(0, frozenset({"member"})), "lei")


def test_host_seats_are_counted_by_visited_county() -> None:
    seats = HostSeats(1, frozenset({"deputy", "member"}))
    problem = with_unit(with_policy(tiny_round(), host_seats=seats), "tax", skills={})
    crowded = with_team(tiny_plan(), "red", deputies=("lei",), members=("lin",))
    one_host = with_team(tiny_plan(), "red", deputies=("lei",))

    assert broken(problem, crowded) == {OWN_COUNTY: [("red", "east")]}
    assert broken(problem, one_host) == {}


def test_the_city_is_nobodys_own_county() -> None:
    assert with_facts("cai", office="city") == {}


# --- own_unit -------------------------------------------------------------------------------


def three_deep() -> Problem:
    """tax belongs to school, school belongs to harbour."""
    problem = with_unit(tiny_round(), "tax", parent="school")
    return with_unit(problem, "school", parent="harbour")


@pytest.mark.parametrize(
    ("home", "visited"),
    [
        ("school", [("cai", "school"), ("cai", "tax")]),
        ("harbour", [("cai", "school"), ("cai", "tax")]),  # two levels up
        ("tax", [("cai", "school"), ("cai", "tax")]),  # and down
        ("clinic", None),
        ("a mill", None),
        (None, None),
    ],
)
def test_nobody_visits_their_employer_or_what_is_above_or_below_it(
    home: str | None, visited: list[tuple[str, str]] | None
) -> None:
    verdict = broken(with_person(three_deep(), "cai", home_unit=home), tiny_plan())

    assert verdict == ({} if visited is None else {"own_unit": visited})


def test_units_under_the_same_body_are_strangers_to_each_other() -> None:
    problem = with_unit(tiny_round(), "tax", parent="harbour")
    problem = with_unit(problem, "school", parent="harbour")

    assert broken(with_person(problem, "cai", home_unit="tax"), tiny_plan()) == {
        "own_unit": [("cai", "tax")]
    }


def test_a_host_seat_is_no_excuse_for_ones_own_employer() -> None:
    problem = with_person(tiny_round(), "lei", home_unit="school")

    verdict = hosted(problem, HostSeats(1, frozenset({"member"})), "lei")

    assert verdict == {"own_unit": [("lei", "school")]}


# --- system and native_place ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "barred"),
    [("off", set()), ("leaders", {"wu", "wang"}), ("all", {"wu", "wang", "cai"})],
)
def test_the_own_system_bars_the_roles_in_its_scope(scope: RoleScope, barred: set[str]) -> None:
    problem = with_policy(tiny_round(), system=scope)
    for name in ("wu", "wang", "cai"):
        problem = with_person(problem, name, system="education")

    verdict = broken(problem, tiny_plan())

    assert verdict == ({"system": [(n, "school") for n in ("wu", "wang", "cai") if n in barred]}
                       if barred else {})  # fmt: skip


def test_units_and_people_without_a_system_do_not_share_one() -> None:
    problem = with_unit(with_policy(tiny_round(), system="all"), "school", system=None)

    assert broken(problem, tiny_plan()) == {}


@pytest.mark.parametrize("fact", ["native", "grew_up"])
@pytest.mark.parametrize(
    ("scope", "barred"), [("off", []), ("leaders", ["wu"]), ("all", ["wu", "cai"])]
)
def test_the_county_of_birth_or_youth_bars_the_roles_in_its_scope(
    fact: str, scope: RoleScope, barred: list[str]
) -> None:
    problem = with_policy(tiny_round(), native=scope)
    for name in ("wu", "cai"):
        problem = with_person(problem, name, **{fact: "east"})

    pairs = [(name, unit) for name in barred for unit in ("school", "tax")]
    assert sorted(broken(problem, tiny_plan()).get("native_place", [])) == sorted(pairs)


def test_places_elsewhere_bar_nothing() -> None:
    assert with_facts("cai", native="north", grew_up="a village") == {}


def test_a_host_seat_is_exempt_from_the_native_place() -> None:
    problem = with_person(tiny_round(), "lei", native="east", grew_up="east")

    assert hosted(problem, HostSeats(1, frozenset({"member"})), "lei") == {}


def test_a_host_is_exempt_in_every_county_that_the_team_visits() -> None:
    problem = with_person(tiny_round(), "lei", native="west")
    problem = with_policy(problem, host_seats=HostSeats(1, frozenset({"member"})), team_counties=2)
    both = with_team(
        tiny_plan(),
        "red",
        leader="nie",
        deputies=("ning",),
        members=("lei",),
        visits=(Visit("school", day(1), day(3)), Visit("hospital", day(4), day(6))),
    )
    both = with_team(both, "blue", leader=None, deputies=(), members=(), visits=())

    assert broken(problem, both) == {}


# --- former_post ----------------------------------------------------------------------------


def post(start: tuple[int, int], end: tuple[int, int] | None, **where: str) -> Post:
    return Post(Month(*start), None if end is None else Month(*end), **where)


@pytest.mark.parametrize(
    ("end", "is_barred"),
    [((2023, 4), True), ((2023, 3), False), (None, True), ((2026, 3), True), ((2026, 9), True)],
)
def test_a_post_bars_until_so_many_years_are_over_to_the_month(
    end: tuple[int, int] | None, is_barred: bool
) -> None:
    # The round starts in 2026-03 and the policy says 3 years.
    verdict = with_facts("cai", posts=(post((2019, 1), end, unit="tax"),))

    assert verdict == ({"former_post": [("cai", "tax")]} if is_barred else {})


@pytest.mark.parametrize(
    ("end", "is_barred"), [((2026, 3), False), ((2026, 4), True), (None, True)]
)
def test_with_no_years_only_a_post_that_has_not_ended_bars(
    end: tuple[int, int] | None, is_barred: bool
) -> None:
    problem = with_policy(tiny_round(), former_post_years=0)
    problem = with_person(problem, "cai", posts=(post((2025, 1), end, unit="tax"),))

    assert ("former_post" in broken(problem, tiny_plan())) == is_barred


def test_a_post_bars_what_lies_below_but_not_what_lies_above() -> None:
    at_the_top = with_person(three_deep(), "cai", posts=(post((2024, 1), None, unit="harbour"),))
    at_the_foot = with_person(three_deep(), "cai", posts=(post((2024, 1), None, unit="tax"),))

    assert broken(at_the_top, tiny_plan()) == {"former_post": [("cai", "school"), ("cai", "tax")]}
    assert broken(at_the_foot, tiny_plan()) == {"former_post": [("cai", "tax")]}


def test_a_post_at_a_county_office_bars_that_county_only() -> None:
    in_east = with_facts("cai", posts=(post((2024, 1), None, office="east"),))
    in_west = with_facts("cai", posts=(post((2024, 1), None, office="west"),))

    assert in_east == {"former_post": [("cai", "school"), ("cai", "tax")]}
    assert in_west == {}


def test_a_host_seat_is_exempt_from_posts_at_county_offices_but_not_at_units() -> None:
    seats = HostSeats(1, frozenset({"member"}))
    at_the_office = with_person(tiny_round(), "lei", posts=(post((2024, 1), None, office="east"),))
    at_the_unit = with_person(tiny_round(), "lei", posts=(post((2024, 1), None, unit="tax"),))

    assert hosted(at_the_office, seats, "lei") == {}
    assert hosted(at_the_unit, seats, "lei") == {"former_post": [("lei", "tax")]}


@pytest.mark.parametrize(
    ("posts", "is_barred"),
    [
        # Three years are 36 months, both ends counted.
        ([((2010, 1), (2012, 12))], True),
        ([((2010, 1), (2012, 11))], False),
        ([((2010, 1), (2010, 12)), ((2015, 1), (2016, 12))], True),
        ([((2010, 1), (2011, 6)), ((2011, 1), (2012, 6))], True),  # an overlap counts twice
        ([((2010, 1), (2011, 5)), ((2011, 1), (2012, 6))], False),
    ],
)
def test_posts_that_add_up_bar_however_long_ago(
    posts: list[tuple[tuple[int, int], tuple[int, int]]], is_barred: bool
) -> None:
    problem = with_policy(tiny_round(), former_post_total_years=3)
    held = tuple(post(start, end, unit="tax") for start, end in posts)

    verdict = broken(with_person(problem, "cai", posts=held), tiny_plan())

    assert verdict == ({"former_post": [("cai", "tax")]} if is_barred else {})


def test_posts_add_up_by_unit_and_not_without_the_policy() -> None:
    held = (post((2010, 1), (2011, 12), unit="tax"), post((2012, 1), (2013, 12), unit="school"))
    problem = with_person(tiny_round(), "cai", posts=held)
    long_at_one = with_person(tiny_round(), "cai", posts=(post((2000, 1), (2020, 1), unit="tax"),))

    assert broken(with_policy(problem, former_post_total_years=3), tiny_plan()) == {}
    assert broken(long_at_one, tiny_plan()) == {}


# --- relative, interest, declared, revisit --------------------------------------------------


@pytest.mark.parametrize("relation", ["spouse", "parent", "child", "sibling", "in_law"])
@pytest.mark.parametrize("position", ["head", "leadership", "staff"])
def test_close_kin_bar_in_any_position(relation: Any, position: Any) -> None:
    relative = Relative(relation, position, unit="tax")

    assert with_facts("cai", relatives=(relative,)) == {"relative": [("cai", "tax")]}


@pytest.mark.parametrize(
    ("position", "is_barred"), [("head", True), ("leadership", True), ("staff", False)]
)
def test_other_kin_bar_where_they_are_in_charge(position: Any, is_barred: bool) -> None:
    verdict = with_facts("cai", relatives=(Relative("other", position, unit="tax"),))

    assert verdict == ({"relative": [("cai", "tax")]} if is_barred else {})


def test_kin_at_a_county_office_bar_the_county_host_seats_included() -> None:
    spouse = Relative("spouse", "staff", office="east")
    host = with_person(tiny_round(), "lei", relatives=(spouse,))

    assert with_facts("cai", relatives=(spouse,)) == {
        "relative": [("cai", "school"), ("cai", "tax")]
    }
    assert with_facts("cai", relatives=(Relative("spouse", "staff", office="west"),)) == {}
    assert "relative" in hosted(host, HostSeats(1, frozenset({"member"})), "lei")


def test_an_interest_bars_the_unit_alone() -> None:
    assert with_facts("cai", interests=("tax",)) == {"interest": [("cai", "tax")]}
    assert with_facts("cai", interests=("clinic",)) == {}


@pytest.mark.parametrize(
    ("entry", "pairs"),
    [
        (Declared("cai", "dispute", "hard", unit="tax"), [("cai", "tax")]),
        (Declared("cai", "dispute", "hard", office="east"), [("cai", "school"), ("cai", "tax")]),
        (Declared("cai", "dispute", "hard", unit="clinic"), []),
        (Declared("cai", "dispute", "soft", unit="tax"), []),
        (Declared("lin", "dispute", "hard", unit="tax"), []),
        (
            Declared("cai", "dispute", "hard", unit="tax", roles=frozenset({"member"})),
            [("cai", "tax")],
        ),
        (Declared("cai", "dispute", "hard", unit="tax", roles=frozenset({"leader"})), []),
    ],
)
def test_a_hard_declaration_bars_what_it_names_in_its_roles(
    entry: Declared, pairs: list[tuple[str, str]]
) -> None:
    assert broken(tiny_round(declared=(entry,)), tiny_plan()) == (
        {"declared": pairs} if pairs else {}
    )


@pytest.mark.parametrize("unless_host", [True, False])
def test_a_hard_declaration_spares_a_host_seat_when_it_says_so(unless_host: bool) -> None:
    entry = Declared("lei", "native_place", "hard", unit="school", unless_host=unless_host)

    verdict = hosted(tiny_round(declared=(entry,)), HostSeats(1, frozenset({"member"})), "lei")

    assert verdict == ({} if unless_host else {"declared": [("lei", "school")]})


def test_nobody_else_is_spared_by_it() -> None:
    entry = Declared("cai", "native_place", "hard", unit="school", unless_host=True)

    assert broken(tiny_round(declared=(entry,)), tiny_plan()) == {"declared": [("cai", "school")]}


@pytest.mark.parametrize(("ago", "is_barred"), [(1, True), (2, True), (3, False)])
def test_nobody_revisits_a_unit_too_soon(ago: int, is_barred: bool) -> None:
    verdict = with_facts("cai", visited=(Visited("tax", ago),))

    assert verdict == ({"revisit": [("cai", "tax")]} if is_barred else {})


@pytest.mark.parametrize(
    ("name", "ago", "is_barred"), [("wu", 2, True), ("wu", 3, False), ("wang", 1, False)]
)
def test_no_leader_leads_again_in_a_county_too_soon(name: str, ago: int, is_barred: bool) -> None:
    verdict = with_facts(name, led=(Led("east", ago),))

    pairs = [(name, "school"), (name, "tax")]
    assert verdict == ({"revisit": pairs} if is_barred else {})


def test_somebody_without_visits_meets_nothing() -> None:
    problem = with_person(tiny_round(), "cai", interests=("tax",))
    idle = with_team(tiny_plan(), "red", visits=())

    assert "interest" not in broken(problem, Schedule(idle.teams[:1]))
