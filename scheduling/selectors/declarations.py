"""What an office has declared, and what has reached the office that leads a round: codes and
titles. There is no reason to show: none was ever written down."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.text import Text
from scheduling.access.declarations import (
    calls_to_declare_for,
    declared_by,
    may_declare_at_home,
    received_by,
)
from scheduling.access.rounds import access_round
from scheduling.domain.vocabulary import TEAM_ROLES, TIES, said
from scheduling.models.declarations import Declaration
from scheduling.models.releases import Release, ReleaseCall, ReleasedPerson, ReportedUnit
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.models.rounds import InspectionRound
from tenancy.actor import Actor
from tenancy.domain.roles import Permission, Role
from tenancy.models import AuditEntry, Membership, Office

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """One declaration. `is_ours`: said by the discipline body, and told to it alone.

    `is_lost`: its unit, or one of its people, is not in the round, so that it binds nobody there.
    """

    number: int
    round_name: str
    person: str
    office: str  # of the person
    target: Text
    kind: Text
    severity: str
    weight: int
    roles: Sequence[Text]
    said_by: str  # the office
    at: datetime
    may_withdraw: bool
    is_ours: bool = False
    is_lost: bool = False

    @property
    def is_hard(self) -> bool:
        return self.severity == Declaration.Severity.HARD


@dataclass(frozen=True, slots=True)
class TiesPage:
    calls: Sequence[ReleaseCall]
    people: Sequence[tuple[str, str]]  # number, name
    offices: Sequence[Office]  # the counties that the office can name
    lines: Sequence[DeclaredLine]
    may_declare_ties: bool
    is_discipline_body: bool


@dataclass(frozen=True, slots=True)
class RoundDeclarations:
    """The leading office's view of its round."""

    round: InspectionRound
    lines: Sequence[DeclaredLine]
    people: Sequence[tuple[str, str]]  # "office:number", name
    offices: Sequence[Office]
    may_declare: bool


def ties_page(actor: Actor) -> TiesPage:
    """Everything standing that the own office has declared about its own people."""
    if not may_declare_at_home(actor):
        actor.must(Permission.DECLARE_UNAVAILABLE)
    calls = list(calls_to_declare_for(actor).order_by("-called_at", "-pk"))
    own = {"tenant_id": actor.tenant_id}
    people = list(Person.objects.active().filter(**own).order_by("name_key", "number"))
    is_discipline_body = actor.may(Permission.DECLARE_UNAVAILABLE)
    rows = list(
        declared_by(actor)
        .standing()
        .filter(person_office_id=actor.tenant_id)
        .select_related("sender", "target_office", "person_office")
        .order_by("-pk")
    )
    names = {(actor.tenant_id, person.number): person.name for person in people}
    units = InspectedUnit.objects.filter(**own).values_list("code", "name")
    names |= {(actor.tenant_id, f":{code}"): name for code, name in units}
    rounds = {(call.sender_id, call.round_id): call.name for call in calls}
    ours = said_by_the_discipline_body(actor, rows) if is_discipline_body else frozenset()
    return TiesPage(
        calls=calls,
        people=[(person.number, person.name) for person in people],
        offices=_counties(actor),
        lines=[
            declared_line(
                row,
                names,
                rounds.get((row.tenant_id, row.round_id), ""),
                may_withdraw=is_discipline_body or row.target != Declaration.Target.ROUND,
                is_ours=row.pk in ours,
            )
            for row in rows
        ],
        may_declare_ties=actor.may(Permission.DECLARE_TIES),
        is_discipline_body=is_discipline_body,
    )


def declared_in_round(actor: Actor, number: int) -> RoundDeclarations:
    """Everything standing in round `number`, by whomever; for its leading office."""
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    rows = list(
        received_by(actor)
        .filter(round=round_)
        .standing()
        .select_related("sender", "target_office", "person_office")
        .order_by("-pk")
    )
    people = _released(round_)
    names = {(one.sender_id, one.number): one.name for one in people}
    names |= _units(round_)
    may_declare = actor.may(Permission.DECLARE_TIES)
    return RoundDeclarations(
        round=round_,
        lines=[
            replace(
                declared_line(row, names, round_.name, may_take_back(actor, row)),
                is_lost=_is_lost(row, names),
            )
            for row in rows
        ],
        people=[
            (f"{one.sender_id}:{one.number}", f"{one.name}（{one.sender.short_name}）")
            for one in people
        ],
        offices=_counties(actor),
        may_declare=may_declare,
    )


