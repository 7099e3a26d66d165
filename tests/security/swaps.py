"""Somebody else's numbers and words where one's own are expected: in bodies, forms, queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.db import models

from scheduling.models.plans import Plan
from tenancy.actor import Actor
from tests.security import bodies
from tests.security.addresses import NUMBERS, NUMBERS_IN_BODIES, Address, Row
from tests.security.calls import VERBS, Call, nobody_s_like, relation_of
from tests.security.choosing import NOT_THEIRS
from tests.security.ground import FIRST_NUMBER, ROOM

TABLES = {**NUMBERS, **NUMBERS_IN_BODIES}
Rows = Mapping[type[models.Model], list[Row]]

FORMS = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
FIELDS = re.compile(r"<(input|option|button)\b([^>]*)>")
ATTRIBUTE = r'\b{}="([^"]*)"'


def foreign(rows: Rows, actor: Actor, table: type[models.Model]) -> list[int]:
    """The nearest first: of the same city, then of the other."""
    found = [row for row in rows[table] if relation_of(actor, row) in NOT_THEIRS]
    found.sort(key=lambda row: row.tenant in (actor.tenant_id, 9001, 9002, 9003))
    return [found[0].number, found[-1].number] if found else []


def own(rows: Rows, actor: Actor, address: Address) -> list[int | None]:
    if not address.is_numbered:
        return [None]
    mine = [
        row.number
        for row in rows[NUMBERS[address.area]]
        if relation_of(actor, row) in ("own", "received", "administered")
    ]
    return [*mine[:2]] if len(mine) < 2 else [mine[0], mine[-1]]


def in_bodies(found: list[Address], actors: Mapping[str, Actor], rows: Rows) -> Iterator[Call]:
    """Programs: each number of each body and query, one at a time."""
    for address in (one for one in found if one.is_api):
        for verb in VERBS:
            said = bodies.operation(address.pattern, verb)
            if said is None:
                continue
            for who, actor in actors.items():
                for number in own(rows, actor, address):
                    call = Call(who, verb, address.path(number), "swapped")
                    yield from _swapped_body(call, said, rows, actor)
                    yield from _swapped_query(call, said, rows, actor)


def _swapped_body(call: Call, said: dict[str, Any], rows: Rows, actor: Actor) -> Iterator[Call]:
    schema = bodies.body_schema(said)
    if schema is None:
        return
    usual = bodies.usual(schema)
    for path, name in bodies.naming(schema):
        if name in bodies.NAMING:
            for number in foreign(rows, actor, TABLES[bodies.NAMING[name]]):
                body = bodies.as_json(bodies.with_number(usual, path, number))
                yield replace(call, body=body, asked=str(number), nobody_s=nobody_s_like(number))


def _swapped_query(call: Call, said: dict[str, Any], rows: Rows, actor: Actor) -> Iterator[Call]:
    for name in bodies.queries(said):
        if name in bodies.NAMING:
            for number in foreign(rows, actor, TABLES[bodies.NAMING[name]]):
                query = urlencode({name: number, **_beside(name, rows, actor)})
                yield replace(call, path=f"{call.path}?{query}", asked=str(number))


def _beside(name: str, rows: Rows, actor: Actor) -> dict[str, int]:
    """Two plans are compared: one's own with the other."""
    if name not in ("a", "b"):
        return {}
    mine = [row.number for row in rows[Plan] if row.tenant == actor.tenant_id]
    return {"b" if name == "a" else "a": mine[0] if mine else 987_653}


def in_forms(page: str, call: Call, rows: Rows, actor: Actor) -> Iterator[Call]:
    """A page's forms as one would send them, with one number that is somebody else's."""
    for mark, inside in FORMS.findall(page):
        if "post" not in mark.lower():
            continue
        action = _attribute(mark, "action") or _attribute(mark, "hx-post") or call.path
        form: dict[str, list[str]] = {}
        for _, field in FIELDS.findall(inside):
            name, value = _attribute(field, "name"), _attribute(field, "value") or ""
            if name and name != "csrfmiddlewaretoken":
                form.setdefault(name, []).append(value)
        for name, values in form.items():
            for number in _of_same_table(values, rows, actor):
                swapped = form | {name: [str(number)]}
                yield replace(call, verb="POST", path=action, form=swapped, asked=str(number))


def _of_same_table(values: list[str], rows: Rows, actor: Actor) -> list[int]:
    """Somebody else's rows of the table that the form's own numbers are of."""
    numbers = [int(value) for value in values if value.isdigit() and int(value) >= FIRST_NUMBER]
    if not numbers:
        return []
    place = (numbers[0] - FIRST_NUMBER) // ROOM
    for table, those in rows.items():
        if those and (those[0].number - FIRST_NUMBER) // ROOM == place:
            return foreign(rows, actor, table)
    return []


def _attribute(mark: str, name: str) -> str:
    found = re.search(ATTRIBUTE.format(re.escape(name)), mark)
    return unescape(found[1]) if found else ""


def in_searches(
    found: list[Address], actors: Mapping[str, Actor], words: Mapping[str, list[str]]
) -> Iterator[Call]:
    """Every list, searched for a word that is in another office's rows alone."""
    for address in found:
        if address.is_numbered or "<" in address.pattern:
            continue
        for who in actors:
            for word in words[who]:
                path = f"{address.path()}?{urlencode({'q': word, 'search': word})}"
                nobody_s = "kq" + "0" * (len(word) - 2)
                yield Call(who, "GET", path, "searched", word, nobody_s)
