"""manage.py bench: the engine against a plain model and a greedy plan, in the same run."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kernel.clock import today
from scheduling.domain.document import read_problem
from scheduling.domain.goals import gap
from scheduling.domain.problem import Problem
from scheduling.domain.search.flat import flat
from scheduling.domain.solve import Search
from scheduling.domain.verify import breaches
from scheduling.management.machine import described

INSTANCES = Path(settings.BASE_DIR) / "tests" / "instances"
REPORT = Path(settings.BASE_DIR) / "docs" / "benchmarks" / "scheduling.md"
# The plain model finds nothing at this many units, and takes gigabytes to do so.
LARGEST_FOR_FLAT = 60

Values = tuple[int, ...]
HEADER = """\
| problem | greedy (first plan) | after | engine | proven bound | gap | plain model | its bound | engine / plain |
|---|---|---|---|---|---|---|---|---|
"""
NOTES = """
Values are the tiers of the default objective: uncovered / soft conflicts / weighted sum; less is better, in that
order. *Greedy* is the first plan of the search, *after* how long it took. *Plain model* is one CP-SAT model of the
whole round, solved tier after tier with the same workers and the same time in the same run
(`scheduling/domain/search/flat.py`). The ratio compares the first tier in which the two differ. Every plan was
checked by the verifier. One run each; run it again: `./run bench --seconds {seconds:g}`.
"""


@dataclass(frozen=True, slots=True)
class Figures:
    name: str
    greedy: Values
    first_s: float
    engine: Values
    bounds: tuple[int | None, ...]
    peer: Values | None
    peer_bounds: tuple[int | None, ...]

    def row(self) -> str:
        tiers = zip(self.engine, self.bounds, strict=True)
        cells = (
            self.name,
            _said(self.greedy),
            f"{self.first_s:.1f} s",
            f"**{_said(self.engine)}**",
            _said(self.bounds),
            f"{gap(tiers):.1%}",
            "no plan" if self.peer is None else _said(self.peer),
            _said(self.peer_bounds) or "–",
            _ratio(self.engine, self.peer),
        )
        return "| " + " | ".join(cells) + " |"


class Command(BaseCommand):
    help = "Measure the engine on the problems in tests/instances; write docs/benchmarks."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", help="problems (default: all)")
        parser.add_argument("--seconds", type=float, default=60.0)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--write", type=Path, default=REPORT, metavar="FILE")

    def handle(
        self, *, names: list[str], seconds: float, workers: int, write: Path, **options: Any
    ) -> None:
        rows = []
        for path in self._problems(names):
            figures = measured(path, seconds, workers)
            rows.append(figures.row())
            self.stdout.write(rows[-1])
        write.parent.mkdir(parents=True, exist_ok=True)
        head = (
            f"# The engine, {seconds:g} s a problem, {workers} workers\n\n"
            f"{today().isoformat()}, {described()}.\n\n"
        )
        text = head + HEADER + "\n".join(rows) + "\n" + NOTES.format(seconds=seconds)
        write.write_text(text, encoding="utf-8")
        self.stdout.write(f"Written to {write.relative_to(settings.BASE_DIR)}")

    def _problems(self, names: list[str]) -> list[Path]:
        known = {p.name.removesuffix(".problem.json"): p for p in INSTANCES.glob("*.problem.json")}
        unknown = sorted(set(names) - set(known))
        if unknown:
            raise CommandError(f"No such problem: {', '.join(unknown)}. Known: {sorted(known)}")
        return [known[name] for name in names or sorted(known)]


def measured(path: Path, seconds: float, workers: int) -> Figures:
    """The plain model first, then the engine, each alone with all its workers."""
    problem = read_problem(path.read_bytes())
    peer, peer_bounds = _plain(problem, seconds, workers)
    began = time.monotonic()
    search = Search(problem, time_limit_s=seconds, workers=workers)
    greedy: Values | None = None
    first_s = 0.0
    for progress in search:
        if progress is not None and progress.schedule is not None and greedy is None:
            greedy = tuple(value for value, _ in progress.tiers)
            first_s = time.monotonic() - began
    outcome = search.outcome
    if outcome.schedule is None or greedy is None:
        raise CommandError(f"{path.name}: no plan in {seconds:g} s.")
    if breaches(problem, outcome.schedule):
        raise CommandError(f"{path.name}: the verifier does not let the plan pass.")
    return Figures(
        name=path.name.removesuffix(".problem.json"),
        greedy=greedy,
        first_s=first_s,
        engine=tuple(value for value, _ in outcome.tiers),
        bounds=tuple(bound for _, bound in outcome.tiers),
        peer=peer,
        peer_bounds=peer_bounds,
    )


def _plain(
    problem: Problem, seconds: float, workers: int
) -> tuple[Values | None, tuple[int | None, ...]]:
    if len(problem.units) > LARGEST_FOR_FLAT:
        return None, ()
    run = flat(problem, time_limit_s=seconds, workers=workers)
    return run.values, run.bounds


def _said(values: tuple[int | None, ...]) -> str:
    return " / ".join("–" if value is None else f"{value}" for value in values)


def _ratio(ours: Values, theirs: Values | None) -> str:
    if theirs is None:
        return "–"
    for mine, other in zip(ours, theirs, strict=True):
        if mine != other:
            return f"{mine / other:.3f}" if other else "–"
    return "1.000"
