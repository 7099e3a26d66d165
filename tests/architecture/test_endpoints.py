"""No endpoint without a word on who may call it; no shortcut past access and services."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path
from rest_framework.request import Request

from httpapi.declarations import Everybody, Verb
from httpapi.endpoint import Endpoint
from httpapi.permissions import AsDeclared
from kernel.errors import NotAllowed
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.http import API_DOOR
from tests.architecture.repository import ours, short

VERBS = ("get", "post", "put", "patch", "delete")

# What needs no permission. A new one needs a reason to stand here.
OPEN = {
    ("read_openapi", Everybody.STRANGERS): "it tells what can be called, of nobody's office",
    ("read_me", Everybody.SEATED): "who one is oneself",
    ("list_offices", Everybody.SEATED): "the directory of offices is public within the product",
    ("read_attachment", Everybody.SEATED): "as the record that it hangs on, which is asked",
    ("download_attachment", Everybody.SEATED): "as the record that it hangs on, which is asked",
    ("read_job", Everybody.SEATED): "only jobs that one asked for oneself",
}

# Classes that write, look up or judge by themselves, whoever may do what.
SHORTCUTS = {
    "ModelViewSet",
    "ReadOnlyModelViewSet",
    "ModelSerializer",
    "HyperlinkedModelSerializer",
    "PrimaryKeyRelatedField",
    "SlugRelatedField",
    "HyperlinkedRelatedField",
    "UniqueValidator",
    "UniqueTogetherValidator",
    "BrowsableAPIRenderer",
    "AllowAny",
}


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address below /api/ with what answers it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        elif address.startswith("api/"):
            yield address, pattern.callback


def faults(address: str, callback: Any) -> Iterator[str]:
    """What an address lacks, a line each, naming it and the verb."""
    endpoint = getattr(callback, "cls", None)
    if endpoint is None or not issubclass(endpoint, Endpoint):
        yield f"{address}: is answered by no Endpoint."
        return
    if callback.door != API_DOOR or endpoint.permission_classes != [AsDeclared]:
        yield f"{address}: does not stand behind the door of the API."
    verbs = [verb for verb in VERBS if hasattr(endpoint, verb)]
    if not verbs:
        yield f"{address}: answers no verb."
    for verb in verbs:
        declared = getattr(getattr(endpoint, verb), "declared", None)
        if not isinstance(declared, Verb):
            yield f"{address} {verb.upper()}: does not say which permission it needs."
        elif not _is_known(declared):
            yield f"{address} {verb.upper()}: is open to {declared.needed} without a reason."
        elif (declared.kind == "act") == (verb == "get"):
            yield f"{address} {verb.upper()}: reads by GET, acts by the others."


def _is_known(verb: Verb) -> bool:
    if isinstance(verb.needed, Everybody):
        return (verb.operation, verb.needed) in OPEN
    either = verb.needed if isinstance(verb.needed, tuple) else (verb.needed,)
    return bool(either) and all(isinstance(one, Permission) for one in either)


def test_there_are_endpoints_to_look_at() -> None:
    assert len(list(routes())) > 30


@pytest.mark.parametrize(("address", "callback"), list(routes()), ids=[a for a, _ in routes()])
def test_every_verb_of_an_endpoint_says_who_may_call_it(address: str, callback: Any) -> None:
    assert list(faults(address, callback)) == []


def test_every_exception_is_still_one() -> None:
    declared = {
        (verb.operation, verb.needed)
        for _, callback in routes()
        for name in VERBS
        if (verb := getattr(getattr(callback.cls, name, None), "declared", None))
        if isinstance(verb.needed, Everybody)
    }

    assert declared == set(OPEN)


class Forgotten(Endpoint):
    """An endpoint whose author forgot to say who may call it."""

    def get(self, request: Request) -> None:
        raise AssertionError("It was called.")


def test_an_endpoint_that_says_nothing_would_be_noticed() -> None:
    pattern = path("api/v1/forgotten", Forgotten.as_view())
    assert isinstance(pattern, URLPattern)

    assert list(faults("api/v1/forgotten", pattern.callback)) == [
        "api/v1/forgotten GET: does not say which permission it needs."
    ]
    assert list(faults("api/v1/plain", lambda request: None)) == [
        "api/v1/plain: is answered by no Endpoint."
    ]


def test_and_would_be_closed_to_everybody(chen: Actor) -> None:
    asked = RequestFactory().get("/api/v1/forgotten")
    asked.actor = chen  # type: ignore[attr-defined]
    view = Forgotten()
    view.setup(asked)

    with pytest.raises(NotAllowed):
        AsDeclared().has_permission(Request(asked), view)


def test_no_module_takes_a_shortcut() -> None:
    found = [
        f"{short(module)}:{line}"
        for module in ours(".py")
        for line in shortcuts(module.read_text(encoding="utf-8"))
    ]

    assert found == [], "Fetch by access_* or a selector, act by a service."


def test_a_shortcut_would_be_noticed() -> None:
    assert list(shortcuts("class A(viewsets.ModelViewSet): ...\nx = UniqueValidator()")) == [1, 2]


def shortcuts(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)
        if name in SHORTCUTS and isinstance(node, ast.Attribute | ast.Name):
            yield node.lineno
