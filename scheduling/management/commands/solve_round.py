"""manage.py solve_round: a plan for a round, from a file to a file."""

from __future__ import annotations

import math
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT, Signals, signal
from threading import Event, current_thread, main_thread
from typing import Any

from django.core.management.base import BaseCommand

from scheduling.domain.cli.solving import (
    MOST_WORKERS,
    USUAL_TIME_LIMIT_S,
    Effort,
    solve_round,
)


class Command(BaseCommand):
    help = (
        "Solve a problem (round-problem/1) and write the plan (round-plan/1). Touches no"
        " database. Exit status: 0 solved; 1 infeasible, the plan names the rules that clash;"
        " 2 the problem is no valid document; 3 no plan was found in time."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
        parser.add_argument("--out", type=Path, required=True, metavar="PLAN.json")
        parser.add_argument(
            "--time-limit",
            type=above_zero,
            metavar="S",
            help=f"wall-clock seconds (default: {USUAL_TIME_LIMIT_S:g}, none with --work-limit)",
        )
        parser.add_argument(
            "--work-limit",
            type=above_zero,
            metavar="W",
            help="deterministic work; with one worker and a seed the plan is repeatable",
        )
        parser.add_argument(
            "--workers",
            type=at_least_one,
            metavar="N",
            help=f"threads, of which up to {MOST_WORKERS} are used (default: as many; 1 with"
            " --work-limit)",
        )
        parser.add_argument(
            "--seed", type=seed, default=0, metavar="N", help="(default: %(default)s)"
        )

    def handle(self, *, problem: Path, out: Path, **options: Any) -> None:
        effort = Effort(
            time_limit_s=options["time_limit"],
            work_limit=options["work_limit"],
            workers=options["workers"],
            seed=options["seed"],
        )
        interrupted = Event()
        with calls(SIGINT, interrupted.set):
            status = solve_round(
                problem,
                out,
                effort,
                out=self.stdout,
                err=self.stderr,
                should_stop=interrupted.is_set,
            )
        if status:
            raise SystemExit(int(status))


@contextmanager
def calls(number: Signals, react: Callable[[], None]) -> Iterator[None]:
    """Within the block the signal calls `react`: Ctrl-C keeps the best plan so far.

    Only the main thread may take signals; elsewhere they stay as they are.
    """
    if current_thread() is not main_thread():
        yield
        return
    before = signal(number, lambda *_: react())
    try:
        yield
    finally:
        signal(number, before)


def above_zero(text: str) -> float:
    """A finite number above 0."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise ArgumentTypeError(f"{text!r} is no number above 0")
    return value


def at_least_one(text: str) -> int:
    return _whole(text, 1, 64)


def seed(text: str) -> int:
    return _whole(text, 0, 2**31 - 1)


def _whole(text: str, least: int, most: int) -> int:
    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if not least <= value <= most:
        raise ArgumentTypeError(f"{text!r} is no whole number from {least} to {most}")
    return value
