"""Compare the engine with its peers and write docs/benchmarks/scheduling.md."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from scheduling.domain import bench

INSTANCES = Path(settings.BASE_DIR) / "tests" / "instances"
REPORT = Path(settings.BASE_DIR) / "docs" / "benchmarks" / "scheduling.md"


class Command(BaseCommand):
    help = (
        "Solve rounds with the engine, a greedy construction and one flat CP-SAT model, one after"
        " the other, and print a table. Touches no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "rounds", nargs="*", help="names in tests/instances, or problem files; all by default"
        )
        parser.add_argument("--seconds", type=float, default=60.0, help="for each way")
        parser.add_argument("--seeds", type=int, nargs="+", default=[0])
        parser.add_argument("--workers", type=int, choices=(1, 2), default=2)
        parser.add_argument("--no-flat", action="store_true", help="leave the flat model out")
        parser.add_argument("--out", type=Path, help=f"write it here, for example {REPORT.name}")

    def handle(self, *, rounds: list[str], out: Path | None, **options: Any) -> None:
        plan = bench.Plan(
            files=[_file(name) for name in rounds] or sorted(INSTANCES.glob("*.problem.json")),
            seconds=options["seconds"],
            seeds=options["seeds"],
            workers=options["workers"],
            with_flat=not options["no_flat"],
        )
        best_known = json.loads((INSTANCES / "best-known.json").read_text(encoding="utf-8"))
        machine = bench.machine()
        self.stdout.write(machine)
        found = []
        for result in bench.results(plan):
            found.append(result)
            self.stdout.write(bench.table([result], best_known).splitlines()[-1])
        table = bench.table(found, best_known)
        self.stdout.write(table)
        if out is not None:
            out.write_text(_report(machine, table, plan), encoding="utf-8")


def _file(name: str) -> Path:
    for path in (Path(name), INSTANCES / f"{name}.problem.json"):
        if path.is_file():
            return path
    raise CommandError(f"There is no round {name!r}: give a file or a name in {INSTANCES}.")


def _report(machine: str, table: str, plan: bench.Plan) -> str:
    return (
        "# The engine and its peers\n\n"
        f"Made by `./run bench --out docs/benchmarks/scheduling.md`; {plan.workers} workers,"
        f" {plan.seconds:g} s for each way, one after the other in the same run.\n\n"
        f"Machine: {machine}.\n\n"
        "Values are the default objective's tiers: uncovered / soft conflicts / weighted sum."
        " Bounds are of the last tier. Every plan was checked by the verifier. *Greedy* is the"
        " construction alone. *Flat* is one CP-SAT model for the whole round, tier after tier,"
        " with the engine's own formulation. The last column is what ordinary solvers reached"
        " with 60 to 400 s (tests/instances/best-known.json).\n\n"
        f"{table}\n"
    )
