"""Browsers of the people of the tests, and what they get to see."""

from __future__ import annotations

import re
from html import unescape
from typing import Protocol

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.people import PASSWORD

CHANGING = re.compile(
    r'"X-CSRFToken": "[^"]*"|name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"|<time.*?</time>'
)
TAGS = re.compile(r"<(script|style|template).*?</\1>|<[^>]+>", re.DOTALL)


class Answer(Protocol):
    """What the test client gets, whatever Django's types call it."""

    @property
    def content(self) -> bytes: ...


def desk_of(username: str) -> Client:
    """A browser in which that person has signed in."""
    client = Client()
    answer = client.post("/sign-in/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def words(answer: Answer) -> str:
    """What one reads on the page, without the mark-up."""
    return " ".join(unescape(TAGS.sub(" ", answer.content.decode())).split())


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return words(answer)


def bare(client: Client, address: str) -> str:
    """The whole answer but for what differs between any two requests."""
    answer = client.get(address)
    body = CHANGING.sub("", answer.content.decode()).replace(address, "")
    return f"{answer.status_code} {body}"


def typed(client: Client, address: str) -> dict[str, str | list[str]]:
    """What the page's biggest form would send if one pressed its button at once."""
    forms = re.findall(r"<form\b.*?</form>", client.get(address).content.decode(), re.DOTALL)
    form = max(forms, key=len)
    found: dict[str, list[str]] = {}
    for kind, mark in re.findall(r"<(input|select)\b([^>]*)>", form):
        name = _attribute(mark, "name")
        if not name or name in ("csrfmiddlewaretoken", "form_key") or " disabled" in mark:
            continue
        is_tick = _attribute(mark, "type") in ("checkbox", "radio")
        if kind == "select":
            found[name] = [_chosen(form, name)]
        elif not is_tick or " checked" in mark:
            value = _attribute(mark, "value")
            found.setdefault(name, []).append("on" if is_tick and value is None else value or "")
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def _attribute(mark: str, name: str) -> str | None:
    found = re.search(rf'\b{name}="([^"]*)"', mark)
    return None if found is None else unescape(found[1])


def _chosen(form: str, name: str) -> str:
    options = re.search(rf'<select[^>]*name="{re.escape(name)}".*?</select>', form, re.DOTALL)
    assert options is not None
    marks = re.findall(r"<option\b([^>]*)>", options[0])
    chosen = next((mark for mark in marks if " selected" in mark), marks[0])
    return _attribute(chosen, "value") or ""
