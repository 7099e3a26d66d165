"""The exchange format: strict reading of problems and plans, and writing them.

Source: docs/exchange-format.md.
"""

from scheduling.domain.document.faults import Fault, InvalidDocument, one_line
from scheduling.domain.document.plan import ConflictEntry, PlanDocument, Status, TierValue
from scheduling.domain.document.plan_reader import read_plan
from scheduling.domain.document.problem_reader import read_problem
from scheduling.domain.document.writing import (
    plan_as_json,
    problem_as_json,
    teams_as_json,
    write_problem,
)

__all__ = [
    "ConflictEntry",
    "Fault",
    "InvalidDocument",
    "PlanDocument",
    "Status",
    "TierValue",
    "one_line",
    "plan_as_json",
    "problem_as_json",
    "read_plan",
    "read_problem",
    "teams_as_json",
    "write_problem",
]
