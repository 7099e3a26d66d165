"""What the reader of plans refuses, and what it leaves to the verifier."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scheduling.domain.document import (
    Fault,
    InvalidDocument,
    plan_as_json,
    problem_as_json,
    read_plan,
)
from scheduling.domain.document.plan import RULE_CODES
from scheduling.domain.verify import CHECKS
from tests.rounds import tiny_round
from tests.unit.scheduling.documents import with_value, without, written
from tests.unit.scheduling.plans import (
    Json,
    infeasible_document,
    infeasible_plan,
    true_document,
    true_plan,
    unknown_plan,
)


def faults_of(plan: object) -> list[Fault]:
    with pytest.raises(InvalidDocument) as caught:
        read_plan(written(plan), tiny_round())
    return list(caught.value.faults)


@pytest.mark.parametrize("document", [true_document(), infeasible_document()])
def test_a_written_plan_reads_back_the_same(document: object) -> None:
    assert read_plan(written(plan_as_json(document)), tiny_round()) == document  # type: ignore[arg-type]


def test_the_rules_that_a_conflict_may_name_are_those_of_the_verifier() -> None:
    assert tuple(CHECKS) == RULE_CODES


@pytest.mark.parametrize(
    ("place", "value", "path", "words"),
    [
        ("format", "round-problem/1", "$.format", '"round-plan/1" is expected'),
        ("status", "great", "$.status", '"optimal" or "feasible"'),
        ("colour", 1, "$.colour", "unknown key"),
        ("round", 7, "$.round", "a text"),
        ("seconds", -1, "$.seconds", "a number from 0"),
        ("seconds", "1", "$.seconds", "a number"),
        ("engine", None, "$.engine", "a text"),
        ("tiers", {}, "$.tiers", "a list"),
        ("tiers.0", {"value": 1}, "$.tiers[0].bound", "is missing"),
        ("tiers.0.value", 1.0, "$.tiers[0].value", "a whole number"),
        ("tiers.0.value", None, "$.tiers[0].value", "a whole number"),
        ("measures.speed", 1, "$.measures.speed", 'unknown measure "speed"'),
        ("measures.travel", True, "$.measures.travel", "a whole number"),
        ("teams.0.id", "green", "$.teams[0].id", "the id of no team of the problem"),
        ("teams.1.id", "red", "$.teams[1].id", "already"),
        ("teams.0.leader", "ghost", "$.teams[0].leader", "the id of no inspector of the problem"),
        ("teams.0.deputies.0", "ghost", "$.teams[0].deputies[0]", "of no inspector"),
        ("teams.0.members", "cai", "$.teams[0].members", "a list"),
        ("teams.0.visits.0.unit", "mill", "$.teams[0].visits[0].unit", "the id of no unit"),
        ("teams.0.visits.0.end", "2026-02-30", "$.teams[0].visits[0].end", "no such day"),
        ("teams.0.visits.0.days", 3, "$.teams[0].visits[0].days", "unknown key"),
        ("uncovered", ["mill"], "$.uncovered[0]", "the id of no unit"),
        ("conflict", [], "$.conflict", "only a plan that is infeasible has it"),
        ("minimal", True, "$.minimal", "only a plan that is infeasible has it"),
    ],
)
def test_a_spoilt_place_of_a_plan_is_named(
    place: str, value: object, path: str, words: str
) -> None:
    faults = faults_of(with_value(true_plan(), place, value))

    assert any(fault.path == path and words in fault.text for fault in faults), faults


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("teams.0.leader", None),
        ("teams.0.members", ["cai", "cai"]),
        ("teams.0.visits.0.end", "2026-03-01"),
        ("teams.0.visits.0.start", "2027-01-01"),
        ("tiers.0.value", -1),
        ("tiers.0.bound", 0),
        ("tiers", []),
        ("measures", {"travel": 2**62}),
        ("problem_sha256", "not even a hash"),
        ("round", "another"),
        ("uncovered", ["school", "school"]),
        ("teams", []),
        ("seconds", 0.25),
    ],
)
def test_what_is_merely_wrong_is_left_to_the_verifier(place: str, value: object) -> None:
    read_plan(written(with_value(true_plan(), place, value)), tiny_round())


@pytest.mark.parametrize(
    "key",
    "format round problem_sha256 status tiers measures teams uncovered seconds engine".split(),  # noqa: SIM905
)
def test_a_plan_with_a_schedule_has_every_key(key: str) -> None:
    [fault] = faults_of(without(true_plan(), key))

    assert fault.path == f"$.{key}"
    assert "is missing" in fault.text


@pytest.mark.parametrize("key", ["conflict", "minimal"])
def test_an_infeasible_plan_has_its_conflict(key: str) -> None:
    [fault] = faults_of(without(infeasible_plan(), key))

    assert str(fault) == f"$.{key}: is missing in a plan that is infeasible"


@pytest.mark.parametrize("key", ["tiers", "measures", "teams", "uncovered"])
def test_an_infeasible_plan_may_leave_out_what_it_has_not(key: str) -> None:
    plan = read_plan(written(without(infeasible_plan(), key)), tiny_round())

    assert plan.schedule is None


@pytest.mark.parametrize("status_of", [infeasible_plan, unknown_plan])
@pytest.mark.parametrize("key", ["teams", "tiers", "measures"])
def test_a_plan_that_is_none_carries_nothing_of_one(
    status_of: Callable[[], Json], key: str
) -> None:
    plan = status_of()
    [fault] = faults_of({**plan, key: true_plan()[key]})

    assert fault.path == f"$.{key}"
    assert f"has no {key}" in fault.text


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        ({"rule": "luck", "subjects": [], "text": ""}, "$.conflict[0].rule"),
        ({"rule": "pin", "subjects": "pins[0]", "text": ""}, "$.conflict[0].subjects"),
        ({"rule": "pin", "subjects": [3], "text": ""}, "$.conflict[0].subjects[0]"),
        ({"rule": "pin", "subjects": []}, "$.conflict[0].text"),
        # Subjects are units, teams, offices and pins, by their names.
        ({"rule": "coverage", "subjects": ["mill"], "text": ""}, "$.conflict[0].subjects[0]"),
        ({"rule": "leader", "subjects": ["wu"], "text": ""}, "$.conflict[0].subjects[0]"),
        (
            {"rule": "repeat", "subjects": ["east", "south"], "text": ""},
            "$.conflict[0].subjects[1]",
        ),
        ({"rule": "pin", "subjects": ["pins[0]"], "text": ""}, "$.conflict[0].subjects[0]"),
    ],
)
def test_an_entry_of_a_conflict_is_a_rule_with_subjects_and_words(entry: Json, path: str) -> None:
    [fault] = faults_of({**infeasible_plan(), "conflict": [entry]})

    assert fault.path == path


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b'{"format": ', b"[" * 100_000])
def test_bytes_that_are_no_plan_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_plan(data, tiny_round())

    assert [fault.path for fault in caught.value.faults] == ["$"]


def test_a_problem_is_no_plan() -> None:
    faults = faults_of(problem_as_json(tiny_round()))

    assert "$.format" in [fault.path for fault in faults]
