"""A paper from its first word to feedback, and who is refused on the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kernel.clock import today
from kernel.errors import NotAllowed, NotVisible
from sharing.errors.days import DayAhead, DayTooEarly
from sharing.errors.papers import (
    PaperElsewhere,
    TextChangedMeanwhile,
    TextOfItsFinder,
    TextStands,
    WhyWritten,
)
from sharing.errors.walking import StepLacks, StepOfAnotherHand, StepOutOfTurn, StepWantsAReason
from sharing.models.papers import PaperComment, PaperVersion, WorkingPaper
from sharing.models.reports import InspectionReport
from sharing.services import paper_acts, reports
from sharing.services.paper_texts import PaperText, begin_paper, write_paper
from tenancy.actor import Actor
from tests.papers import MET_ON, WHOLE, approve, begun, report_of, submit, to, whole
from tests.people import acting
from tests.teams import BEGINS, Team


def test_from_the_first_word_to_feedback_each_act_leaves_its_step(team: Team) -> None:
    paper = to(team, "fed_back")

    with acting(team.actor("mei")):
        done = list(paper.done.order_by("number").values_list("act", "by_name", "hand"))
        names = [act for act, *_ in done]
        assert paper.life.replayed(names) == paper.state == "fed_back"
        assert paper.steps == len(done)
        assert done[0] == ("written", "梅若溪", "finder")
        assert ("approved", "何以宁", "leading_group") in done
        assert paper.mark == f"〔{today().year}〕1-T1-001"
        report = InspectionReport.objects.get(papers=paper)
        assert report.state == "served"
        served = report.done.get(act="served")
        assert served.facts == {"served_on": today().isoformat()}


def test_a_draft_may_lack_what_a_meeting_must_have(team: Team) -> None:
    paper = begun(team, text=PaperText(title="财务"))
    mei = team.actor("mei")

    with acting(mei), pytest.raises(StepLacks) as refused:
        paper_acts.hand_to_meeting(actor=mei, number=paper.pk)
    text = whole(team)
    lacks = {"fact", "nature", "responsibility", "bases", "evidence", "category"}
    assert set(refused.value.fields) == lacks
    with acting(mei):
        write_paper(actor=mei, number=paper.pk, text=text, based_on=1)
        paper_acts.hand_to_meeting(actor=mei, number=paper.pk)


def test_a_text_is_its_finder_s_and_stands_once_it_is_handed_on(team: Team) -> None:
    paper, second = begun(team), whole(team, title="二")
    tang, mei = team.actor("tang"), team.actor("mei")
    with acting(tang), pytest.raises(TextOfItsFinder):
        write_paper(actor=tang, number=paper.pk, text=WHOLE, based_on=1)
    with acting(mei), pytest.raises(TextChangedMeanwhile):
        write_paper(actor=mei, number=paper.pk, text=WHOLE, based_on=0)
    with acting(mei):
        write_paper(actor=mei, number=paper.pk, text=second, based_on=1)
        paper_acts.hand_to_meeting(actor=mei, number=paper.pk)
    with acting(mei), pytest.raises(TextStands):
        write_paper(actor=mei, number=paper.pk, text=WHOLE, based_on=2)


def test_what_was_signed_is_written_anew_for_a_reason_and_as_a_further_version(
    team: Team,
) -> None:
    paper = to(team, "in_report")
    tang, mei = team.actor("tang"), team.actor("mei")
    with acting(tang), pytest.raises(StepWantsAReason):
        paper_acts.take_back(actor=tang, number=paper.pk, reason=" ")
    with acting(tang):
        paper_acts.take_back(actor=tang, number=paper.pk, reason="金额有误")
    with acting(mei), pytest.raises(WhyWritten):
        write_paper(actor=mei, number=paper.pk, text=WHOLE, based_on=1)
    with acting(mei):
        write_paper(actor=mei, number=paper.pk, text=WHOLE, based_on=1, why="更正金额")
        paper.refresh_from_db()
        assert (paper.state, paper.report_id, paper.finding_sequence) == ("draft", None, 1)
        assert PaperVersion.objects.filter(paper=paper).count() == 2


def test_only_the_leader_judges_and_signs(team: Team) -> None:
    paper = to(team, "evidence_complete")
    for who in ("mei", "gu"):
        actor = team.actor(who)
        with acting(actor), pytest.raises(StepOfAnotherHand):
            paper_acts.pass_at_meeting(actor=actor, number=paper.pk, met_on=MET_ON, opinion="x")
    tang = team.actor("tang")
    with acting(tang), pytest.raises(StepOutOfTurn):
        paper_acts.sign_paper(actor=tang, number=paper.pk)
    with acting(tang), pytest.raises(StepLacks):
        paper_acts.pass_at_meeting(actor=tang, number=paper.pk, met_on=None, opinion="x")
    with acting(tang):
        paper_acts.pass_at_meeting(actor=tang, number=paper.pk, met_on=MET_ON, opinion="x")
        paper_acts.send_back(actor=tang, number=paper.pk, reason="补证据")


def test_the_office_comments_and_changes_nothing(team: Team) -> None:
    paper = to(team, "in_report")
    submit(team)
    for who in ("wu", "lin"):
        actor = team.actor(who)
        with acting(actor):
            paper_acts.comment_paper(actor=actor, number=paper.pk, comment="定性依据宜补充")
    wu = team.actor("wu")
    with acting(wu), pytest.raises(NotVisible):
        write_paper(actor=wu, number=paper.pk, text=WHOLE, based_on=1)
    with acting(wu), pytest.raises(NotAllowed):
        begin_paper(actor=wu, room=team.papers.pk, unit=team.unit_code, text=WHOLE)
    he = team.actor("he")
    with acting(he), pytest.raises(StepOfAnotherHand):
        paper_acts.comment_paper(actor=he, number=paper.pk, comment="x")
    with acting(team.actor("mei")):
        assert {one.by_name for one in PaperComment.objects.all()} == {"吴清和", "林知远"}
        assert paper.versions.count() == 1


def test_the_leading_group_approves_or_returns_the_whole_report(team: Team) -> None:
    first, second = to(team, "in_report"), to(team, "in_report", "另一问题", "gu")
    report, he, tang = submit(team), team.actor("he"), team.actor("tang")
    with acting(tang), pytest.raises(PaperElsewhere):
        paper_acts.take_back(actor=tang, number=first.pk, reason="x")
    with acting(tang), pytest.raises(StepOfAnotherHand):
        reports.approve_report(actor=tang, number=report.pk, heard_on=MET_ON)
    with acting(he):
        reports.return_report(actor=he, number=report.pk, reason="补充第二项")
    with acting(tang):
        states = dict(WorkingPaper.objects.values_list("pk", "state"))
        assert states == {first.pk: "leader_signed", second.pk: "leader_signed"}
        for one in (first, second):
            paper_acts.put_in_report(actor=tang, number=one.pk, report=report.pk)
    approve(team)
    with acting(tang):
        assert set(WorkingPaper.objects.values_list("state", flat=True)) == {"group_approved"}
        assert list(
            WorkingPaper.objects.order_by("pk").values_list("finding_sequence", flat=True)
        ) == [1, 2]


def test_feedback_is_told_to_the_head_then_to_the_meeting_then_served(team: Team) -> None:
    to(team, "in_report")
    report = approve(team)
    lin = team.actor("lin")
    with acting(lin), pytest.raises(StepOutOfTurn):
        reports.serve_feedback(actor=lin, number=report.pk, served_on=today())
    with acting(lin), pytest.raises(StepOfAnotherHand):
        reports.tell_head(actor=lin, number=report.pk, told_on=MET_ON)
    tang = team.actor("tang")
    with acting(tang), pytest.raises(StepLacks):
        reports.tell_head(actor=tang, number=report.pk, told_on=MET_ON)
    chapters = {"evaluation": "评价", "advice": "建议", "duty": "报告"}
    with acting(lin):
        reports.write_report(
            actor=lin, number=report.pk, part="feedback", based_on=0, chapters=chapters
        )
    with acting(tang):
        reports.tell_head(actor=tang, number=report.pk, told_on=MET_ON)
    with acting(lin):
        with pytest.raises(StepLacks, match=r"反馈会日期|day of the feedback meeting"):
            reports.hold_meeting(actor=lin, number=report.pk, met_on=None, attendance="全体")
        reports.hold_meeting(actor=lin, number=report.pk, met_on=MET_ON, attendance="全体")
        reports.serve_feedback(actor=lin, number=report.pk, served_on=today())
        assert set(WorkingPaper.objects.values_list("state", flat=True)) == {"fed_back"}


def test_a_day_that_cannot_be_is_refused_and_none_is_before_what_it_follows(team: Team) -> None:
    tang, he, lin = (team.actor(who) for who in ("tang", "he", "lin"))

    def refused(actor: Actor, act: Any, field: str, before: date, **given: Any) -> None:
        ahead = today() + timedelta(days=1)
        slips = ((before - timedelta(days=1), DayTooEarly), (date(26, 3, 2), DayTooEarly))
        for day, why in (*slips, (ahead, DayAhead), (date.max, DayAhead)):
            with acting(actor), pytest.raises(why) as refusal:
                act(actor=actor, **given, **{field: day})
            assert refusal.value.fields == (field,)

    paper = to(team, "evidence_complete")
    met: dict[str, Any] = {"number": paper.pk, "opinion": "x"}
    refused(tang, paper_acts.pass_at_meeting, "met_on", BEGINS, **met)
    to(team, "in_report", "另一问题")
    number = submit(team).pk
    refused(he, reports.approve_report, "heard_on", BEGINS, number=number)
    heard, told, held = (MET_ON + timedelta(days=n) for n in (1, 2, 3))
    with acting(he):
        reports.approve_report(actor=he, number=number, heard_on=heard)
    refused(tang, reports.tell_head, "told_on", heard, number=number)
    chapters = {"evaluation": "评价", "advice": "建议", "duty": "报告"}
    with acting(tang):
        reports.write_report(
            actor=tang, number=number, part="feedback", based_on=0, chapters=chapters
        )
        reports.tell_head(actor=tang, number=number, told_on=told)
    refused(lin, reports.hold_meeting, "met_on", told, number=number, attendance="x")
    with acting(lin):
        reports.hold_meeting(actor=lin, number=number, met_on=held, attendance="x")
    refused(lin, reports.serve_feedback, "served_on", held, number=number)
    with acting(lin):
        reports.serve_feedback(actor=lin, number=number, served_on=held)


def test_a_report_without_a_finding_is_not_handed_in(team: Team) -> None:
    report, tang = report_of(team), team.actor("tang")
    with acting(tang), pytest.raises(StepLacks) as refused:
        reports.submit_report(actor=tang, number=report.pk)
    assert set(refused.value.fields) == {"evaluation", "advice", "findings"}
