"""What a fact becomes in the masked round, example by example."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduling.domain.document import problem_as_json, read_problem, write_problem
from scheduling.domain.masking import mask
from scheduling.domain.problem import (
    Declared,
    HostSeats,
    Led,
    Month,
    Pair,
    Post,
    Problem,
    Relative,
    Role,
    Visited,
)
from tests.rounds import tiny_round, with_person, with_policy

LEADING: frozenset[Role] = frozenset({"leader", "deputy"})
LEADER: frozenset[Role] = frozenset({"leader"})
MEMBER: frozenset[Role] = frozenset({"member"})
HOSTS = HostSeats(1, MEMBER)


def _entries(problem: Problem) -> tuple[Declared, ...]:
    return mask(problem).declared


@pytest.mark.parametrize(
    ("facts", "entry"),
    [
        ({"native": "east"}, Declared("wu", "native_place", "hard", office="east")),
        ({"interests": ("tax",)}, Declared("wu", "interest", "hard", unit="tax")),
        ({"system": "health"}, Declared("wu", "system", "hard", office="west", roles=LEADING)),
        ({"visited": (Visited("tax", 1),)}, Declared("wu", "revisit", "hard", unit="tax")),
        (
            {"led": (Led("east", 1),)},
            Declared("wu", "revisit", "hard", office="east", roles=LEADER),
        ),
        (
            {"relatives": (Relative("spouse", "staff", "tax"),)},
            Declared("wu", "relative", "hard", unit="tax"),
        ),
        (
            {"relatives": (Relative("other", "staff", "tax"),) * 2},
            Declared("wu", "relative", "soft", unit="tax", weight=2),
        ),
        (
            {"posts": (Post(Month(2020, 1), None, unit="clinic"),)},
            Declared("wu", "former_post", "hard", unit="clinic"),
        ),
        # Her employer has one unit below it, and the two are all of their county.
        ({"home_unit": "hospital"}, Declared("wu", "own_unit", "hard", office="west")),
    ],
)
def test_a_fact_becomes_an_entry_with_the_code_of_its_rule(
    facts: dict[str, Any], entry: Declared
) -> None:
    assert _entries(with_person(tiny_round(), "wu", **facts)) == (entry,)


def test_what_bars_nothing_leaves_no_trace() -> None:
    long_ago = (Post(Month(2001, 1), Month(2001, 6), unit="tax"),)
    problem = with_person(tiny_round(), "wu", native="a village", posts=long_ago)

    assert _entries(problem) == ()


def test_what_was_declared_stays_and_stands_in_order_with_the_rest() -> None:
    declared = Declared("wu", "school", "soft", unit="tax", weight=3)
    problem = with_person(replace(tiny_round(), declared=(declared,)), "cai", interests=("tax",))

    assert _entries(problem) == (Declared("cai", "interest", "hard", unit="tax"), declared)


def test_a_pair_does_not_say_what_ties_the_two() -> None:
    problem = replace(tiny_round(), pairs=(Pair("wu", "wang", "spouse"),))

    assert mask(problem).pairs == (Pair("wu", "wang", "pair"),)


# --- The exemption of host seats ----------------------------------------------------------


def test_at_home_one_is_on_a_host_seat_and_nothing_is_barred() -> None:
    problem = with_policy(with_person(tiny_round(), "lei", native="east"), host_seats=HOSTS)

    assert _entries(problem) == ()


def test_a_team_of_one_county_settles_the_exemption_beforehand() -> None:
    problem = with_policy(with_person(tiny_round(), "lei", native="west"), host_seats=HOSTS)

    assert _entries(problem) == (Declared("lei", "native_place", "hard", office="west"),)


def test_a_team_of_two_counties_leaves_it_to_the_plan_in_the_roles_of_host_seats() -> None:
    problem = with_person(tiny_round(), "lei", native="west")
    problem = with_policy(problem, host_seats=HOSTS, team_counties=2)

    assert _entries(problem) == (
        Declared(
            "lei",
            "native_place",
            "hard",
            office="west",
            roles=MEMBER,
            unless_host=True,
        ),
        Declared("lei", "native_place", "hard", office="west", roles=LEADING),
    )


def test_people_of_the_city_are_on_no_host_seat() -> None:
    problem = with_person(tiny_round(), "cai", native="west")
    problem = with_policy(problem, host_seats=HOSTS, team_counties=2)

    assert _entries(problem) == (Declared("cai", "native_place", "hard", office="west"),)


# --- Tokens and bytes ---------------------------------------------------------------------


def test_a_token_is_no_unit_of_the_round() -> None:
    problem = with_person(tiny_round(), "wu", home_unit="the harbour company")
    units = (*problem.units, replace(problem.units[0], id="employer-1"))

    assert mask(problem).inspector_by_id["wu"].home_unit == "employer-1"
    assert mask(replace(problem, units=units)).inspector_by_id["wu"].home_unit == "_employer-1"


def test_a_written_problem_reads_back_and_is_the_same_bytes_each_time() -> None:
    problem = mask(with_person(tiny_round(), "wu", native="east", home_unit="hospital"))

    written = write_problem(problem)

    assert read_problem(written) == problem
    assert write_problem(read_problem(written)) == written


def test_the_usual_of_an_entry_is_not_written() -> None:
    problem = replace(tiny_round(), declared=(Declared("wu", "dispute", "hard", unit="tax"),))

    [entry] = problem_as_json(problem)["declared"]
    assert set(entry) == {"inspector", "unit", "kind", "severity"}
