"""A team's report on a unit, and its feedback: writing, handing in, approving, serving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from sharing.access.reports import access_report, hands_on_report
from sharing.access.rooms import access_room, hands_in
from sharing.domain.life_cycle import Hand
from sharing.domain.reports import REPORT
from sharing.errors.papers import (
    NotOfTheTeam,
    ReportHoldsNothing,
    ReportTextStands,
    TextChangedMeanwhile,
    UnitNotInspected,
)
from sharing.models.papers import WorkingPaper
from sharing.models.reports import InspectionReport, ReportText
from sharing.models.rooms import Room
from sharing.models.steps import Step
from sharing.services.named_acts import Acts, act_by_name
from sharing.services.paper_acts import first_day, follow
from sharing.services.typed_days import must_have_been
from sharing.services.walking import of_another_hand, walk
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as, refused_by
from tenancy.domain.roles import Permission

WRITES = {"report": "written", "feedback": "feedback_written"}
# Of the acts that have one, the fact that says when it was, in the order in which they follow.
DAYS = {
    "approved": "heard_on",
    "head_told": "told_on",
    "meeting_held": "met_on",
    "served": "served_on",
}


@transaction.atomic
def begin_report(*, actor: Actor, room: int, unit: str) -> InspectionReport:
    """The team's report on that unit, by who leads it. Beginning it twice does it once.
    `StepOfAnotherHand`, `UnitNotInspected`."""
    actor.must(Permission.SIGN_PAPERS)
    place = access_room(actor, room, Room.Purpose.PAPERS)
    if Hand.TEAM_LEADER not in hands_in(actor, place):
        raise of_another_hand(REPORT.by_name["written"])
    if not place.units.filter(code=unit).exists():
        raise UnitNotInspected
    with refused_by("report_by_the_leader", NotOfTheTeam()):
        made, is_new = InspectionReport.objects.get_or_create(
            tenant_id=actor.tenant_id, room=place, unit_code=unit, defaults={"unit_name": ""}
        )
    if not is_new:
        return made
    made.refresh_from_db()
    audit.record(actor, "sharing.report.begun", made)
    return made


@transaction.atomic
def write_report(
    *, actor: Actor, number: int, part: str, based_on: int, chapters: Mapping[str, str]
) -> ReportText:
    """Save a further text of the report or of its feedback. `chapters`: overview, evaluation, advice,
    and of a feedback the duty to report."""
    report = access_report(actor, number)
    act = report.life.by_name[WRITES[part]]
    stands = ReportTextStands(state=report.life.states[report.state])
    if report.state not in act.since:
        raise stands
    newest = report.texts.filter(part=part).count()
    if based_on != newest:
        raise TextChangedMeanwhile(newest=newest)
    _done(actor, report, act.name, facts={"version": newest + 1})
    refusals = {
        "report_text_stands": stands,
        "report_text_follows_the_newest": TextChangedMeanwhile(newest=newest + 1),
    }
    with refused_as(refusals):
        return ReportText.objects.create(
            tenant_id=actor.tenant_id,
            report=report,
            part=part,
            number=newest + 1,
            **{name: text.strip() for name, text in chapters.items()},
        )


@transaction.atomic
def submit_report(*, actor: Actor, number: int) -> Step:
    """To the office and the leading group. From here on the office reads it."""
    report = access_report(actor, number)
    text = newest_text(report, "report")
    held = [name for name in ("evaluation", "advice") if text and getattr(text, name)]
    if report.papers.filter(state="in_report").exists():
        held.append("findings")
    with refused_by("report_holds_a_finding", ReportHoldsNothing()):
        return _done(actor, report, "submitted", holds=held)


@transaction.atomic
def recall_report(*, actor: Actor, number: int, reason: str) -> Step:
    return _done(actor, access_report(actor, number), "recalled", reason=reason)


@transaction.atomic
def approve_report(*, actor: Actor, number: int, heard_on: date | None) -> Step:
    """The leading group approves it with every finding in it."""
    report = access_report(actor, number)
    must_have_been("heard_on", heard_on, _day_before(report))
    step = _done(actor, report, "approved", facts={"heard_on": heard_on})
    _all_follow(actor, report, "in_report", "approved", facts={"heard_on": heard_on})
    return step


@transaction.atomic
def return_report(*, actor: Actor, number: int, reason: str) -> Step:
    """Back to the team, its findings to under the leader's signature: out of the report."""
    report = access_report(actor, number)
    step = _done(actor, report, "returned", reason=reason)
    _all_follow(actor, report, "in_report", "returned_to_team", reason=reason)
    return step


