"""What is waited for after each act on a letter, a clue or a feedback: in the act's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kernel.clock import today
from sharing.access.due_days import days_of
from sharing.domain.due_dates import Clock
from sharing.domain.letters import WAITING, LetterKind, clock_of
from sharing.domain.life_cycle import Hand
from sharing.models.letters import Letter
from sharing.models.office_clues import OfficeClue
from sharing.models.reports import InspectionReport
from sharing.models.steps import Step
from sharing.services.deadlines import Asked, Waited, came, wait_for, wait_for_all, waits_no_more
from sharing.services.walking import follows
from tenancy.actor import Actor

CLUE = OfficeClue.life.name
LETTER = Letter.life.name
BY_THE_BODY = Asked(hand=Hand.DISCIPLINE_BODY)


@follows(Letter)
def wait_for_the_reply(actor: Actor, letter: Letter, step: Step) -> None:
    """From the day on which it is sent until the day that it names."""
    if step.act == "sent":
        _wait(actor, letter, clock_of(LetterKind(letter.kind)), letter.due_on)
    elif step.act == "replied":
        came(actor=actor, life=LETTER, number=letter.pk)
        _urgings_came(actor, letter)
    elif step.act == "reply_returned":
        _wait_again(actor, letter)


def _wait(actor: Actor, letter: Letter, clock: Clock, until: date | None) -> None:
    asked = Asked(user=letter.person_id) if letter.person_id else Asked(unit=letter.addressee)
    waited = Waited(clock, asked, f"{letter.reference}《{letter.title}》", until=until)
    wait_for(actor=actor, life=LETTER, number=letter.pk, waited=waited)


def _wait_again(actor: Actor, letter: Letter) -> None:
    """The letter's day stands; where it is over or too near, the term for what was returned begins."""
    until = letter.due_on
    if until and until >= days_of(actor.tenant_id).due_after(today(), Clock.RESUBMISSION):
        _wait(actor, letter, clock_of(LetterKind(letter.kind)), until)
    else:
        _wait(actor, letter, Clock.RESUBMISSION, None)


def _urgings_came(actor: Actor, letter: Letter) -> None:
    """What its urging letters asked for has come with it."""
    urging = Letter.objects.filter(tenant_id=actor.tenant_id, urges=letter, state__in=WAITING)
    for number in urging.values_list("pk", flat=True):
        came(actor=actor, life=LETTER, number=number)


def wait_for_the_body(actor: Actor, clues: Iterable[OfficeClue]) -> None:
    """Both terms begin with the receipt; the database keeps their days with each clue."""
    numbers = [clue.pk for clue in clues]
    for clock in (Clock.CLUE_DISPOSAL, Clock.CLUE_RESULT):
        waited = dict.fromkeys(numbers, Waited(clock, BY_THE_BODY))
        wait_for_all(actor=actor, life=CLUE, waited=waited)


@follows(OfficeClue)
def follow_the_clue(actor: Actor, clue: OfficeClue, step: Step) -> None:
    if step.act == "returned":
        waits_no_more(actor=actor, life=CLUE, number=clue.pk)
    elif step.act == "disposal_chosen":
        came(actor=actor, life=CLUE, number=clue.pk, clocks=[Clock.CLUE_DISPOSAL])
    elif step.act == "result_told":
        came(actor=actor, life=CLUE, number=clue.pk)
    elif step.act == "asked_again":
        waited = Waited(Clock.CLUE_RESULT, BY_THE_BODY)
        wait_for(actor=actor, life=CLUE, number=clue.pk, waited=waited)


@follows(InspectionReport)
def wait_for_the_plan(actor: Actor, report: InspectionReport, step: Step) -> None:
    """Served: until the office has laid it before the unit item by item, the whole plan is due. In a
    lifted round the office that keeps the report assigns nothing: the county's clock is the items'."""
    if step.act != "served" or report.room.host_id != report.tenant_id:
        return
    served_on = date.fromisoformat(step.facts["served_on"])
    until = days_of(actor.tenant_id).due_after(served_on, Clock.RECTIFICATION_PLAN)
    waited = Waited(
        Clock.RECTIFICATION_PLAN,
        Asked(unit=report.unit_name),
        f"{report.room.round_name}·{report.unit_name}",
        until=until,
    )
    wait_for(actor=actor, life=InspectionReport.life.name, number=report.pk, waited=waited)
