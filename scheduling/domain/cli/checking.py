"""`check_plan`: the verifier on files."""

from __future__ import annotations

from pathlib import Path

from scheduling.domain.cli.exits import Exit, Refusal, Stream, entry_line, say
from scheduling.domain.cli.files import bytes_of, problem_in, understood
from scheduling.domain.document import read_plan
from scheduling.domain.goals import gap
from scheduling.domain.verify import breaches, claims


def check_plan(problem_path: Path, plan_path: Path, *, out: Stream, err: Stream) -> Exit:
    """Say on `out` what is broken or false in the plan, on `err` why it cannot be checked."""
    try:
        return _checked(problem_path, plan_path, out, err)
    except Refusal as refusal:
        for line in refusal.lines:
            say(err, line)
        return Exit.UNREADABLE


def _checked(problem_path: Path, plan_path: Path, out: Stream, err: Stream) -> Exit:
    problem, problem_sha256 = problem_in(problem_path)
    data = bytes_of(plan_path)
    plan = understood(lambda: read_plan(data, problem))
    broken = breaches(problem, plan.schedule) if plan.schedule is not None else []
    found = [*broken, *claims(problem, problem_sha256, plan)]
    for breach in found:
        say(out, entry_line(breach.code, breach.subjects, breach.text))
    if found:
        return Exit.BROKEN
    if plan.schedule is None:
        say(err, f"There is no plan to check: the document's status is {plan.status}.")
        return Exit.NO_PLAN
    teams = sum(bool(team.visits) for team in plan.schedule.teams)
    say(
        out,
        f"The plan holds: {teams} teams obey every rule and every claim is true"
        f" ({plan.status}, gap {gap(plan.tiers):.1%}).",
    )
    return Exit.DONE
