"""Roster rows to released rows: what crosses, and in which of the two tables.

Everything that could betray a reason of recusal goes into `ReleasedFacts`. Absences cross as
dates alone: a reason for being away is nobody's business, and an investigation must look the
same as a holiday.
"""

from __future__ import annotations

from scheduling.models.releases import Release, ReleasedFacts, ReleasedPerson, ReportedUnit
from scheduling.models.rosters import InspectedUnit, Person


def released_person(person: Person, release: Release) -> ReleasedPerson:
    return ReleasedPerson(
        tenant_id=release.tenant_id,
        sender_id=release.sender_id,
        release=release,
        round_id=release.round_id,
        number=person.number,
        name=person.name,
        post=person.post,
        is_leader=person.is_leader,
        is_deputy=person.is_deputy,
        skills=person.skills,
        rounds_served=person.rounds_served,
        recent_days=person.recent_days,
        away=[{"from": absence["from"], "to": absence["to"]} for absence in person.absences],
    )


def released_facts(person: Person, released: ReleasedPerson) -> ReleasedFacts:
    return ReleasedFacts(
        tenant_id=released.tenant_id,
        sender_id=released.sender_id,
        person=released,
        home_unit=person.home_unit,
        system=person.system,
        native_place=person.native_place,
        grew_up_place=person.grew_up_place,
        posts=[
            {"body": post["body"], "from": post["from"], "to": post["to"]} for post in person.career
        ],
        relatives=person.relatives,
        interests=person.interests,
        visited=person.visited,
        led=person.led,
    )


def reported_unit(unit: InspectedUnit, release: Release, *, inspectable: bool) -> ReportedUnit:
    return ReportedUnit(
        tenant_id=release.tenant_id,
        sender_id=release.sender_id,
        release=release,
        round_id=release.round_id,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        system=unit.system,
        parent_code=unit.parent_code,
        risk=unit.risk,
        days=unit.days,
        mandatory=unit.mandatory,
        priority=unit.priority,
        skills=unit.skills,
        wanted=unit.wanted,
        inspectable=inspectable,
    )
