"""manage.py solve_round: a plan for a round, from a file to a file."""

from __future__ import annotations

import math
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand

from scheduling.domain.cli.solving import Effort, solve_round


class Command(BaseCommand):
    help = (
        "Solve a problem (round-problem/1) and write the plan (round-plan/1). Touches no"
        " database. Exit status: 0 solved; 1 infeasible, the plan names the rules that clash;"
        " 2 the problem is no valid document; 3 no plan was found in time."
    )
    requires_system_checks: ClassVar[list[str]] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        usual = Effort()
        parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
        parser.add_argument("--out", type=Path, required=True, metavar="PLAN.json")
        parser.add_argument(
            "--time-limit",
            type=above_zero,
            default=usual.time_limit_s,
            metavar="S",
            help="wall-clock seconds (default: %(default)s)",
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
            default=usual.workers,
            metavar="N",
            help="solver threads (default: %(default)s)",
        )
        parser.add_argument(
            "--seed", type=seed, default=usual.seed, metavar="N", help="(default: %(default)s)"
        )

    def handle(self, *, problem: Path, out: Path, **options: Any) -> None:
        effort = Effort(
            time_limit_s=options["time_limit"],
            work_limit=options["work_limit"],
            workers=options["workers"],
            seed=options["seed"],
        )
        status = solve_round(problem, out, effort, out=self.stdout, err=self.stderr)
        if status:
            raise SystemExit(int(status))


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
