"""What was fed back and waits to be assigned; what became of each finding of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sharing.access.due_days import days_of
from sharing.access.rectification import items_seen, must_steer, steers
from sharing.access.reports import access_report
from sharing.models.papers import PaperVersion, WorkingPaper
from sharing.models.rectification import RectificationItem
from sharing.models.reports import InspectionReport
from sharing.selectors.rectification import ItemLine, line_of
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

WAITING = "fed_back"
MOST_LOOKED_THROUGH = 500


@dataclass(frozen=True, slots=True)
class Assigned:
    """A finding and the item that it became; of one that waits there is none."""

    paper: WorkingPaper
    version: PaperVersion
    line: ItemLine | None = None


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """`is_own`: the unit is in this office's registry; of a lifted round it is its county's."""

    report: InspectionReport
    waiting: Sequence[Assigned]
    assigned: Sequence[Assigned]
    is_own: bool


def assignment_page(actor: Actor, number: int) -> AssignmentPage:
    """For whoever assigns. Before the feedback was served nothing waits."""
    report = access_report(actor, number)
    actor.must(Permission.VIEW_REPORTS)
    must_steer(actor)
    papers = report.papers.filter(state__in=(WAITING, "rectifying", "closed"))
    ordered = list(
        papers.select_related("room", "item__desk").order_by("level", "finding_sequence")
    )
    texts = {
        (one.paper_id, one.number): one
        for one in PaperVersion.objects.filter(tenant_id=report.tenant_id, paper__in=ordered)
    }
    days = days_of(actor.tenant_id)
    findings = [
        Assigned(one, texts[one.pk, one.version], line_of(one.item, days) if one.item else None)
        for one in ordered
    ]
    return AssignmentPage(
        report=report,
        waiting=[one for one in findings if one.line is None],
        assigned=[one for one in findings if one.line is not None],
        is_own=report.room.host_id == report.tenant_id,
    )


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A served report with as many findings as wait, of those that were looked through."""

    report: InspectionReport
    count: int


def waiting_reports(actor: Actor) -> Sequence[WaitingReport]:
    """Whose findings are not assigned yet, for whoever assigns; the newest first."""
    if not (actor.may(Permission.VIEW_REPORTS) and steers(actor)):
        return ()
    papers = WorkingPaper.objects.filter(
        tenant_id=actor.tenant_id, state=WAITING, room__host_id=actor.tenant_id
    )
    newest = papers.select_related("report__room").order_by("-pk")[:MOST_LOOKED_THROUGH]
    counts: dict[InspectionReport, int] = {}
    for paper in newest:
        if paper.report is not None:
            counts[paper.report] = counts.get(paper.report, 0) + 1
    return [WaitingReport(report, count) for report, count in counts.items()]


def item_of(actor: Actor, finding: WorkingPaper) -> RectificationItem | None:
    """The item that the finding became, for whoever sees it."""
    if finding.item_id is None:
        return None
    return items_seen(actor, [finding.item_id]).get(finding.item_id)
