"""Why somebody sits where they sit, and why somebody may not: in the rules' own words.

`why_not` shows codes and the text of the rules, never a fact; a masked bar shows the code
that its declared entry carries. Only `facts_of` names facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kernel.text import Text
from scheduling.domain.problem import Problem, Role, Schedule

HindranceKind = Literal["bar", "team rule", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Passed:
    """A rule that concerns a seat and that it passes, with the figure where there is one."""

    rule: str
    title: Text
    says: Text


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why somebody may not sit, or a team not visit. `says` is the rule's own text.

    `subjects` are ids: (inspector, unit) of a bar; of a team rule what it names; the other
    team where somebody sits elsewhere.
    """

    rule: str
    kind: HindranceKind
    subjects: tuple[str, ...]
    says: Text


def why(problem: Problem, schedule: Schedule, inspector: str) -> list[Passed]:
    """Every rule that concerns the seat of `inspector` and that it passes, in reading order.

    Empty for somebody in no team. A rule that the seat breaks is not listed.
    """
    raise NotImplementedError


def why_not(
    problem: Problem,
    schedule: Schedule,
    inspector: str,
    *,
    team: str | None = None,
    unit: str | None = None,
    role: Role | None = None,
    instead_of: str | None = None,
) -> list[Hindrance]:
    """Every reason why `inspector` may not sit in `team`, or visit `unit`. Empty: they may.

    With `unit` alone only what bars the person from it is looked at. `role` None: empty when
    any role is possible, otherwise the reasons of all roles. `instead_of` is who would leave
    the team for them; without it they come on top.
    """
    raise NotImplementedError


def why_not_unit(problem: Problem, schedule: Schedule, unit: str, team: str) -> list[Hindrance]:
    """Every reason why `team` may not visit `unit`, on the earliest days that it is free.

    `elsewhere`: what the team that visits it now would break without it. Empty: it may.
    """
    raise NotImplementedError


def facts_of(problem: Problem, inspector: str, unit: str) -> list[Text]:
    """The facts that bar the pair, each once. For the person's own office (and the recusal
    officer) only; of a masked problem they say no more than the code."""
    raise NotImplementedError
