"""Drafting and signing a team's weekly progress."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kernel.clock import now, today
from sharing.access.rooms import access_room
from sharing.access.weekly import reports_of_room
from sharing.domain.weekly import LineUnreadable, findings_of, monday_of
from sharing.errors.weekly import (
    FindingsUnreadable,
    SignedByTheLeader,
    WeekNotDrafted,
    WeekNotOfTheRoom,
    WeekSigned,
)
from sharing.models.rooms import Room
from sharing.models.weekly import WeeklyReport
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as, refused_by
from tenancy.domain.roles import Permission


@transaction.atomic
def draft_weekly_report(
    *,
    actor: Actor,
    number: int,
    week: date,
    talks: int,
    files: int,
    letters: int,
    visits: int,
    findings: str = "",
    next_week: str = "",
) -> WeeklyReport:
    """The report of the week in which the day is, in room `number`; drafting again replaces it.

    `findings`: a class with its number a line. `WeekNotOfTheRoom`, `FindingsUnreadable`,
    `WeekSigned`.
    """
    room = access_room(actor, number, Room.Purpose.PAPERS)
    monday = monday_of(week)
    if not monday_of(room.starts_on) <= monday <= monday_of(today()):
        raise WeekNotOfTheRoom
    try:
        classes = findings_of(findings)
    except LineUnreadable as line:
        raise FindingsUnreadable(line=str(line)) from line
    said = {
        "talks": talks,
        "files": files,
        "letters": letters,
        "visits": visits,
        "findings": [list(one) for one in classes],
        "next_week": next_week.strip(),
        "drafted_by": actor.name,
        "drafted_at": now(),
    }
    with refused_by("weekly_report_signed_stands", WeekSigned()):
        # In one statement: of two who draft one week at once, the second replaces the first.
        WeeklyReport.objects.bulk_create(
            [WeeklyReport(tenant_id=actor.tenant_id, room=room, week=monday, **said)],
            update_conflicts=True,
            unique_fields=["tenant", "room", "week"],
            update_fields=list(said),
        )
    report = WeeklyReport.objects.get(tenant_id=actor.tenant_id, room=room, week=monday)
    audit.record(actor, "sharing.weekly_report.drafted", report)
    return report


@transaction.atomic
def sign_weekly_report(*, actor: Actor, number: int, week: date) -> WeeklyReport:
    """The leader's word on the week in which the day is: from now on the report stands, and the
    office reads it. Twice is once. `WeekNotDrafted`, `SignedByTheLeader`."""
    access_room(actor, number, Room.Purpose.PAPERS)
    actor.must(Permission.SIGN_WEEKLY_REPORTS)
    found = reports_of_room(actor, number).filter(week=monday_of(week)).first()
    if found is None:
        raise WeekNotDrafted
    if found.signed_at is not None:
        return found
    found.signed_by, found.signed_at = actor.name, now()
    refusals = {
        "weekly_report_signed_stands": WeekSigned(),
        "weekly_report_signed_by_the_leader": SignedByTheLeader(),
    }
    with refused_as(refusals):
        found.save(update_fields=["signed_by", "signed_at"])
    found.refresh_from_db(fields=["signed_at"])  # by the database's clock
    audit.record(actor, "sharing.weekly_report.signed", found)
    return found
