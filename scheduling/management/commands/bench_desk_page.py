"""How long the desk keeps somebody waiting at its largest, as the web's database role."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scheduling.management.large_desk import CODE, large_desk
from scheduling.management.machine import described
from scheduling.mapping.schedules import schedule_of
from scheduling.models.plans import Plan
from tenancy.context import in_office
from tenancy.models import Office, User

MOST_MS = 300
TIMES = 11
HTMX = {"HX-Request": "true"}


class Command(BaseCommand):
    help = (
        "Measure the desk of a draft of 50 teams, 350 people and 150 visits: its page, who else "
        "could sit, and an edit with its price, each as a whole request. The rows are put in for "
        "the occasion and removed again. As the owner."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", metavar="FILE", help="Write the figures as Markdown.")
        parser.add_argument("--plan", type=int, help="For the web's part; started by itself.")

    def handle(self, *, write: str | None, plan: int | None, **rest: Any) -> None:
        if plan is not None:
            self.stdout.write(json.dumps(_measured(plan)))
            return
        with large_desk() as draft:
            connections.close_all()
            figures = _by_the_web(draft)
        self.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False))
        if write is not None:
            Path(write).write_text(as_markdown(figures), encoding="utf-8")
        slow = [what for what, figure in figures.items() if figure["median_ms"] > MOST_MS]
        if slow:
            raise CommandError(f"Beyond {MOST_MS} ms: {', '.join(slow)}.", returncode=1)


def _by_the_web(draft: Plan) -> dict[str, Any]:
    """In a process of its own, whose database role is bound by row-level security."""
    web = subprocess.run(
        [sys.executable, sys.argv[0], "bench_desk_page", "--plan", str(draft.pk)],
        env=os.environ | {"XUNCHA_ROLE": "app", "DEBUG": "no"},
        capture_output=True,
        text=True,
        check=False,
    )
    if web.returncode:
        raise CommandError(web.stderr[-2000:])
    figures: dict[str, Any] = json.loads(web.stdout.strip().splitlines()[-1])
    return figures


def _measured(number: int) -> dict[str, Any]:
    city = Office.objects.get(code=CODE)
    with in_office(city.pk):
        teams = schedule_of(Plan.objects.get(tenant_id=city.pk, pk=number)).teams
    browser = _signed_in(city)
    here = f"/plans/{number}/desk/"
    member, other = teams[3].members[0], teams[3].members[1]
    unit = teams[4].visits[0]

    def asked(address: str, **query: str) -> Callable[[], Any]:
        target = f"{address}?{urlencode(query)}" if query else address
        headers = HTMX if query else {}
        return lambda: browser.get(target, headers=headers)

    def done(**edit: str) -> Callable[[], Any]:
        sent = {**edit, "seen": "1", "panel": f"person={member}"}
        return lambda: browser.post(f"{here}edit/", sent, headers=HTMX)

    return {
        "the desk's page": _timed(asked(here)),
        "why here": _timed(asked(here, person=member)),
        "who else": _timed(asked(here, person=member, view="else")),
        "where else": _timed(asked(here, person=member, view="where")),
        "who could visit": _timed(asked(here, unit=unit.unit, view="else")),
        "a price": _timed(asked(here, edit="unseat", inspector=member)),
        "an edit: two people": _timed(done(edit="unseat", inspector=other)),
        "an edit: a visit": _timed(done(edit="move_visit", unit=unit.unit, start="2026-03-16")),
        "what is new": _timed(lambda: browser.get(f"{here}live/?seen=1&token=x", headers=HTMX)),
    }


def _timed(ask: Callable[[], Any]) -> dict[str, Any]:
    """Undone each time: what is timed leaves nothing behind, not even its line of the record."""
    took = []
    for _ in range(TIMES + 1):
        with transaction.atomic():
            began = time.perf_counter()
            answer = ask()
            took.append(1000 * (time.perf_counter() - began))
            transaction.set_rollback(True)
        if answer.status_code != 200:
            raise CommandError(f"Answered {answer.status_code}: {answer.content.decode()[:500]}")
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        ask()
        transaction.set_rollback(True)
    return {
        "median_ms": round(statistics.median(took[1:])),
        "worst_ms": round(max(took[1:])),
        "queries": len(queries),
        "kb": round(len(answer.content) / 1024),
    }


def _signed_in(city: Office) -> Client:
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(
        User.objects.get(username=CODE), backend=settings.AUTHENTICATION_BACKENDS[-1]
    )
    session = browser.session
    session["office"] = city.pk
    session.save()
    return browser


def as_markdown(figures: dict[str, dict[str, Any]]) -> str:
    lines = "\n".join(
        f"| {what} | {one['median_ms']} | {one['worst_ms']} | {one['queries']} | {one['kb']} |"
        for what, one in figures.items()
    )
    return f"""# The desk over the web

Made by `./run bench desk-page --write docs/benchmarks/desk-page.md`: whole requests (session, fence,
queries, the engine's pricing, template) on a draft of 50 teams, 350 people, 150 visits and 900
people to choose from, as the web's database role with row-level security in force; {TIMES} times after
one to warm up, each undone instead of committed. The limit is {MOST_MS} ms at the median.

| what | median, ms | worst, ms | queries | answer, KB |
|---|---|---|---|---|
{lines}

Machine: {described()}.
"""
