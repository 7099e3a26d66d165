"""How long the desk takes at the largest size, on the whole problem and on the masked one."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from scheduling.domain.desk.bench import large_round
from scheduling.domain.desk.candidates import where_else, who_could_visit, who_else
from scheduling.domain.desk.edits import MoveUnit, Swap
from scheduling.domain.desk.price import price
from scheduling.domain.desk.reasons import why, why_not
from scheduling.domain.document import read_problem, write_problem
from scheduling.domain.masking import mask
from scheduling.domain.problem import Problem, Schedule
from scheduling.management.machine import described

TIMES = 5


class Command(BaseCommand):
    help = (
        "Measure acts, candidates and reasons on a random round of 50 teams of 7, 150 visits and"
        " 900 candidates. Touches no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, metavar="FILE", help="Write the table there.")

    def handle(self, *, out: Path | None, **options: Any) -> None:
        problem, plan = large_round()
        masked = mask(problem)
        rows = ["| what | whole problem | masked |", "|---|---|---|"]
        there, here = _acts(problem, plan), _acts(masked, plan)
        rows += [f"| {name} | {_ms(there[name])} | {_ms(here[name])} |" for name in there]
        document = write_problem(masked)
        rows.append(f"| mask the problem | {_ms(lambda: mask(problem))} | |")
        rows.append(
            f"| read it ({len(document) / 1e6:.1f} MB) | | {_ms(lambda: read_problem(document))} |"
        )
        table = "\n".join(rows)
        self.stdout.write(f"{described()}\n{table}")
        if out is not None:
            out.write_text(_report(table), encoding="utf-8")


def _acts(problem: Problem, plan: Schedule) -> dict[str, Callable[[], object]]:
    first, second = plan.teams[0], plan.teams[1]
    seated = {person for team in plan.teams for person in team.people}
    idle = next(person.id for person in problem.inspectors if person.id not in seated)
    unit = first.visits[0].unit
    return {
        "price a replacement": lambda: price(problem, plan, Swap(first.members[0], idle)),
        "price a swap that bars": lambda: price(
            problem, plan, Swap(first.leader or "", second.members[0])
        ),
        "price a unit moved": lambda: price(problem, plan, MoveUnit(unit, second.id)),
        "who else, a member": lambda: who_else(problem, plan, first.members[0]),
        "who else, a leader, all": lambda: who_else(problem, plan, first.leader or "", 900),
        "where else, somebody seated": lambda: where_else(problem, plan, first.members[0]),
        "where else, somebody idle": lambda: where_else(problem, plan, idle),
        "who could visit": lambda: who_could_visit(problem, plan, unit),
        "why": lambda: why(problem, plan, first.members[0]),
        "why not": lambda: why_not(problem, plan, idle, team=first.id),
    }


def _ms(act: Callable[[], object]) -> str:
    """The median of several times, in milliseconds of the processor: others share the machine."""
    taken = []
    for _ in range(TIMES):
        begun = time.process_time()
        act()
        taken.append(time.process_time() - begun)
    return f"{1000 * sorted(taken)[TIMES // 2]:.0f} ms"


def _report(table: str) -> str:
    return (
        "# The scheduler's desk\n\n"
        "Made by `./run bench desk --out docs/benchmarks/desk.md`.\n\n"
        f"Machine: {described()}. Median of {TIMES}, in milliseconds of the processor; nothing is"
        " kept from one call to the next but what the problem itself keeps.\n\n"
        f"50 teams of 7, 150 visits, 900 candidates of 12 counties.\n\n{table}\n"
    )
