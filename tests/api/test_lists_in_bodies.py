"""No list in a body is without an end: the document says how long it may be, and it is held to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sharing.api.papers import PaperTextIn
from sharing.api.rectification import FeedbackIn, OutcomeIn
from sharing.api.rectification_desks import ResultsIn, SheetIn
from sharing.models.rectification import Outcome
from tests.security.bodies import body_schema, operations, resolved


def endless(schema: dict[str, Any], at: str = "") -> Iterator[str]:
    """Where a body has a list that nothing bounds."""
    schema = resolved(schema)
    if schema.get("type") == "object":
        for key, one in schema.get("properties", {}).items():
            yield from endless(one, f"{at}.{key}")
    elif schema.get("type") == "array":
        if "maxItems" not in schema:
            yield at
        yield from endless(schema["items"], f"{at}[]")


def test_every_list_of_rectification_and_papers_has_its_most() -> None:
    ours = (
        "/items",
        "/papers",
        "/findings",
        "/evaluations",
        "/look-backs",
        "/joint-cases",
        "/reports",
    )
    found = [
        (address, method, list(endless(schema)))
        for (address, method), said in operations().items()
        if address.startswith(tuple(f"/api/v1{one}" for one in ours))
        if (schema := body_schema(said)) is not None
    ]
    assert len(found) > 10
    assert [one for one in found if one[2]] == []


def test_a_longer_list_is_refused_and_the_longest_is_not() -> None:
    issue = {"text": "x", "category": "x"}
    fed_back = {"unit_code": "x", "round_name": "x", "served_on": "2026-03-02"}
    sheet = {"unit_code": "x", "round_name": "x", "false_items": 0}
    cut, found = (
        {"part": "tasks", "points": 1, "reason": "x"},
        {"name": "x", "verdict": "confirmed"},
    )
    basis, proof = {"text_title": "x"}, {"kind": "minutes", "title": "x"}
    for kind, rest, name, one, most in (
        (FeedbackIn, fed_back, "issues", issue, 500),
        (SheetIn, sheet, "deductions", cut, 100),
        (ResultsIn, {}, "results", found, 10_000),
        (PaperTextIn, {"title": "x"}, "bases", basis, 40),
        (PaperTextIn, {"title": "x"}, "evidence", proof, 40),
    ):
        whole: Any = kind(data=rest | {name: [one] * min(most, 100)})
        assert whole.is_valid(), whole.errors
        longer: Any = kind(data=rest | {name: [one] * (most + 1)})
        assert not longer.is_valid()
        assert set(longer.errors) == {name}


def test_an_outcome_is_of_a_kind_that_is_listed() -> None:
    given = {"title": "x", "on": "2026-03-02"}
    for kind in Outcome.Kind.values:
        assert OutcomeIn(data=given | {"kind": kind}).is_valid()
    unknown = OutcomeIn(data=given | {"kind": "x"})
    assert not unknown.is_valid()
    assert set(unknown.errors) == {"kind"}
