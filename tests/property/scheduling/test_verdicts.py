"""The verifier and the measures on plans of every kind; the exhaustive search against none."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduling.domain.goals import measures, tier_values
from scheduling.domain.problem import ROLES, Problem, Role, Schedule, Team, Visit
from scheduling.domain.verify import breaches
from tests.exhaustive import TooMany, all_plans, best_plan
from tests.rounds import tiny_round
from tests.strategies import problems, schedules

Seat = tuple[int, Role] | None


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_every_plan_has_a_verdict_and_measures_that_are_never_negative(
    data: st.DataObject,
) -> None:
    problem = data.draw(problems())
    schedule = data.draw(schedules(problem))

    found = breaches(problem, schedule)
    figures = measures(problem, schedule)

    assert all(breach.text and breach.subjects for breach in found)
    assert len({(breach.code, breach.subjects, breach.text) for breach in found}) == len(found)
    assert all(isinstance(value, int) and value >= 0 for value in figures.values())


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_neither_the_order_of_the_plan_nor_that_of_the_problem_changes_the_verdict(
    data: st.DataObject,
) -> None:
    problem = data.draw(problems(pins=False))
    schedule = data.draw(schedules(problem))
    assume(len({team.id for team in schedule.teams}) == len(schedule.teams))
    shuffled = Schedule(
        tuple(
            replace(team, visits=tuple(reversed(team.visits))) for team in reversed(schedule.teams)
        )
    )
    turned = replace(
        problem,
        units=tuple(reversed(problem.units)),
        inspectors=tuple(reversed(problem.inspectors)),
        offices=tuple(reversed(problem.offices)),
        declared=tuple(reversed(problem.declared)),
    )

    def verdict(problem: Problem, schedule: Schedule) -> set[tuple[str, frozenset[str]]]:
        return {(breach.code, frozenset(breach.subjects)) for breach in breaches(problem, schedule)}

    assert verdict(turned, shuffled) == verdict(problem, schedule)
    assert measures(turned, shuffled) == measures(problem, schedule)


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_a_plan_published_and_unchanged_costs_no_change(data: st.DataObject) -> None:
    problem = data.draw(problems(baseline=False))
    schedule = data.draw(schedules(problem))

    published = replace(problem, baseline=schedule.teams)

    assert measures(published, schedule)["changes"] == 0
    assert measures(published, Schedule(()))["changes"] == len(
        {person for team in schedule.teams for person in team.people}
    ) + len({visit.unit for team in schedule.teams for visit in team.visits})


# --- The exhaustive search ------------------------------------------------------------------


def every_schedule(problem: Problem) -> list[Schedule]:
    """All that could be written down with one seat a person and one visit a unit."""
    teams = range(len(problem.teams))
    seats: list[Seat] = [None, *product(teams, ROLES)]
    visits = [
        [
            None,
            *(
                (team, Visit(unit.id, problem.calendar[k], problem.calendar[k + unit.days - 1]))
                for team in teams
                for k in range(len(problem.calendar) - unit.days + 1)
            ),
        ]
        for unit in problem.units
    ]
    return [
        _schedule(problem, taken, made)
        for taken in product(seats, repeat=len(problem.inspectors))
        for made in product(*visits)
    ]


def _schedule(
    problem: Problem, taken: tuple[Seat, ...], made: tuple[tuple[int, Visit] | None, ...]
) -> Schedule:
    def people(team: int, role: Role) -> tuple[str, ...]:
        return tuple(
            inspector.id
            for inspector, seat in zip(problem.inspectors, taken, strict=True)
            if seat == (team, role)
        )

    # A second leader cannot be written down; as a member they are counted elsewhere.
    return Schedule(
        tuple(
            Team(
                slot.id,
                leader=next(iter(people(team, "leader")), None),
                deputies=people(team, "deputy"),
                members=people(team, "member"),
                visits=tuple(entry[1] for entry in made if entry is not None and entry[0] == team),
            )
            for team, slot in enumerate(problem.teams)
        )
    )


@settings(deadline=None, max_examples=40)
@given(
    problems(counties=(2, 2), people=(2, 3), teams=(1, 1), units=(1, 2), days=(2, 3))
    | problems(counties=(2, 2), people=(1, 2), teams=(2, 2), units=(1, 2), days=(2, 2))
)
def test_the_staged_search_finds_what_trying_everything_finds(problem: Problem) -> None:
    best = best_plan(problem)

    values = [
        tier_values(problem, measures(problem, schedule))
        for schedule in every_schedule(problem)
        if not breaches(problem, schedule)
    ]
    assert (None if best is None else best.tiers) == min(values, default=None)
    if best is not None:
        assert breaches(problem, best.schedule) == []


def test_the_staged_search_says_when_a_round_is_not_tiny() -> None:
    with pytest.raises(TooMany):
        list(all_plans(tiny_round(), most=100))
