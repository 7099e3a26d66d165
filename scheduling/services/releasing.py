"""Releasing named people to a round, reporting units to it, and taking both back.

What is released is a snapshot: the rows are inserted by the releasing office and belong to the
leading office from then on. The live roster is never looked into.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.utils.crypto import salted_hmac

from kernel.clock import now
from scheduling.access.releases import access_call, is_closed, lock_releases
from scheduling.errors import (
    NobodyPicked,
    NothingReleased,
    PickedPersonUnavailable,
    PickedUnitUnavailable,
    ReleasesClosed,
)
from scheduling.mapping.snapshots import released_facts, released_person, reported_unit
from scheduling.models.releases import (
    Release,
    ReleaseCall,
    ReleasedFacts,
    ReleasedPerson,
    ReportedUnit,
    StaleNotice,
)
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.services.notices import tell
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@transaction.atomic
def release(
    *, actor: Actor, number: int, people: Collection[int], units: Collection[int]
) -> Release:
    """Answer call `number` with these people and these units of the actor's own office.

    It replaces what the office released to the round before. Releasing the same twice, with an
    unchanged roster, does it once.
    """
    call = _open_call(actor, number)
    picked_people = _people(actor, people)
    picked_units = _units(actor, units) if call.asks_for_units else []
    if not picked_people and not picked_units:
        raise NobodyPicked
    tree = _with_relations(actor, picked_units)

    content = _content(picked_people, picked_units, tree)
    standing = _newest(actor, call)
    if standing is not None and not standing.is_withdrawal and standing.content == content:
        return standing

    made = _next_version(actor, call, standing, content=content)
    _hand_over_people(actor, made, picked_people)
    chosen = {unit.pk for unit in picked_units}
    ReportedUnit.objects.bulk_create(
        reported_unit(unit, made, inspectable=unit.pk in chosen) for unit in tree
    )
    audit.record(
        actor,
        "scheduling.release.released",
        made,
        call=call.pk,
        version=made.version,
        people=[person.number for person in picked_people],
        units=[unit.code for unit in picked_units],
    )
    return made


@transaction.atomic
def withdraw_release(*, actor: Actor, number: int) -> Release:
    """Take back what the office released to call `number`. Possible until the round is solved."""
    call = _open_call(actor, number)
    standing = _newest(actor, call)
    if standing is None:
        raise NothingReleased(name=call.name)
    if standing.is_withdrawal:
        return standing
    made = _next_version(actor, call, standing, content="", is_withdrawal=True)
    audit.record(actor, "scheduling.release.withdrawn", made, call=call.pk, version=made.version)
    return made


@transaction.atomic
def roster_changed(*, actor: Actor, person_ids: Iterable[int]) -> int:
    """Tell the leading offices that the roster of people released to them has changed.

    Called by whatever changes a roster, in its transaction, with the keys of the people whose
    facts changed or who left. Returns how many released people became stale by it.
    """
    numbers = Person.objects.filter(tenant_id=actor.tenant_id, pk__in=list(person_ids)).values_list(
        "number", flat=True
    )
    standing = Release.objects.sent_by(actor).standing()
    stale = list(
        ReleasedPerson.objects.sent_by(actor).filter(
            release__in=standing, number__in=list(numbers), stale_notices__isnull=True
        )
    )
    notices = StaleNotice.objects.bulk_create(
        (
            StaleNotice(
                tenant_id=person.tenant_id, sender_id=actor.tenant_id, person=person, at=now()
            )
            for person in stale
        ),
        ignore_conflicts=True,
    )
    if notices:
        _tell_stale(actor, stale)
        audit.record(actor, "scheduling.release.outdated", people=len(notices))
    return len(notices)


def _tell_stale(actor: Actor, people: Iterable[ReleasedPerson]) -> None:
    """The leading offices learn how many of which round: who it is stands on the round's page."""
    counted = Counter((person.tenant_id, person.round_id) for person in people)
    names = {
        (call.sender_id, call.round_id): call.name
        for call in ReleaseCall.objects.filter(tenant_id=actor.tenant_id)
    }
    for (office, round_number), count in counted.items():
        tell(
            actor=actor,
            office=office,
            kind="release_stale",
            number=round_number,
            office_name=actor.office_name,
            round=names[office, round_number],
            people=count,
        )


