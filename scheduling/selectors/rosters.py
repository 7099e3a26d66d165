"""The roster and the list of units, as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from kernel.text import Text
from scheduling.access.rosters import access_person, people_visible_to, units_visible_to
from scheduling.domain.vocabulary import (
    POSITIONS,
    RELATIONS,
    SKILLS,
    SYSTEMS,
    UNIT_KINDS,
    said,
)
from scheduling.models.rosters import (
    InspectedUnit,
    InspectedUnitQuerySet,
    Person,
    PersonQuerySet,
)
from scheduling.workbooks.words import phrase
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

ROWS_A_PAGE = 50

POOL_WORDS = {
    "leader": Text(zh="组长库", en="Leader pool"),
    "deputy": Text(zh="副组长库", en="Deputy pool"),
    "cadre": Text(zh="干部库", en="Cadre pool"),
    "expert": Text(zh="专业人才库", en="Expert pool"),
}
_POOL_FILTERS = {
    "leader": Q(is_leader=True),
    "deputy": Q(is_deputy=True),
    "cadre": Q(is_leader=False, is_deputy=False),
    "expert": Q(is_expert=True),
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    person: Person
    pools: list[Text]
    skills: list[Text]
    system: Text


@dataclass(frozen=True, slots=True)
class RosterPage:
    """`total` counts the whole roster; `rows` what was searched for."""

    rows: Page[Person]
    lines: list[PersonLine]
    total: int
    search: str
    pool: str
    skill: str
    pools: dict[str, Text]
    skills: dict[str, Text]


def roster_page(
    actor: Actor, *, search: str = "", pool: str = "", skill: str = "", page: str | int = 1
) -> RosterPage:
    actor.must(Permission.VIEW_ROSTER)
    search = phrase(search[:100])
    found = _filtered(people_visible_to(actor), search, pool, skill)
    rows = Paginator(found.order_by("number"), ROWS_A_PAGE).get_page(page)
    return RosterPage(
        rows=rows,
        lines=[_line(person) for person in rows.object_list],
        total=people_visible_to(actor).count(),
        search=search,
        pool=pool if pool in _POOL_FILTERS else "",
        skill=skill if skill in SKILLS else "",
        pools=POOL_WORDS,
        skills={code: word.text for code, word in SKILLS.items()},
    )


def roster_part(
    actor: Actor, window: Window, *, search: str = "", pool: str = "", skill: str = ""
) -> Part[PersonLine]:
    """The same people, a part at a time."""
    actor.must(Permission.VIEW_ROSTER)
    found = _filtered(people_visible_to(actor), phrase(search[:100]), pool, skill)
    part = part_of(found, window, "number")
    return part.showing([_line(person) for person in part.lines])


@dataclass(frozen=True, slots=True)
class PersonPage:
    line: PersonLine
    career: list[dict[str, Any]]
    relatives: list[dict[str, Any]]  # with words for relation and position
    interests: list[dict[str, Any]]
    absences: list[dict[str, Any]]
    visited: list[dict[str, Any]]
    led: list[dict[str, Any]]


def person_page(actor: Actor, number: int) -> PersonPage:
    """All that the office knows of one of its own people."""
    person = access_person(actor, number)
    return PersonPage(
        line=_line(person),
        # `from` is a word of the template language.
        career=[post | {"since": post["from"], "until": post["to"]} for post in person.career],
        relatives=[
            relative
            | {
                "relation": said(RELATIONS, relative["relation"]),
                "position": said(POSITIONS, relative["position"]),
            }
            for relative in person.relatives
        ],
        interests=person.interests,
        absences=[
            away
            | {"first": date.fromisoformat(away["from"]), "last": date.fromisoformat(away["to"])}
            for away in person.absences
        ],
        visited=person.visited,
        led=person.led,
    )


@dataclass(frozen=True, slots=True)
class UnitLine:
    unit: InspectedUnit
    kind: Text
    system: Text
    parent: str
    skills: list[tuple[Text, int]]
    wanted: list[tuple[Text, int]]


@dataclass(frozen=True, slots=True)
class UnitsPage:
    rows: Page[InspectedUnit]
    lines: list[UnitLine]
    total: int
    search: str
    kind: str
    kinds: dict[str, Text]


def units_page(actor: Actor, *, search: str = "", kind: str = "", page: str | int = 1) -> UnitsPage:
    actor.must(Permission.VIEW_UNITS)
    search = phrase(search[:100])
    found = _filtered_units(units_visible_to(actor), search, kind)
    rows = Paginator(found.order_by("code"), ROWS_A_PAGE).get_page(page)
    return UnitsPage(
        rows=rows,
        lines=_unit_lines(actor, rows.object_list),
        total=units_visible_to(actor).count(),
        search=search,
        kind=kind if kind in UNIT_KINDS else "",
        kinds={code: word.text for code, word in UNIT_KINDS.items()},
    )


def units_part(actor: Actor, window: Window, *, search: str = "", kind: str = "") -> Part[UnitLine]:
    """The same bodies, a part at a time."""
    actor.must(Permission.VIEW_UNITS)
    found = _filtered_units(units_visible_to(actor), phrase(search[:100]), kind)
    part = part_of(found, window, "code")
    return part.showing(_unit_lines(actor, part.lines))


def _filtered(people: PersonQuerySet, search: str, pool: str, skill: str) -> PersonQuerySet:
    found = _found(people, search)
    if pool in _POOL_FILTERS:
        found = found.filter(_POOL_FILTERS[pool])
    if skill in SKILLS:
        found = found.filter(skills__contains=[skill])
    return found


def _filtered_units(units: InspectedUnitQuerySet, search: str, kind: str) -> InspectedUnitQuerySet:
    if search:
        plain = search.lower().replace(" ", "")
        units = units.filter(
            Q(name__icontains=search) | Q(name_key__contains=plain) | Q(code__istartswith=search)
        )
    return units.filter(kind=kind) if kind in UNIT_KINDS else units


def _unit_lines(actor: Actor, units: Iterable[InspectedUnit]) -> list[UnitLine]:
    """In one further query for the bodies above."""
    shown = list(units)
    above = units_visible_to(actor).filter(code__in=[unit.parent_code for unit in shown])
    names = dict(above.values_list("code", "name"))
    return [_unit_line(unit, names.get(unit.parent_code, "")) for unit in shown]


def _found(people: PersonQuerySet, search: str) -> PersonQuerySet:
    """By name, pinyin, initials, number or home unit."""
    if not search:
        return people
    plain = search.lower().replace(" ", "")
    return people.filter(
        Q(name__icontains=search)
        | Q(name_key__startswith=plain)
        | Q(initials__startswith=plain)
        | Q(number__istartswith=search)
        | Q(home_unit__icontains=search)
    )


def _line(person: Person) -> PersonLine:
    pools = [
        pool
        for pool, is_in in (
            ("leader", person.is_leader),
            ("deputy", person.is_deputy),
            ("expert", person.is_expert),
        )
        if is_in
    ]
    return PersonLine(
        person=person,
        pools=[POOL_WORDS[pool] for pool in pools or ["cadre"]],
        skills=[said(SKILLS, skill) for skill in person.skills],
        system=said(SYSTEMS, person.system),
    )


def _unit_line(unit: InspectedUnit, parent: str) -> UnitLine:
    return UnitLine(
        unit=unit,
        kind=said(UNIT_KINDS, unit.kind),
        system=said(SYSTEMS, unit.system),
        parent=parent or unit.parent_code,
        skills=[(said(SKILLS, skill), count) for skill, count in unit.skills.items()],
        wanted=[(said(SKILLS, skill), count) for skill, count in unit.wanted.items()],
    )
