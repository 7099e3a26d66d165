"""Declarations a part at a time, and what there is to declare about.

What is shown of one: a person, a target and codes. There is no reason to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduling.access.declarations import (
    access_own_declaration,
    calls_to_declare_for,
    declared_by,
    may_declare_at_home,
    received_by,
)
from scheduling.access.rounds import access_round, rounds_visible_to
from scheduling.models.declarations import Declaration, DeclarationQuerySet
from scheduling.models.releases import Release, ReleaseCall, ReleasedPerson, ReportedUnit
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.selectors.declarations import (
    DeclaredLine,
    Key,
    declared_line,
    may_take_back,
    said_by_the_discipline_body,
)
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class DeclaredRow:
    row: Declaration
    line: DeclaredLine


def own_declarations_part(actor: Actor, window: Window) -> Part[DeclaredRow]:
    """Everything standing that the office has declared, as far as it concerns the actor."""
    part = part_of(_named(declared_by(actor).standing()), window, "-pk")
    return part.showing(_own_rows(actor, part.lines))


def own_declaration(actor: Actor, number: int) -> DeclaredRow:
    found = access_own_declaration(actor, number)
    [shown] = _own_rows(actor, list(_named(declared_by(actor).filter(pk=found.pk))))
    return shown


def round_declarations_part(actor: Actor, number: int, window: Window) -> Part[DeclaredRow]:
    """Everything standing in round `number`, by whomever; for its leading office."""
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    part = part_of(_named(received_by(actor).filter(round=round_).standing()), window, "-pk")
    names = _names_released(actor, part.lines)
    return part.showing(
        [
            DeclaredRow(row, declared_line(row, names, round_.name, may_take_back(actor, row)))
            for row in part.lines
        ]
    )


def declarable_calls_part(actor: Actor, window: Window) -> Part[ReleaseCall]:
    """The calls that say for which rounds there is something to declare, newest first."""
    return part_of(
        calls_to_declare_for(actor).select_related("sender"), window, "-called_at", "-pk"
    )


def declarable_people_part(actor: Actor, window: Window) -> Part[Person]:
    """Number and name of the own office's people, for whoever may declare about them."""
    if not may_declare_at_home(actor):
        return Part((), None)
    people = Person.objects.active().filter(tenant_id=actor.tenant_id)
    return part_of(people, window, "number", "pk")


def _named(rows: DeclarationQuerySet) -> DeclarationQuerySet:
    return rows.select_related("sender", "target_office", "person_office")


def _own_rows(actor: Actor, rows: Sequence[Declaration]) -> list[DeclaredRow]:
    names = _names_at_home(actor, rows) if may_declare_at_home(actor) else {}
    rounds: dict[Key, str] = {}
    if actor.may(Permission.VIEW_ROUND):
        names |= _names_released(actor, rows)
        led = rounds_visible_to(actor).filter(pk__in=[row.round_id for row in rows])
        rounds = {(actor.tenant_id, str(pk)): name for pk, name in led.values_list("pk", "name")}
    calls = calls_to_declare_for(actor).filter(round_id__in=[row.round_id for row in rows])
    rounds |= {(call.sender_id, str(call.round_id)): call.name for call in calls}
    is_discipline_body = actor.may(Permission.DECLARE_UNAVAILABLE)
    ours = said_by_the_discipline_body(actor, rows) if is_discipline_body else frozenset()
    return [
        DeclaredRow(
            row,
            declared_line(
                row,
                names,
                rounds.get((row.tenant_id, str(row.round_id)), ""),
                may_withdraw=is_discipline_body or not _is_cannot_come(row),
                is_ours=row.pk in ours,
            ),
        )
        for row in rows
    ]


def _is_cannot_come(row: Declaration) -> bool:
    """Said at home: the discipline body alone takes it back."""
    return row.target == Declaration.Target.ROUND and row.person_office_id == row.sender_id


def _names_at_home(actor: Actor, rows: Sequence[Declaration]) -> dict[Key, str]:
    home = actor.tenant_id
    named = {row.person_number for row in rows} | {row.target_code for row in rows}
    people = Person.objects.filter(tenant_id=home, number__in=named)
    units = InspectedUnit.objects.filter(tenant_id=home, code__in=named)
    names = {(home, number): name for number, name in people.values_list("number", "name")}
    return names | {(home, f":{code}"): name for code, name in units.values_list("code", "name")}


def _names_released(actor: Actor, rows: Sequence[Declaration]) -> dict[Key, str]:
    """As the rounds' standing releases call them."""
    named = {row.person_number for row in rows} | {row.target_code for row in rows}
    rounds = [row.round_id for row in rows]
    standing = Release.objects.filter(tenant_id=actor.tenant_id, round_id__in=rounds).standing()
    own = {"tenant_id": actor.tenant_id, "release__in": standing}
    people = ReleasedPerson.objects.filter(**own, number__in=named)
    units = ReportedUnit.objects.filter(**own, code__in=named)
    names: dict[Key, str] = {
        (office, number): name
        for office, number, name in people.values_list("sender_id", "number", "name")
    }
    return names | {
        (office, f":{code}"): name
        for office, code, name in units.values_list("sender_id", "code", "name")
    }
