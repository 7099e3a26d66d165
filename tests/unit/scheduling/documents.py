"""A problem document as a person would write it, for tests that spoil one place of it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from scheduling.domain.document import Fault, InvalidDocument, problem_as_json, read_problem
from tests.rounds import tiny_round

Json = dict[str, Any]

_FULL: Json = {
    **problem_as_json(tiny_round()),
    "declared": [
        {"inspector": "lin", "unit": "hospital", "kind": "dispute", "severity": "hard"},
        {"inspector": "wu", "office": "north", "kind": "friend", "severity": "soft", "weight": 3},
    ],
    "pairs": [{"a": "lin", "b": "wu", "kind": "spouse", "severity": "hard"}],
    "history": [{"from": "east", "to": "west", "ago": 1}],
    "pins": [
        {"inspector": "chen", "team": "red", "role": "leader"},
        {"unit": "school", "team": "red", "start": "2026-03-02"},
        {"from": "west", "to": "east", "forbid": True},
    ],
    "baseline": [
        {
            "id": "red",
            "leader": "wu",
            "deputies": ["wang"],
            "members": ["gone"],
            "visits": [{"unit": "school", "start": "2026-03-02", "end": "2026-03-04"}],
        }
    ],
    "travel": [{"a": "east", "b": "west", "km": 40}],
    "policy": {"home_offices": [1, 2], "objective": [{"uncovered": 1}, {"travel": 2}]},
}
for _slot in _FULL["teams"]:
    del _slot["concurrency"]
_FULL["inspectors"][2].update(
    away=[{"from": "2026-03-04", "to": "2026-03-05"}],
    posts=[{"unit": "tax", "from": "2020-01", "to": "2024-05"}],
    relatives=[{"office": "north", "relation": "spouse", "position": "staff"}],
    interests=[{"unit": "harbour"}],
    visited=[{"unit": "clinic", "ago": 1}],
    led=[{"county": "west", "ago": 2}],
)


def full_document() -> Json:
    """A fresh copy; it has every list of the format."""
    return copy.deepcopy(_FULL)


def written(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def faults_in(data: bytes) -> list[Fault]:
    """The faults of a problem, one at least."""
    with pytest.raises(InvalidDocument) as caught:
        read_problem(data)
    assert caught.value.faults
    return list(caught.value.faults)


def with_value(document: Json, path: str, value: object) -> Json:
    """The document with the value at a path like `units.3.days` replaced or added."""
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = document
    for step in steps:
        place = place[step]
    place[last] = value
    return document


def without(document: Json, path: str) -> Json:
    """The document without the key at a path."""
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = document
    for step in steps:
        place = place[step]
    del place[last]
    return document
