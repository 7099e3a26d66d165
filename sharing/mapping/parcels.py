"""Rows of a package, from our rows. What has no field in `sharing.packages.parts` does not travel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sharing.domain.weekly import typed_of
from sharing.models.hand_over import HandOverList
from sharing.models.letters import Letter
from sharing.models.packages import PackageAnswer
from sharing.models.papers import PaperVersion, WorkingPaper
from sharing.models.rectification import RectificationItem
from sharing.models.reports import InspectionReport, ReportText
from sharing.models.weekly import WeeklyReport
from sharing.packages.manifest import Row
from sharing.packages.parts import (
    ANSWERS,
    FEEDBACK,
    HAND_OVER,
    ITEMS,
    LETTERS,
    WEEKLY,
    row_of,
)


def feedback_row(report: InspectionReport) -> Row:
    """What was served, and not the report behind it."""
    text = report.texts.filter(part=ReportText.Part.FEEDBACK).order_by("-number").first()
    papers = report.papers.select_related("room").order_by("level", "finding_sequence")
    return row_of(
        FEEDBACK,
        ref=report.pk,
        unit_code=report.unit_code,
        unit=report.unit_name,
        round=report.room.round_name,
        team=report.room.team_name,
        overview=text.overview if text else "",
        evaluation=text.evaluation if text else "",
        advice=text.advice if text else "",
        duty=text.duty if text else "",
        findings=[_finding(paper) for paper in papers],
    )


def _finding(paper: WorkingPaper) -> Mapping[str, Any]:
    text = PaperVersion.objects.get(
        tenant_id=paper.tenant_id, paper_id=paper.pk, number=paper.version
    )
    bases = text.bases.order_by("position")
    return {
        "mark": paper.finding_mark,
        "title": text.title,
        "category": text.class_name,
        "severity": text.severity,
        "fact": text.fact,
        "nature": text.nature,
        "responsibility": text.responsibility,
        "bases": [f"《{one.text_title}》{one.article}{one.edition}" for one in bases],
        "disciplines": [str(one) for one in text.disciplines],
        "money_cents": text.money_cents,
        "people_count": text.people_count,
    }


def letter_row(letter: Letter) -> Row:
    """The text as it was signed."""
    replies = letter.replies.order_by("pk")
    return row_of(
        LETTERS,
        ref=letter.pk,
        kind=letter.kind,
        reference=letter.reference,
        title=letter.title,
        addressee=letter.addressee,
        text=letter.frozen,
        digest=letter.digest,
        state=letter.state,
        signed_on=_said(letter.signed_on) or "",
        due_on=_said(letter.due_on),
        replies=[{"text": one.text, "by": one.by_name, "at": _said(one.at)} for one in replies],
    )


def item_row(item: RectificationItem) -> Row:
    notes = item.notes.order_by("pk")
    return row_of(
        ITEMS,
        ref=item.pk,
        unit_code=item.desk.unit_code,
        unit=item.desk.name,
        round=item.round_name,
        position=item.position,
        issue=item.issue,
        category=item.category,
        state=item.state,
        served_on=_said(item.served_on),
        plan_due_on=_said(item.plan_due_on),
        goal=item.goal,
        measures=item.measures,
        lead=item.lead,
        department=item.department,
        due_on=_said(item.due_on),
        claims=item.claims,
        sent_back=item.sent_back,
        reopened=item.reopened,
        notes=[
            {"kind": one.kind, "text": one.text, "by": one.by_name, "at": _said(one.at)}
            for one in notes
        ],
    )


def weekly_row(report: WeeklyReport) -> Row:
    return row_of(
        WEEKLY,
        ref=report.pk,
        team=report.room.team_name,
        round=report.room.round_name,
        week=_said(report.week),
        talks=report.talks,
        files=report.files,
        letters=report.letters,
        visits=report.visits,
        findings=typed_of(report.findings),
        next_week=report.next_week,
        signed_by=report.signed_by,
        signed_at=_said(report.signed_at),
    )


def list_row(list_: HandOverList) -> Row:
    """The very text that was signed, so that its hash can be told again."""
    return row_of(
        HAND_OVER,
        ref=list_.pk,
        year=list_.year,
        number=list_.number,
        document=list_.document,
        sha256=list_.sha256,
        signed_by=list_.signed_by_name,
        signed_at=_said(list_.signed_at),
    )


def answer_row(answer: PackageAnswer) -> Row:
    record = answer.record
    return row_of(
        ANSWERS,
        ref=answer.pk,
        package=record.package.number,
        part=record.part,
        record=record.ref,
        kind=answer.kind,
        text=answer.text,
        by=answer.by_name,
        at=_said(answer.at),
    )


ROWS: Mapping[str, Callable[[Any], Row]] = {
    FEEDBACK: feedback_row,
    LETTERS: letter_row,
    ITEMS: item_row,
    WEEKLY: weekly_row,
    HAND_OVER: list_row,
    ANSWERS: answer_row,
}
# What a row's making looks at besides the row.
BESIDE: Mapping[str, tuple[str, ...]] = {
    FEEDBACK: ("room",),
    ITEMS: ("desk",),
    WEEKLY: ("room",),
    ANSWERS: ("record__package",),
}


def _said(on: date | datetime | None) -> str | None:
    return None if on is None else on.isoformat()
