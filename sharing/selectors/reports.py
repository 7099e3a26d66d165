"""Reports of teams: lists, one report with its findings, its texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sharing.access.rectification import items_seen, steers
from sharing.access.reports import access_report, hands_on_report, reports_visible_to
from sharing.access.rooms import rooms_in_place, works_in
from sharing.domain.life_cycle import Act
from sharing.domain.reports import REPORT
from sharing.models.papers import PaperVersion, WorkingPaper
from sharing.models.rectification import RectificationItem
from sharing.models.reports import InspectionReport, ReportStep, ReportText
from sharing.models.rooms import Room, RoomUnit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

READS = (
    Permission.WORK_IN_ROOM,
    Permission.VIEW_REPORTS,
    Permission.VIEW_FINDINGS,
    Permission.SPEAK_FOR_UNIT,
    Permission.SUPERVISE_UNIT,
)
WRITES = ("written", "feedback_written")
FED_BACK = ("head_told", "meeting_held", "served")


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """`waiting`: units of the rooms that one leads, on which no report was begun yet."""

    part: Part[InspectionReport]
    waiting: Sequence[RoomUnit]


def reports_part(actor: Actor, window: Window) -> Part[InspectionReport]:
    """The newest first."""
    if not any(actor.may(one) for one in READS):
        actor.must(Permission.VIEW_REPORTS)
    return part_of(reports_visible_to(actor).prefetch_related("room"), window, "-pk")


def reports_page(actor: Actor, window: Window) -> ReportsPage:
    waiting: list[RoomUnit] = []
    if actor.may(Permission.SIGN_PAPERS):
        rooms = rooms_in_place(actor, Room.Purpose.PAPERS).order_by().values("pk")
        begun = set(
            InspectionReport.objects.filter(tenant_id=actor.tenant_id, room__in=rooms).values_list(
                "room_id", "unit_code"
            )
        )
        units = RoomUnit.objects.filter(tenant_id=actor.tenant_id, room__in=rooms)
        ordered = units.select_related("room").order_by("starts_on", "code")
        waiting = [one for one in ordered if (one.room_id, one.code) not in begun]
    return ReportsPage(reports_part(actor, window), waiting)


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """`item`: what it became once it was assigned, for whoever sees that."""

    paper: WorkingPaper
    version: PaperVersion
    item: RectificationItem | None = None


@dataclass(frozen=True, slots=True)
class ReportStage:
    state: str
    look: str
    step: ReportStep | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`signed`: papers on the unit that could be put in, for the team."""

    report: InspectionReport
    text: ReportText | None
    feedback: ReportText | None
    findings: Sequence[ReportFinding]
    signed: Sequence[WorkingPaper]
    steps: Sequence[ReportStep]
    stages: Sequence[ReportStage]
    acts: Sequence[Act]
    may_write: bool
    may_write_feedback: bool
    may_assign: bool
    is_of_team: bool
    is_for_unit: bool

    @property
    def waiting(self) -> int:
        """How many findings were fed back and are not assigned yet."""
        return sum(one.paper.state == "fed_back" for one in self.findings)


def report_page(actor: Actor, number: int) -> ReportPage:
    """To the team and to the office all of it; to everybody else, the discipline body and the
    organisation department too, what a unit gets: what was fed back, and nothing of the report behind
    it."""
    report = access_report(actor, number)
    open_acts = REPORT.open_to(report.state, hands_on_report(actor, report))
    names = {one.name for one in open_acts}
    of_team = works_in(actor, report.room)
    for_unit = not of_team and not actor.may(Permission.VIEW_REPORTS)
    steps = list(report.done.order_by("number"))
    if for_unit:
        steps = [one for one in steps if one.act in FED_BACK]
    return ReportPage(
        report=report,
        text=None if for_unit else text_of(report, "report"),
        feedback=text_of(report, "feedback"),
        findings=findings_in(actor, report),
        signed=_signed(report) if of_team and report.state == "drafting" else (),
        steps=[one for one in steps if one.act not in WRITES],
        stages=_stages(report, steps),
        acts=[one for one in open_acts if one.name not in WRITES],
        may_write="written" in names,
        may_write_feedback="feedback_written" in names,
        may_assign=report.state == "served" and _assigns(actor),
        is_of_team=of_team,
        is_for_unit=for_unit,
    )


def text_of(report: InspectionReport, part: str) -> ReportText | None:
    return report.texts.filter(part=part).order_by("-number").first()


def _assigns(actor: Actor) -> bool:
    return actor.may(Permission.VIEW_REPORTS) and steers(actor)


def findings_in(actor: Actor, report: InspectionReport) -> Sequence[ReportFinding]:
    papers = report.papers.select_related("room", "category__parent")
    papers = papers.order_by("level", "finding_sequence")
    texts = {
        (one.paper_id, one.number): one
        for one in PaperVersion.objects.filter(tenant_id=report.tenant_id, paper__report=report)
    }
    items = items_seen(actor, [one.item_id for one in papers if one.item_id is not None])
    return [
        ReportFinding(one, texts[one.pk, one.version], items.get(one.item_id or 0))
        for one in papers
    ]


def _signed(report: InspectionReport) -> Sequence[WorkingPaper]:
    rows = WorkingPaper.objects.filter(
        tenant_id=report.tenant_id, room=report.room_id, unit_code=report.unit_code
    )
    return list(rows.filter(state="leader_signed").select_related("room").order_by("sequence"))


def _stages(report: InspectionReport, steps: Sequence[ReportStep]) -> Sequence[ReportStage]:
    way = list(REPORT.states)
    here = way.index(report.state)
    last = {one.after: one for one in steps if one.before != one.after}
    return [
        ReportStage(
            state,
            "done" if place < here else "now" if place == here else "ahead",
            last.get(state) if place <= here else None,
        )
        for place, state in enumerate(way)
    ]
