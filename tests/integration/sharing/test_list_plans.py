"""No list, record, search or board of what teams brought home makes the database read an office's
table from end to end.

The requests are those of `./run bench lists`, at a small size; sequential scans are made dear, so that
one which is still there is one that nothing else can take the place of.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from launcher.psql import Login, sql
from scheduling.management.fence_requests import plan_of, read_in_sequence, statements
from scheduling.management.fence_rows import OFFICES, Run
from sharing.access.deadlines import clocked_lives
from sharing.management.list_requests import requests
from sharing.management.list_rows import fill, records
from tenancy.context import in_office

ROWS = 20_000
FEWEST_REQUESTS = 50
EACH = ROWS // OFFICES
# There is one city in it: the whole table is what that office has.
CITYS_ALONE = {"sharing_clue", "sharing_clueroute", "sharing_interferenceentry"}


@pytest.fixture
def run(committed_db: None, login_as: Callable[[str], Login]) -> Run:
    """SQL as the superuser in a database with rows of all offices."""

    def as_superuser(text: str) -> str:
        return sql(text, login_as("superuser"))

    assert records(fill(as_superuser, rows=ROWS)) == ROWS
    return as_superuser


def read_whole() -> dict[str, set[str]]:
    """By request, the tables of offices that it reads from end to end."""
    found = {}
    for request in requests(EACH):
        actor = request.actor
        with in_office(actor.tenant_id, actor.user_id):
            with statements() as asked:
                request.ask(actor)
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
            assert asked, request.name
            found[request.name] = read_in_sequence([plan_of(one) for one in asked])
    return {name: tables - CITYS_ALONE for name, tables in found.items() if tables - CITYS_ALONE}


def found_nothing() -> list[str]:
    """Names of the lists without a line; of deadlines, where somebody reads some."""
    empty = []
    for request in requests(EACH):
        with in_office(request.actor.tenant_id, request.actor.user_id):
            part = request.ask(request.actor)
        lines = getattr(getattr(part, "part", part), "lines", None)
        if lines is not None and not lines and (request.name != "deadlines" or clocked_lives()):
            empty.append(request.name)
    return empty


def test_no_list_of_what_teams_brought_home_reads_a_table_from_end_to_end(run: Run) -> None:
    assert len(requests(EACH)) >= FEWEST_REQUESTS
    assert read_whole() == {}
    # Else the plans, and the milliseconds of the benchmark, would be those of nothing.
    assert [name for name in found_nothing() if "in vain" not in name] == []


def test_without_the_keys_that_lead_with_the_office_they_are_found_out(run: Run) -> None:
    run(
        "ALTER TABLE sharing_letter DROP CONSTRAINT sharing_letter_of_tenant CASCADE;"
        "ALTER TABLE sharing_letter DROP CONSTRAINT letter_numbered_once;"
        "DROP INDEX letter_by_state, letter_by_desk, letter_by_person, letter_by_urged,"
        " letter_by_item, letter_by_case"
    )
    found = read_whole()
    assert found["letters"] == {"sharing_letter"}
    assert "items" not in found
