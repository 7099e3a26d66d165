"""Demand against supply, counted before anything is solved."""

from __future__ import annotations

from dataclasses import replace

from scheduling.domain.problem import HostSeats, Policy, Problem
from scheduling.domain.rules import excluded
from scheduling.domain.supply import OfficeFigures, SkillFigures, SupplyFigures, supply_figures
from tests.rounds import EAST, NORTH, WEST, person, tiny_round, unit


def counted(problem: Problem) -> SupplyFigures:
    return supply_figures(problem, excluded(problem))


def office(figures: SupplyFigures, code: str) -> OfficeFigures:
    return next(line for line in figures.offices if line.office == code)


def skill(figures: SupplyFigures, code: str) -> SkillFigures:
    return next(line for line in figures.skills if line.skill == code)


def test_every_person_meets_every_unit_up_for_inspection() -> None:
    problem = tiny_round()

    figures = counted(problem)

    assert figures.pairs == len(problem.inspectors) * len(problem.units)
    assert figures.people == len(problem.inspectors)


def test_a_unit_that_is_not_up_for_inspection_counts_for_nothing() -> None:
    problem = tiny_round()
    closed = replace(problem, units=(*problem.units, unit("depot", EAST, inspectable=False)))

    assert counted(closed) == counted(problem)


def test_own_county_bars_each_person_from_each_unit_at_home() -> None:
    figures = counted(tiny_round())

    assert office(figures, "east").barred_by_rule["own_county"] == 2 * 2
    assert office(figures, "west").barred_by_rule["own_county"] == 3 * 2


def test_a_pair_that_two_rules_bar_counts_once_and_under_each_rule() -> None:
    problem = tiny_round()
    lin = replace(problem.inspector_by_id["lin"], native="east")
    people = tuple(lin if one.id == "lin" else one for one in problem.inspectors)

    before, after = counted(problem), counted(replace(problem, inspectors=people))

    assert office(after, "east").barred_by_rule["native_place"] == 2
    assert office(after, "east").barred == office(before, "east").barred


def test_the_city_s_own_people_are_counted_as_an_office_of_their_own() -> None:
    city = office(counted(tiny_round()), "city")

    assert (city.people, city.leaders, city.barred) == (2, 1, 0)


def test_a_skill_is_asked_for_once_by_units_that_one_team_can_visit_together() -> None:
    """Two units of one county and one team's worth of units each: one person serves both."""
    problem = tiny_round(
        units=(
            unit("school", EAST, skills={"finance": 1}),
            unit("tax", EAST, skills={"finance": 2}),
            unit("port", WEST, skills={"finance": 1}),
            unit("clinic", WEST),
        )
    )

    assert len(problem.teams) == 2
    assert skill(counted(problem), "finance").demand == 2 + 1


def test_units_of_two_counties_are_asked_for_apart_when_a_team_visits_one_county() -> None:
    units = (unit("tax", EAST, skills={"law": 1}), unit("port", WEST, skills={"law": 1}))
    apart = tiny_round(units=units, teams=tiny_round().teams[:1])
    together = replace(apart, policy=Policy(team_counties=2))

    assert skill(counted(apart), "law").demand == 2
    assert skill(counted(together), "law").demand == 1


def test_somebody_barred_from_every_unit_that_needs_the_skill_is_supplied_and_not_usable() -> None:
    problem = tiny_round(
        units=(unit("tax", EAST, skills={"law": 1}),),
        inspectors=(
            person("lin", EAST, skills=frozenset({"law"})),
            person("wu", WEST, skills=frozenset({"law"})),
        ),
    )

    law = skill(counted(problem), "law")

    assert law.supply == {"east": 1, "west": 1}
    assert law.usable == {"west": 1}


def test_a_host_seat_makes_somebody_usable_at_home() -> None:
    problem = tiny_round(
        units=(unit("tax", EAST, skills={"law": 1}),),
        inspectors=(person("lin", EAST, skills=frozenset({"law"})),),
    )
    with_seats = replace(
        problem, policy=Policy(host_seats=HostSeats(max=1, roles=frozenset({"member"})))
    )

    assert skill(counted(problem), "law").usable == {}
    assert skill(counted(with_seats), "law").usable == {"east": 1}


def test_seats_are_the_least_and_the_most_that_all_teams_hold() -> None:
    problem = tiny_round()

    least = sum(team.size[0] for team in problem.teams)
    most = sum(team.size[1] for team in problem.teams)
    assert counted(problem).seats == (least, most)


def test_an_office_that_released_nobody_is_left_out() -> None:
    problem = tiny_round()
    without_north = tuple(one for one in problem.inspectors if one.office != NORTH.id)

    figures = counted(replace(problem, inspectors=without_north))

    assert {line.office for line in figures.offices} == {"city", "east", "west"}
