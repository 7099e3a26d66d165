"""No request that people make often makes the database read an office's table from end to end.

The requests are those of `./run bench fence`, at a small size; sequential scans are made dear, so
that one which is still there is one that nothing else can take the place of.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from launcher.psql import Login, sql
from scheduling.management.fence_kinds import OFF, switchable
from scheduling.management.fence_requests import plan_of, read_in_sequence, requests, statements
from scheduling.management.fence_rows import Run, fill
from tenancy.context import in_office

ROWS = 100_000
FEWEST_REQUESTS = 10


@pytest.fixture
def run(committed_db: None, login_as: Callable[[str], Login]) -> Run:
    """SQL as the superuser in a database with rows of all offices."""

    def as_superuser(text: str) -> str:
        return sql(text, login_as("superuser"))

    counted = fill(as_superuser, rows=ROWS)
    assert sum(counted.values()) > ROWS / 2
    return as_superuser


def read_whole() -> dict[str, set[str]]:
    """By request, the tables of offices that it reads from end to end."""
    found = {}
    for request in requests():
        actor = request.actor
        with in_office(actor.tenant_id, actor.user_id):
            with statements() as asked:
                request.ask(actor)
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
            assert asked, request.name
            found[request.name] = read_in_sequence([plan_of(one) for one in asked])
    return {name: tables for name, tables in found.items() if tables}


def test_no_hot_request_reads_a_table_of_offices_from_end_to_end(run: Run) -> None:
    assert len(requests()) >= FEWEST_REQUESTS
    assert read_whole() == {}


def test_without_the_keys_that_lead_with_the_office_they_are_found_out(run: Run) -> None:
    run(
        "ALTER TABLE scheduling_notice DROP CONSTRAINT scheduling_notice_of_tenant CASCADE;"
        "DROP INDEX notice_newest_first"
    )
    found = read_whole()
    assert found["the bell of every page"] == {"scheduling_notice"}
    assert "scheduling_notice" in found["notices"]
    assert "roster, a page" not in found


def test_the_fence_alone_leads_by_the_key_as_well(run: Run) -> None:
    """A query that forgot its filter: the policy finds the rows by the office's key."""
    forgetful = ("SELECT post FROM scheduling_person", None)
    actor = requests()[0].actor
    with in_office(actor.tenant_id, actor.user_id), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert read_in_sequence([plan_of(forgetful)]) == set()
    with switchable(run) as switch:
        switch(OFF)
        with in_office(actor.tenant_id, actor.user_id):
            assert read_in_sequence([plan_of(forgetful)]) == {"scheduling_person"}
