"""Papers on their way, for tests: `to(team, "leader_signed")` does every act up to there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kernel.clock import today
from sharing.models.dictionary import FindingCategory
from sharing.models.papers import WorkingPaper
from sharing.models.reports import InspectionReport
from sharing.services import paper_acts, reports
from sharing.services.dictionary import add_category, begin_with_standard
from sharing.services.paper_texts import Basis, Evidence, PaperText, begin_paper
from tests.people import acting
from tests.teams import Team

MET_ON = date(2026, 3, 2)
WHOLE = PaperText(
    title="党组会未按规定研究重大经费支出",
    fact="2024年至2025年，3笔共126万元的经费支出未经党组会研究。",
    nature="民主集中制执行不到位。",
    responsibility="时任主要负责人负主要领导责任，分管负责人负重要领导责任。",
    severity="grave",
    money_cents=126_000_000,
    people_count=2,
    disciplines=("organisational",),
    bases=(Basis("中国共产党党组工作条例", "第十七条", "2019年修订"),),
    evidence=(Evidence("minutes", "党组会记录", date(2024, 5, 6), 12, "办公室档案柜"),),
)
CHAPTERS = {"overview": "自3月至5月巡察。", "evaluation": "总体较好。", "advice": "健全制度。"}
_WAY = (
    "draft",
    "evidence_complete",
    "meeting_passed",
    "leader_signed",
    "in_report",
    "group_approved",
    "fed_back",
)


def class_of(team: Team) -> int:
    """The number of the class that whole papers have, in the office of the team's papers."""
    lin = team.actor("lin")
    with acting(lin):
        there = FindingCategory.objects.filter(tenant_id=lin.tenant_id, title="民主集中制").first()
        if there is not None:
            return there.pk
        if not FindingCategory.objects.filter(tenant_id=lin.tenant_id).exists():
            begin_with_standard(actor=lin)
        heading = FindingCategory.objects.get(tenant_id=lin.tenant_id, code="U3")
        return add_category(actor=lin, title="民主集中制", heading=heading.pk).pk


def whole(team: Team, **other: Any) -> PaperText:
    return replace(WHOLE, category=class_of(team), **other)


def begun(team: Team, who: str = "mei", text: PaperText | None = None) -> WorkingPaper:
    actor, text = team.actor(who), text or whole(team)
    with acting(actor):
        return begin_paper(actor=actor, room=team.papers.pk, unit=team.unit_code, text=text)


def report_of(team: Team) -> InspectionReport:
    tang = team.actor("tang")
    with acting(tang):
        return reports.begin_report(actor=tang, room=team.papers.pk, unit=team.unit_code)


def to(team: Team, state: str, title: str = WHOLE.title, finder: str = "mei") -> WorkingPaper:
    """A paper that got as far as `state`, with its report where it needs one."""
    paper = begun(team, finder, whole(team, title=title))
    tang, member = team.actor("tang"), team.actor(finder)
    for reached in _WAY[1 : _WAY.index(state) + 1]:
        if reached == "evidence_complete":
            with acting(member):
                paper_acts.hand_to_meeting(actor=member, number=paper.pk)
        elif reached == "group_approved":
            approve(team)
        elif reached == "fed_back":
            serve(team)
        else:
            with acting(tang):
                _led(team, paper, reached)
    with acting(tang):
        return WorkingPaper.objects.select_related("room").get(pk=paper.pk)


def _led(team: Team, paper: WorkingPaper, reached: str) -> None:
    tang = team.actor("tang")
    if reached == "meeting_passed":
        paper_acts.pass_at_meeting(actor=tang, number=paper.pk, met_on=MET_ON, opinion="成立")
    elif reached == "leader_signed":
        paper_acts.sign_paper(actor=tang, number=paper.pk)
    else:
        paper_acts.put_in_report(actor=tang, number=paper.pk, report=report_of(team).pk)


def submit(team: Team) -> InspectionReport:
    report, tang = report_of(team), team.actor("tang")
    with acting(tang):
        newest = report.texts.filter(part="report").count()
        reports.write_report(
            actor=tang, number=report.pk, part="report", based_on=newest, chapters=CHAPTERS
        )
        reports.submit_report(actor=tang, number=report.pk)
    return report


def approve(team: Team) -> InspectionReport:
    report, he = submit(team), team.actor("he")
    with acting(he):
        reports.approve_report(actor=he, number=report.pk, heard_on=MET_ON)
    return report


def serve(team: Team, served_on: date | None = None) -> None:
    report, tang = report_of(team), team.actor("tang")
    with acting(tang):
        number = report.pk
        reports.write_report(
            actor=tang, number=number, part="feedback", based_on=0,
            chapters={**CHAPTERS, "duty": "两个月内报送整改进展。"},
        )  # fmt: skip
        reports.tell_head(actor=tang, number=number, told_on=MET_ON)
        reports.hold_meeting(
            actor=tang, number=number, met_on=MET_ON, attendance="党组全体成员、区领导小组成员"
        )
        reports.serve_feedback(actor=tang, number=number, served_on=served_on or today())
