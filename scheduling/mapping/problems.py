"""A round's rows to the engine's question, in the exchange format.

Needs the released facts, so only the worker's role can do it. Ids are natural keys: they are
the same after a second release, and a frozen question can be read by people:
`330902-0007` is person 7 of the office 330902's roster, `330921:17` its unit 17.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import Q

from scheduling.domain.bodies import Bodies, Meant, OfficeName, UnitName, area_of, plain, resolve
from scheduling.domain.document import InvalidDocument, read_problem
from scheduling.domain.problem import Problem
from scheduling.errors import RoundInconsistent
from scheduling.mapping.calendars import calendar_of
from scheduling.mapping.decisions import (
    Decisions,
    away_elsewhere,
    decided,
    decisions_of,
    person_id,
    unit_id,
)
from scheduling.models.releases import Release, ReleasedFacts, ReleasedPerson, ReportedUnit
from scheduling.models.rounds import InspectionRound, RoundUnit, TeamSlot
from tenancy.models import Office

Document = dict[str, Any]


@dataclass(frozen=True)
class RoundRows:
    """Everything that the question is made of, read in a constant number of queries.

    `facts` is empty where the reader may not see them: the web reads rows to show and to edit a
    plan, the worker to put the question.
    """

    round: InspectionRound
    offices: Sequence[Office]
    slots: Sequence[TeamSlot]
    people: Sequence[ReleasedPerson]
    facts: Mapping[int, ReleasedFacts]
    units: Sequence[ReportedUnit]
    decisions: Mapping[tuple[int, str], RoundUnit]
    declared: Decisions

    @cached_property
    def office_by_pk(self) -> Mapping[int, Office]:
        return {office.pk: office for office in self.offices}

    @cached_property
    def person_by_id(self) -> Mapping[str, ReleasedPerson]:
        return {person_id(self.office_by_pk[p.sender_id], p.number): p for p in self.people}

    @cached_property
    def unit_by_id(self) -> Mapping[str, ReportedUnit]:
        return {unit_id(self.office_by_pk[u.sender_id], u.code): u for u in self.units}


@dataclass(frozen=True)
class Question:
    """A problem, the bytes it was read from, and the rows behind its ids."""

    problem: Problem
    document: str
    rows: RoundRows

    @property
    def sha256(self) -> str:
        return sha256(self.document.encode()).hexdigest()


def question_of(round_: InspectionRound, *, baseline: Sequence[Document] | None = None) -> Question:
    """What the engine is asked about this round, as its rows stand now.

    `baseline`: the teams of a plan to stay close to, as in the exchange format.
    """
    rows = rows_of(round_)
    document = json.dumps(document_of(rows, baseline), ensure_ascii=False, indent=1)
    return Question(problem_in(document), document, rows)


def problem_in(document: str) -> Problem:
    """The problem in a frozen document."""
    try:
        return read_problem(document.encode())
    except InvalidDocument as error:
        # The fault's words may quote a fact that is not for everybody: its place is enough.
        place = error.faults[0].path
        entry = ".".join(place.split(".")[:2])
        raise RoundInconsistent(count=len(error.faults), path=entry) from None


def rows_of(round_: InspectionRound, *, with_facts: bool = True) -> RoundRows:
    """`with_facts` False: what the web's role may read."""
    own = {"tenant_id": round_.tenant_id, "round": round_}
    standing = Release.objects.filter(**own).standing()
    people = list(
        ReleasedPerson.objects.filter(**own, release__in=standing).order_by("sender_id", "number")
    )
    facts = ReleasedFacts.objects.none()
    if with_facts:
        facts = ReleasedFacts.objects.filter(
            tenant_id=round_.tenant_id, person__in=[person.pk for person in people]
        )
    return RoundRows(
        round=round_,
        offices=offices_of(round_),
        slots=list(TeamSlot.objects.filter(**own).order_by("position")),
        people=people,
        facts={fact.person_id: fact for fact in facts},
        units=list(
            ReportedUnit.objects.filter(**own, release__in=standing).order_by("sender_id", "code")
        ),
        decisions={
            (decision.county_id, decision.code): decision
            for decision in RoundUnit.objects.filter(**own)
        },
        declared=decisions_of(round_),
    )


