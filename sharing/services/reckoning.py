"""When clocks are due, from their terms, their pauses and the office's working days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kernel.clock import today
from sharing.access.working_days import OfficeCalendar, calendar_of
from sharing.domain.due_dates import Pause, due_on, put_off
from sharing.domain.terms import NOTHING, next_tell_day, soon_from, stage
from sharing.mapping.terms import pauses_from, terms_from
from sharing.models.deadlines import Deadline

RECKONED = ["due_on", "soon_on", "tell_on", "told", "known_until"]


def reckon(
    deadline: Deadline, calendar: OfficeCalendar, pauses: Iterable[Pause], on: date
) -> Deadline:
    """Fill in what follows from the term. What was told of a day that is none any more is told anew."""
    terms = terms_from(deadline.terms)
    worked = calendar.is_worked
    due = _due(deadline, calendar, list(pauses))
    deadline.due_on = due
    deadline.soon_on = None if due is None else soon_from(due, terms.soon_days, worked)
    deadline.told = min(deadline.told or NOTHING, stage(due, on, worked, terms))
    deadline.tell_on = next_tell_day(due, deadline.told, worked, terms)
    deadline.known_until = calendar.known_until
    return deadline


def _due(deadline: Deadline, calendar: OfficeCalendar, pauses: list[Pause]) -> date | None:
    if deadline.until_on is not None:
        return put_off(deadline.until_on, calendar.is_worked, pauses)
    return due_on(deadline.started_on, deadline.days, calendar.is_worked, pauses)


def reckon_running(tenant_id: int) -> int:
    """Reckon every running clock of an office anew: its calendar is another. How many moved."""
    calendar, on, moved = calendar_of(tenant_id), today(), 0
    running = (
        Deadline.objects.select_for_update(of=("self",))
        .filter(tenant_id=tenant_id, state=Deadline.State.RUNNING)
        .order_by("pk")
        .select_related("terms")
        .prefetch_related("pauses")
    )
    changed = []
    for deadline in running:
        before = (deadline.due_on, deadline.known_until, deadline.soon_on, deadline.tell_on)
        reckon(deadline, calendar, pauses_from(deadline.pauses.all()), on)
        moved += deadline.due_on != before[0]
        if before != (
            deadline.due_on,
            deadline.known_until,
            deadline.soon_on,
            deadline.tell_on,
        ):
            changed.append(deadline)
    for deadline in changed:
        # Column by column: of the others nobody may write any.
        values = {name: getattr(deadline, name) for name in RECKONED}
        Deadline.objects.filter(tenant_id=tenant_id, pk=deadline.pk).update(**values)
    return moved
