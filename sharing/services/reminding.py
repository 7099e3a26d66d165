"""Each working day, each office is told once what will be due soon and what is overdue.

By the relay, as each office's own housekeeping. What is told and that it was told stand or fall
together: twice on a day tells once, and a relay that was away for days tells where things stand.
"""

from __future__ import annotations

import logging
from collections import defaultdict

from django.db import InterfaceError, OperationalError, connection, transaction

from kernel.clock import today
from scheduling.mapping.calendars import official_notices
from scheduling.services.notices import tell
from sharing.access.working_days import OfficeCalendar, calendar_of
from sharing.domain.notices import (
    DEADLINES_OVERDUE,
    DEADLINES_SOON,
    DIRECT_MATTER,
    KINDS_ABOUT_DEADLINES,
    batch_of,
)
from sharing.domain.terms import OVERDUE, SENSITIVE_LIVES, next_tell_day, stage
from sharing.mapping.terms import terms_from
from sharing.models.deadlines import Deadline, DeadlineTold
from sharing.services.reckoning import reckon_running
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import in_office

AT_ONCE = 5_000

log = logging.getLogger(__name__)


def remind_of_deadlines() -> int:
    """The chore. How many offices were told."""
    known = max(official_notices())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM sec.offices_to_tell(%s, %s, %s)", [today(), batch_of(today()), known]
        )
        offices = [number for (number,) in cursor.fetchall()]
    return sum(_remind_apart(office) for office in offices)


def _remind_apart(office: int) -> bool:
    """One office's fault keeps no other from being told; it is tried again in a few minutes."""
    try:
        return _remind(office)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("Office %s was not told of its deadlines; it is tried again soon.", office)
        return False


@transaction.atomic
def _remind(office: int) -> bool:
    actor = Actor.for_job(office, None)
    with in_office(office):
        _follow_the_calendar(actor)
        calendar = calendar_of(office)
        return calendar.is_worked(today()) and _tell(actor, calendar)


def _follow_the_calendar(actor: Actor) -> None:
    """The holidays of a further year are known: what runs into it is due on another day, maybe."""
    running = Deadline.objects.filter(tenant_id=actor.tenant_id, state=Deadline.State.RUNNING)
    if running.filter(known_until__lt=max(official_notices())).exists():
        moved = reckon_running(actor.tenant_id)
        audit.record(actor, "sharing.deadline.reckoned", moved=moved)


def _tell(actor: Actor, calendar: OfficeCalendar) -> bool:
    """Whether there was anything to tell. A second process waits for the rows, and finds it told."""
    on = today()
    batch = batch_of(on)
    due = list(
        Deadline.objects.select_for_update(of=("self",))
        .filter(tenant_id=actor.tenant_id, state=Deadline.State.RUNNING, tell_on__lte=on)
        .select_related("terms")
        .order_by("pk")[:AT_ONCE]
    )
    if not due or DeadlineTold.objects.filter(tenant_id=actor.tenant_id, batch=batch).exists():
        return False
    told: dict[str, list[DeadlineTold]] = defaultdict(list)
    for deadline in due:
        terms = terms_from(deadline.terms)
        reached = max(stage(deadline.due_on, on, calendar.is_worked, terms), deadline.told)
        after = next_tell_day(deadline.due_on, reached, calendar.is_worked, terms)
        own = Deadline.objects.filter(tenant_id=actor.tenant_id, pk=deadline.pk)
        own.update(told=reached, tell_on=after)
        if reached == deadline.told:
            continue
        kind = _kind(deadline, reached)
        told[kind].append(
            DeadlineTold(
                tenant_id=actor.tenant_id,
                deadline=deadline,
                stage=reached,
                kind=kind,
                batch=batch,
            )
        )
    for kind in KINDS_ABOUT_DEADLINES:
        if told[kind]:
            DeadlineTold.objects.bulk_create(told[kind])
            tell(actor=actor, office=actor.tenant_id, kind=kind, number=batch)
    lines = sum(map(len, told.values()))
    if lines:
        audit.record(actor, "sharing.deadline.told", lines=lines)
    return lines > 0


def _kind(deadline: Deadline, reached: int) -> str:
    if deadline.life in SENSITIVE_LIVES:
        return DIRECT_MATTER
    return DEADLINES_OVERDUE if reached >= OVERDUE else DEADLINES_SOON
