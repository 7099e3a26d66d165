"""The bars of the rule book against the verifier, which states each of them a second time."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.domain.problem import ROLES, Problem, Role, Schedule, Team, Unit, Visit
from scheduling.domain.rules import RULE_BOOK, excluded
from scheduling.domain.verify import CHECKS, breaches
from tests.strategies import problems

PERSON_RULES = frozenset(rule.code for rule in RULE_BOOK if rule.kind == "person")
Bar = tuple[str, str, str]  # rule, inspector, unit


def _alone(problem: Problem, inspector: str, role: Role, units: tuple[Unit, ...]) -> Schedule:
    """One team that holds nobody else and visits the units."""
    day = problem.calendar[0]
    return Schedule(
        (
            Team(
                problem.teams[0].id,
                leader=inspector if role == "leader" else None,
                deputies=(inspector,) if role == "deputy" else (),
                members=(inspector,) if role == "member" else (),
                visits=tuple(Visit(unit.id, day, day) for unit in units),
            ),
        )
    )


def _barred_by_verifier(problem: Problem, schedule: Schedule) -> set[Bar]:
    return {
        (breach.code, breach.subjects[0], breach.subjects[1])
        for breach in breaches(problem, schedule)
        if breach.code in PERSON_RULES
    }


def _barred_by_rules(
    problem: Problem, inspector: str, role: Role, units: tuple[Unit, ...]
) -> set[Bar]:
    office = problem.inspector_by_id[inspector].office
    on_host_seat = office in {unit.county for unit in units}
    visited = {unit.id for unit in units}
    return {
        (fact.rule, fact.inspector, fact.unit)
        for fact in excluded(problem)
        if fact.inspector == inspector
        and fact.unit in visited
        and role in fact.roles
        and not (fact.unless_host and on_host_seat)
    }


@settings(max_examples=150, deadline=None)
@given(problems(people=(1, 4), units=(1, 5), teams=(1, 1), pins=False, baseline=False))
def test_a_pair_is_excluded_exactly_when_the_verifier_names_the_rule(problem: Problem) -> None:
    inspectable = [unit for unit in problem.units if unit.inspectable]

    for inspector, unit, role in product(problem.inspectors, inspectable, ROLES):
        plan = _alone(problem, inspector.id, role, (unit,))

        assert _barred_by_rules(problem, inspector.id, role, (unit,)) == _barred_by_verifier(
            problem, plan
        )


@settings(max_examples=100, deadline=None)
@given(
    problems(people=(1, 3), units=(2, 5), teams=(1, 1), pins=False, baseline=False),
    st.data(),
)
def test_a_host_seat_is_exempt_in_both_when_the_team_also_visits_the_own_county(
    problem: Problem, data: st.DataObject
) -> None:
    inspectable = [unit for unit in problem.units if unit.inspectable]
    if not inspectable:
        return
    units = tuple(
        data.draw(
            st.lists(st.sampled_from(inspectable), min_size=1, unique_by=lambda unit: unit.id)
        )
    )

    for inspector, role in product(problem.inspectors, ROLES):
        plan = _alone(problem, inspector.id, role, units)

        assert _barred_by_rules(problem, inspector.id, role, units) == _barred_by_verifier(
            problem, plan
        )


@settings(max_examples=50, deadline=None)
@given(problems())
def test_nobody_is_barred_from_what_is_never_visited(problem: Problem) -> None:
    assert all(problem.unit_by_id[fact.unit].inspectable for fact in excluded(problem))


def test_the_rule_book_and_the_verifier_know_the_same_codes() -> None:
    assert sorted(CHECKS) == sorted(rule.code for rule in RULE_BOOK)
