"""Forced errors with canaries: none reaches the server's log or a process's.

By SQL as each role, through the pages and the API, and by a job. The values are a canary, an ID
number and a phone number, each in every way in which PostgreSQL repeats values in an error.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

import psycopg2
import pytest
from django.db import connection
from django.test import Client
from psycopg2.extensions import connection as Connection

from config.logs import Discreet
from launcher.folders import DataFolder
from tenancy import runner
from tenancy.actor import Actor
from tenancy.queue import enqueue
from tests.databases import TestServer
from tests.integration.tenancy import probe_jobs  # noqa: F401  (its jobs are registered)
from tests.people import acting

CANARIES = ("canary-7be2f1d04c", "330902199003074217", "13857201234")

# Each repeats its value: in STATEMENT, in DETAIL, in the message itself, in a parameter.
FORCED = {
    "a value of the wrong type": "SELECT ('x' || %s)::bigint",
    "a date that is none": "SELECT %s::text::date",
    "a word that is no JSON": "SELECT ('{' || %s::text)::json",
    "a function that is not there": "SELECT nobody_knows(%s)",
    "a division beside it": "SELECT 1 / 0, %s",
    "a refused cast of a context": "SELECT set_config('work_mem', %s, true)",
    "words raised as they are": "DO $$ BEGIN RAISE EXCEPTION '%%', {0}; END $$",
    "a warning": "DO $$ BEGIN RAISE WARNING '%%', {0}; END $$",
    "a log line": "DO $$ BEGIN RAISE LOG '%%', {0}; END $$",
}


@pytest.fixture
def server_log(database_server: TestServer) -> Callable[[], str]:
    """What the server has written since; only of the server that the tests start."""
    folder = DataFolder.default().test
    file = folder.logs / "postgres.log"
    if not database_server.superuser.host.startswith("/") or not file.exists():
        pytest.skip("the log of a server that somebody else runs")
    began = file.stat().st_size

    def written() -> str:
        with file.open("rb") as log:
            log.seek(began)
            return log.read().decode("utf-8", "replace")

    return written


@pytest.fixture
def process_log() -> Iterator[Callable[[], str]]:
    """What this process would write to its standard error."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Discreet("%(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield out.getvalue
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("role", ["app", "worker", "owner", "audit", "backup", "statistics"])
def test_no_refused_statement_reaches_the_servers_log(
    committed_db: None,
    connect_as: Callable[[str], Connection],
    server_log: Callable[[], str],
    role: str,
) -> None:
    session = connect_as(role)
    for sql in FORCED.values():
        for canary in CANARIES:
            force(session, sql, canary)

    said = server_log()
    assert [one for one in CANARIES if one in said] == []


def test_the_search_finds_what_a_server_does_log(
    committed_db: None, connect_as: Callable[[str], Connection], server_log: Callable[[], str]
) -> None:
    """The allowed twin: a superuser's session has none of our settings, and is found."""
    force(connect_as("superuser"), FORCED["a value of the wrong type"], CANARIES[0])

    assert CANARIES[0] in server_log()


def force(session: Connection, sql: str, canary: str) -> None:
    with session.cursor() as cursor:
        try:
            if "{0}" in sql:
                cursor.execute(cursor.mogrify(sql.replace("{0}", "%s"), [canary]))
            else:
                cursor.execute(sql, [canary])
        except psycopg2.Error:
            pass
    session.rollback()


def broken_by(canary: str) -> Callable[..., Any]:
    """A place that fails in the database with this value."""

    def fails(*_: object, **__: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ('x' || %s)::bigint", [canary])

    return fails


@pytest.mark.parametrize("canary", CANARIES)
def test_no_broken_page_or_call_tells_values(
    lin: Actor,
    signed_in: Callable[[Actor], Client],
    server_log: Callable[[], str],
    process_log: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    canary: str,
) -> None:
    client = signed_in(lin)
    client.raise_request_exception = False
    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", broken_by(canary))
    monkeypatch.setattr("tenancy.actor.Actor.seated", lambda **_: lin)
    answers = [
        client.get("/roster/", {"q": canary}),
        client.post("/imports/new/", {"kind": canary}),
        client.get("/api/v1/roster/", {"q": canary}),
    ]
    monkeypatch.undo()

    assert 500 in {answer.status_code for answer in answers}
    assert all(canary.encode() not in one.content for one in answers if one.status_code == 500)
    said = process_log()
    assert "from:" in said, "the fault was told, by kind and place"
    assert canary not in said + server_log()


@pytest.mark.parametrize("canary", CANARIES)
def test_no_failed_job_tells_values(
    committed_db: None,
    django_as: Callable[[str], Any],
    lin: Actor,
    server_log: Callable[[], str],
    process_log: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    canary: str,
) -> None:
    with acting(lin):
        number = enqueue(lin, "probe.count_steps", steps=1).pk
    monkeypatch.setattr("tenancy.runner.handler_of", lambda _: broken_by(canary))
    with django_as("worker"):
        assert runner.run_job(number) == "failed"

    said = process_log()
    assert "failed." in said
    assert "from:" in said
    assert canary not in said + server_log()
