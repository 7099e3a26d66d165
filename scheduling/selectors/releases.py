"""Calls for people and units, as the office that was called on sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kernel.text import Text
from scheduling.access.releases import access_call, calls_visible_to, is_closed
from scheduling.domain.profiles import PROFILE_BY_CODE
from scheduling.domain.vocabulary import SKILLS, SYSTEMS, UNIT_KINDS, said
from scheduling.models.releases import (
    CallNotice,
    Release,
    ReleaseCall,
    ReleasedPerson,
    ReportedUnit,
)
from scheduling.models.rosters import InspectedUnit, Person
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class CallLine:
    call: ReleaseCall
    mode: Text
    people: int
    is_released: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """Somebody of the own roster. `is_away`: absent on days within the round."""

    person: Person
    skills: Sequence[Text]
    is_picked: bool
    is_away: bool


@dataclass(frozen=True, slots=True)
class UnitChoiceLine:
    unit: InspectedUnit
    kind: Text
    system: Text
    is_picked: bool


@dataclass(frozen=True, slots=True)
class SkillNeed:
    """Asked for, picked at present, and in the roster altogether."""

    code: str
    title: Text
    needed: int
    picked: int
    available: int


@dataclass(frozen=True, slots=True)
class ReleasePage:
    call: ReleaseCall
    city: str
    mode: Text
    mode_sentence: Text
    release: Release | None  # what stands; None when nothing was released or it was withdrawn
    is_closed: bool
    may_release: bool
    people: Sequence[PersonChoice]
    units: Sequence[UnitChoiceLine]
    needs: Sequence[SkillNeed]

    @property
    def picked(self) -> int:
        return sum(choice.is_picked for choice in self.people)

    @property
    def picked_units(self) -> int:
        return sum(choice.is_picked for choice in self.units)

    @property
    def leaders_picked(self) -> int:
        return sum(choice.is_picked and choice.person.is_leader for choice in self.people)


def release_list(actor: Actor) -> list[CallLine]:
    """Every call that reached the office, newest first."""
    actor.must(Permission.VIEW_RELEASES)
    calls = calls_visible_to(actor).select_related("sender").order_by("-called_at", "-pk")
    return _call_lines(actor, list(calls))


def calls_part(actor: Actor, window: Window) -> Part[CallLine]:
    """The same calls, a part at a time."""
    actor.must(Permission.VIEW_RELEASES)
    calls = calls_visible_to(actor).select_related("sender")
    part = part_of(calls, window, "-called_at", "-pk")
    return part.showing(_call_lines(actor, part.lines))


def _call_lines(actor: Actor, calls: Sequence[ReleaseCall]) -> list[CallLine]:
    closed = _closed(actor)
    standing = {
        (release.tenant_id, release.round_id): release
        for release in Release.objects.sent_by(actor).standing()
    }
    people = Counter(
        ReleasedPerson.objects.sent_by(actor)
        .filter(release__in=[release.pk for release in standing.values()])
        .values_list("release_id", flat=True)
    )
    return [
        CallLine(
            call=call,
            mode=PROFILE_BY_CODE[call.mode].title,
            people=people[standing[key].pk] if key in standing else 0,
            is_released=key in standing,
            is_closed=call.pk in closed,
        )
        for call in calls
        for key in [(call.sender_id, call.round_id)]
    ]


def release_page(
    actor: Actor,
    number: int,
    *,
    people: Collection[int] | None = None,
    units: Collection[int] | None = None,
) -> ReleasePage:
    """One call, with the office's own people and units to pick from.

    Those that stand released are picked, or else whom and what the caller says.
    """
    call = access_call(actor, number, Permission.VIEW_RELEASES)
    release = (
        Release.objects.sent_by(actor)
        .filter(tenant_id=call.sender_id, round_id=call.round_id)
        .standing()
        .first()
    )
    profile = PROFILE_BY_CODE[call.mode]
    choices = _people(actor, call, release, people)
    return ReleasePage(
        call=call,
        city=call.sender.name,
        mode=profile.title,
        mode_sentence=profile.sentence,
        release=release,
        is_closed=is_closed(call),
        may_release=actor.may(Permission.RELEASE_PEOPLE),
        people=choices,
        units=_units(actor, release, units) if call.asks_for_units else (),
        needs=_needs(call, choices),
    )


def _closed(actor: Actor) -> set[int]:
    newest = (
        CallNotice.objects.filter(tenant_id=actor.tenant_id)
        .order_by("call_id", "-pk")
        .distinct("call_id")
    )
    return {notice.call_id for notice in newest if notice.kind == CallNotice.Kind.CLOSED}


def _people(
    actor: Actor, call: ReleaseCall, release: Release | None, picks: Collection[int] | None
) -> list[PersonChoice]:
    picked = set(
        ReleasedPerson.objects.sent_by(actor)
        .filter(release=release)
        .values_list("number", flat=True)
        if release
        else ()
    )
    first, last = call.starts_on.isoformat(), call.ends_on.isoformat()
    roster = Person.objects.filter(tenant_id=actor.tenant_id).active().order_by("number")
    return [
        PersonChoice(
            person=person,
            skills=[said(SKILLS, skill) for skill in person.skills],
            is_picked=person.number in picked if picks is None else person.pk in picks,
            is_away=any(a["from"] <= last and a["to"] >= first for a in person.absences),
        )
        for person in roster
    ]


def _units(
    actor: Actor, release: Release | None, picks: Collection[int] | None
) -> list[UnitChoiceLine]:
    picked = set(
        ReportedUnit.objects.sent_by(actor)
        .filter(release=release, inspectable=True)
        .values_list("code", flat=True)
        if release
        else ()
    )
    own = InspectedUnit.objects.filter(tenant_id=actor.tenant_id).inspectable().order_by("code")
    return [
        UnitChoiceLine(
            unit=unit,
            kind=said(UNIT_KINDS, unit.kind),
            system=said(SYSTEMS, unit.system),
            is_picked=unit.code in picked if picks is None else unit.pk in picks,
        )
        for unit in own
    ]


def _needs(call: ReleaseCall, people: Sequence[PersonChoice]) -> list[SkillNeed]:
    picked = Counter(s for choice in people if choice.is_picked for s in choice.person.skills)
    available = Counter(s for choice in people for s in choice.person.skills)
    return [
        SkillNeed(skill, said(SKILLS, skill), needed, picked[skill], available[skill])
        for skill, needed in call.skills_needed.items()
    ]