def may_take_back(actor: Actor, row: Declaration) -> bool:
    is_own = row.sender_id == actor.tenant_id and actor.may(Permission.DECLARE_TIES)
    is_of_home = row.person_office_id == row.sender_id
    return is_own and not (is_of_home and row.target == Declaration.Target.ROUND)


def _released(round_: InspectionRound) -> list[ReleasedPerson]:
    standing = Release.objects.filter(tenant_id=round_.tenant_id, round=round_).standing()
    people = ReleasedPerson.objects.filter(tenant_id=round_.tenant_id, release__in=standing)
    return list(people.select_related("sender").order_by("sender_id", "number"))


def _units(round_: InspectionRound) -> dict[Key, str]:
    standing = Release.objects.filter(tenant_id=round_.tenant_id, round=round_).standing()
    units = ReportedUnit.objects.filter(tenant_id=round_.tenant_id, release__in=standing)
    return {
        (office, f":{code}"): name
        for office, code, name in units.values_list("sender_id", "code", "name")
    }


def _counties(actor: Actor) -> list[Office]:
    """The counties of the city, whichever of its offices asks."""
    city = Office.objects.filter(pk=actor.tenant_id, kind=Office.Kind.CITY).first()
    if city is None:
        city = Office.objects.get(pk=actor.tenant_id).parent
    return list(Office.objects.filter(parent=city, successor__isnull=True).order_by("code"))


def declared_line(
    row: Declaration,
    names: Mapping[Key, str],
    round_name: str,
    may_withdraw: bool,
    is_ours: bool = False,
) -> DeclaredLine:
    return DeclaredLine(
        number=row.pk,
        round_name=round_name,
        person=names.get((row.person_office_id, row.person_number), row.person_number),
        office=row.person_office.short_name,
        target=_target(row, names),
        kind=said(TIES, row.kind),
        severity=row.severity,
        weight=row.weight,
        roles=[said(TEAM_ROLES, role) for role in row.roles],
        said_by=row.sender.short_name,
        at=row.declared_at,
        may_withdraw=may_withdraw,
        is_ours=is_ours,
    )


def _target(row: Declaration, names: Mapping[Key, str]) -> Text:
    county = "" if row.target_office is None else row.target_office.short_name
    office = row.target_office_id or 0
    if row.target == Declaration.Target.ROUND:
        return Text(zh="整个轮次", en="the whole round")
    if row.target == Declaration.Target.COUNTY:
        return Text(zh=f"{county}（整个县区）", en=f"{county} (the whole county)")
    if row.target == Declaration.Target.UNIT:
        name = names.get((office, f":{row.target_code}"), row.target_code)
        return Text(zh=f"{name}（{county}）", en=f"{name} ({county})")
    name = names.get((office, row.target_code), row.target_code)
    return Text(zh=f"与{name}（{county}）同组", en=f"one team with {name} ({county})")


def _is_lost(row: Declaration, names: Mapping[Key, str]) -> bool:
    """Against everybody and everything in the round: offices type codes that they cannot look up."""
    office = row.target_office_id or 0
    wanted = {(row.person_office_id, row.person_number)}
    if row.target == Declaration.Target.UNIT:
        wanted.add((office, f":{row.target_code}"))
    if row.target == Declaration.Target.PERSON:
        wanted.add((office, row.target_code))
    return not wanted <= names.keys()


def said_by_the_discipline_body(actor: Actor, rows: Sequence[Declaration]) -> Collection[int]:
    """From the office's own record, which the discipline body alone is shown in this way."""
    members = Membership.objects.filter(tenant_id=actor.tenant_id, role=Role.DISCIPLINE_BODY)
    said = AuditEntry.objects.filter(
        tenant_id=actor.tenant_id,
        action="scheduling.declaration.made",
        object_id__in=[row.pk for row in rows],
        user_id__in=list(members.values_list("user_id", flat=True)),
    )
    return {number for number in said.values_list("object_id", flat=True) if number}
