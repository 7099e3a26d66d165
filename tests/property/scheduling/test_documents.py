"""Reading and writing documents: round trips, and no bytes that bring the reader down."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scheduling.domain.document import (
    Fault,
    InvalidDocument,
    PlanDocument,
    TierValue,
    plan_as_json,
    problem_as_json,
    read_plan,
    read_problem,
)
from scheduling.domain.goals import measures, tier_values, uncovered_units
from scheduling.domain.problem import Problem
from tests.rounds import tiny_round
from tests.strategies import problems, schedules
from tests.unit.scheduling.documents import full_document, written
from tests.unit.scheduling.plans import infeasible_plan, true_plan

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from(["2026-03-02", "2026-03", "east", "school", "lin", "red", "leader", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=3) | st.sampled_from(["id", "unit", "from"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


def read_or_refused(read: Callable[[], object]) -> None:
    """Either it is read, or every fault is one printable line with a path."""
    faults = faults_of(read)
    assert faults is None or faults
    for fault in faults or ():
        line = str(fault)
        assert line.startswith("$")
        assert ": " in line
        assert line.isprintable()
        assert line.encode("utf-8")


def faults_of(read: Callable[[], object]) -> tuple[Fault, ...] | None:
    """The faults for which the document is refused, None when it is read."""
    try:
        read()
    except InvalidDocument as invalid:
        return invalid.faults
    return None


@settings(deadline=None, max_examples=60)
@given(problems())
def test_a_problem_that_is_written_reads_back_the_same(problem: Problem) -> None:
    data = json.dumps(problem_as_json(problem), ensure_ascii=False).encode()

    assert read_problem(data) == problem


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_plan_that_is_written_reads_back_the_same(data: st.DataObject) -> None:
    problem = data.draw(problems())
    schedule = data.draw(schedules(problem))
    figures = measures(problem, schedule)
    plan = PlanDocument(
        round=problem.round.id,
        problem_sha256="0" * 64,
        status="feasible",
        seconds=data.draw(st.floats(0, 1e6)),
        engine="by hand",
        schedule=schedule,
        tiers=tuple(
            TierValue(value, data.draw(st.none() | st.integers(0, value)))
            for value in tier_values(problem, figures)
        ),
        measures=figures,
        uncovered=uncovered_units(problem, schedule),
    )

    assert read_plan(json.dumps(plan_as_json(plan)).encode(), problem) == plan


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200))
def test_no_bytes_bring_the_readers_down(data: bytes) -> None:
    read_or_refused(lambda: read_problem(data))
    read_or_refused(lambda: read_plan(data, tiny_round()))


@settings(deadline=None, max_examples=300)
@given(JSON_VALUES)
@example({})
def test_no_json_brings_the_readers_down(value: object) -> None:
    data = json.dumps(value).encode()

    read_or_refused(lambda: read_problem(data))
    read_or_refused(lambda: read_plan(data, tiny_round()))


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_no_damage_to_the_bytes_brings_the_readers_down(data: st.DataObject) -> None:
    whole = bytearray(written(data.draw(st.sampled_from([full_document(), true_plan()]))))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, max(0, len(whole) - 1)))
        until = at + data.draw(st.sampled_from([0, 1, 5, len(whole)]))
        whole[at:until] = data.draw(st.binary(max_size=3))
    damaged = bytes(whole)

    read_or_refused(lambda: read_problem(damaged))
    read_or_refused(lambda: read_plan(damaged, tiny_round()))


@settings(deadline=None, max_examples=500)
@given(st.data())
def test_no_spoilt_place_brings_the_readers_down(data: st.DataObject) -> None:
    documents = [full_document(), true_plan(), infeasible_plan()]
    document = data.draw(st.sampled_from(documents))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(list(_places(document))))
        if data.draw(st.booleans()):
            holder[key] = data.draw(JSON_VALUES)
        else:
            del holder[key]
    spoilt = json.dumps(document).encode()

    read_or_refused(lambda: read_problem(spoilt))
    read_or_refused(lambda: read_plan(spoilt, tiny_round()))


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) of a JSON value."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])
