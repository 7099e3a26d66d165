"""The field's own acceptance cases, by the numbers that its experts gave them.

1 and 2 long and short service · 3 and 4 near and distant kin · 5 a ring and its pins ·
6 a ring of two · 7 and 8 local people in half-units and swaps · 11 a specialist of the unit's
own system · 12 somebody who is not to be asked about · 14 and 15 people and employers who are
taken already. (Of 7 the engine knows the seats, not the posts within a team.)
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scheduling.domain.explain import explain
from scheduling.domain.goals import measures
from scheduling.domain.problem import (
    Away,
    Declared,
    HostSeats,
    Month,
    PinArc,
    PinPerson,
    PinUnit,
    Post,
    Problem,
    Relative,
    Role,
    TeamSlot,
)
from scheduling.domain.profiles import HALF_UNIT, RING, SWAP, refusals
from scheduling.domain.rules import excluded
from scheduling.domain.solve import Outcome, Search
from tests.rounds import CITY, EAST, NORTH, WEST, person, tiny_round, unit, with_person, with_policy


def _solved(problem: Problem) -> Outcome:
    return Search(problem, time_limit_s=30, workers=1).outcome


def _bars(problem: Problem, who: str, where: str) -> dict[str, frozenset[Role]]:
    return {f.rule: f.roles for f in excluded(problem) if (f.inspector, f.unit) == (who, where)}


def _arcs(problem: Problem, outcome: Outcome) -> set[tuple[str, str]]:
    assert outcome.schedule is not None
    return {
        (problem.inspector_by_id[who].office, problem.unit_by_id[visit.unit].county)
        for team in outcome.schedule.teams
        for who in team.people
        for visit in team.visits
        if problem.inspector_by_id[who].office != "city"
    }


# --- 1 and 2: service long ago ------------------------------------------------------------


def _served_at_school(start: Month, end: Month) -> Problem:
    problem = with_policy(tiny_round(), former_post_total_years=3)
    return with_person(problem, "wu", posts=(Post(start, end, unit="school"),))


def test_1_three_and_a_half_years_bar_though_they_ended_four_years_ago() -> None:
    problem = _served_at_school(Month(2018, 9), Month(2022, 3))

    assert "former_post" in _bars(problem, "wu", "school")


def test_2_a_single_year_that_ended_four_years_ago_bars_nothing() -> None:
    problem = _served_at_school(Month(2021, 3), Month(2022, 3))

    assert _bars(problem, "wu", "school") == {}


# --- 3 and 4: kin -------------------------------------------------------------------------


def _with_kin(who: str, kin: Relative) -> Problem:
    return with_person(tiny_round(), who, relatives=(kin,))


def test_3_a_spouses_brother_in_the_leadership_bars_the_leader() -> None:
    problem = _with_kin("wu", Relative("in_law", "leadership", unit="school"))

    assert "relative" in _bars(problem, "wu", "school")


def test_4_a_cousin_on_the_staff_bars_nobody_but_costs() -> None:
    problem = _with_kin("cai", Relative("other", "staff", unit="school"))
    problem = replace(problem, pins=(PinPerson("cai", "red"), PinUnit("school", "red")))
    outcome = _solved(problem)

    assert _bars(problem, "cai", "school") == {}
    assert outcome.schedule is not None
    assert measures(problem, outcome.schedule)["soft_conflict"] == 1


# --- 5: a ring of three -------------------------------------------------------------------


def _ring_of_three(*pins: PinArc) -> Problem:
    offices = (EAST, WEST, NORTH)
    people = [
        person(f"{office.id}-{k}", office, leader=k == 0, deputy=True)
        for office in offices
        for k in range(3)
    ]
    return tiny_round(
        offices=(CITY, *offices),
        units=tuple(unit(f"bureau-{office.id}", office, mandatory=True) for office in offices),
        inspectors=tuple(people),
        teams=tuple(TeamSlot(f"t{k}", (2, 3), (0, 1)) for k in range(3)),
        policy=RING.policy,
        pins=pins,
    )


def test_5_pinning_both_directions_is_impossible_and_names_the_pins_and_the_rule() -> None:
    outcome = _solved(_ring_of_three(PinArc("east", "west"), PinArc("west", "east")))

    assert outcome.status == "infeasible"
    assert outcome.minimal
    assert {(entry.rule, entry.subjects) for entry in outcome.conflict} == {
        ("pin", ("pins[0]",)),
        ("pin", ("pins[1]",)),
        ("reciprocity", ("east", "west")),
    }


def test_5_pinning_one_direction_gives_the_ring_that_runs_that_way() -> None:
    problem = _ring_of_three(PinArc("east", "north"))

    assert _arcs(problem, _solved(problem)) == {
        ("east", "north"),
        ("north", "west"),
        ("west", "east"),
    }


# --- 6: a ring of two ---------------------------------------------------------------------


def test_6_a_ring_of_two_is_refused_with_use_swap() -> None:
    [refusal] = refusals(RING, counties=2)

    assert refusal.use == SWAP.code


# --- 7: a half-unit with local seats ------------------------------------------------------


def _half_unit(*pins: Any) -> Problem:
    """Six of West and two of East for a bureau of East, under the half-unit profile."""
    people = [
        *(person(f"west-{k}", WEST, leader=k < 2, deputy=True) for k in range(6)),
        *(person(f"east-{k}", EAST, leader=k == 0, deputy=True) for k in range(3)),
    ]
    return tiny_round(
        offices=(CITY, EAST, WEST),
        units=(unit("bureau-east", EAST, mandatory=True),),
        inspectors=tuple(people),
        teams=(TeamSlot("red", (5, 7), (1, 2)),),
        policy=HALF_UNIT.policy,
        pins=pins,
    )


@pytest.mark.parametrize("role", ["deputy", "member"])
def test_7_a_half_unit_holds_local_people_below_its_leader(role: Role) -> None:
    outcome = _solved(_half_unit(PinPerson("east-0", "red", role), PinPerson("east-1", "red")))

    assert outcome.schedule is not None


def test_7_a_local_leader_or_a_third_local_seat_breaks_the_half_unit() -> None:
    for pins in (
        (PinPerson("east-0", "red", "leader"),),
        tuple(PinPerson(f"east-{k}", "red") for k in range(3)),
    ):
        outcome = _solved(_half_unit(*pins))

        assert outcome.status == "infeasible"
        assert {entry.rule for entry in outcome.conflict} >= {"own_county", "pin"}


# --- 8: a swap led from outside -----------------------------------------------------------


def _swap(*pins: Any) -> Problem:
    offices = (EAST, WEST)
    people = [
        person(f"{office.id}-{k}", office, leader=k < 2, deputy=True)
        for office in offices
        for k in range(6)
    ]
    return tiny_round(
        offices=(CITY, *offices),
        units=tuple(unit(f"bureau-{office.id}", office, mandatory=True) for office in offices),
        inspectors=tuple(people),
        teams=(TeamSlot("red", (5, 5), (1, 1)), TeamSlot("blue", (5, 5), (1, 1))),
        policy=SWAP.policy,
        pins=pins,
    )


def test_8_a_swap_has_outside_leaders() -> None:
    problem = _swap()
    outcome = _solved(problem)

    assert outcome.schedule is not None
    for team in outcome.schedule.teams:
        assert team.leader is not None
        hosts = {problem.unit_by_id[visit.unit].county for visit in team.visits}
        assert problem.inspector_by_id[team.leader].office not in hosts


def test_8_a_local_leader_that_was_pinned_is_impossible_and_unpinning_the_cheapest_way_out() -> (
    None
):
    outcome = _solved(_swap(PinPerson("east-0", "red", "leader"), PinUnit("bureau-east", "red")))

    assert outcome.status == "infeasible"
    assert {(entry.rule, entry.subjects) for entry in outcome.conflict} == {
        ("pin", ("pins[0]",)),
        ("pin", ("pins[1]",)),
        ("own_county", ("bureau-east",)),
    }


def test_8_taking_the_pin_back_is_the_first_way_out_and_a_plan_follows_from_it() -> None:
    problem = _swap(PinPerson("east-0", "red", "leader"), PinUnit("bureau-east", "red"))
    conflict = explain(problem, time_limit_s=60)

    assert conflict is not None
    assert [way.subjects for way in conflict.ways_out[:2]] == [("pins[0]",), ("pins[1]",)]
    assert _solved(replace(problem, pins=problem.pins[1:])).schedule is not None


def test_8_a_local_deputy_that_was_pinned_is_allowed() -> None:
    problem = _swap(PinPerson("east-2", "red", "deputy"), PinUnit("bureau-east", "red"))

    assert problem.policy.host_seats == HostSeats(2, frozenset({"deputy", "member"}))
    assert _solved(problem).schedule is not None


# --- 11: the only specialist works in the unit's system -----------------------------------


def _only_specialist_in_education() -> Problem:
    """Wang, of an education bureau elsewhere, alone has what East's school needs."""
    problem = with_person(tiny_round(), "wang", system="education")
    needs = (replace(u, skills={"finance": 1}) if u.id == "school" else u for u in problem.units)
    cost = Declared("wang", "system", "soft", unit="school", weight=7)
    return replace(problem, units=tuple(needs), declared=(cost,))


