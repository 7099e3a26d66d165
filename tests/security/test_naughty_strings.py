"""Every text field of every form and body takes any text: kept in one form, or refused in words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from html import escape
from typing import Any
from unicodedata import is_normalized, normalize
from urllib.parse import quote

import pytest
from django.db import transaction

from scheduling.models.rounds import InspectionRound
from tenancy.actor import Actor
from tests.people import acting
from tests.security import bodies
from tests.security.addresses import Address, addresses
from tests.security.calls import Call
from tests.security.corpus import CORPUS, HOSTILE
from tests.security.ground import Ground
from tests.security.swaps import FORMS, own
from tests.security.test_cross_tenant import SEED, Fuzz, busy

SIZES = [
    pytest.param(6, id="some"),
    pytest.param(len(CORPUS), id="all", marks=pytest.mark.nightly),
]
FIELDS = re.compile(r"<(input|textarea)\b([^>]*)>")
# Kinds of input that are no text field; what stands in them is sent as the page has it.
NO_TEXT = {"hidden", "checkbox", "radio", "file", "submit", "button", "password"}


def drawn(size: int) -> list[str]:
    """All, or some of both parts; the same each time."""
    if size >= len(CORPUS):
        return CORPUS
    dice = random.Random(SEED)
    # Always those that have a composed form: otherwise nothing would show that it is made.
    several = [text for text in HOSTILE if not is_normalized("NFC", text)]
    return [*several, *dice.sample(HOSTILE, size // 2), *dice.sample(CORPUS, size - size // 2)]


def test_the_corpus_is_as_large_as_it_says() -> None:
    assert len(CORPUS) >= 515
    assert all(isinstance(one, str) for one in CORPUS)


@pytest.mark.parametrize("size", SIZES)
def test_no_text_in_a_body_is_a_fault(ground: Ground, size: int) -> None:
    fuzz = Fuzz(ground, SEED)

    fuzz.run(in_bodies(fuzz, drawn(size)))

    assert list(fuzz.faults) == []
    assert fuzz.told["own 2xx"] > 5


def in_bodies(fuzz: Fuzz, texts: list[str]) -> Iterator[Call]:
    for address in (one for one in addresses() if one.is_api):
        for verb in ("POST", "PUT"):
            said = bodies.operation(address.pattern, verb)
            schema = bodies.body_schema(said) if said else None
            if schema is None:
                continue
            usual = bodies.usual(schema)
            who, number = somebody(fuzz, address, verb)
            for path in words(schema):
                for text in texts:
                    body = bodies.as_json(bodies.with_number(usual, path, text))
                    yield Call(who, verb, address.path(number), "own", body=body)


def somebody(fuzz: Fuzz, address: Address, verb: str) -> tuple[str, int | None]:
    """Who gets furthest with a call: the first to whom it is not forbidden."""
    first: tuple[str, int | None] = ("zhoushan/scheduler", None)
    for who, actor in busy(fuzz.ground).items():
        for number in own(fuzz.rows, actor, address):
            first = (who, number)
            call = Call(who, verb, address.path(number), "own", body=b"{}")
            if fuzz.ask(call).status not in (403, 404):
                return first
    return first


def words(schema: dict[str, Any], at: str = "") -> Iterator[str]:
    """The paths of the texts of a body, as `bodies.naming` has those of its numbers."""
    schema = bodies.resolved(schema)
    match schema.get("type"):
        case "object":
            for key, one in schema.get("properties", {}).items():
                yield from words(one, f"{at}.{key}" if at else key)
        case "array":
            yield from words(schema["items"], f"{at}[]")
        case "string" if "enum" not in schema:
            yield at


@pytest.mark.parametrize("size", SIZES)
def test_no_text_in_a_form_is_a_fault(ground: Ground, size: int) -> None:
    fuzz = Fuzz(ground, SEED)

    fuzz.run(in_forms(fuzz, drawn(size)))

    assert list(fuzz.faults) == []
    assert fuzz.told.total() > 10 * size


def in_forms(fuzz: Fuzz, texts: list[str]) -> Iterator[Call]:
    done: set[str] = set()
    for who, actor in busy(fuzz.ground).items():
        for address in (one for one in addresses() if not one.is_api):
            number = next(iter(own(fuzz.rows, actor, address)), None)
            if address.is_numbered and number is None:
                continue
            page = fuzz.ask(Call(who, "GET", address.path(number), "own"))
            if page.status != 200 or page.body.startswith(b"PK"):
                continue
            for action, form, names in forms_of(page.body.decode(), address.path(number)):
                for name in names:
                    if (shape := re.sub(r"\d+", "N", f"{action} {name}")) in done:
                        continue
                    done.add(shape)
                    for text in texts:
                        yield Call(who, "POST", action, "own", form=form | {name: [text]})


@pytest.mark.parametrize("size", SIZES)
def test_no_text_at_the_door_is_a_fault(ground: Ground, size: int) -> None:
    """As a name, as a password and as an invitation, by strangers; these really commit. Who knocks
    too often with one name waits, in words."""
    fuzz = Fuzz(ground, SEED)
    for text in drawn(size):
        known = {"username": "zhoushan.scheduler", "password": text}
        secret = quote(text.replace("/", "-"), safe="") or "-"
        for form, path in (
            ({"username": text, "password": text}, "/sign-in/"),
            (known, "/sign-in/"),
            ({"password": text}, f"/invitation/{secret}/"),
        ):
            answer = fuzz.ask(Call("stranger", "POST", path, "stranger's", form=form))
            assert answer.status not in (200, 302), (path, text)

    assert list(fuzz.faults) == []
    assert fuzz.told.total() == 3 * len(drawn(size))


def forms_of(page: str, here: str) -> Iterator[tuple[str, dict[str, list[str]], list[str]]]:
    """Where a form goes to, what it would send, and which of that is text."""
    for mark, inside in FORMS.findall(page):
        method, action = attribute(mark, "method"), attribute(mark, "action")
        goes_to = attribute(mark, "hx-post") or action or here
        if method.lower() != "post" and not attribute(mark, "hx-post"):
            continue
        form: dict[str, list[str]] = {}
        texts: list[str] = []
        for kind, field in FIELDS.findall(inside):
            name = attribute(field, "name")
            if not name or name == "csrfmiddlewaretoken" or " disabled" in field:
                continue
            form.setdefault(name, []).append(attribute(field, "value"))
            if kind == "textarea" or attribute(field, "type") not in NO_TEXT:
                texts.append(name)
        yield goes_to, form, texts


def attribute(mark: str, name: str) -> str:
    found = re.search(rf'(?<![\w-]){name}="([^"]*)"', mark)
    return found[1] if found else ""


@pytest.mark.parametrize("size", [pytest.param(40, id="some"), SIZES[1]])
@pytest.mark.parametrize("way", ["page", "program"])
def test_a_name_is_kept_composed_and_shown_as_text_that_turns_nothing_around(
    ground: Ground, size: int, way: str
) -> None:
    fuzz, chen = Fuzz(ground, SEED), ground.actors["zhoushan/scheduler"]
    kept = 0
    for text in drawn(size):
        with transaction.atomic():
            kept += named(fuzz, chen, text, way)
            transaction.set_rollback(True)

    assert list(fuzz.faults) == []
    assert kept > size // 2


def named(fuzz: Fuzz, chen: Actor, text: str, way: str) -> bool:
    """Give a round this name, and look at it. Whether it was taken."""
    who = "zhoushan/scheduler"
    [number, *_] = own(fuzz.rows, chen, Address("/rounds/<int:number>/", ""))
    assert number is not None
    dates = {"name": text, "starts_on": "2026-11-09", "ends_on": "2026-11-27"}
    if way == "page":
        call = Call(who, "POST", f"/rounds/{number}/window/", "x", form=dates)
    else:
        path = f"/api/v1/rounds/{number}/window"
        call = Call(who, "PUT", path, "x", body=bodies.as_json(dates))
    answer = fuzz.ask(call)
    if answer.status in (400, 422):
        assert len(answer.body) > 50, "refused in words"
        return False
    assert answer.status in (200, 302), (text, answer)
    with acting(chen):
        name = InspectionRound.objects.get(pk=number).name
    assert is_normalized("NFC", name), text
    assert name == normalize("NFC", text).strip() or not text.strip().isprintable(), text
    page = fuzz.ask(Call(who, "GET", f"/rounds/{number}/", "x")).body.decode()
    assert f"<bdi>{escape(name)}</bdi>" in page, text
    return True
