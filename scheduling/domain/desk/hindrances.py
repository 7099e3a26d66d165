"""Why somebody may not sit in a team, and why a team may not visit a unit.

Codes and the text of the rules, never a fact: a masked bar shows the code that its declared
entry carries. What stands in the way is found by making the change and asking the verifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kernel.text import Text
from scheduling.domain.desk.bars import OF_PERSONS, bars_in, shown_codes, visiting
from scheduling.domain.desk.edits import AddVisit, MoveUnit, Seat, Swap, Unseat, apply
from scheduling.domain.desk.named import name_of, slot_of, unit_of
from scheduling.domain.goals import roles_in
from scheduling.domain.problem import ROLES, Problem, Role, Schedule, Team
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.domain.verify import Breach, Verdicts

HindranceKind = Literal["bar", "team rule", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why somebody may not sit, or a team not visit. `says` is the rule's own text.

    `subjects` are ids: (inspector, unit) of a bar; of a team rule what the verifier names; the
    team where somebody sits, or that visits the unit, of `elsewhere`.
    """

    rule: str
    kind: HindranceKind
    subjects: tuple[str, ...]
    says: Text


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

    Parameters
    ----------
    team
        Where they would sit. Who sits there already has the reasons of their seat only.
    unit
        What they would visit. Without a team, only what bars them from it is looked at.
    role
        None: the role in which least stands in their way.
    instead_of
        Who would leave the team for them. None: they come on top.

    Raises
    ------
    EditImpossible
        If an id is unknown.
    """
    name_of(problem, inspector)
    person = problem.inspector_by_id[inspector]
    roles = [role] if role else [each for each in reversed(ROLES) if person.may_hold(each)]
    verdicts = Verdicts(problem)
    found = []
    for each in roles:
        reasons = dict.fromkeys(_at_unit(problem, schedule, verdicts, inspector, each, team, unit))
        if team is not None:
            found_in_team = _in_team(problem, schedule, verdicts, inspector, each, team, instead_of)
            reasons.update(dict.fromkeys(found_in_team))
        found.append(list(reasons))
    return min(found, key=len)


def why_not_unit(problem: Problem, schedule: Schedule, unit: str, team: str) -> list[Hindrance]:
    """Every reason why `team` may not visit `unit`, on the earliest days that it is free.

    `elsewhere`: what the team that visits it now would break without it. Empty: it may, or
    does already.

    Raises
    ------
    EditImpossible
        If an id is unknown, or the calendar is shorter than the visit.
    """
    unit_of(problem, unit)
    slot_of(problem, schedule, team)
    visitors = [t.id for t in schedule.teams if any(v.unit == unit for v in t.visits)]
    if team in visitors:
        return []
    edit = MoveUnit(unit, team) if visitors else AddVisit(unit, team)
    after = apply(problem, schedule, edit)
    verdicts = Verdicts(problem)
    known = set(verdicts.breaches(schedule))
    new = [breach for breach in verdicts.breaches(after) if breach not in known]
    left = [slot_of(problem, after, visitor) for visitor in visitors]
    alone = {breach for each in left for breach in verdicts.within(each)}
    reasons: dict[Hindrance, None] = {}
    for breach in new:
        is_of_left = breach in alone or (breach.code, breach.subjects) in {
            ("team_size", (visitor,)) for visitor in visitors
        }
        kind: HindranceKind = "elsewhere" if is_of_left else "team rule"
        reasons.update(dict.fromkeys(_of_breach(problem, after, breach, kind)))
    return list(reasons)


# --- A person -------------------------------------------------------------------------------


def _at_unit(
    problem: Problem,
    schedule: Schedule,
    verdicts: Verdicts,
    inspector: str,
    role: Role,
    team: str | None,
    unit: str | None,
) -> Iterator[Hindrance]:
    """What bars them from the unit, in the team where one is named."""
    if unit is None:
        return
    unit_of(problem, unit)
    visited = [] if team is None else [v.unit for v in slot_of(problem, schedule, team).visits]
    together = visiting(problem, dict.fromkeys((*visited, unit)))
    for bar in bars_in(problem, verdicts, together, inspector, role):
        if bar.unit == unit:
            yield _hindrance(bar.rule, "bar", (inspector, unit))


def _in_team(
    problem: Problem,
    schedule: Schedule,
    verdicts: Verdicts,
    inspector: str,
    role: Role,
    team: str,
    instead_of: str | None,
) -> list[Hindrance]:
    target = slot_of(problem, schedule, team)
    known = set(verdicts.breaches(schedule))
    elsewhere = [t.id for t in schedule.teams if inspector in t.people and t.id != team]
    found = [_hindrance("one_team", "elsewhere", (other,)) for other in elsewhere]
    if target.role_of(inspector) == role:
        now = verdicts.breaches(schedule)
        return [*found, *_mine(problem, schedule, inspector, now)]
    # Whoever sits elsewhere is thought away from there first: what that team then lacks is
    # no reason against this one.
    free = apply(problem, schedule, Unseat(inspector)) if elsewhere else schedule
    lacks = set(verdicts.breaches(free)) - known
    after = _with_them(problem, free, inspector, role, team, instead_of)
    for breach in verdicts.breaches(after):
        if breach not in known and (breach not in lacks or breach.code == "pin"):
            found.extend(_of_breach(problem, after, breach, "team rule"))
    return found


def _with_them(
    problem: Problem,
    schedule: Schedule,
    inspector: str,
    role: Role,
    team: str,
    instead_of: str | None,
) -> Schedule:
    if instead_of is None:
        return apply(problem, schedule, Seat(inspector, team, role))
    held = slot_of(problem, schedule, team).role_of(instead_of)
    if held == role and inspector not in slot_of(problem, schedule, team).people:
        return apply(problem, schedule, Swap(instead_of, inspector))
    left = apply(problem, schedule, Unseat(instead_of))
    return apply(problem, left, Seat(inspector, team, role))


def _mine(
    problem: Problem, schedule: Schedule, inspector: str, breaches: Iterable[Breach]
) -> Iterator[Hindrance]:
    for breach in breaches:
        if inspector in breach.subjects:
            yield from _of_breach(problem, schedule, breach, "team rule")


# --- In the rules' words --------------------------------------------------------------------


def _of_breach(
    problem: Problem, after: Schedule, breach: Breach, kind: HindranceKind
) -> Iterator[Hindrance]:
    """The breach without its message, which may name a fact."""
    seat = _seat_of(after, breach) if breach.code in OF_PERSONS else None
    if seat is None:
        # The verifier names the employer, which is a fact of the person.
        subjects = () if breach.code == "home_unit_quota" else breach.subjects
        yield _hindrance(breach.code, kind, subjects)
        return
    inspector, unit = breach.subjects
    for code in shown_codes(problem, breach.code, seat, inspector, unit):
        yield _hindrance(code, "bar", breach.subjects)


def _seat_of(after: Schedule, breach: Breach) -> Team | None:
    """The team where the person of a bar meets its unit; None: it is a limit of host seats."""
    for team in after.teams:
        people = dict(roles_in(team))
        if breach.subjects[0] in people and breach.subjects[1] in {v.unit for v in team.visits}:
            return team
    return None


def _hindrance(code: str, kind: HindranceKind, subjects: tuple[str, ...]) -> Hindrance:
    return Hindrance(code, kind, subjects, RULE_BY_CODE[code].text)
