"""How long the page of the largest plan takes on the server, as the web's database role."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel.clock import now, today
from scheduling.management.commands.bench_import import machine
from scheduling.management.large_plan import SEATS_PER_TEAM, VISITS_PER_TEAM, store_plan
from scheduling.mapping.policies import profile_policy
from scheduling.models.plans import Plan, PlanSeat, PlanTeam, PlanVisit
from scheduling.models.releases import Release, ReleaseCall, ReleasedPerson, ReportedUnit
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import SolveRun
from tenancy.context import in_office
from tenancy.domain.roles import Role
from tenancy.models import Membership, Office, User

TEAMS = 50
SMALL = 5
MOST_MS = 300
TIMES = 15


class Command(BaseCommand):
    help = (
        "Measure the page of a plan of 50 teams, 350 people and 150 visits. The plan is put into a "
        "city office (load_demo makes one), its page is asked for as the web would, and the rows "
        "are removed again. As the owner."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", default="zhoushan", metavar="CODE")
        parser.add_argument("--write", metavar="FILE", help="Write the figures as Markdown.")
        parser.add_argument("--plan", type=int, help="For the web's part; started by itself.")

    def handle(self, *, office: str, write: str | None, plan: int | None, **rest: Any) -> None:
        city = Office.objects.filter(code=office).first()
        if city is None:
            raise CommandError(f"There is no office with the code {office}.")
        if plan is not None:
            self.stdout.write(json.dumps(_asked_for(city, plan)))
            return
        figures = {teams: _measured(city, teams) for teams in (SMALL, TEAMS)}
        self.stdout.write(json.dumps(figures, indent=2))
        if write is not None:
            Path(write).write_text(as_markdown(figures), encoding="utf-8")
        if figures[TEAMS]["median_ms"] > MOST_MS:
            raise CommandError(f"Beyond the limit of {MOST_MS} ms.", returncode=1)
        if figures[TEAMS]["queries"] != figures[SMALL]["queries"]:
            raise CommandError("The number of queries grows with the rows.", returncode=1)


def _measured(city: Office, teams: int) -> dict[str, Any]:
    with stored(city, teams) as plan:
        connections.close_all()
        web = subprocess.run(
            [sys.executable, sys.argv[0], "bench_plan_page", "--office", city.code,
             "--plan", str(plan.pk)],
            env=os.environ | {"XUNCHA_ROLE": "app", "DEBUG": "no"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        measured: dict[str, Any] = json.loads(web.stdout.strip().splitlines()[-1])
        return measured


def _asked_for(city: Office, number: int) -> dict[str, Any]:
    """The web's part, in a process of its own: the whole request, middleware and all."""
    browser = _signed_in(city)
    address = f"/plans/{number}/"
    browser.get(address)  # compiles the templates, once per process
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = browser.get(address)
        took.append(1000 * (time.perf_counter() - began))
    if answer.status_code != 200:
        raise CommandError(f"{address} answered {answer.status_code}.")
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    browser.logout()
    return {
        "median_ms": round(statistics.median(took)),
        "worst_ms": round(max(took)),
        "queries": len(queries),
        "page_kb": round(len(answer.content) / 1024),
    }


def _signed_in(city: Office) -> Client:
    with in_office(city.pk):
        seat = Membership.objects.in_force(today()).filter(tenant=city, role=Role.SCHEDULER).first()
    if seat is None:
        raise CommandError(f"{city.code} has no scheduler to look at the page.")
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(
        User.objects.get(pk=seat.user_id), backend=settings.AUTHENTICATION_BACKENDS[-1]
    )
    session = browser.session
    session["office"] = city.pk
    session.save()
    return browser


@contextmanager
def stored(city: Office, teams: int) -> Iterator[Plan]:
    """A round with a plan of so many teams; gone afterwards, whatever happens."""
    with transaction.atomic(), in_office(city.pk):
        round_ = _round(city, teams)
        counties = list(Office.objects.filter(parent=city).order_by("code"))
        ReleaseCall.objects.bulk_create(_call(round_, county) for county in counties)
        plan = store_plan(round_, counties, teams=teams)
    try:
        yield plan
    finally:
        with transaction.atomic(), in_office(city.pk):
            _remove(round_)


def _round(city: Office, teams: int) -> InspectionRound:
    return InspectionRound.objects.create(
        tenant=city,
        name=f"bench {teams} {time.time_ns()}",
        starts_on=date(2026, 9, 7),
        ends_on=date(2026, 9, 7) + timedelta(days=60),
        mode="ring",
        policy=profile_policy("ring"),
        created_at=now(),
        changed_at=now(),
    )


def _call(round_: InspectionRound, county: Office) -> ReleaseCall:
    return ReleaseCall(
        tenant=county,
        sender_id=round_.tenant_id,
        round_id=round_.pk,
        name=round_.name,
        starts_on=round_.starts_on,
        ends_on=round_.ends_on,
        mode=round_.mode,
        teams=TEAMS,
        people_needed=TEAMS,
        asks_for_units=True,
        called_at=now(),
    )


def _remove(round_: InspectionRound) -> None:
    """Children first: what was delivered is protected from its parents' removal."""
    for part in (PlanVisit, PlanSeat, PlanTeam):
        part.objects.filter(plan__round=round_).delete()
    for whole in (Plan, SolveRun, ReportedUnit, ReleasedPerson, Release):
        whole.objects.filter(round=round_).delete()
    ReleaseCall.objects.filter(sender_id=round_.tenant_id, round_id=round_.pk).delete()
    round_.delete()


def as_markdown(figures: dict[int, dict[str, Any]]) -> str:
    large, small = figures[TEAMS], figures[SMALL]
    return f"""# The page of a large plan

Made by `./run manage bench_plan_page --write docs/benchmarks/plan-page.md`: the whole request of one
plan's page (session, fence, queries, template) in one process, as the web's database role with
row-level security in force, {TIMES} times after one to warm up.

| figure | {SMALL} teams | {TEAMS} teams | limit |
|---|---|---|---|
| people in teams | {SMALL * SEATS_PER_TEAM} | {TEAMS * SEATS_PER_TEAM} | |
| visits | {SMALL * VISITS_PER_TEAM} | {TEAMS * VISITS_PER_TEAM} | |
| median, ms | {small["median_ms"]} | {large["median_ms"]} | {MOST_MS} |
| worst, ms | {small["worst_ms"]} | {large["worst_ms"]} | |
| queries | {small["queries"]} | {large["queries"]} | the same |
| page, KB | {small["page_kb"]} | {large["page_kb"]} | |

Machine: {machine()}.
"""
