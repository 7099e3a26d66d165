"""Who may not visit what, in the codes of the rules and without the facts behind them.

It is the verifier that is asked: the person alone in a team, with the team's visits. So a
masked round, whose bars are declared entries, is answered like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scheduling.domain.masking import MASKED_RULES
from scheduling.domain.problem import Problem, Role, Team, Visit
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.domain.verify import Verdicts

OF_PERSONS: frozenset[str] = frozenset(
    rule.code for rule in RULE_BY_CODE.values() if rule.kind == "person"
)


class Bar(NamedTuple):
    """`rule` is the code that people are shown."""

    rule: str
    inspector: str
    unit: str


def bars_in(
    problem: Problem, verdicts: Verdicts, team: Team, inspector: str, role: Role
) -> list[Bar]:
    """What bars somebody in a role from the units that the team visits, in reading order.

    Whether the seat is a host seat follows from the counties of these units.
    """
    alone = alone_in(team, inspector, role)
    units = [visit.unit for visit in team.visits]
    return [
        Bar(code, inspector, breach.subjects[1])
        for breach in verdicts.within(alone)
        if breach.code in OF_PERSONS and breach.subjects[1] in units
        for code in shown_codes(problem, breach.code, alone, inspector, breach.subjects[1])
    ]


def visiting(problem: Problem, units: Iterable[str]) -> Team:
    """A team of nobody that visits these units, on whatever days: bars know no days."""
    day = problem.calendar[0]
    slot = problem.teams[0].id if problem.teams else ""
    return Team(slot, None, (), (), tuple(Visit(unit, day, day) for unit in units))


def alone_in(team: Team, inspector: str, role: Role) -> Team:
    """The team's visits with nobody else."""
    return Team(
        team.id,
        leader=inspector if role == "leader" else None,
        deputies=(inspector,) if role == "deputy" else (),
        members=(inspector,) if role == "member" else (),
        visits=team.visits,
    )


def shown_codes(
    problem: Problem, code: str, team: Team, inspector: str, unit: str
) -> tuple[str, ...]:
    """The code of a rule as people are shown it: what a masked bar carries, else the rule's."""
    if code != "declared":
        return (code,)
    kinds = _declared_kinds(problem, team, inspector, unit)
    return tuple(dict.fromkeys(kind if kind in MASKED_RULES else code for kind in kinds))


def _declared_kinds(problem: Problem, team: Team, inspector: str, unit: str) -> Iterator[str]:
    role, bodies = team.role_of(inspector), problem.unit_by_id
    counties = {bodies[visit.unit].county for visit in team.visits}
    is_host = problem.inspector_by_id[inspector].office in counties
    for entry in problem.declared_of.get(inspector, ()):
        names = entry.unit == unit or entry.office == bodies[unit].county
        spares = entry.unless_host and is_host
        if entry.severity == "hard" and names and role in entry.roles and not spares:
            yield entry.kind