def test_11_own_system_keeps_the_specialist_from_leading_but_not_from_the_team() -> None:
    bars = _bars(_only_specialist_in_education(), "wang", "school")

    assert bars == {"system": frozenset({"leader", "deputy"})}


def test_11_the_need_is_met_and_the_cost_is_shown() -> None:
    problem = _only_specialist_in_education()
    outcome = _solved(problem)

    assert outcome.schedule is not None
    [team] = [t for t in outcome.schedule.teams if "school" in {v.unit for v in t.visits}]
    assert "wang" in team.members
    assert measures(problem, outcome.schedule)["soft_conflict"] == 7


def test_11_bound_for_everybody_the_need_cannot_be_met_and_both_rules_are_named() -> None:
    outcome = _solved(with_policy(_only_specialist_in_education(), system="all"))

    assert outcome.status == "infeasible"
    assert {entry.rule for entry in outcome.conflict} == {"coverage", "skills", "system"}


# --- 12: out without a reason -------------------------------------------------------------


def test_12_somebody_pinned_out_is_in_no_team() -> None:
    outcome = _solved(tiny_round(pins=(PinPerson("wu", None),)))

    assert outcome.schedule is not None
    assert "wu" not in {who for team in outcome.schedule.teams for who in team.people}


def test_12_an_explanation_says_that_they_are_out_and_never_why() -> None:
    outcome = _solved(tiny_round(pins=(PinPerson("wu", None), PinPerson("wu", "red"))))

    [entry] = [e for e in outcome.conflict if e.subjects == ("pins[0]",)]
    assert entry.text.en == "Pinned: Wu is out of the round."
    assert entry.text.zh == "已定：Wu不参加本轮。"


