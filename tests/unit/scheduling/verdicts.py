"""Reading the verifier's verdict in tests."""

from __future__ import annotations

from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.verify import breaches


def broken(problem: Problem, schedule: Schedule) -> dict[str, list[tuple[str, ...]]]:
    """The rules that are broken, each with the subjects of its breaches."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for breach in breaches(problem, schedule):
        assert breach.text
        assert breach.message.zh
        found.setdefault(breach.code, []).append(breach.subjects)
    return found