@transaction.atomic
def tell_head(*, actor: Actor, number: int, told_on: date | None) -> Step:
    report = access_report(actor, number)
    must_have_been("told_on", told_on, _day_before(report))
    return _done(
        actor,
        report,
        "head_told",
        facts={"told_on": told_on},
        holds=_with_text(report, told_on=told_on),
    )


@transaction.atomic
def hold_meeting(*, actor: Actor, number: int, met_on: date | None, attendance: str) -> Step:
    report = access_report(actor, number)
    must_have_been("met_on", met_on, _day_before(report))
    facts = {"met_on": met_on, "attendance": attendance.strip()}
    return _done(actor, report, "meeting_held", facts=facts)


@transaction.atomic
def serve_feedback(*, actor: Actor, number: int, served_on: date | None) -> Step:
    """Served at the unit: its day is zero of every clock of the rectification."""
    report = access_report(actor, number)
    must_have_been("served_on", served_on, _day_before(report))
    facts = {"served_on": served_on}
    step = _done(
        actor, report, "served", facts=facts, holds=_with_text(report, served_on=served_on)
    )
    _all_follow(actor, report, "group_approved", "fed_back", facts=facts)
    return step


def newest_text(report: InspectionReport, part: str) -> ReportText | None:
    return report.texts.filter(part=part).order_by("-number").first()


def _day_before(report: InspectionReport) -> date | None:
    """Of the newest act that has a day; before the first of them, the first day on site."""
    last = report.done.filter(act__in=DAYS).order_by("-number").first()
    if last is not None:
        return date.fromisoformat(last.facts[DAYS[last.act]])
    return first_day(report.room, report.unit_code)


def _with_text(report: InspectionReport, **days: date | None) -> list[str]:
    held = [name for name, day in days.items() if day]
    text = newest_text(report, "feedback")
    if text and text.evaluation and text.advice:
        held.append("feedback_text")
    return held


def _all_follow(actor: Actor, report: InspectionReport, state: str, act: str, **more: Any) -> None:
    """In the order of their numbers, so that nobody waits for another crosswise."""
    hands = hands_on_report(actor, report) - {Hand.FINDER}
    papers = WorkingPaper.objects.filter(tenant_id=report.tenant_id, report=report, state=state)
    needs = list(more.get("facts", ()))
    for paper in papers.order_by("pk"):
        follow(actor, paper, act, hands, holds=needs, **more)


def _done(
    actor: Actor,
    report: InspectionReport,
    act: str,
    *,
    holds: list[str] | None = None,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> Step:
    given = facts or {}
    return walk(
        actor=actor,
        record=report,
        act=act,
        hands=hands_on_report(actor, report),
        holds=[name for name, value in given.items() if value] if holds is None else holds,
        reason=reason,
        facts={name: value for name, value in given.items() if value},
    )


ACTS: Acts = {
    "submitted": submit_report,
    "recalled": recall_report,
    "returned": return_report,
    "approved": approve_report,
    "head_told": tell_head,
    "meeting_held": hold_meeting,
    "served": serve_feedback,
}


def do(*, actor: Actor, number: int, act: str, given: Mapping[str, Any]) -> Step:
    return act_by_name(ACTS, actor=actor, number=number, act=act, given=given)