def is_chosen(unit: ReportedUnit, rows: RoundRows) -> bool:
    """Whether the unit is up for inspection: reported as such, and not left out."""
    decision = rows.decisions.get((unit.sender_id, unit.code))
    return unit.inspectable and (decision is None or decision.chosen)


def offices_of(round_: InspectionRound) -> list[Office]:
    """The leading office first, then its counties."""
    family = Office.objects.filter(
        Q(pk=round_.tenant_id) | Q(parent_id=round_.tenant_id), successor__isnull=True
    ).order_by("code")
    return sorted(family, key=lambda office: office.pk != round_.tenant_id)


def document_of(rows: RoundRows, baseline: Sequence[Document] | None = None) -> Document:
    """The exchange format's `round-problem/1`."""
    round_ = rows.round
    bodies = _bodies(rows)
    ids = {*rows.person_by_id, *rows.unit_by_id}
    return {
        "format": "round-problem/1",
        "round": {
            "id": str(round_.pk),
            "name": round_.name,
            "start": round_.starts_on.isoformat(),
            "end": round_.ends_on.isoformat(),
        },
        "calendar": [day.isoformat() for day in calendar_of(round_).working_days],
        "offices": [_office(office, round_) for office in rows.offices],
        "travel": round_.travel,
        "units": [_unit(unit, rows) for unit in rows.units],
        "inspectors": [_inspector(person, rows, bodies) for person in rows.people],
        "teams": [_team(slot) for slot in rows.slots],
        "history": round_.past_arcs,
        **_given(
            **decided(rows.declared, offices=rows.office_by_pk, ids=ids),
            baseline=list(baseline or ()),
        ),
        "policy": round_.policy if not baseline else staying_close(round_.policy),
    }


def _given(**parts: list[Document]) -> Document:
    """Optional lists that are empty are left out, so that an old question keeps its bytes."""
    return {key: entries for key, entries in parts.items() if entries}


def staying_close(policy: Mapping[str, Any]) -> Document:
    """The policy of a round that is planned again: the fewest changes come after the first tier,
    as the exchange format's default has it, unless the office has placed them itself."""
    tiers = list(policy["objective"])
    if not any("changes" in tier for tier in tiers):
        tiers.insert(1, {"changes": 1})
    return {**policy, "objective": tiers}


def _office(office: Office, round_: InspectionRound) -> Document:
    return {
        "id": office.code,
        "name": office.short_name,
        "kind": "city" if office.pk == round_.tenant_id else "county",
        "location": [office.lon or 0.0, office.lat or 0.0],
    }


def _team(slot: TeamSlot) -> Document:
    return {
        "id": slot.code,
        "size": [slot.size_min, slot.size_max],
        "deputies": [slot.deputies_min, slot.deputies_max],
        "concurrency": slot.concurrency,
        **({} if slot.max_units is None else {"max_units": slot.max_units}),
    }


def _unit(unit: ReportedUnit, rows: RoundRows) -> Document:
    office = rows.office_by_pk[unit.sender_id]
    decision = rows.decisions.get((unit.sender_id, unit.code))
    parent = unit_id(office, unit.parent_code)
    return _without_blanks(
        {
            "id": unit_id(office, unit.code),
            "name": unit.name,
            "county": office.code,
            "parent": parent if parent in rows.unit_by_id else None,
            "system": unit.system,
            "kind": unit.kind,
            "inspectable": is_chosen(unit, rows),
            "risk": unit.risk,
            "days": decision.days if decision else unit.days,
            "mandatory": decision.mandatory if decision else unit.mandatory,
            "priority": decision.priority if decision else unit.priority,
            "window": _window(decision),
            "skills": unit.skills,
            "wanted": unit.wanted,
        },
        keep=("skills", "inspectable", "mandatory"),
    )


