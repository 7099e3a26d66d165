"""Why a round cannot be planned, in a few entries that name names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scheduling.domain.document import read_problem
from scheduling.domain.explain import Conflict, explain
from scheduling.domain.explain.suspects import tightest_first
from scheduling.domain.problem import (
    Declared,
    Pin,
    PinArc,
    PinPerson,
    PinUnit,
    Problem,
    Relative,
    Window,
)
from scheduling.domain.rules.groups import groups
from tests.rounds import day, tiny_round, with_person, with_policy, with_unit

INSTANCES = Path(__file__).parents[2] / "instances"


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


# --- Ten counties ---------------------------------------------------------------------------

# Deterministic work of the solver, not seconds. Proofs on the whole round of 40 teams and 460
# people cost far more: each conflict below has to be found on the few teams, units and people
# that it is about.
LITTLE_WORK = 3.0


@pytest.fixture(scope="module")
def mixed() -> Problem:
    return read_problem((INSTANCES / "mixed-10-1.problem.json").read_bytes())


@pytest.fixture(scope="module")
def paired() -> Problem:
    return read_problem((INSTANCES / "paired-10-1.problem.json").read_bytes())


def _told(problem: Problem) -> set[tuple[str, tuple[str, ...]]]:
    conflict = explain(problem, time_limit_s=600, work_limit=LITTLE_WORK)
    assert conflict is not None
    assert conflict.minimal
    return {(entry.rule, entry.subjects) for entry in conflict.entries}


def _pins(*numbers: int) -> set[tuple[str, tuple[str, ...]]]:
    return {("pin", (f"pins[{number}]",)) for number in numbers}


def _leader_of(problem: Problem, office: str) -> str:
    return next(i.id for i in problem.inspectors if i.leader and i.office == office)


def test_a_local_leader_pinned_among_ten_counties_is_told_in_three_entries(mixed: Problem) -> None:
    pins: tuple[Pin, ...] = (
        PinPerson(_leader_of(mixed, "c000"), "t000", "leader"),
        PinUnit("u_c000_00", "t000"),
        *(PinPerson(i.id, None) for i in mixed.inspectors[5:200:10]),
    )

    assert _told(replace(mixed, pins=pins)) == {("own_county", ("u_c000_00",)), *_pins(0, 1)}


def test_more_units_pinned_to_one_team_than_it_can_visit_are_told(mixed: Problem) -> None:
    units = [unit for unit in mixed.units if unit.county == "c000"]
    told = _told(replace(mixed, pins=tuple(PinUnit(unit.id, "t000") for unit in units)))
    asked = sum(units[k].days for k in range(len(units)) if _pins(k) <= told)

    assert ("overlap", ("t000",)) in told
    assert {rule for rule, _ in told} == {"overlap", "pin"}
    assert asked > len(mixed.calendar)


def test_a_county_to_which_nobody_may_be_sent_is_told_with_those_decisions(mixed: Problem) -> None:
    origins = [office.id for office in mixed.counties if office.id != "c003"]
    told = _told(replace(mixed, pins=tuple(PinArc(o, "c003", forbid=True) for o in origins)))

    # Teams mix at least two offices: all but one of the decisions are needed.
    assert {rule for rule, _ in told} == {"coverage", "home_offices", "pin"}
    assert len([rule for rule, _ in told if rule == "pin"]) == len(origins) - 1


def test_two_counties_pinned_to_inspect_each_other_are_told_among_ten(paired: Problem) -> None:
    pins = (PinArc("c000", "c001"), PinArc("c001", "c000"))

    assert _told(replace(paired, pins=pins)) == {("reciprocity", ("c000", "c001")), *_pins(0, 1)}


def test_a_county_whose_outside_leaders_are_all_barred_is_told_at_one_unit(mixed: Problem) -> None:
    barred = (
        Declared(i.id, "objection", "hard", office="c003")
        for i in mixed.inspectors
        if i.leader and i.office != "c003"
    )
    told = _told(replace(mixed, declared=(*mixed.declared, *barred)))

    assert told == {
        ("coverage", ("u_c003_00",)),
        ("own_county", ("u_c003_00",)),
        ("declared", ("u_c003_00",)),
        ("leader", ()),
    }


def test_more_specialists_than_a_team_has_seats_are_told_with_its_size(mixed: Problem) -> None:
    told = _told(with_unit(mixed, "u_c000_00", skills={"law": 8}))

    assert told == {
        ("coverage", ("u_c000_00",)),
        ("skills", ("u_c000_00",)),
        ("team_size", ()),
    }


def test_the_county_where_people_are_scarcest_is_looked_at_first() -> None:
    problem = with_unit(tiny_round(), "hospital", skills={"law": 1})
    counties = tightest_first(problem, frozenset(groups(problem)))

    assert counties == [[("coverage", ("hospital",))], [("coverage", ("school",))]]
