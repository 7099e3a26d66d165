"""Why a round cannot be planned, in a few entries that name names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduling.domain.explain import Conflict, explain
from scheduling.domain.problem import PinArc, PinPerson, PinUnit, Problem, Relative, Window
from tests.rounds import day, tiny_round, with_person, with_policy, with_unit


def _conflict(problem: Problem) -> Conflict:
    conflict = explain(problem, time_limit_s=30)
    assert conflict is not None
    assert conflict.minimal
    return conflict


def _entries(problem: Problem) -> set[tuple[str, tuple[str, ...]]]:
    return {(entry.rule, entry.subjects) for entry in _conflict(problem).entries}


def _only_lin_may_lead() -> Problem:
    problem = tiny_round()
    people = tuple(replace(i, leader=i.id == "lin") for i in problem.inspectors)
    return replace(problem, inspectors=people)


def test_a_round_that_can_be_planned_has_no_conflict() -> None:
    assert explain(tiny_round(), time_limit_s=30) is None


def test_a_unit_that_no_leader_may_visit_is_named_with_the_bar_and_the_teams() -> None:
    assert _entries(_only_lin_may_lead()) == {
        ("coverage", ("school",)),
        ("own_county", ("school",)),
        ("leader", ("red",)),
        ("leader", ("blue",)),
    }


def test_the_people_whom_a_rule_bars_are_named_leaders_first() -> None:
    [entry] = [e for e in _conflict(_only_lin_may_lead()).entries if e.rule == "own_county"]

    assert "Lin, Lei" in entry.text.en
    assert "Lin、Lei" in entry.text.zh


def test_the_reason_of_a_bar_stays_at_home() -> None:
    problem = _only_lin_may_lead()
    problem = with_person(
        problem,
        "lin",
        office="north",
        relatives=(Relative("spouse", "staff", unit="school"),),
    )
    texts = [entry.text for entry in _conflict(problem).entries]

    assert any("Lin" in text.en for text in texts)
    assert not any("spouse" in text.en.lower() or "配偶" in text.zh for text in texts)


def test_a_visit_longer_than_its_window_clashes_with_being_mandatory() -> None:
    problem = with_unit(tiny_round(), "school", window=Window(day(1), day(2)))

    assert _entries(problem) == {("coverage", ("school",)), ("window", ("school",))}


def test_a_visit_longer_than_the_round_is_told_the_same_way() -> None:
    problem = with_unit(tiny_round(), "school", days=11)

    assert _entries(problem) == {("coverage", ("school",)), ("window", ("school",))}


def test_a_skill_that_nobody_brings_is_named_at_the_unit() -> None:
    problem = with_unit(tiny_round(), "school", skills={"law": 2})

    assert _entries(problem) == {("coverage", ("school",)), ("skills", ("school",))}


def test_pins_that_contradict_one_another_are_named_by_their_place() -> None:
    problem = tiny_round(pins=(PinUnit("tax", None), PinPerson("wu", "red"), PinPerson("wu", None)))

    assert _entries(problem) == {("pin", ("pins[1]",)), ("pin", ("pins[2]",))}


def test_what_binds_many_teams_is_told_once_for_the_whole_round() -> None:
    slot = tiny_round().teams[0]
    problem = replace(
        _only_lin_may_lead(), teams=tuple(replace(slot, id=f"t{k}") for k in range(6))
    )

    assert ("leader", ()) in _entries(problem)


def test_the_cheapest_way_out_is_to_take_a_decision_back() -> None:
    problem = tiny_round(pins=(PinArc("east", "west"), PinArc("west", "east")))
    ways_out = _conflict(problem).ways_out

    assert [entry.rule for entry in ways_out] == ["pin", "pin", "reciprocity"]


def test_kin_are_never_a_way_out() -> None:
    problem = with_person(
        tiny_round(pins=(PinPerson("chen", "red"), PinUnit("school", "red"))),
        "chen",
        relatives=(Relative("spouse", "head", unit="school"),),
    )
    conflict = _conflict(problem)

    assert "relative" in {entry.rule for entry in conflict.entries}
    assert "relative" not in {entry.rule for entry in conflict.ways_out}


def test_out_of_time_the_rules_are_named_without_a_claim_that_they_are_the_fewest() -> None:
    problem = with_policy(tiny_round(), experienced=4)
    conflict = explain(problem, time_limit_s=30, should_stop=lambda: True)

    assert conflict is not None
    assert not conflict.minimal
    assert "experienced" in {entry.rule for entry in conflict.entries}


def test_the_same_problem_is_explained_in_the_same_words() -> None:
    problem = with_policy(tiny_round(), experienced=4)

    assert explain(problem, time_limit_s=30) == explain(problem, time_limit_s=30)


def test_a_time_limit_must_be_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        explain(tiny_round(), time_limit_s=0)
