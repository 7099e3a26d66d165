"""Every address is closed to strangers, and says the same of what is not there and not yours."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.people import PASSWORD

OPEN = {
    "sign-in",
    "sign-in-code",
    "sign-out",
    "language",
    "invitation",
    "password-reset",
    "policy-report",
}
CHANGING = re.compile(
    rb'"X-CSRFToken": "[^"]*"|name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"|<time.*?</time>'
)


def _addresses() -> list[tuple[str, str]]:
    """Every named page with an address that fits its pattern."""
    found = []
    # What is for programs answers strangers otherwise: tests/api/test_who_may.py.
    for _, pattern in _patterns([_portal()]):
        fitting = str(pattern.pattern).replace("<period:period>", "2025-Q1")
        path = "/" + re.sub(r"<[^>]+>", "7", fitting)
        found.append((pattern.name or path, path))
    return found


def _portal() -> URLResolver:
    resolvers = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver)]
    return next(one for one in resolvers if one.namespace == "portal")


def _patterns(entries: list[URLPattern | URLResolver]) -> list[tuple[str, URLPattern]]:
    flat: list[tuple[str, URLPattern]] = []
    for entry in entries:
        if isinstance(entry, URLResolver):
            flat += _patterns(entry.url_patterns)
        else:
            flat.append((entry.name or "", entry))
    return flat


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_sign_in_page_from_every_address(method: str) -> None:
    stranger = Client()

    for name, path in _addresses():
        if name in OPEN:
            continue
        answer = getattr(stranger, method)(path)
        assert (name, answer.status_code) == (name, 302)
        assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.usefixtures("committed_db")
def test_a_stranger_who_asks_for_a_part_is_sent_off_the_whole_page() -> None:
    answer = Client().get("/runs/7/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in/")


@pytest.mark.usefixtures("committed_db")
def test_a_plan_that_is_not_there_and_an_address_that_leads_nowhere_look_the_same() -> None:
    chen = _signed_in("chen")

    no_plan = chen.get("/plans/7/")
    nowhere = chen.get("/no/7/")

    assert no_plan.status_code == nowhere.status_code == 404
    assert _bare(no_plan.content, b"/plans/7/") == _bare(nowhere.content, b"/no/7/")


@pytest.mark.usefixtures("committed_db")
def test_a_page_is_never_kept_by_a_cache_on_the_way_for_another_kind_of_request() -> None:
    answer = _signed_in("chen").get("/")

    assert "HX-Request" in answer["Vary"]


@pytest.mark.usefixtures("committed_db")
def test_the_sign_in_page_leads_only_to_our_own_addresses() -> None:
    answer = Client().post(
        "/sign-in/",
        {"username": "chen", "password": PASSWORD, "next": "https://elsewhere.example/"},
    )

    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.usefixtures("committed_db")
def test_an_unknown_language_changes_nothing() -> None:
    answer = Client().post("/language/", {"language": "tlh"})

    assert answer.status_code == 302
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


@pytest.mark.usefixtures("committed_db")
def test_a_browser_that_lists_english_is_still_greeted_in_chinese() -> None:
    answer = Client().get("/sign-in/", headers={"Accept-Language": "en-US,en;q=0.9"})

    assert answer["Content-Language"] == "zh-Hans"


@pytest.mark.usefixtures("committed_db")
def test_a_seat_in_another_office_cannot_be_taken() -> None:
    chen = _signed_in("chen")
    lin = _signed_in("lin")
    hers = lin.session["seat"]

    answer = chen.post("/office/", {"seat": hers})

    assert answer.status_code == 403
    assert chen.session["seat"] != hers


def _signed_in(username: str) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": username, "password": PASSWORD})
    return client


def _bare(body: bytes, path: bytes) -> bytes:
    return CHANGING.sub(b"", body).replace(path, b"")