def _window(decision: RoundUnit | None) -> Document:
    if decision is None:
        return {}
    bounds = {"earliest": decision.window_earliest, "latest": decision.window_latest}
    return {key: day.isoformat() for key, day in bounds.items() if day is not None}


def _inspector(person: ReleasedPerson, rows: RoundRows, bodies: Bodies) -> Document:
    office = rows.office_by_pk[person.sender_id]
    facts = rows.facts[person.pk]
    look = _Resolver(bodies, office.code)
    return _without_blanks(
        {
            "id": person_id(office, person.number),
            "name": person.name,
            "office": office.code,
            "home_unit": look.workplace(facts.home_unit),
            "system": facts.system,
            "native": look.area(facts.native_place) or facts.native_place,
            "grew_up": look.area(facts.grew_up_place) or facts.grew_up_place,
            "leader": person.is_leader,
            "deputy": person.is_deputy,
            "skills": person.skills,
            "rounds": person.rounds_served,
            "recent_days": person.recent_days,
            "away": [
                *person.away,
                *away_elsewhere(rows.declared, person.sender_id, person.number),
            ],
            "posts": look.every(facts.posts, "from", "to"),
            "relatives": look.every(facts.relatives, "relation", "position"),
            "interests": look.units(facts.interests),
            "visited": look.units(facts.visited, "ago"),
            "led": look.counties(facts.led),
        },
        keep=("leader", "deputy", "skills", "rounds", "recent_days"),
    )


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Names as one office's people write them, to ids. What means nothing here is left out:
    a body that is neither up for inspection nor above or below one can bar nobody."""

    bodies: Bodies
    home: str

    def meant(self, text: str) -> Meant | None:
        return resolve(text, self.bodies, home=self.home)

    def unit(self, text: str) -> str | None:
        meant = self.meant(text)
        return meant.id if meant and meant.kind == "unit" else None

    def workplace(self, text: str) -> str | None:
        """A unit's id, or a string that colleagues share and people of other offices do not."""
        return self.unit(text) or (f"{self.home}/{plain(text)}" if text else None)

    def area(self, place: str) -> str | None:
        """The county of a place; a town or village counts for the county it lies in."""
        return area_of(place, self.bodies)

    def every(self, entries: Iterable[Document], *keys: str) -> list[Document]:
        found = [(entry, self.meant(entry["body"])) for entry in entries]
        return [
            {meant.kind: meant.id, **{key: entry[key] for key in keys}}
            for entry, meant in found
            if meant is not None
        ]

    def units(self, entries: Iterable[Document], *keys: str) -> list[Document]:
        return [entry for entry in self.every(entries, *keys) if "unit" in entry]

    def counties(self, entries: Iterable[Document]) -> list[Document]:
        """Without the city itself: whoever led there led in none of the counties."""
        found = [(self.meant(entry["county"]), entry["ago"]) for entry in entries]
        return [
            {"county": meant.id, "ago": ago}
            for meant, ago in found
            if meant is not None and meant.kind == "office" and self._is_county(meant.id)
        ]

    def _is_county(self, office: str) -> bool:
        return self.bodies.office_by_id[office].parent is not None


def _county_of(unit: str) -> str:
    return unit.partition(":")[0]


def _bodies(rows: RoundRows) -> Bodies:
    city = rows.offices[0].code
    return Bodies.of(
        offices=[
            OfficeName(office.code, office.name, None if office.code == city else city)
            for office in rows.offices
        ],
        units=[UnitName(key, unit.name, _county_of(key)) for key, unit in rows.unit_by_id.items()],
    )


def _without_blanks(entry: Document, *, keep: tuple[str, ...]) -> Document:
    return {
        key: value for key, value in entry.items() if key in keep or value not in (None, "", [], {})
    }
