"""manage.py check_plan: does a plan obey the round's rules, and is what it claims true?"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from scheduling.domain.cli.checking import check_plan


class Command(BaseCommand):
    help = (
        "Check a plan (round-plan/1) against its problem (round-problem/1). Reads two files,"
        " touches no database. Exit status: 0 it holds, 1 something is broken or false, one"
        " line each; 2 a file is no valid document; 3 there is no plan to check."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
        parser.add_argument("plan", type=Path, metavar="PLAN.json")

    def handle(self, *, problem: Path, plan: Path, **options: Any) -> None:
        status = check_plan(problem, plan, out=self.stdout, err=self.stderr)
        if status:
            raise SystemExit(int(status))
