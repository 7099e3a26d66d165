"""Feedbacks as docx: the words that were served, to whom, and to nobody before."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.clock import today
from kernel.errors import NotVisible
from kernel.text import day_text
from sharing.access.due_days import days_of
from sharing.domain.due_dates import Clock
from sharing.errors.papers import FeedbackNotWritten
from sharing.models.contacts import SPEAK
from sharing.models.reports import InspectionReport
from sharing.models.rooms import RoomUnit
from sharing.services import reports
from sharing.services.taking_away import take_feedback
from tenancy.actor import Actor
from tenancy.models import AuditEntry
from tests.integration.sharing.test_paper_leaks import speaks
from tests.papers import CHAPTERS, WHOLE, approve, report_of, serve, to
from tests.people import acting
from tests.read_again import HOSTILE, Again, opened_again
from tests.teams import UNIT_NAME, Team

OFFICE = "定海区委巡察办"
DUTY = "两个月内报送整改进展。"


def taken(actor: Actor, report: InspectionReport) -> Again:
    with acting(actor):
        return opened_again(take_feedback(actor=actor, number=report.pk).content)


def written(team: Team, **chapters: str) -> InspectionReport:
    """Approved, and its feedback written."""
    report, tang = approve(team), team.actor("tang")
    with acting(tang):
        reports.write_report(
            actor=tang, number=report.pk, part="feedback", based_on=0,
            chapters={**CHAPTERS, "duty": DUTY, **chapters},
        )  # fmt: skip
    return report


def test_a_served_feedback_says_what_was_served(team: Team) -> None:
    to(team, "in_report")
    to(team, "in_report", "第二个问题")
    approve(team)
    serve(team)
    report = report_of(team)

    said = taken(team.actor("lin"), report)

    body = list(said.paragraphs)
    begin = body.index(f"关于巡察{UNIT_NAME}的反馈意见")
    assert body[begin + 1 :][:16] == [
        f"{UNIT_NAME}：", CHAPTERS["overview"],
        "一、总体评价", CHAPTERS["evaluation"],
        "二、巡察发现的主要问题", "（一）落实新时代党的组织路线",
        f"1. {WHOLE.title}", WHOLE.fact, WHOLE.nature, WHOLE.responsibility,
        "2. 第二个问题", WHOLE.fact, WHOLE.nature, WHOLE.responsibility,
        "三、意见建议", f"（一）{CHAPTERS['advice']}",
    ]  # fmt: skip
    assert body[begin + 17 :][:4] == ["四、整改要求", DUTY, OFFICE, day_text(today()).zh]
    assert f"{OFFICE}文件" in body
    assert (said.mark, "待编号" in said.text) == ("", False)


def test_before_it_is_served_it_is_a_draft_and_an_export(team: Team) -> None:
    to(team, "in_report")

    said = taken(team.actor("tang"), written(team))

    assert "（待编号）" in said.paragraphs
    assert said.mark.startswith(f"{OFFICE} {team.actor('tang').name} ")


def test_chapters_that_are_empty_have_words_with_their_days(team: Team) -> None:
    to(team, "in_report")
    report = written(team, overview="", duty="")
    tang = team.actor("tang")
    with acting(tang):
        unit = RoomUnit.objects.get(room=team.papers, code=team.unit_code)

    said = taken(tang, report)

    began, ended = day_text(unit.starts_on).zh, day_text(unit.ends_on).zh
    assert any(
        words.startswith(f"根据{team.papers.authorised_by}统一部署，{began}至{ended}，")
        for words in said.paragraphs
    )
    assert any("在规定期限内报送整改方案" in words for words in said.paragraphs)

    days: dict[str, Any] = {"actor": tang, "number": report.pk}
    with acting(tang):
        reports.tell_head(**days, told_on=today())
        reports.hold_meeting(**days, met_on=today(), attendance="全体")
        reports.serve_feedback(**days, served_on=today())
    plan = day_text(days_of(tang.tenant_id).due_after(today(), Clock.RECTIFICATION_PLAN)).zh
    assert any(f"于{plan}前报送整改方案" in words for words in taken(tang, report).paragraphs)


def test_odd_words_stand_as_they_are_and_numbers_of_their_own_stay(team: Team) -> None:
    for value in HOSTILE:
        to(team, "in_report", value)
    text = "\n".join(HOSTILE)
    report = written(
        team, overview=text, evaluation=text, advice=f"1. {HOSTILE[0]}\n2. 二", duty=text
    )

    said = taken(team.actor("tang"), report)

    for number, value in enumerate(HOSTILE, start=1):
        assert f"{number}. {value}" in said.paragraphs
        assert said.paragraphs.count(value) == 3
    assert f"1. {HOSTILE[0]}" in said.paragraphs


def test_who_takes_it_away(team: Team) -> None:
    """The unit when it was served, the office and the team before; and nobody who does not read it."""
    to(team, "in_report")
    report = report_of(team)
    speaks(team, "qiao", SPEAK)
    qiao, tang = team.actor("qiao"), team.actor("tang")
    with acting(tang), pytest.raises(FeedbackNotWritten):
        take_feedback(actor=tang, number=report.pk)
    written(team)
    for who in ("qiao", "luo", "ruan", "zhao", "jiang", "shen"):
        assert refused(team.actor(who), report.pk) == refused(team.actor(who), 987654321), who

    with acting(tang):
        days: dict[str, Any] = {"actor": tang, "number": report.pk}
        reports.tell_head(**days, told_on=today())
        reports.hold_meeting(**days, met_on=today(), attendance="全体")
        reports.serve_feedback(**days, served_on=today())
    for who in ("qiao", "luo", "he", "wu", "mei"):
        assert taken(team.actor(who), report).mark == "", who
    for who in ("ruan", "zhao", "jiang", "shen"):
        assert refused(team.actor(who), report.pk) == refused(team.actor(who), 987654321), who
    with acting(team.actor("lin")):
        found = AuditEntry.objects.filter(action="sharing.report.feedback_exported")
        assert found.filter(user_id=qiao.person_id, object_id=report.pk).count() == 1


def refused(actor: Actor, number: int) -> str:
    with acting(actor), pytest.raises(NotVisible) as refusal:
        take_feedback(actor=actor, number=number)
    return str(refusal.value).replace(str(number), "")
