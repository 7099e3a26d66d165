"""What was fed back to a unit is assigned to it for rectification, finding by finding."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from sharing.access.papers import hands_on
from sharing.access.rectification import must_steer
from sharing.access.reports import access_report
from sharing.domain.assignments import (
    MOST_OF_AN_ISSUE,
    DifferentClasses,
    FedBack,
    Laid,
    TooLongTogether,
    laid,
)
from sharing.errors.assigning import (
    ClassesApart,
    FindingsNotWaiting,
    NotServedYet,
    TooMuchTogether,
    UnitOfAnotherRegistry,
)
from sharing.models.contacts import UnitDesk
from sharing.models.papers import PaperVersion, WorkingPaper
from sharing.models.rectification import RectificationItem
from sharing.models.reports import InspectionReport
from sharing.services.rectifying import Issue, lay_items
from sharing.services.waiting_for_items import end_with_the_last_finding
from sharing.services.walking import walk
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

WAITING = "fed_back"


@transaction.atomic
def assign_findings(
    *,
    actor: Actor,
    number: int,
    findings: Collection[int],
    together: bool = False,
    leader: str = "",
) -> list[RectificationItem]:
    """Lay findings of a served report before its unit, each an item of its own or all of them one.

    `number`: the report. `findings`: those that are not assigned yet. `leader`: code of a county leader
    who takes them in charge. `FindingsNotWaiting`, `ClassesApart`, `TooMuchTogether`.
    """
    report = access_report(actor, number)
    actor.must(Permission.VIEW_REPORTS)
    must_steer(actor)
    if report.state != "served":
        raise NotServedYet
    waiting = _waiting(report, findings)
    desk = _desk(report)
    groups = _grouped(waiting, together)
    issues = [Issue(one.issue, one.category) for one in groups]
    items = lay_items(
        actor, desk, report.room.round_name, served_on(report), issues, leader, report=report
    )
    for group, item in zip(groups, items, strict=True):
        for one in group.findings:
            _assign(actor, waiting[one], item)
    end_with_the_last_finding(actor, report)
    return items


def served_on(report: InspectionReport) -> date:
    """Day zero of the terms."""
    last = report.done.filter(act="served").order_by("-number").first()
    if last is None:
        raise NotServedYet
    return date.fromisoformat(last.facts["served_on"])


def _waiting(report: InspectionReport, numbers: Collection[int]) -> dict[int, WorkingPaper]:
    """In the order in which the report has them."""
    found = report.papers.filter(pk__in=numbers, state=WAITING).select_related("room")
    waiting = {one.pk: one for one in found.order_by("level", "finding_sequence")}
    if not waiting or set(waiting) != set(numbers):
        raise FindingsNotWaiting
    return waiting


def _desk(report: InspectionReport) -> UnitDesk:
    """Of a lifted round the unit's code is that of its county's registry, and none of the city's."""
    own = report.room.host_id == report.tenant_id
    desks = UnitDesk.objects.filter(tenant_id=report.tenant_id, unit_code=report.unit_code)
    desk = desks.first() if own else None
    if desk is None:
        raise UnitOfAnotherRegistry
    return desk


def _grouped(waiting: dict[int, WorkingPaper], together: bool) -> Sequence[Laid]:
    tenant = next(iter(waiting.values())).tenant_id
    texts = {
        (one.paper_id, one.number): one
        for one in PaperVersion.objects.filter(tenant_id=tenant, paper__in=waiting)
    }
    fed_back = [
        FedBack(number, text.title, text.fact, text.class_name)
        for number, paper in waiting.items()
        for text in [texts[number, paper.version]]
    ]
    try:
        return laid(fed_back, together=together)
    except DifferentClasses as fault:
        raise ClassesApart from fault
    except TooLongTogether as fault:
        raise TooMuchTogether(most=MOST_OF_AN_ISSUE) from fault


def _assign(actor: Actor, finding: WorkingPaper, item: RectificationItem) -> None:
    walk(
        actor=actor, record=finding, act="assigned", hands=hands_on(actor, finding),
        holds={"rectification"}, facts={"rectification": item.pk},
    )  # fmt: skip
