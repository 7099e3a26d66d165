"""Why, why not, and what differs: on the small round, in the words that people read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduling.domain.desk.compare import PersonMoved, SeatAt, UnitMoved, VisitAt, compare
from scheduling.domain.desk.edits import EditImpossible, MoveUnit, Swap, apply
from scheduling.domain.desk.reasons import facts_of, why, why_not, why_not_unit
from scheduling.domain.masking import mask
from scheduling.domain.problem import HostSeats, Pair, PinPerson, Problem, Schedule
from tests.rounds import day, tiny_plan, tiny_round, with_person, with_policy, with_team

PROBLEM, PLAN = tiny_round(), tiny_plan()


def _figures(problem: Problem, who: str, plan: Schedule = PLAN) -> dict[str, str]:
    return {passed.rule: passed.says.en for passed in why(problem, plan, who)}


def _hindrances(problem: Problem, who: str, **where: str) -> list[tuple[str, str, tuple[str, ...]]]:
    found = why_not(problem, PLAN, who, **where)  # type: ignore[arg-type]
    return [(h.rule, h.kind, h.subjects) for h in found]


# --- Why ----------------------------------------------------------------------------------


def test_a_seat_is_told_with_the_figure_of_each_rule() -> None:
    problem = with_policy(PROBLEM, recent_days_cap=90, per_office_max=2, office_targets=1)

    figures = _figures(problem, "wu")

    assert figures["recent_cap"] == "10 + 6 ≤ 90 days."
    assert figures["availability"] == "0 of 0 days away."
    assert figures["experienced"] == "Served before: 3 (at least 1)."
    assert figures["per_office_max"] == "People of West office: 2 (at most 2)."
    assert figures["office_targets"] == "Counties that West office sends to: 1 (at most 1)."
    assert figures["team_size"] == "People: 3 (3 to 4 asked for)."
    assert figures["own_county"] == "Bars them from none of the team's 2 units."


def test_rules_that_do_not_concern_the_seat_are_left_out() -> None:
    figures = _figures(PROBLEM, "cai")  # of the city, a member

    for rule in ("leader", "pair", "pin", "home_unit_quota", "home_offices", "reciprocity"):
        assert rule not in figures


def test_a_host_seat_is_counted_against_its_limit() -> None:
    problem = with_policy(PROBLEM, host_seats=HostSeats(2, frozenset({"member"})))
    plan = with_team(PLAN, "red", members=("cai", "lei"))

    figure = _figures(problem, "lei", plan)["own_county"]

    assert figure == "On a host seat; people of East office: 1 (at most 2)."


def test_a_rule_that_the_seat_breaks_is_not_passed() -> None:
    problem = with_person(replace(PROBLEM, pairs=(Pair("wu", "cai", "spouse"),)), "cai", rounds=0)

    assert "pair" not in _figures(problem, "cai")


def test_somebody_in_no_team_passes_nothing() -> None:
    assert why(PROBLEM, PLAN, "lin") == []


# --- Why not ------------------------------------------------------------------------------


def test_somebody_who_fits_has_no_hindrance() -> None:
    assert why_not(PROBLEM, PLAN, "wen", team="red") == []


def test_a_bar_is_told_unit_by_unit() -> None:
    assert _hindrances(PROBLEM, "lin", team="red") == [
        ("own_county", "bar", ("lin", "school")),
        ("own_county", "bar", ("lin", "tax")),
    ]


def test_masked_and_whole_tell_the_same_code() -> None:
    problem = with_person(PROBLEM, "wen", native="east")

    told = _hindrances(problem, "wen", team="red")

    assert told == _hindrances(mask(problem), "wen", team="red")
    assert {rule for rule, _, _ in told} == {"native_place"}


def test_who_sits_elsewhere_is_told_so_and_not_what_their_team_would_lack() -> None:
    assert _hindrances(PROBLEM, "nie", team="red", role="deputy") == [
        ("one_team", "elsewhere", ("blue",)),
        ("leader", "team rule", ("red",)),  # two deputies
    ]


def test_instead_of_somebody_their_seat_is_free() -> None:
    assert why_not(PROBLEM, PLAN, "wen", team="blue", role="member", instead_of="nan") != []
    assert why_not(PROBLEM, PLAN, "chen", team="red", role="leader", instead_of="wu") == []


def test_a_decision_for_another_team_is_a_hindrance() -> None:
    problem = replace(PROBLEM, pins=(PinPerson("nan", "blue"),))

    assert ("pin", "team rule", ("pins[0]",)) in _hindrances(problem, "nan", team="red")


def test_a_team_may_take_a_unit_when_nothing_stands_in_the_way() -> None:
    problem = with_policy(PROBLEM, team_counties=2, reciprocity="off")

    assert why_not_unit(problem, PLAN, "harbour", "red") != []  # four days are left, five needed
    assert why_not_unit(problem, PLAN, "clinic", "blue") == []  # it does already


def test_what_the_other_team_would_lack_is_told_as_elsewhere() -> None:
    plan = with_team(PLAN, "blue", visits=PLAN.teams[1].visits[:1])

    kinds = {(h.rule, h.kind) for h in why_not_unit(PROBLEM, plan, "hospital", "red")}

    assert ("team_size", "elsewhere") in kinds
    assert ("own_county", "bar") in kinds
    assert ("team_counties", "team rule") in kinds


def test_facts_are_given_for_one_pair_and_are_gone_from_the_masked_round() -> None:
    problem = with_person(PROBLEM, "wu", native="east")

    [fact] = facts_of(problem, "wu", "school")
    [code] = facts_of(mask(problem), "wu", "school")

    assert fact.en == "Wu was born in the county of East office."
    assert code.en == "Wu has a declared conflict: native_place."


def test_nobody_unknown_is_explained() -> None:
    with pytest.raises(EditImpossible):
        why(PROBLEM, PLAN, "nobody")
    with pytest.raises(EditImpossible):
        why_not(PROBLEM, PLAN, "wen", team="green")


# --- Two plans ----------------------------------------------------------------------------


def test_a_comparison_says_who_came_who_went_and_what_moved() -> None:
    plan = apply(PROBLEM, PLAN, Swap("cai", "wen"))
    plan = apply(PROBLEM, plan, MoveUnit("clinic", "red"))

    difference = compare(PROBLEM, PLAN, plan)

    assert difference.people == (
        PersonMoved("cai", SeatAt("red", "member"), None),
        PersonMoved("wen", None, SeatAt("red", "member")),
    )
    assert difference.units == (
        UnitMoved("clinic", VisitAt("blue", day(5)), VisitAt("red", day(7))),
    )
    red, blue = difference.teams
    assert (red.people_in, red.people_out, red.units_in) == (("wen",), ("cai",), ("clinic",))
    assert (blue.people_in, blue.units_out) == ((), ("clinic",))
    assert difference.changes == 3
    [travel] = [pair for pair in difference.measures if pair.measure == "travel"]
    assert travel.delta == travel.b - travel.a != 0


def test_a_swap_of_roles_is_told_in_the_team() -> None:
    plan = apply(PROBLEM, PLAN, Swap("wu", "wang"))

    [red] = compare(PROBLEM, PLAN, plan).teams

    assert [(m.inspector, m.after) for m in red.role_changes] == [
        ("wu", SeatAt("red", "deputy")),
        ("wang", SeatAt("red", "leader")),
    ]
