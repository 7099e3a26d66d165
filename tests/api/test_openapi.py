"""The OpenAPI document says all that can be called, and is what it says it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from httpapi.fields import MOST_NUMBER
from httpapi.schema import document
from tenancy.actor import Actor
from tests.api.calling import Program, program_of
from tests.architecture.test_endpoints import VERBS, routes
from tests.security.bodies import body_schema, resolved

OPERATIONS = Path(__file__).with_name("operations.txt")
BY_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Address, method and what the document says of it."""
    return [
        (address, method, said)
        for address, methods in document()["paths"].items()
        for method, said in methods.items()
    ]


def test_the_document_is_valid_and_made_without_a_guess() -> None:
    document.cache_clear()

    validate_schema(document())  # type: ignore[no-untyped-call]

    assert dict(GENERATOR_STATS._warn_cache) == {}
    assert dict(GENERATOR_STATS._error_cache) == {}


def test_every_address_and_verb_is_in_it_and_nothing_else() -> None:
    there = {
        ("/" + re.sub(r"<\w+:(\w+)>", r"{\1}", address), verb)
        for address, callback in routes()
        for verb in VERBS
        if hasattr(callback.cls, verb)
    }

    assert {(address, method) for address, method, _ in operations()} == there


def test_the_names_of_the_operations_stay() -> None:
    """Programs are generated from them: one that is renamed breaks somebody. New ones are added to
    the list; one is taken out only together with a new version of the address."""
    committed = OPERATIONS.read_text(encoding="utf-8").splitlines()
    made = sorted(
        f"{said['operationId']} {method.upper()} {address}"
        for address, method, said in operations()
    )

    assert made == committed
    names = [line.split()[0] for line in made]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("address", "method", "said"), operations(), ids=[s["operationId"] for *_, s in operations()]
)
def test_an_operation_says_what_it_takes_gives_and_refuses(
    address: str, method: str, said: dict[str, Any]
) -> None:
    good = [status for status in said["responses"] if status.startswith("2")]
    assert len(good) == 1
    assert said["responses"][good[0]]["content"]
    expected = {"400", "401", "403", "406", "429", "500"}
    named = {one["name"] for one in said.get("parameters", ()) if one["in"] == "query"}
    expected |= {"404", "409", "422"} if "{" in address else set()
    expected |= {"404"} if "round" in named or names_a_row(said) else set()
    expected |= {"409", "413", "415", "422"} if method != "get" else set()
    assert set(said["responses"]) - set(good) == expected
    assert all(said["responses"][status]["content"] == BY_PROBLEM for status in expected)
    assert said["description"]
    parameters = {(one["in"], one["name"]): one for one in said.get("parameters", ())}
    key = parameters.get(("header", "Idempotency-Key"))
    assert (key is not None and key["required"]) == (method != "get")
    is_open = said["operationId"] == "read_openapi"
    assert [list(one) for one in said.get("security", ())] == (
        [] if is_open else [["token"], ["session"] if method == "get" else ["session", "csrf"]]
    )


def names_a_row(said: dict[str, Any]) -> bool:
    """Whether the body has the number of a row, which may be nobody's."""
    schema = body_schema(said)
    fields = resolved(schema).get("properties", {}) if schema else {}
    return any(resolved(one).get("maximum") == MOST_NUMBER for one in fields.values())


def test_every_way_in_that_it_names_is_described() -> None:
    named = {name for *_, said in operations() for one in said.get("security", ()) for name in one}

    assert named == set(document()["components"]["securitySchemes"])


def test_it_is_read_by_anybody_and_is_the_same_in_every_language(db: None, chen: Actor) -> None:
    answers = [
        Program().get("/openapi.json"),
        program_of(chen).get("/openapi.json", Accept_Language="zh"),
    ]

    assert [answer.status for answer in answers] == [200, 200]
    assert answers[0].body == answers[1].body
    assert answers[0].json["openapi"].startswith("3.")
