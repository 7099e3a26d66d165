"""The requests that people make most, as the selectors answer them: each with all its queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from scheduling.management.fence_rows import BLOCK, FIRST_OFFICE
from scheduling.models.declarations import Declaration
from scheduling.selectors.declarations import said_by_the_discipline_body
from scheduling.selectors.notices import notice_list, unread_count
from scheduling.selectors.plans import plan_page
from scheduling.selectors.releases import calls_part
from scheduling.selectors.rosters import person_page, roster_page, units_page
from scheduling.selectors.rounds import round_page, rounds_part
from scheduling.selectors.runs import runs_part
from tenancy.access import access_job
from tenancy.actor import Actor
from tenancy.catalogue import tables_of_offices
from tenancy.domain.roles import Role
from tenancy.paging import Window

CITY, COUNTY = 1, 7
Statement = tuple[str, Any]


@dataclass(frozen=True)
class Request:
    """`office`: whose; `is_list`: a page of rows, which has a limit of its own."""

    name: str
    office: int
    ask: Callable[[Actor], object]
    is_list: bool = True

    @property
    def actor(self) -> Actor:
        number = FIRST_OFFICE + self.office
        return Actor(
            user_id=number,
            name="陈砚秋",
            tenant_id=number,
            office_name="",
            office_kind="city" if self.office == CITY else "county",
            roles=frozenset(
                {Role.SCHEDULER, Role.CITY_DIRECTOR}
                if self.office == CITY
                else {Role.COUNTY_DIRECTOR}
            ),
        )


def requests() -> list[Request]:
    own = COUNTY * BLOCK
    round_ = plan = CITY * BLOCK + 1
    page = Window(limit=50)
    return [
        Request("roster, a page", COUNTY, lambda a: roster_page(a, page=3)),
        Request("roster, searched", COUNTY, lambda a: roster_page(a, search="zhang1")),
        Request("a person", COUNTY, lambda a: person_page(a, own + 9), is_list=False),
        Request("units, a page", COUNTY, lambda a: units_page(a, page=2)),
        Request("calls for people", COUNTY, lambda a: calls_part(a, page)),
        Request("notices", COUNTY, notice_list),
        Request("the bell of every page", COUNTY, unread_count, is_list=False),
        Request("a job", COUNTY, lambda a: access_job(a, own + 5), is_list=False),
        Request("rounds", CITY, lambda a: rounds_part(a, page)),
        Request("a round", CITY, lambda a: round_page(a, round_), is_list=False),
        Request("a plan with its rows", CITY, lambda a: plan_page(a, plan), is_list=False),
        Request("runs with their jobs", CITY, lambda a: runs_part(a, round_, page)),
        Request("lines of the record", CITY, _lines_of_the_record),
    ]


def _lines_of_the_record(actor: Actor) -> object:
    """Who said it, for a page of declarations."""
    return said_by_the_discipline_body(actor, [Declaration(pk=number) for number in range(1, 51)])


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """What is asked of the database within the block, as it is asked."""
    asked: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def plan_of(statement: Statement, *, analyze: bool = False) -> str:
    """How the database goes about it, as whoever Django is and in the context of now."""
    sql, params = statement
    how = "ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF" if analyze else "COSTS OFF"
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN ({how}) {sql}", params)
        return "\n".join(line for (line,) in cursor.fetchall())


def read_in_sequence(plans: Sequence[str]) -> set[str]:
    """Tables of offices that the plans read from end to end: row by row, or along an index
    without asking it for anything."""
    read = {name for plan in plans for node in _nodes(plan) for name in _whole(node)}
    return read & set(tables_of_offices())


def _nodes(plan: str) -> list[str]:
    return re.split(r"\n\s*->\s*|\n\s*(?:InitPlan|SubPlan)[^\n]*", "\n" + plan)


def _whole(node: str) -> list[str]:
    found = re.findall(r"Seq Scan on (\w+)", node)
    if "Index Cond:" not in node:
        found += re.findall(r"Index (?:Only )?Scan (?:Backward )?using \w+ on (\w+)", node)
    return found
