"""A feedback as the document that is read out and served at the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sharing.documents.closings import Copies, Signature
from sharing.documents.feedback import FedBackFinding, Feedback, FindingClass
from sharing.documents.heads import Head
from sharing.models.papers import PaperVersion, WorkingPaper
from sharing.models.reports import InspectionReport, ReportText
from sharing.models.rooms import RoomUnit

Finding = tuple[WorkingPaper, PaperVersion]


@dataclass(frozen=True, slots=True)
class Told:
    """What is fed back. `findings`: in their order, with category and heading; `unit`: when the team
    was there; `served_on` None: not yet, and then neither day is known."""

    text: ReportText
    findings: Sequence[Finding]
    unit: RoomUnit | None
    served_on: date | None
    plan_on: date | None = None
    report_on: date | None = None


def feedback_document(report: InspectionReport, told: Told, *, office: str) -> Feedback:
    """The product gives a feedback no number: on one that was served its place is left to the hand."""
    room, text, unit = report.room, told.text, told.unit
    return Feedback(
        head=Head(office, None, numbered_by_hand=told.served_on is not None),
        unit=report.unit_name,
        committee=room.authorised_by,
        team=room.team_name,
        round_name=room.round_name,
        began_on=unit.starts_on if unit else room.starts_on,
        ended_on=unit.ends_on if unit else room.until_on,
        overview=text.overview,
        evaluation=text.evaluation,
        classes=_classes(told.findings),
        advice=tuple(line for line in text.advice.splitlines() if line.strip()),
        duty=text.duty,
        plan_on=told.plan_on,
        report_on=told.report_on,
        signature=Signature(office, told.served_on),
        copies=Copies((), office, told.served_on),
    )


def _classes(findings: Sequence[Finding]) -> tuple[FindingClass, ...]:
    """By their headings, each in the place of its first finding."""
    of_class: dict[str, list[FedBackFinding]] = {}
    for paper, version in findings:
        heading = paper.category.parent if paper.category else None
        said = FedBackFinding(version.title, version.fact, version.nature, version.responsibility)
        of_class.setdefault(heading.title if heading else version.class_name, []).append(said)
    return tuple(FindingClass(title, tuple(said)) for title, said in of_class.items())
