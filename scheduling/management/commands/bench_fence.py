"""What the fence costs: the requests that people make most, without, with a plain and with the
signed context, in one run, in a database of its own."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from launcher.psql import Login, sql
from scheduling.management.bench_database import own_database
from scheduling.management.fence_kinds import OFF, PLAIN, SIGNED, switchable
from scheduling.management.fence_requests import (
    plan_of,
    read_in_sequence,
    requests,
    statements,
)
from scheduling.management.fence_rows import OFFICES, fill
from scheduling.management.machine import described
from scheduling.management.measuring import Figures, timed
from tenancy.context import in_office

ROWS, ROUNDS, TIMES = 1_000_000, 10, 10
MOST_MORE = 0.30
MOST_LIST_MS = 50
PLANS = "fence-plans.md"


class Command(BaseCommand):
    help = (
        "Measure what the fence costs, at a million rows of twenty offices, in a database that is "
        "made on this checkout's own server and dropped again."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rows", type=int, default=ROWS, help="Of all offices together.")
        parser.add_argument("--rounds", type=int, default=ROUNDS, help="The kinds take turns.")
        parser.add_argument("--times", type=int, default=TIMES, help="In each turn.")
        parser.add_argument("--write", metavar="FILE", help="Write the figures as Markdown.")

    def handle(self, *, rows: int, rounds: int, times: int, write: str | None, **rest: Any) -> None:
        before = os.getloadavg()
        with own_database() as superuser:
            counted = fill(lambda text: sql(text, superuser), rows=rows)
            self.stdout.write(f"{sum(counted.values()):,} rows")
            figures = _measured(superuser, rounds, times)
            plans = _plans()
        load = f"{before[0]:.1f} before and {os.getloadavg()[0]:.1f} after"
        self.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False))
        if write is not None:
            text = as_markdown(figures, counted, plans, load, rounds * times)
            Path(write).write_text(text, encoding="utf-8")
            Path(write).with_name(PLANS).write_text(plans_as_markdown(plans), encoding="utf-8")
        if beyond := _beyond(figures):
            raise CommandError("; ".join(beyond), returncode=1)


def _measured(superuser: Login, rounds: int, times: int) -> dict[str, dict[str, dict[str, float]]]:
    """The kinds take turns, so that whatever else the machine does meets all of them."""
    found = {one.name: {kind: Figures() for kind in (OFF, PLAIN, SIGNED)} for one in requests()}
    with switchable(lambda text: sql(text, superuser)) as switch:
        for turn in range(rounds):
            kinds = (OFF, PLAIN, SIGNED) if turn % 2 else (SIGNED, PLAIN, OFF)
            for kind in kinds:
                switch(kind)
                for request in requests():
                    timed(request, times, found[request.name][kind])
    return {name: {k: f.summary for k, f in kinds.items()} for name, kinds in found.items()}


def _plans() -> dict[str, list[str]]:
    """Of each request every statement's plan, as the web's role in the signed context."""
    found: dict[str, list[str]] = {}
    for request in requests():
        actor = request.actor
        with in_office(actor.tenant_id, actor.user_id):
            with statements() as asked:
                request.ask(actor)
            found[request.name] = [plan_of(one, analyze=True) for one in asked]
    return found


def _beyond(figures: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    slow = []
    lists = {one.name for one in requests() if one.is_list}
    for name, kinds in figures.items():
        if _more(kinds, "p50") > MOST_MORE:
            slow.append(f"{name}: {_more(kinds, 'p50'):+.0%}")
        if name in lists and kinds[SIGNED]["db_p95"] >= MOST_LIST_MS:
            slow.append(f"{name}: {kinds[SIGNED]['db_p95']:.0f} ms in the database")
    return slow


def _more(kinds: dict[str, dict[str, float]], what: str) -> float:
    return kinds[SIGNED][what] / kinds[OFF][what] - 1


def as_markdown(
    figures: dict[str, dict[str, dict[str, float]]],
    counted: dict[str, int],
    plans: dict[str, list[str]],
    load: str,
    times: int,
) -> str:
    lines = "\n".join(
        f"| {name} | {kinds[OFF]['p50']:.2f} | {kinds[PLAIN]['p50']:.2f} | {kinds[SIGNED]['p50']:.2f}"
        f" | {_more(kinds, 'p50'):+.0%} | {kinds[OFF]['db_p50']:.2f} | {kinds[PLAIN]['db_p50']:.2f}"
        f" | {kinds[SIGNED]['db_p50']:.2f} | {_more(kinds, 'db_p50'):+.0%}"
        f" | {kinds[OFF]['db_p95']:.1f} | {kinds[SIGNED]['db_p95']:.1f} | {len(plans[name])} |"
        for name, kinds in figures.items()
    )
    tables = "\n".join(f"| {name} | {count:,} |" for name, count in counted.items())
    scanned = {name: sorted(read_in_sequence(found)) for name, found in plans.items()}
    read = "; ".join(f"{name}: {', '.join(names)}" for name, names in scanned.items() if names)
    beyond = "; ".join(_beyond(figures))
    return f"""# What the fence costs

Made by `./run bench fence --write docs/benchmarks/fence.md`: {sum(counted.values()):,} rows of {OFFICES} offices that
are all alike, in a database of its own. Each line is what a page or a call of the API really asks (the selector, all its queries,
transaction and context included), as the web's database role; {times} times for each kind, the kinds taking turns in the same run:

- *off*: row-level security disabled on every table; the filters in the code alone;
- *plain*: the policies ask a plain setting;
- *signed*: as delivered; the policies ask the signed context, whose HMAC the database computes anew in every statement.

Limits: *signed* at most +{MOST_MORE:.0%} over *off* on the median of the call; a list at most {MOST_LIST_MS} ms in the database at p95.

Beyond a limit in this run: {beyond or "nothing"}.

| request | off, p50 ms | plain | signed | signed / off | in the database: off, p50 ms | plain | signed | signed / off | off, p95 ms | signed, p95 ms | statements |
|---|---|---|---|---|---|---|---|---|---|---|---|
{lines}

Tables of offices that a plan of these reads from end to end: {read or "none"}. The plans are in [{PLANS}]({PLANS});
`tests/integration/scheduling/test_fence_plans.py` refuses one that has to.

Machine: {described()}, embedded PostgreSQL; load average {load}. On a busy machine the ratios say more than the
milliseconds.

| table | rows |
|---|---|
{tables}
"""


def plans_as_markdown(plans: dict[str, list[str]]) -> str:
    parts = [
        f"## {name}\n\n```text\n" + "\n\n".join(_short(plan) for plan in found) + "\n```\n"
        for name, found in plans.items()
    ]
    return "# The plans behind [fence.md](fence.md)\n\nIn the signed context.\n\n" + "\n".join(
        parts
    )


def _short(plan: str) -> str:
    """Long lists of values are cut."""
    return "\n".join(line if len(line) <= 160 else line[:157] + "…" for line in plan.splitlines())
