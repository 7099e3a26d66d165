"""The parts into which a round's rules fall when we ask which of them clash.

A part is one rule for one subject. `model.build` can leave any of them out and `explain`
searches for the fewest that cannot hold together, so this is the agreed list of subjects:

| rule | subjects | left out, this no longer binds |
|---|---|---|
| coverage | (unit,), mandatory and not pinned out | the unit must be visited |
| own_county, own_unit, system, native_place, former_post, relative, interest, declared, revisit |
  (unit,) | nobody is barred from the unit by that rule; for own_county also the limit on
  host seats in a team that visits the unit |
| skills | (unit,) | what the unit needs of a team's skills |
| window | (unit,) | the unit's window; a unit longer than the calendar takes all of it |
| leader | (team,) | who may lead or deputise in the team, and how many do |
| team_size, home_offices, team_counties, per_office_max, experienced, availability, recent_cap,
  overlap, pair | (team,) | that rule in the team; team_size also "no people without visits" |
| home_unit_quota, one_team, office_targets, office_sources | () | that rule in the round |
| reciprocity | (a, b), two county offices in the order of the problem | a ⇄ b |
| repeat | (from, to) | from → to |
| pin | ("pins[k]",), k counting from 0 | that pin |

What is left when every part is out can always hold: a unit is in at most one team, and a
person has at most one role in a team. A part that cannot bind in this problem is not listed.
"""

from __future__ import annotations

from typing import NamedTuple

from scheduling.domain.problem import Problem
from scheduling.domain.rules import RULE_BOOK
from scheduling.domain.rules.statements import Excluded
from scheduling.domain.rules.visits import pin_name

__all__ = ["Group", "groups", "pin_name"]


class Group(NamedTuple):
    """One rule for one subject; equal to the plain pair `(rule, subjects)`."""

    rule: str
    subjects: tuple[str, ...]


def groups(problem: Problem) -> tuple[Group, ...]:
    """Every part of the problem's rules that can bind, rule by rule in reading order."""
    parts: dict[Group, None] = {}
    for rule in RULE_BOOK:
        for statement in rule.statements(problem):
            if isinstance(statement, Excluded):
                parts.setdefault(Group(rule.code, (statement.unit,)))
            else:
                parts.setdefault(Group(rule.code, statement.subjects))
    return tuple(parts)
