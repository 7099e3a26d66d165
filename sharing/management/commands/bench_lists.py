"""How long the lists of what teams brought home take, at a million records of twenty offices."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from launcher.psql import Login, sql
from scheduling.management.bench_database import own_database
from scheduling.management.fence_kinds import OFF, SIGNED, switchable
from scheduling.management.fence_requests import plan_of, read_in_sequence, statements
from scheduling.management.fence_rows import OFFICES
from scheduling.management.machine import described
from scheduling.management.measuring import Figures, timed
from sharing.management.list_requests import requests
from sharing.management.list_rows import fill, records
from tenancy.context import in_office

ROWS, ROUNDS, TIMES = 1_000_000, 10, 10
MOST_MS = 50
By = dict[str, dict[str, dict[str, float]]]


class Command(BaseCommand):
    help = (
        "Measure lists, records, searches and boards of findings, clues, items and letters, in a"
        " database that is made on this checkout's own server and dropped again."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rows", type=int, default=ROWS, help="Of all offices together.")
        parser.add_argument("--rounds", type=int, default=ROUNDS, help="The kinds take turns.")
        parser.add_argument("--times", type=int, default=TIMES, help="In each turn.")
        parser.add_argument("--write", metavar="FILE", help="Write the figures as Markdown.")

    def handle(self, *, rows: int, rounds: int, times: int, write: str | None, **rest: Any) -> None:
        before = os.getloadavg()[0]
        with own_database() as superuser:
            counted = fill(lambda text: sql(text, superuser), rows=rows)
            sql("VACUUM (ANALYZE)", superuser)
            self.stdout.write(f"{records(counted):,} records, {sum(counted.values()):,} rows")
            each = records(counted) // OFFICES
            figures = _measured(superuser, each, rounds, times)
            scanned, server = _read_whole(each), _server()
        load = f"load average {before:.1f} before and {os.getloadavg()[0]:.1f} after"
        self.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False))
        if write is not None:
            machine = f"{described()}, embedded PostgreSQL {server}; {load}"
            text = as_markdown(figures, counted, scanned, machine, rounds * times)
            Path(write).write_text(text, encoding="utf-8")
        if slow := _slow(figures):
            raise CommandError("; ".join(slow), returncode=1)


def _measured(superuser: Login, each: int, rounds: int, times: int) -> By:
    """The kinds take turns, so that whatever else the machine does meets both of them."""
    asked = requests(each)
    found = {one.name: {kind: Figures() for kind in (OFF, SIGNED)} for one in asked}
    with switchable(lambda text: sql(text, superuser)) as switch:
        for turn in range(rounds):
            for kind in (OFF, SIGNED) if turn % 2 else (SIGNED, OFF):
                switch(kind)
                for request in asked:
                    timed(request, times, found[request.name][kind])
    return {name: {k: f.summary for k, f in kinds.items()} for name, kinds in found.items()}


def _read_whole(each: int) -> dict[str, set[str]]:
    """By request, the tables of offices that it reads from end to end, where there are rows."""
    found = {}
    for request in requests(each):
        with in_office(request.actor.tenant_id, request.actor.user_id):
            with statements() as asked:
                request.ask(request.actor)
            found[request.name] = read_in_sequence([plan_of(one) for one in asked])
    return {name: tables for name, tables in found.items() if tables}


def _server() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0]).split()[0]


def _slow(figures: By) -> list[str]:
    return [
        f"{name}: {kinds[SIGNED]['db_p95']:.0f} ms in the database"
        for name, kinds in figures.items()
        if kinds[SIGNED]["db_p95"] >= MOST_MS
    ]


def as_markdown(
    figures: By,
    counted: dict[str, int],
    scanned: dict[str, set[str]],
    machine: str,
    times: int,
) -> str:
    lines = "\n".join(
        f"| {name} | {kinds[SIGNED]['db_p50']:.1f} | {kinds[SIGNED]['db_p95']:.1f}"
        f" | {kinds[SIGNED]['cpu_p50']:.1f} | {kinds[SIGNED]['cpu_p95']:.1f}"
        f" | {kinds[OFF]['cpu_p50']:.1f} | {kinds[SIGNED]['cpu_p50'] - kinds[OFF]['cpu_p50']:+.1f}"
        f" | {kinds[SIGNED]['p50']:.1f} |"
        for name, kinds in figures.items()
    )
    tables = "\n".join(f"| {name} | {count:,} |" for name, count in sorted(counted.items()))
    read = "; ".join(f"{name}: {', '.join(sorted(found))}" for name, found in scanned.items())
    return f"""# Lists of findings, clues, rectification and letters

Made by `./run bench lists --write docs/benchmarks/sharing-lists.md`: {records(counted):,} findings, clues, items of
rectification and letters of {OFFICES} offices, with their texts, acts and notes {sum(counted.values()):,} rows, in a database of
its own. Each line is what a page or a call of the API really asks (the selector, all its queries, in a transaction with the signed
context), as the web's database role, {times} times: milliseconds in the database at the median and at the 95th of 100; the processor's time that
the server took for it, which tells the same on a busy machine; that with row-level security disabled on every table (*off*); the whole call.

Limit: at most {MOST_MS} ms in the database at p95. Beyond it in this run: {"; ".join(_slow(figures)) or "nothing"}.

| request | p50 ms | p95 ms | processor, p50 ms | p95 ms | off, p50 ms | more than off | whole call, p50 ms |
|---|---|---|---|---|---|---|---|
{lines}

*Deep*: a page far behind the first, by the key of the last row seen. *In vain*: words that no row holds, so that every row that
one may see is looked at. Counts stop at a cap: figures of deadlines at 100, boards at the newest 10,000 records.

Tables of offices that a plan of these reads from end to end: {read or "none"}. A table of a few rows is read so whatever indexes it has;
`tests/integration/sharing/test_list_plans.py` refuses a request that has no other way.

Machine: {machine}. On a busy machine the milliseconds in the database are mostly
waiting for a processor; what is waited for is in the column beside them.

| table | rows |
|---|---|
{tables}
"""
