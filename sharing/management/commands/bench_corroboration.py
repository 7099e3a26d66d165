"""How long a matching takes, at a million tokens of twenty offices; beside the plain self-join in the same run."""

from __future__ import annotations

import os
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from kernel.clock import now
from launcher.psql import sql
from scheduling.management.bench_database import own_database
from scheduling.management.machine import described
from sharing.domain.corroboration.moments import Moments
from sharing.domain.corroboration.telling import TellingRules
from sharing.mapping.matcher_rows import meeting
from sharing.services.matching import Course, match

TOKENS, OFFICES, ROUNDS = 1_000_000, 20, 5
MOST_S = 5.0
# One number in twenty is held by two offices, and by whom is told by no row's place. They came in as densely
# as the quotas let them: 20 offices with 20 a day each.
FILL = """
SELECT setseed(0.5);
INSERT INTO matcher.token (party_id, token_class, version, digest, root_id, office_id, clue_id,
                           registered_at)
SELECT n, 'id_number', 1, sha256(convert_to((CASE WHEN n %% 40 = 0 THEN n + 1 ELSE n END)::text, 'UTF8')),
       1, 1 + (n::bigint * 7919) %% {offices}, 1 + n / 4, now() - n / 400 * interval '1 day'
  FROM generate_series(1, {tokens}) AS n;
INSERT INTO matcher.ask (party_id, root_id, office_id, clue_id, user_id, asked_on, rows,
                         registered_at)
SELECT party_id, root_id, office_id, clue_id, 1 + party_id %% 60, current_date - (party_id / 400)::integer, 1,
       registered_at
  FROM matcher.token;
"""
# What somebody would write who did not think of it: every pair of rows with one token.
PLAIN = (
    "SELECT count(*) FROM matcher.token AS one JOIN matcher.token AS other"
    " USING (root_id, token_class, version, digest) WHERE one.office_id < other.office_id"
)


class Undone(Exception):
    pass


class Command(BaseCommand):
    help = "Measure a matching of the whole index, in a database of its own that is dropped again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tokens", type=int, default=TOKENS)
        parser.add_argument("--rounds", type=int, default=ROUNDS)
        parser.add_argument("--write", metavar="FILE", help="Write the figures as Markdown.")

    def handle(self, *, tokens: int, rounds: int, write: str | None, **rest: Any) -> None:
        before = os.getloadavg()[0]
        with own_database("matcher") as superuser:
            text = FILL.format(tokens=tokens, offices=OFFICES).replace("%%", "%")
            sql(text, superuser)
            sql("VACUUM (ANALYZE)", superuser)
            taken: dict[str, list[float]] = {name: [] for name in ACTS}
            for _ in range(rounds):
                for name, act in ACTS.items():
                    taken[name].append(_seconds(act))
            [(server,)] = _rows("SHOW server_version")
        figures = {name: statistics.median(each) for name, each in taken.items()}
        load = f"load average {before:.1f} before and {os.getloadavg()[0]:.1f} after"
        machine = f"{described()}, embedded PostgreSQL {server}; {load}"
        text = as_markdown(figures, taken, tokens, rounds, machine)
        self.stdout.write(text)
        if write is not None:
            Path(write).write_text(text, encoding="utf-8")
        if figures["matching"] > MOST_S:
            raise CommandError("A matching takes longer than it may.", returncode=1)


def _rows(text: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text)
        return list(cursor.fetchall())


def _seconds(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    try:
        with transaction.atomic():
            act()
            raise Undone
    except Undone:
        return time.perf_counter() - began


def _matched() -> None:
    course = Course(TellingRules(Moments(date(2026, 1, 5))))
    match(now(), course)


ACTS: dict[str, Callable[[], Any]] = {
    "matching": _matched,
    "its look at the table": meeting,
    "plain self-join": lambda: _rows(PLAIN),
}


def as_markdown(
    figures: dict[str, float],
    taken: dict[str, list[float]],
    tokens: int,
    rounds: int,
    machine: str,
) -> str:
    lines = [
        "# Comparing clues",
        "",
        "Made by `./run bench corroboration --write docs/benchmarks/corroboration.md`: the whole index is matched"
        f" anew, {tokens:,} tokens of {OFFICES} offices, one in twenty held by two of them, in a database of"
        " its own. *Matching* is all that a matching does: cooled rows, the join, the rules, notices and pairs"
        " written, the look at probing. The plain self-join alone finds pairs and decides nothing. They take turns,"
        f" {rounds} times; seconds at the median, the shortest and the longest.",
        "",
        f"Limit: a matching of 1,000,000 tokens in less than {MOST_S:.0f} s.",
        "",
        "| what | median s | shortest | longest | of the plain self-join |",
        "|---|---:|---:|---:|---:|",
    ]
    plain = figures["plain self-join"]
    for name, median in figures.items():
        each = taken[name]
        lines.append(
            f"| {name} | {median:.2f} | {min(each):.2f} | {max(each):.2f} | {median / plain:.2f} |"
        )
    return "\n".join([*lines, "", f"Measured on {machine}.", ""])
