"""What a unit is waited for: its plan, then the end of each item, and what was returned to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kernel.clock import today
from sharing.access.due_days import days_of
from sharing.domain.due_dates import Clock
from sharing.domain.letters import WAITING
from sharing.domain.rectification import clock_of
from sharing.models.letters import Letter
from sharing.models.rectification import RectificationItem
from sharing.models.reports import InspectionReport
from sharing.models.steps import Step
from sharing.services.deadlines import Asked, Waited, came, wait_for, wait_for_all, waits_no_more
from sharing.services.telling import tell_of_items
from sharing.services.walking import follows
from tenancy.actor import Actor

LIFE = RectificationItem.life.name
UNTIL_PLANNED = Clock.RECTIFICATION_PLAN
RETURNED = ("checked_basically", "checked_not_done", "reopened")


def wait_for_plans(actor: Actor, items: Sequence[RectificationItem]) -> None:
    """Of items that were just laid before their unit."""
    for item in items:
        _wait(actor, item, UNTIL_PLANNED, item.plan_due_on)
    tell_of_items(actor, items[0])


def end_with_the_last_finding(actor: Actor, report: InspectionReport) -> None:
    """The clock of the whole feedback, once each of its findings has an item with a clock of its own."""
    if not report.papers.filter(state="fed_back").exists():
        waits_no_more(actor=actor, life=InspectionReport.life.name, number=report.pk)


def wait_for_what_goes_on(actor: Actor, items: Iterable[RectificationItem]) -> None:
    """Of items that a ledger brought: until the day that it names, also where that is over."""
    waited = {
        item.pk: _waited(item, clock_of(item.due_on, item.concentrated_until), item.due_on)
        for item in items
        if item.due_on is not None
    }
    wait_for_all(actor=actor, life=LIFE, waited=waited)


@follows(RectificationItem)
def wait_for_the_unit(actor: Actor, item: RectificationItem, step: Step) -> None:
    """From turn to turn: while it is somebody else's, nothing is waited for from the unit."""
    if step.act in ("plan_handed_in", "claimed"):
        came(actor=actor, life=LIFE, number=item.pk)
        _urgings_came(actor, item)
    elif step.act == "deadline_moved":
        waits_no_more(actor=actor, life=LIFE, number=item.pk)
    if step.act == "plan_returned":
        _wait_again(actor, item, UNTIL_PLANNED, item.plan_due_on)
    elif item.due_on is None:
        return
    elif step.act in ("plan_accepted", "deadline_moved"):
        _wait(actor, item, clock_of(item.due_on, item.concentrated_until), item.due_on)
    elif step.act in RETURNED:
        _wait_again(actor, item, clock_of(item.due_on, item.concentrated_until), item.due_on)


def _wait(actor: Actor, item: RectificationItem, clock: Clock, until: date | None) -> None:
    wait_for(actor=actor, life=LIFE, number=item.pk, waited=_waited(item, clock, until))


def _waited(item: RectificationItem, clock: Clock, until: date | None) -> Waited:
    title = f"{item.round_name}·{item.position}·{item.category}"
    return Waited(clock, Asked(unit=item.desk.name), title, until=until)


def _wait_again(actor: Actor, item: RectificationItem, clock: Clock, until: date) -> None:
    """The day stands; where it is over or too near, the term for what was returned begins."""
    if until >= days_of(actor.tenant_id).due_after(today(), Clock.RESUBMISSION):
        _wait(actor, item, clock, until)
    else:
        _wait(actor, item, Clock.RESUBMISSION, None)


def _urgings_came(actor: Actor, item: RectificationItem) -> None:
    """What the urging letters of an item asked for has come with it."""
    urging = Letter.objects.filter(tenant_id=actor.tenant_id, item=item, state__in=WAITING)
    for number in urging.values_list("pk", flat=True):
        came(actor=actor, life=Letter.life.name, number=number)
