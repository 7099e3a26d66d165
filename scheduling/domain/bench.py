"""The engine beside its peers on given rounds, in the same run on the same machine."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from scheduling.domain import goals
from scheduling.domain.document import read_problem
from scheduling.domain.problem import Problem
from scheduling.domain.search.flat import FlatResult, solve_flat
from scheduling.domain.search.native import Native
from scheduling.domain.search.run import Run
from scheduling.domain.solve import Search, Tiers

Values = Sequence[int]


@dataclass(frozen=True)
class Result:
    """One round: what each way reached. Times in seconds since the way began."""

    name: str
    seconds: float
    seed: int
    greedy: Values | None
    greedy_s: float
    flat: FlatResult | None
    tiers: Tiers
    first_s: float | None

    @property
    def gap(self) -> float:
        return goals.gap(self.tiers)

    @property
    def ratio(self) -> float | None:
        """The engine's last tier over the flat model's, where the tiers before are equal."""
        if self.flat is None or self.flat.values is None or not self.tiers:
            return None
        *before, last = (value for value, _ in self.tiers)
        *peer_before, peer_last = self.flat.values
        return last / peer_last if before == peer_before and peer_last else None


@dataclass(frozen=True)
class Plan:
    """What to run."""

    files: Sequence[Path]
    seconds: float = 60.0
    seeds: Sequence[int] = (0,)
    workers: int = 2
    with_flat: bool = True


def results(plan: Plan) -> Iterator[Result]:
    """One result after the other; never two at a time."""
    for path in plan.files:
        problem = read_problem(path.read_bytes())
        for seed in plan.seeds:
            yield _result(path.name.split(".")[0], problem, plan, seed)


def _result(name: str, problem: Problem, plan: Plan, seed: int) -> Result:
    greedy, greedy_s = _greedy(problem, seed)
    search = Search(problem, time_limit_s=plan.seconds, workers=plan.workers, seed=seed)
    first_s = None
    for progress in search:
        if progress is not None and first_s is None:
            first_s = progress.elapsed_s
    flat = None
    if plan.with_flat:
        flat = solve_flat(problem, seconds=plan.seconds, workers=plan.workers, seed=seed)
    return Result(name, plan.seconds, seed, greedy, greedy_s, flat, search.outcome.tiers, first_s)


def _greedy(problem: Problem, seed: int) -> tuple[Values | None, float]:
    """The construction alone, as an office with a spreadsheet would stop there."""
    run = Run(problem, 60.0, None, 1, seed)
    Native(run).first_plan(run, [])
    return run.values, run.elapsed_s


def table(found: Iterable[Result], best_known: Mapping[str, Values]) -> str:
    """The results as a Markdown table."""
    head = (
        "round",
        "seed",
        "s",
        "greedy",
        "flat CP-SAT (bound; first plan)",
        "engine (bound; first plan)",
        "proven gap",
        "engine / flat",
        "best of ordinary solvers",
    )
    rows = [head, tuple("---" for _ in head), *(_cells(result, best_known) for result in found)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _cells(result: Result, best_known: Mapping[str, Values]) -> tuple[str, ...]:
    flat = result.flat
    values = [value for value, _ in result.tiers]
    bounds = [bound for _, bound in result.tiers]
    return (
        result.name,
        str(result.seed),
        f"{result.seconds:g}",
        f"{_plan(result.greedy)} ({result.greedy_s:.2f} s)",
        "not run" if flat is None else _reached(flat.values, flat.bounds, flat.first_s),
        f"**{_reached(values or None, bounds, result.first_s)}**",
        f"{100 * result.gap:.1f} %" if result.tiers else "—",
        "—" if result.ratio is None else f"{result.ratio:.3f}",
        _plan(best_known.get(result.name)),
    )


def _plan(values: Values | None) -> str:
    return "—" if values is None else "/".join(str(value) for value in values)


def _reached(values: Values | None, bounds: Sequence[int | None], first_s: float | None) -> str:
    if values is None or first_s is None:
        return "no plan"
    bound = bounds[-1]
    proved = "no bound" if bound is None else f"≥ {bound}"
    return f"{_plan(values)} ({proved}; {first_s:.2f} s)"


def machine() -> str:
    """What the figures depend on. Never the machine's name."""
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({_processor()}), {_memory_gib():.0f} GiB, load {load:.1f} at the"
        f" start; Python {platform.python_version()}, OR-Tools {version('ortools')}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
