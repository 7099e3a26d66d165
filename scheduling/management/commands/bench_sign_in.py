"""Whether the time of a refused sign-in tells what kind of name was typed."""

from __future__ import annotations

import os
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.test import Client

from launcher.psql import Login, sql
from scheduling.management.bench_database import own_database
from scheduling.management.machine import described

KNOWN, CLOSED, UNKNOWN = "known", "closed", "unknown"
HELD, HELD_UNKNOWN = "held", "held, unknown"
NAMES = {
    KNOWN: "known-name",
    CLOSED: "closed-name",
    UNKNOWN: "nobody-name",
    HELD: "held-name",
    HELD_UNKNOWN: "nobody-held",
}
# Within the limit of a name from a network: between two clearings nothing is held by measuring.
TURNS_BEFORE_CLEARING = 3
SAMPLES, MOST_AUC = 300, 0.55
HOLD_AFTER = 5


class Command(BaseCommand):
    help = (
        "Measure refused sign-ins of names that exist, do not, are closed or held, in turns, in a"
        " database of its own, and say how well their times tell them apart."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--samples", type=int, default=SAMPLES, help="Of each kind of name.")
        parser.add_argument("--write", metavar="FILE", help="Write the figures as Markdown.")

    def handle(self, *, samples: int, write: str | None, **_: Any) -> None:
        before = os.getloadavg()[0]
        with own_database() as superuser:
            _settle(superuser)
            times = _measured(superuser, samples)
        load = f"{before:.1f} before and {os.getloadavg()[0]:.1f} after"
        text = as_markdown(times, load)
        self.stdout.write(text)
        if write is not None:
            Path(write).write_text(text, encoding="utf-8")
        worst = max(apart(times[UNKNOWN], times[kind]) for kind in times if kind != UNKNOWN)
        if worst > MOST_AUC:
            raise CommandError(f"told apart with {worst:.3f}", returncode=1)


def area_under_curve(one: Sequence[float], other: Sequence[float]) -> float:
    """How often a value of `other` is the larger: of all pairs; a tie counts half."""
    larger = sum((b > a) + (b == a) / 2 for a in one for b in other)
    return larger / (len(one) * len(other))


def apart(one: Sequence[float], other: Sequence[float]) -> float:
    """The same, whichever of the two is the slower: 0.5 tells nothing, 1 everything."""
    area = area_under_curve(one, other)
    return max(area, 1 - area)


def _settle(superuser: Login) -> None:
    for number, kind in enumerate((KNOWN, CLOSED, HELD), start=1):
        account = {
            "number": str(number),
            "name": NAMES[kind],
            "hash": make_password("on-duty-at-the-harbour"),
            "is_active": str(kind != CLOSED).lower(),
        }
        sql(
            "INSERT INTO tenancy_user (id, username, display_name, password, language, is_active)"
            " VALUES (:number, :'name', :'name', :'hash', 'zh-hans', :is_active);",
            superuser,
            account,
        )


def _measured(superuser: Login, samples: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {kind: [] for kind in NAMES}
    kinds = list(NAMES)
    for turn in range(samples + 1):
        if turn % TURNS_BEFORE_CLEARING == 0:
            _clear_and_hold(superuser)
        # Each kind in each place of the turn: none always follows the same other.
        for kind in kinds[turn % len(kinds) :] + kinds[: turn % len(kinds)]:
            took = _tried(NAMES[kind])
            if turn:  # the first one warms up
                times[kind].append(took)
    return times


def _clear_and_hold(superuser: Login) -> None:
    sql("DELETE FROM tenancy_signintally WHERE held_until IS NULL;", superuser)
    held = sql(
        "SELECT count(*) FROM tenancy_signintally"
        " WHERE held_until > clock_timestamp() + interval '1 minute';",
        superuser,
    )
    if int(held) < 2:
        sql("DELETE FROM tenancy_signintally;", superuser)
        for _ in range(HOLD_AFTER):
            _tried(NAMES[HELD]), _tried(NAMES[HELD_UNKNOWN])


def _tried(name: str) -> float:
    """Milliseconds of one refused sign-in, as a browser sees it."""
    client = Client(headers={"host": "localhost"})
    began = time.perf_counter()
    answer = client.post("/sign-in/", {"username": name, "password": "not-their-password"})
    took = 1000 * (time.perf_counter() - began)
    if answer.status_code != 422:
        raise CommandError(f"{name} was answered {answer.status_code}")
    return took


def as_markdown(times: Mapping[str, Sequence[float]], load: str) -> str:
    lines = "\n".join(
        f"| {kind} | {statistics.median(found):.1f} | {statistics.quantiles(found, n=20)[-1]:.1f}"
        f" | {'' if kind == UNKNOWN else f'{apart(times[UNKNOWN], found):.3f}'} |"
        for kind, found in times.items()
    )
    return f"""# How long a refused sign-in takes

`./run bench sign-in --write docs/benchmarks/sign-in.md`: {len(times[UNKNOWN])} wrong tries of each kind of name, in turns, through the page, in a
database of its own. *Apart*: the area under the curve of telling this kind from an unknown name by time alone (0.5: not at all, 1: always);
at most {MOST_AUC} is asked. With this many samples, 0.5 ± 0.05 is chance.

| name | p50 ms | p95 ms | apart from unknown |
|---|---|---|---|
{lines}

Measured on: {described()}; load {load}.
"""
