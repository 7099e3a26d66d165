"""The public door: a round that has no plan, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kernel.text import Text
from scheduling.domain.explain.prover import Budget, Prover
from scheduling.domain.explain.shrinking import clashing_parts, shrunk
from scheduling.domain.explain.words import Wording
from scheduling.domain.problem import Problem
from scheduling.domain.rules import RULE_BY_CODE

DEFAULT_TIME_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Clash:
    """One entry of a conflict: one rule for one subject, or () for the whole round."""

    rule: str
    subjects: tuple[str, ...]
    text: Text

    @property
    def remedy(self) -> Text | None:
        """What may be relaxed; None where the rule is never relaxed."""
        return RULE_BY_CODE[self.rule].remedy


@dataclass(frozen=True, slots=True)
class Conflict:
    """Entries that cannot hold together. `minimal`: proved that none can be dropped."""

    entries: tuple[Clash, ...]
    minimal: bool

    @property
    def ways_out(self) -> tuple[Clash, ...]:
        """Entries that may be relaxed, the cheapest first: in a minimal conflict any one will do.

        A decision of the day is taken back more easily than what was agreed for a team, and
        that more easily than a recusal.
        """
        relaxable = [entry for entry in self.entries if entry.remedy is not None]
        return tuple(sorted(relaxable, key=_cost))


def _cost(entry: Clash) -> int:
    if entry.rule == "pin":
        return 0
    return {"team": 1, "round": 2, "person": 3}[RULE_BY_CODE[entry.rule].kind]


def explain(
    problem: Problem,
    *,
    time_limit_s: float = DEFAULT_TIME_LIMIT_S,
    work_limit: float | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Conflict | None:
    """Say which few rules keep `problem` from having a plan.

    Parameters
    ----------
    problem
        A round that the search found to have no plan.
    time_limit_s
        Wall-clock seconds, > 0. What was proved by then is returned.
    work_limit
        Deterministic time of the solver. Within it, and well within the time, the same
        problem has the same answer.
    should_stop
        Asked a few times a second, from another thread too.

    Returns
    -------
    Conflict | None
        None when a plan turned up after all: the rules hold together.

    Raises
    ------
    ValueError
        If `time_limit_s` is not positive.
    """
    prover = Prover(problem, Budget(time_limit_s, work_limit), should_stop)
    parts = clashing_parts(prover)
    if parts is None:
        return None
    found = shrunk(prover, parts)
    wording = Wording(problem)
    entries = tuple(Clash(item.rule, item.subjects, wording.of(item)) for item in found.items)
    return Conflict(entries, found.minimal)
