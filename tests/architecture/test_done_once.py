"""What is sent twice is done once: every unsafe operation takes a key, every form that makes something
carries one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from httpapi.declarations import Verb
from tenancy.actor import Actor
from tests.api.test_who_may import CALLS
from tests.architecture.repository import ROOT
from tests.architecture.test_endpoints import VERBS, routes
from tests.integration.security.ground import browser_of

TEMPLATES = ROOT / "platform"
FORM = re.compile(r"<form\b[^>]*\bmethod=\"post\"[^>]*>.*?</form>", re.DOTALL)

# Operations for which a key makes no sense. A new one needs a reason to stand here.
WITHOUT_A_KEY: dict[str, str] = {}
# Their reply is kept nowhere, and why.
NOT_KEPT = {"take_sealed_export": "handed over once: a repeat meets the service's own refusal"}

# Forms that make nothing, or that may be sent twice anyway, by how their templates begin.
SENT_AS_OFTEN_AS_ONE_LIKES = {
    "webui/_person.html": "language and sign-out: twice is once",
    "portal/session/": "before there is an office; a proof carries the key of the form it is for",
    "portal/rooms/detail.html": "takes another seat of one's own, as the page of seats does",
    "portal/notices/": "read twice is read",
    "portal/attachments/original": "opened twice, it stands on record twice",
    "portal/mail/": "confirmed or ended twice is once; a try at a code counts each time",
    "portal/shares/prepare": "prepared twice is prepared anew, as a further edition",
    "portal/desk/": "an edit names the revision that it was made on; the second one is refused",
}
ALSO = {"portal:sealed-take": "handed over once; the service refuses the second"}


def unsafe() -> Iterator[tuple[str, Verb]]:
    for _, callback in routes():
        for name in VERBS:
            verb = getattr(getattr(callback.cls, name, None), "declared", None)
            if name != "get" and isinstance(verb, Verb):
                yield verb.operation, verb


def test_every_unsafe_operation_is_declared_as_an_act_that_takes_a_key() -> None:
    found = dict(unsafe())

    assert len(found) > 30
    without = {name for name, verb in found.items() if verb.kind != "act"}
    assert without == set(WITHOUT_A_KEY)
    assert {name for name, verb in found.items() if not verb.is_kept} == set(NOT_KEPT)


@pytest.mark.django_db
def test_every_unsafe_operation_refuses_a_call_without_one(chen: Actor) -> None:
    """Asked for real, of whoever comes: those who may are told of the key before anything else."""
    client = browser_of(chen)
    silent = [
        operation
        for operation, (method, address, _) in CALLS.items()
        if method != "get"
        and operation not in WITHOUT_A_KEY
        and _code(client, method, address)
        not in ("httpapi.idempotency_key.missing", "kernel.act.not_allowed")
    ]

    assert silent == []


def _code(client: Client, method: str, address: str) -> str:
    answer = client.generic(method.upper(), address, "{}", "application/json")
    return str(answer.json()["code"])


def forms() -> Iterator[tuple[str, str]]:
    for house in ("portal", "webui"):
        folder = TEMPLATES / house / "templates"
        for file in sorted(folder.rglob("*.html")):
            for form in FORM.findall(file.read_text(encoding="utf-8")):
                yield _name(file, folder), form


def _name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()


def test_every_form_that_makes_something_carries_a_key() -> None:
    lacking = [
        (name, form[:100])
        for name, form in forms()
        if "{% once %}" not in form
        and "webui/_form.html" not in form
        and not name.startswith(tuple(SENT_AS_OFTEN_AS_ONE_LIKES))
        and not any(one in form for one in ALSO)
    ]

    assert lacking == [], "{% once %} beside {% csrf_token %}, or a reason here."
    assert "{% once %}" in (TEMPLATES / "webui/templates/webui/_form.html").read_text()


def test_the_exceptions_are_still_some() -> None:
    names = {name for name, form in forms() if "{% once %}" not in form}

    for beginning in SENT_AS_OFTEN_AS_ONE_LIKES:
        assert any(name.startswith(beginning) for name in names), beginning
    for one in ALSO:
        assert reverse(one, args=[1])
