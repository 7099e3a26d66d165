"""Whoever tries whatever: a state is reached by the acts before it, and the history says which."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connections

from kernel.errors import DomainError
from sharing.domain.reports import REPORT
from sharing.domain.working_papers import WORKING_PAPER
from sharing.errors.walking import StepOutOfTurn
from sharing.models.papers import WorkingPaper
from sharing.models.reports import InspectionReport
from sharing.services import paper_acts, reports
from sharing.services.paper_texts import PaperText, write_paper
from tenancy.actor import Actor
from tests.papers import CHAPTERS, MET_ON, begun, report_of, to, whole
from tests.people import acting
from tests.teams import Team

# Those whose acts they mostly are come more often, so that the walk gets somewhere.
WHO = ("mei", "mei", "tang", "tang", "tang", "he", "lin", "gu", "ruan", "wu", "qiao", "luo")
TRIES = 220


def acts(
    paper: int, report: int, version: int, text: int, whole: PaperText
) -> list[Callable[[Actor], object]]:
    """Every act there is, as somebody tries it."""
    p, r = paper_acts, reports
    feedback = {**CHAPTERS, "duty": "x"}
    return [
        lambda a: write_paper(actor=a, number=paper, text=whole, based_on=version, why="x"),
        lambda a: p.hand_to_meeting(actor=a, number=paper),
        lambda a: p.pass_at_meeting(actor=a, number=paper, met_on=MET_ON, opinion="x"),
        lambda a: p.send_back(actor=a, number=paper, reason="x"),
        lambda a: p.sign_paper(actor=a, number=paper),
        lambda a: p.put_in_report(actor=a, number=paper, report=report),
        lambda a: p.take_back(actor=a, number=paper, reason="x"),
        lambda a: p.comment_paper(actor=a, number=paper, comment="x"),
        lambda a: r.write_report(
            actor=a, number=report, part="report", based_on=text, chapters=CHAPTERS
        ),
        lambda a: r.submit_report(actor=a, number=report),
        lambda a: r.recall_report(actor=a, number=report, reason="x"),
        lambda a: r.return_report(actor=a, number=report, reason="x"),
        lambda a: r.approve_report(actor=a, number=report, heard_on=MET_ON),
        lambda a: r.write_report(
            actor=a, number=report, part="feedback", based_on=0, chapters=feedback
        ),
        lambda a: r.tell_head(actor=a, number=report, told_on=MET_ON),
        lambda a: r.hold_meeting(actor=a, number=report, met_on=MET_ON, attendance="x"),
        lambda a: r.serve_feedback(actor=a, number=report, served_on=MET_ON),
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_walk_by_whoever_tries_whatever_replays_to_where_it_is(team: Team, seed: int) -> None:
    chance = Random(seed)
    paper, report, text = begun(team), report_of(team), whole(team)
    done = 0
    for _ in range(TRIES):
        actor = team.actor(chance.choice(WHO))
        with acting(team.actor("tang")):
            paper.refresh_from_db()
            texts = report.texts.filter(part="report").count()
        tried = chance.choice(acts(paper.pk, report.pk, paper.version, texts, text))
        try:
            with acting(actor):
                tried(actor)
            done += 1
        except DomainError:
            pass
    with acting(team.actor("tang")):
        for life, record in (
            (WORKING_PAPER, WorkingPaper.objects.get(pk=paper.pk)),
            (REPORT, InspectionReport.objects.get(pk=report.pk)),
        ):
            steps = list(record.done.order_by("number"))
            assert life.replayed(one.act for one in steps) == record.state
            assert [one.number for one in steps] == list(range(1, record.steps + 1))
            states = [life.begins_as, *(one.after for one in steps)]
            assert [one.before for one in steps] == states[:-1]
            for one in steps:
                assert one.hand in {str(hand) for hand in life.by_name[one.act].hands}
    assert done > 5, "nothing was done: the walk would prove nothing"


def test_of_two_signatures_at_once_one_is_told_that_it_was_done(team: Team) -> None:
    paper, tang = to(team, "meeting_passed"), team.actor("tang")
    start, told = Barrier(2), []

    def sign() -> None:
        try:
            with acting(tang):
                start.wait(timeout=10)
                paper_acts.sign_paper(actor=tang, number=paper.pk)
            told.append("signed")
        except StepOutOfTurn:
            told.append("too late")
        finally:
            connections.close_all()

    both = [Thread(target=sign) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=30)

    assert sorted(told) == ["signed", "too late"]
    with acting(tang):
        assert paper.done.filter(act="signed").count() == 1
