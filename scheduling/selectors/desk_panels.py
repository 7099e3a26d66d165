"""What the desk's panel shows of one person or unit: who they are, why, and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kernel.errors import NotVisible
from kernel.text import Text
from scheduling.domain.desk.edits import EditImpossible
from scheduling.domain.desk.reasons import Hindrance, Passed, why, why_not, why_not_unit
from scheduling.domain.problem import ROLES, Role
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.mapping.own_facts import own_facts
from scheduling.mapping.prices import name_in
from scheduling.models.releases import Release, ReleasedPerson
from scheduling.models.rosters import Person
from scheduling.selectors.desk_board import office_name
from scheduling.selectors.desk_page import View, rule_title
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody of the round. `team` and `role` None: in no team."""

    inspector: str
    name: str
    office: str
    skills: tuple[str, ...]
    rounds: int
    recent_days: int
    may_hold: tuple[Role, ...]
    team: str | None
    team_name: str
    role: Role | None
    cannot_come: Text | None


@dataclass(frozen=True, slots=True)
class UnitCard:
    unit: str
    name: str
    host: str
    days: int
    risk: int
    priority: int
    is_mandatory: bool
    team: str | None
    team_name: str
    start: date | None
    end: date | None
    window: tuple[date | None, date | None]
    starts: tuple[date, ...]  # the days on which a visit may begin


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not: a rule's code and title and text, whom it names, and for one's own office's
    people the facts in words."""

    code: str
    title: Text
    says: Text
    kind: str
    names: tuple[str, ...]
    facts: tuple[Text, ...]


# --- Cards ----------------------------------------------------------------------------------


def person_card(view: View, inspector: str) -> PersonCard:
    problem = view.problem
    person = _known(problem.inspector_by_id, inspector, "person")
    team = next((team for team in view.schedule.teams if inspector in team.people), None)
    kind = view.question.cannot_come.get(inspector)
    return PersonCard(
        inspector=inspector,
        name=person.name,
        office=office_name(problem, inspector),
        skills=tuple(sorted(person.skills)),
        rounds=person.rounds,
        recent_days=person.recent_days,
        may_hold=tuple(role for role in ROLES if person.may_hold(role)),
        team=None if team is None else team.id,
        team_name="" if team is None else view.names.get(team.id, team.id),
        role=None if team is None else team.role_of(inspector),
        cannot_come=None if kind is None else rule_title(kind),
    )


def unit_card(view: View, unit: str) -> UnitCard:
    problem = view.problem
    body = _known(problem.unit_by_id, unit, "unit")
    made = [(team, visit) for team in view.schedule.teams for visit in team.visits]
    team, visit = next(((t, v) for t, v in made if v.unit == unit), (None, None))
    return UnitCard(
        unit=unit,
        name=body.name,
        host=problem.office_by_id[body.county].name,
        days=body.days,
        risk=body.risk,
        priority=body.priority,
        is_mandatory=body.mandatory,
        team=None if team is None else team.id,
        team_name="" if team is None else view.names.get(team.id, team.id),
        start=None if visit is None else visit.start,
        end=None if visit is None else visit.end,
        window=(body.window.earliest, body.window.latest),
        starts=tuple(problem.calendar[index] for index in problem.starts_of(body)),
    )


def people_named(view: View, words: str, *, limit: int = 30) -> list[PersonCard]:
    """Everybody whose name, number or office contains the words; nobody for no words."""
    wanted = words.strip().casefold()
    if not wanted:
        return []
    hits = [
        person.id
        for person in view.problem.inspectors
        if wanted in f"{person.name} {person.id} {office_name(view.problem, person.id)}".casefold()
    ]
    return [person_card(view, person) for person in hits[:limit]]


def _known(table: Mapping[str, Found], key: str, what: str) -> Found:
    if key not in table:
        raise NotVisible(what=what, number=key)
    return table[key]


# --- Why, and why not -----------------------------------------------------------------------


def why_here(view: View, inspector: str) -> Sequence[Passed]:
    return why(view.problem, view.schedule, inspector)


def why_not_there(
    actor: Actor,
    view: View,
    inspector: str,
    *,
    team: str = "",
    unit: str = "",
    instead_of: str = "",
) -> tuple[Reason, ...]:
    """Every reason against; empty: nothing stands in the way. `instead_of` sits in the team."""
    try:
        found = why_not(
            view.problem,
            view.schedule,
            inspector,
            team=team or None,
            unit=unit or None,
            instead_of=instead_of or None,
        )
    except EditImpossible:
        raise NotVisible(what="unit", number=unit or team) from None
    return tuple(_reason(view, one, _facts(actor, view, one)) for one in found)


def why_no_visit(view: View, unit: str, team: str) -> tuple[Reason, ...]:
    try:
        found = why_not_unit(view.problem, view.schedule, unit, team)
    except EditImpossible as error:
        return (Reason("window", RULE_BY_CODE["window"].title, error.says, "team rule", (), ()),)
    return tuple(_reason(view, one, ()) for one in found)


def _reason(view: View, found: Hindrance, facts: tuple[Text, ...]) -> Reason:
    names = [name_in(view.problem, view.names, subject) for subject in found.subjects]
    title = RULE_BY_CODE[found.rule].title
    return Reason(found.rule, title, found.says, found.kind, tuple(names), facts)


def _facts(actor: Actor, view: View, found: Hindrance) -> tuple[Text, ...]:
    """In words for the actor's own office's people, if they may see its roster."""
    if found.kind != "bar" or not actor.may(Permission.VIEW_ROSTER):
        return ()
    inspector, unit = found.subjects[:2]
    office, _, number = inspector.rpartition("-")
    own = Person.objects.readable_by(actor, Permission.VIEW_ROSTER)
    person = own.filter(number=number, tenant__code=office).first()
    if person is None:
        return ()
    standing = Release.objects.filter(
        tenant_id=view.plan.tenant_id, round_id=view.plan.round_id
    ).standing()
    released = ReleasedPerson.objects.filter(
        tenant_id=view.plan.tenant_id,
        release__in=standing,
        sender_id=actor.tenant_id,
        number=number,
    ).first()
    if released is None:
        return ()
    return tuple(own_facts(view.plan.round, person, released, unit))