# --- 14: two rounds at once ---------------------------------------------------------------


def _in_another_round(*pins: PinPerson) -> Problem:
    """Wu is in another round on the first working day of this one."""
    other = Away(date(2026, 2, 16), date(2026, 3, 2))
    return with_person(tiny_round(pins=pins), "wu", away=(other,))


def test_14_somebody_in_another_round_is_in_no_team_that_visits_on_those_days() -> None:
    problem = _in_another_round(PinPerson("wu", "red"))
    outcome = _solved(problem)

    assert outcome.schedule is not None
    [team] = [team for team in outcome.schedule.teams if "wu" in team.people]
    assert min(visit.start for visit in team.visits) > date(2026, 3, 2)


def test_14_a_visit_pinned_to_those_days_with_them_is_impossible() -> None:
    problem = _in_another_round(PinPerson("wu", "red"))
    visit = PinUnit("school", "red", date(2026, 3, 2))
    outcome = _solved(replace(problem, pins=(*problem.pins, visit)))

    assert outcome.status == "infeasible"
    assert {(entry.rule, entry.subjects) for entry in outcome.conflict} == {
        ("pin", ("pins[0]",)),
        ("pin", ("pins[1]",)),
        ("availability", ("red",)),
    }


# --- 15: an employer that has given two people already ------------------------------------


def test_15_a_third_person_of_one_employer_is_blocked() -> None:
    problem = tiny_round(pins=tuple(PinPerson(who, "red") for who in ("wu", "wang", "cai")))
    for who in ("wu", "wang", "cai"):
        problem = with_person(problem, who, home_unit="bureau of finance")

    outcome = _solved(problem)

    assert outcome.status == "infeasible"
    assert {entry.rule for entry in outcome.conflict} == {"pin", "home_unit_quota"}
    assert _solved(replace(problem, pins=problem.pins[1:])).schedule is not None