def _open_call(actor: Actor, number: int) -> ReleaseCall:
    """The call, while it is open; until the end of the transaction nobody closes it."""
    call = access_call(actor, number, Permission.RELEASE_PEOPLE)
    lock_releases(call.round_id)
    if is_closed(call):
        raise ReleasesClosed(name=call.name)
    return call


def _newest(actor: Actor, call: ReleaseCall) -> Release | None:
    return (
        Release.objects.sent_by(actor)
        .filter(tenant_id=call.sender_id, round_id=call.round_id)
        .order_by("-version")
        .first()
    )


def _next_version(
    actor: Actor,
    call: ReleaseCall,
    before: Release | None,
    *,
    content: str,
    is_withdrawal: bool = False,
) -> Release:
    return Release.objects.create(
        tenant_id=call.sender_id,
        sender_id=actor.tenant_id,
        round_id=call.round_id,
        version=1 if before is None else before.version + 1,
        is_withdrawal=is_withdrawal,
        content=content,
        released_by=actor.name,
        released_at=now(),
    )


def _people(actor: Actor, keys: Collection[int]) -> list[Person]:
    own = Person.objects.filter(tenant_id=actor.tenant_id, pk__in=keys)
    found = list(own.active().order_by("number"))
    if len(found) != len(set(keys)):
        raise PickedPersonUnavailable(count=len(set(keys)) - len(found))
    return found


def _units(actor: Actor, keys: Collection[int]) -> list[InspectedUnit]:
    own = InspectedUnit.objects.filter(tenant_id=actor.tenant_id, pk__in=keys)
    found = list(own.inspectable().order_by("code"))
    if len(found) != len(set(keys)):
        raise PickedUnitUnavailable(count=len(set(keys)) - len(found))
    return found


def _with_relations(actor: Actor, picked: list[InspectedUnit]) -> list[InspectedUnit]:
    """The picked units and every body above or below one of them.

    Somebody's workplace may be a school below the bureau that is inspected: without the tree
    between them nobody could tell.
    """
    by_code = {unit.code: unit for unit in InspectedUnit.objects.filter(tenant_id=actor.tenant_id)}
    wanted = {unit.code for unit in picked}
    above = {code for unit in wanted for code in _line_of(unit, by_code)}
    below = {code for code in by_code if wanted & _line_of(code, by_code)}
    return [by_code[code] for code in sorted(above | below)]


def _line_of(code: str, by_code: Mapping[str, InspectedUnit]) -> set[str]:
    """The body and all bodies above it. A cycle, which no import lets through, ends the climb."""
    line: set[str] = set()
    while code in by_code and code not in line:
        line.add(code)
        code = by_code[code].parent_code
    return line


def _content(
    people: Iterable[Person], units: Iterable[InspectedUnit], tree: Iterable[InspectedUnit]
) -> str:
    """Tells a repeat from a change. Keyed: the receiver cannot guess facts and compare."""
    parts = [
        *(f"person {person.number} {person.fact_hash}" for person in people),
        *(f"unit {unit.code}" for unit in units),
        *(f"body {unit.code} {unit.fact_hash}" for unit in tree),
    ]
    return salted_hmac("scheduling.release", "\n".join(parts), algorithm="sha256").hexdigest()


def _hand_over_people(actor: Actor, made: Release, people: list[Person]) -> None:
    handed = ReleasedPerson.objects.bulk_create(released_person(person, made) for person in people)
    ReleasedFacts.objects.bulk_create(
        released_facts(person, released) for person, released in zip(people, handed, strict=True)
    )
