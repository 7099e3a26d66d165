"""Of a room of papers one that was fed back with its report, and one that is being written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kernel.clock import today
from sharing.models.dictionary import FindingCategory
from sharing.models.reports import InspectionReport
from sharing.models.rooms import Room
from sharing.services import paper_acts, reports
from sharing.services.paper_texts import Basis, Evidence, PaperText, begin_paper
from tenancy.actor import Actor
from tests.integration.scheduling.world import acting

MET_ON = date(2026, 9, 1)


def lay_papers(leader: Actor, group: Actor, room: Room, mark: Callable[[str], str]) -> None:
    """`mark` gives a canary of the office for what it is told."""
    with acting(leader):
        whole = begin_paper(
            actor=leader, room=room.pk, unit="U1", text=_text(leader, mark, "fed back")
        )
        begin_paper(
            actor=leader, room=room.pk, unit="U1", text=_text(leader, mark, "being written")
        )
        paper_acts.hand_to_meeting(actor=leader, number=whole.pk)
        opinion = mark("opinion of a meeting")
        paper_acts.pass_at_meeting(actor=leader, number=whole.pk, met_on=MET_ON, opinion=opinion)
        paper_acts.sign_paper(actor=leader, number=whole.pk)
        report = reports.begin_report(actor=leader, room=room.pk, unit="U1")
        paper_acts.put_in_report(actor=leader, number=whole.pk, report=report.pk)
        _write(leader, report, mark, "report")
        reports.submit_report(actor=leader, number=report.pk)
    with acting(group):
        reports.approve_report(actor=group, number=report.pk, heard_on=MET_ON)
    with acting(leader):
        _write(leader, report, mark, "feedback")
        reports.tell_head(actor=leader, number=report.pk, told_on=MET_ON)
        attendance = mark("who was at the meeting")
        reports.hold_meeting(actor=leader, number=report.pk, met_on=MET_ON, attendance=attendance)
        reports.serve_feedback(actor=leader, number=report.pk, served_on=today())


def _text(leader: Actor, mark: Callable[[str], str], which: str) -> PaperText:
    def said(what: str) -> str:
        return mark(f"{what} of a paper that is {which}")

    classes = FindingCategory.objects.filter(tenant_id=leader.tenant_id).exclude(parent=None)
    return PaperText(
        title=said("title"),
        fact=said("fact"),
        nature=said("nature"),
        responsibility=said("responsibility"),
        severity="grave",
        category=classes.latest("pk").pk,
        money_cents=126_000_000,
        people_count=2,
        disciplines=("organisational",),
        bases=(Basis(said("rule"), "第十七条", "2019年修订"),),
        evidence=(Evidence("minutes", said("evidence"), date(2024, 5, 6), 12, said("place")),),
    )


def _write(leader: Actor, report: InspectionReport, mark: Callable[[str], str], part: str) -> None:
    chapters = {
        chapter: mark(f"{chapter} of a {part}")
        for chapter in (
            "overview",
            "evaluation",
            "advice",
            *(("duty",) if part == "feedback" else ()),
        )
    }
    reports.write_report(actor=leader, number=report.pk, part=part, based_on=0, chapters=chapters)
