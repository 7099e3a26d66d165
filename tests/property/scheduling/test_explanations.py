"""Conflicts of random small rounds, proved again on the whole problem and without memory."""

from __future__ import annotations

from collections.abc import Container

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from scheduling.domain.explain import Conflict, explain
from scheduling.domain.explain.projection import projected
from scheduling.domain.model.build import build
from scheduling.domain.problem import Problem
from scheduling.domain.rules.groups import Group, groups
from tests.strategies import problems

SLOW = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])


class _AllBut(Container[tuple[str, tuple[str, ...]]]):
    def __init__(self, parts: frozenset[Group]) -> None:
        self._parts = parts

    def __contains__(self, key: object) -> bool:
        return key not in self._parts


def _has_plan(problem: Problem, parts: frozenset[Group]) -> bool:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(build(problem, without=_AllBut(parts)).cp) != cp_model.INFEASIBLE


def _parts(problem: Problem, conflict: Conflict, *, but: int | None = None) -> frozenset[Group]:
    """What the entries stand for; an entry without subjects is the rule in the whole round."""
    kept = [entry for k, entry in enumerate(conflict.entries) if k != but]
    return frozenset(
        group
        for group in groups(problem)
        if any(e.rule == group.rule and e.subjects in ((), group.subjects) for e in kept)
    )


@SLOW
@given(problems())
def test_a_round_with_a_plan_has_no_conflict_and_one_without_has(problem: Problem) -> None:
    conflict = explain(problem, time_limit_s=60)

    assert (conflict is None) == _has_plan(problem, frozenset(groups(problem)))


@SLOW
@given(problems())
def test_a_conflict_clashes_and_does_not_once_any_entry_is_dropped(problem: Problem) -> None:
    conflict = explain(problem, time_limit_s=60)
    assume(conflict is not None)
    assert conflict is not None

    assert conflict.minimal
    assert not _has_plan(problem, _parts(problem, conflict))
    assert len({(entry.rule, entry.subjects) for entry in conflict.entries}) == len(
        conflict.entries
    )
    for k in range(len(conflict.entries)):
        assert _has_plan(problem, _parts(problem, conflict, but=k))


@SLOW
@given(problems())
def test_the_smaller_problem_has_a_plan_exactly_when_the_whole_one_has(problem: Problem) -> None:
    """For all parts, and for each rule left out of them."""
    parts = frozenset(groups(problem))
    for rule in {"", *(group.rule for group in parts)}:
        kept = frozenset(group for group in parts if group.rule != rule)

        assert _has_plan(projected(problem, kept), kept) == _has_plan(problem, kept)


@settings(SLOW, max_examples=200)
@given(problems(pins=True), st.data())
def test_so_it_has_for_any_few_parts_beside_the_pins(problem: Problem, data: st.DataObject) -> None:
    parts = groups(problem)
    few = data.draw(st.sets(st.sampled_from(parts), max_size=len(parts)))
    kept = frozenset({*few, *(group for group in parts if group.rule == "pin")})

    assert _has_plan(projected(problem, kept), kept) == _has_plan(problem, kept)


@SLOW
@given(problems())
def test_with_every_part_left_out_there_is_a_plan(problem: Problem) -> None:
    assert _has_plan(problem, frozenset())
