"""The second opinion: does a plan obey the round's rules, and are its claims true?

Every predicate is stated here again from the contract (docs/exchange-format.md, "Hard rules")
and the raw problem. Nothing of the rule book, the model or the solver is imported, so a slip
in one of them shows as a difference between the two; a property test looks for it.

Plans come from anywhere, so no id in one is trusted: who or what the problem does not know
breaks a rule (`one_team`, `coverage`, `team_size`) like everything else that does not fit.
"""

from __future__ import annotations

from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.verify.checks import CHECKS
from scheduling.domain.verify.claims import claims
from scheduling.domain.verify.reading import Breach, Reading
from scheduling.domain.verify.verdicts import Verdicts

__all__ = ["CHECKS", "Breach", "Verdicts", "breaches", "claims"]


def breaches(problem: Problem, schedule: Schedule) -> list[Breach]:
    """Every breach of every hard rule, in the order of the contract. Empty: the plan holds.

    A person or a unit that is listed twice breaks a rule of its own; what else is wrong with
    them is told once.
    """
    reading = Reading(problem, schedule)
    found = (breach for check in CHECKS.values() for breach in check(reading))
    return list(dict.fromkeys(found))
