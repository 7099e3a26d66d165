"""Every answer tells the browser what it may do with it; and browsers tell what they blocked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from psycopg2.extensions import connection as Connection

from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tests.import_desk import SignedIn, media, signed_in
from tests.integration.portal.test_the_door import _addresses, _patterns
from tests.people import PASSWORD

__all__ = ["media", "signed_in"]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "report-uri /policy-reports/",
    "report-to policy",
}
TOLD = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Reporting-Endpoints": 'policy="/policy-reports/"',
}


def lacking(answer: Any) -> set[str]:
    faults = {name for name, value in TOLD.items() if answer.headers.get(name) != value}
    if set(answer.headers.get("Content-Security-Policy", "").split("; ")) != POLICY:
        faults.add("Content-Security-Policy")
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        faults.add("Permissions-Policy")
    if not {"no-store", "private"} <= set(answer.headers.get("Cache-Control", "").split(", ")):
        faults.add("Cache-Control")
    return faults


def api_addresses() -> Iterator[str]:
    for pattern in _patterns(houses("api/v1/")):
        yield "/api/v1/" + re.sub(r"<[^>]+>", "7", str(pattern[1].pattern))


def houses(prefix: str) -> list[URLPattern | URLResolver]:
    return [one for one in get_resolver().url_patterns if str(one.pattern) == prefix]


@pytest.fixture
def chen_in(committed_db: None) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": "chen", "password": PASSWORD})
    return client


def test_every_address_tells_the_same_whoever_asks_and_whatever_comes_of_it(
    chen_in: Client,
) -> None:
    paths = [path for _, path in _addresses()] + list(api_addresses()) + ["/nowhere/"]

    for client in (Client(), chen_in):
        for path in paths:
            for ask in (client.get, client.head, client.post, client.options, client.delete):
                answer = ask(path)
                assert answer.status_code < 500, path
                if path != "/sign-out/":
                    assert lacking(answer) == set(), (ask.__name__, path, answer.status_code)


def test_a_forged_form_and_a_broken_page_tell_it_as_well(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)

    forged = strict.post("/sign-in/", {"username": "chen", "password": PASSWORD})
    monkeypatch.setattr("portal.views.session.render", lambda *_: 1 / 0)
    broken = strict.get("/sign-in/")

    assert (forged.status_code, broken.status_code) == (403, 500)
    assert lacking(forged) == lacking(broken) == set()


def test_every_form_needs_its_token_save_what_a_browser_sends_by_itself() -> None:
    exempt = {
        name
        for name, pattern in _patterns(houses(""))
        if getattr(pattern.callback, "csrf_exempt", False)
    }

    assert exempt == {"policy-report"}


@pytest.mark.usefixtures("committed_db")
def test_a_file_of_ours_runs_nothing_by_itself_and_is_nobody_elses() -> None:
    answer: Any = Client().get("/static/webui/img/emblem.svg")

    assert b"<svg" in b"".join(answer.streaming_content)
    answer.close()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_cookies_are_closed_to_scripts_and_other_sites(committed_db: None) -> None:
    client = Client()
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": "chen", "password": PASSWORD})
    client.post("/language/", {"language": "en"})

    flags = {
        name: (bool(cookie["httponly"]), cookie["samesite"], cookie["path"], cookie["domain"])
        for name, cookie in client.cookies.items()
    }
    assert flags == {
        settings.SESSION_COOKIE_NAME: (True, "Lax", "/", ""),
        settings.CSRF_COOKIE_NAME: (True, "Strict", "/", ""),
        settings.LANGUAGE_COOKIE_NAME: (True, "Lax", "/", ""),
    }


# --- What browsers report ------------------------------------------------------------------------


def reported(path: str = "/rounds/7/", blocked: str = "inline") -> dict[str, object]:
    address = f"http://testserver{path}?name=林书敏"
    body = {"effectiveDirective": "script-src-elem", "documentURL": address, "blockedURL": blocked}
    return {"type": "csp-violation", "age": 1, "url": address, "body": body}


def send(content: object) -> int:
    return (
        Client(enforce_csrf_checks=True)
        .post("/policy-reports/", json.dumps(content), content_type="application/reports+json")
        .status_code
    )


@pytest.fixture
def feng(committed_db: None, connect_as: Callable[[str], Connection]) -> Actor:
    """The security administrator, of the office that runs the installation."""
    connection = connect_as("superuser")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenancy_office (id, code, name, short_name, kind, name_key)"
            " VALUES (9900, 'platform', '平台', '平台', 'platform', 'ping tai')"
        )
        cursor.execute(
            "INSERT INTO tenancy_user (id, username, display_name, password, language, is_active)"
            " VALUES (9901, 'feng', '冯守正', '', '', true)"
        )
        cursor.execute(
            "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
            " VALUES (9900, 9901, 'security_administrator', '2020-01-01')"
        )
    connection.commit()
    roles = frozenset({Role.SECURITY_ADMINISTRATOR})
    return Actor(9901, "冯守正", 9900, "平台", "platform", roles)


def test_a_report_is_counted_and_shown_to_the_security_administrator(
    feng: Actor, signed_in: SignedIn
) -> None:
    assert "没有报告" in signed_in(feng).get("/violations/").content.decode()

    assert send([reported(), reported(blocked="https://evil.example/林")]) == 204

    page = signed_in(feng).get("/violations/").content.decode()
    assert "script-src-elem" in page
    assert "round-detail" in page
    assert "elsewhere" in page
    assert "evil.example" not in page
    assert "林书敏" not in page


def test_rubbish_is_taken_without_a_word_and_kept_nowhere(feng: Actor, signed_in: SignedIn) -> None:
    for content in (None, [], {"x": 1}, [reported(), "x" * 20_000]):
        assert send(content) == 204
    assert Client().post("/policy-reports/", b"\xff{", content_type="x/y").status_code == 204

    assert "没有报告" in signed_in(feng).get("/violations/").content.decode()


def test_a_flood_fills_no_table(
    feng: Actor, signed_in: SignedIn, connect_as: Callable[[str], Connection]
) -> None:
    with connect_as("app") as connection, connection.cursor() as cursor:
        for number in range(400):
            cursor.execute("SELECT sec.note_violation('img-src', 'inline', %s)", [f"page-{number}"])

    page = signed_in(feng).get("/violations/").content.decode()
    assert page.count("<code>img-src</code>") == 300


def test_the_database_tells_nobody_else(
    feng: Actor, chen: Actor, connect_as: Callable[[str], Connection], signed_in: SignedIn
) -> None:
    send(reported())

    assert signed_in(chen).get("/violations/").status_code == 403
    with connect_as("app") as connection, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.violations()")
        assert cursor.fetchall() == []


@override_settings(CONTENT_SECURITY_POLICY=None)
def test_a_missing_policy_would_be_noticed(committed_db: None) -> None:
    assert "Content-Security-Policy" in lacking(Client().get("/sign-in/"))
