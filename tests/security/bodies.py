"""What is sent along: bodies that the OpenAPI document allows, forms as the pages send them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from httpapi.schema import document
from sharing.domain.due_dates import Clock
from tests.days import working_day_ahead

Body = Any


def schemas() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = document()["components"]["schemas"]
    return found


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return resolved(schemas()[schema["$ref"].rpartition("/")[2]])
    return resolved(schema["allOf"][0]) if "allOf" in schema else schema


def usual(schema: dict[str, Any]) -> Body:
    """A body that the schema allows."""
    schema = resolved(schema)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {key: usual(one) for key, one in schema.get("properties", {}).items()}
        case "array":
            return [usual(schema["items"])]
        case "integer":
            return max(schema.get("minimum", 1), 1)
        case "boolean":
            return True
        case _:
            return working_day_ahead().isoformat() if schema.get("format") == "date" else "x"


@cache
def operations() -> Mapping[tuple[str, str], dict[str, Any]]:
    """By (address as the OpenAPI document writes it, method in capitals)."""
    return {
        (address, method.upper()): said
        for address, methods in document()["paths"].items()
        for method, said in methods.items()
    }


def operation(pattern: str, method: str) -> dict[str, Any] | None:
    plain = pattern.replace("<int:number>", "{number}").replace("<slug:kind>", "{kind}")
    return operations().get((plain, "GET" if method == "HEAD" else method))


def body_schema(said: dict[str, Any]) -> dict[str, Any] | None:
    content = said.get("requestBody", {}).get("content", {})
    found: dict[str, Any] | None = content.get("application/json", {}).get("schema")
    return found


def queries(said: dict[str, Any]) -> Iterator[str]:
    for one in said.get("parameters", ()):
        if one["in"] == "query":
            yield one["name"]


# Whole numbers of a body that are no row's number. Every other is sent as a foreign row's.
PLAIN = {
    "ago",
    "based_on",  # a version's number, within its record
    "cents",
    "concurrency",
    "count",
    "days",
    "files",
    "letters",
    "talks",
    "visits",
    "deputies_max",
    "deputies_min",
    "duty",
    "end",  # of a stretch of characters, as its start
    "fair",
    "false_items",
    "good",
    "km",
    "left_out[]",  # places within a grant
    "line_before",
    "max_units",
    "money_cents",
    "nth",
    "organisation",
    "pieces",
    "pages",
    "people",
    "people_count",
    "place",
    "points",
    "priority",
    "rather_good",
    "reply_days",
    "satisfaction",
    "seen",
    "size_max",
    "size_min",
    "soon_days",
    "start",
    "steps[]",
    "tasks",
    "time_limit_s",
    "weight",
    *map(str, Clock),  # an office's own terms, in working days
}
# Whole numbers that name a row, and in which table; `/people/` and so on as in an address.
NAMING = {
    "attachment": "attachments",
    "accepted[]": "import-rows",
    "clues[]": "clue-ledger",
    "party": "clue-parties",
    "people[]": "people",
    "units[]": "units",
    "request": "document-requests",
    "record": "findings",
    "room": "rooms",
    "round": "rounds",
    "a": "plans",
    "b": "plans",
    "number": "pins",
    "person": "accounts",
    "heading": "categories",
    "case": "joint-cases",
    "category": "categories",
    "clue": "clues",
    "item": "items",
    "items[]": "items",
    "findings[]": "findings",
    "also[]": "items",
    "report": "reports",
}
# Numbers of offices: the directory is public, so a foreign one may be told from none at all.
DIRECTORY = {"office", "offices[]", "county", "host", "origin"}


def naming(schema: dict[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    """(path, last name) of every whole number in a body."""
    schema = resolved(schema)
    match schema.get("type"):
        case "object":
            for key, one in schema.get("properties", {}).items():
                yield from naming(one, f"{at}.{key}" if at else key)
        case "array":
            yield from naming(schema["items"], f"{at}[]")
        case "integer":
            yield at, at.rpartition(".")[2]


def with_number(body: Body, path: str, number: int | str) -> Body:
    """The body with `number` at the path; in a list beside what was there."""
    head, _, rest = path.partition(".")
    name = head.removesuffix("[]")
    if head.endswith("[]"):
        inner = [number] if not rest else [with_number(body[name][0], rest, number)]
        return body | {name: [*body[name], *inner] if not rest else inner}
    return body | {name: number if not rest else with_number(body[name], rest, number)}


def as_json(body: Body) -> bytes:
    return json.dumps(body).encode()
