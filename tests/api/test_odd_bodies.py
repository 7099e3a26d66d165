"""Whatever is sent, it is refused in words or done; it is never a fault of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from httpapi.schema import document
from tenancy.actor import Actor
from tests.api.calling import Program, program_of
from tests.api.test_refusals import ROUND
from tests.security.bodies import usual

ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    "\0",
    "\ud800",
    "x" * 5_000,
    "‮abc",
    "9999-12-31",
    "0001-01-01",
    [],
    {},
    [None],
    [[]],
    [{}],
    {"\0": "\ud800"},
)
DEEP = b'{"name": ' + b"[" * 100_000


def spoiled(body: Any) -> Iterator[Any]:
    """The body with one odd thing in each place, one at a time."""
    yield from ODD
    if isinstance(body, dict):
        for key in body:
            for inner in spoiled(body[key]):
                yield body | {key: inner}
    elif isinstance(body, list):
        for inner in spoiled(body[0]):
            yield [inner]


def acts() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for address, methods in document()["paths"].items():
        for method, said in methods.items():
            content = said.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                yield said["operationId"], method, address, content["application/json"]["schema"]


def programs(chen: Actor, lin: Actor) -> list[tuple[Program, str]]:
    """The city's with a round, the county's with the call that came of it."""
    city, county = program_of(chen), program_of(lin)
    here = city.act("/rounds", ROUND).headers["Location"]
    city.act(f"{here}/calls", {"offices": [lin.tenant_id], "people": 3})
    [line] = county.get("/release-calls").json["items"]
    return [(city, here.rpartition("/")[2]), (county, str(line["number"]))]


@pytest.mark.parametrize(
    ("name", "method", "address", "schema"), list(acts()), ids=[a[0] for a in acts()]
)
def test_no_odd_body_is_a_fault(
    db: None, chen: Actor, lin: Actor, name: str, method: str, address: str, schema: dict[str, Any]
) -> None:
    for program, number in programs(chen, lin):
        path = re.sub(r"\{\w+\}", number, address)
        for body in spoiled(usual(schema)):
            answer = program.send(
                method.upper(), path, _bytes(body), headers={"Idempotency-Key": str(uuid4())}
            )
            assert answer.status < 500, (name, body, answer)
            # As a commit would, which in this test there is none of.
            connection.check_constraints()


def test_no_depth_is_a_fault(db: None, chen: Actor) -> None:
    key = {"Idempotency-Key": str(uuid4())}

    assert (
        program_of(chen).send("POST", "/rounds", DEEP, headers=key).code
        == "httpapi.body.unreadable"
    )


@pytest.mark.parametrize(
    "path", ["/people?q=", "/units?q=", "/people?after=", "/plans?round=", "/people?limit="]
)
def test_no_odd_query_is_a_fault(db: None, chen: Actor, lin: Actor, path: str) -> None:
    for program in (program_of(chen), program_of(lin)):
        for odd in (
            "%00",
            "%ff",
            "%ED%A0%80",
            "x" * 1_000,
            "%27%22",
            "-1",
            "1" * 40,
            "%F0%A0%80%80",
        ):
            answer = program.get(path + odd)
            assert answer.status < 500, (path, odd, answer)


def _bytes(body: Any) -> bytes:
    return json.dumps(body).encode()
