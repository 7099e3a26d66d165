"""Taking official documents away as docx: for whoever may read the record, with a line for each.

What was signed and is sent bears no mark. Everything else is an export: each of its pages says of
which office, by whom and when it was taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kernel.clock import now
from sharing.access.due_days import days_of
from sharing.access.letters import access_letter
from sharing.access.office_clues import access_list, clues_on
from sharing.access.papers import access_paper
from sharing.access.rectification import access_evaluation, access_plan, access_talk
from sharing.access.reports import access_report
from sharing.documents.evaluation import evaluation_docx
from sharing.documents.feedback import feedback_docx
from sharing.documents.hand_over import TITLE, hand_over_docx
from sharing.documents.imprint import Imprint
from sharing.documents.letters import letter_docx
from sharing.documents.naming import file_name
from sharing.documents.rectification_plan import rectification_plan_docx
from sharing.documents.talk_record import talk_record_docx
from sharing.documents.working_paper import working_paper_docx
from sharing.domain.due_dates import Clock
from sharing.domain.letters import LETTER_RULES, NOT_IN_FORCE, LetterKind
from sharing.errors.papers import FeedbackNotWritten
from sharing.mapping.evaluation_documents import evaluation_document
from sharing.mapping.feedback_documents import Told, feedback_document
from sharing.mapping.hand_over_documents import hand_over_document
from sharing.mapping.letter_documents import letter_document
from sharing.mapping.paper_documents import Written, working_paper_document
from sharing.mapping.plan_documents import plan_document
from sharing.mapping.talk_documents import talk_document
from sharing.selectors.contacts import supervising_bodies
from sharing.selectors.reports import findings_in, text_of
from sharing.selectors.sights import of_item, of_letter, of_paper, of_report
from tenancy.actor import Actor
from tenancy.models import Office
from tenancy.services.reading import Sight, record_reading


@dataclass(frozen=True, slots=True)
class TakenDocument:
    file_name: str
    content: bytes


@transaction.atomic
def take_letter(*, actor: Actor, number: int) -> TakenDocument:
    """By the office, and by whom it was sent to. Before the signature it says 待编号, as an export;
    one that was discarded is an export too."""
    letter = access_letter(actor, number)
    office = office_of(actor)
    copies = letter.copies.filter(tenant_id=letter.tenant_id).order_by("pk")
    imprint = sent(office) if letter.state not in NOT_IN_FORCE else taken(actor, office)
    content = letter_docx(letter_document(letter, list(copies), office=office), imprint)
    record_reading(actor, "sharing.letter.exported", of_letter(actor, letter.pk), kind=letter.kind)
    title = LETTER_RULES[LetterKind(letter.kind)].title.zh
    return TakenDocument(file_name(title, letter.reference or letter.title), content)


@transaction.atomic
def take_hand_over_list(*, actor: Actor, number: int) -> TakenDocument:
    """The list as it was signed, for the same eyes as its page: always an export, for it names
    people whom nobody has heard yet."""
    list_ = access_list(actor, number)
    office = office_of(actor)
    standing = clues_on(actor, list_).filter(disposal_due_on__isnull=False).first()
    document = hand_over_document(list_, standing, days_of(actor.tenant_id).terms, office=office)
    content = hand_over_docx(document, taken(actor, office))
    record_reading(
        actor, "sharing.hand_over.exported", Sight(obj=list_), number=list_.number, form="docx"
    )
    return TakenDocument(file_name(TITLE, document.number), content)


@transaction.atomic
def take_working_paper(*, actor: Actor, number: int) -> TakenDocument:
    """By the team, while its room is open: the paper holds what the team said among itself."""
    paper = access_paper(actor, number)
    office = office_of(actor)
    version = paper.versions.select_related("category__parent").get(number=paper.version)
    written = Written(
        version,
        bases=list(version.bases.order_by("position")),
        evidence=list(version.evidence.order_by("position")),
        steps=list(paper.done.order_by("number")),
    )
    document = working_paper_document(paper, written, office=office)
    content = working_paper_docx(document, taken(actor, office))
    record_reading(
        actor, "sharing.paper.exported", of_paper(actor, paper.pk), version=version.number
    )
    return TakenDocument(file_name("问题底稿", paper.mark, version.title), content)


@transaction.atomic
def take_feedback(*, actor: Actor, number: int) -> TakenDocument:
    """By whoever reads the report; by the unit once it was served. `FeedbackNotWritten`."""
    report = access_report(actor, number)
    text = text_of(report, "feedback")
    if text is None:
        raise FeedbackNotWritten
    office = office_of(actor)
    served = report.done.filter(act="served").order_by("-number").first()
    served_on = date.fromisoformat(served.facts["served_on"]) if served else None
    days = days_of(report.tenant_id)
    told = Told(
        text,
        findings=[(one.paper, one.version) for one in findings_in(actor, report)],
        unit=report.room.units.filter(code=report.unit_code).first(),
        served_on=served_on,
        plan_on=days.due_after(served_on, Clock.RECTIFICATION_PLAN) if served_on else None,
        report_on=days.due_after(served_on, Clock.CONCENTRATED_PERIOD) if served_on else None,
    )
    document = feedback_document(report, told, office=office)
    content = feedback_docx(document, sent(office) if served else taken(actor, office))
    record_reading(
        actor, "sharing.report.feedback_exported", of_report(actor, report.pk), version=text.number
    )
    return TakenDocument(file_name("反馈意见", report.unit_name), content)


@transaction.atomic
def take_plan(*, actor: Actor, number: int) -> TakenDocument:
    """The plan that item `number` is in: what the actor reads of it."""
    items = access_plan(actor, number)
    bodies = [body.zh for body in supervising_bodies(items[0].desk)]
    document = plan_document(items, supervisors=bodies)
    content = rectification_plan_docx(document, taken(actor, office_of(actor)))
    record_reading(
        actor,
        "sharing.rectification.plan_exported",
        of_item(actor, number),
        items=len(items),
    )
    return TakenDocument(file_name("整改方案", document.unit, document.round_name), content)


@transaction.atomic
def take_talk(*, actor: Actor, number: int) -> TakenDocument:
    """The record of a talk, to be signed by both; before the talk its form."""
    talk = access_talk(actor, number)
    content = talk_record_docx(talk_document(talk), taken(actor, office_of(actor)))
    record_reading(actor, "sharing.talk.exported", Sight(obj=talk))
    return TakenDocument(file_name("约谈记录", talk.desk.name, talk.post), content)


@transaction.atomic
def take_evaluation(*, actor: Actor, number: int) -> TakenDocument:
    """The sheet as it was judged, by the parameters that are kept with it."""
    sheet = access_evaluation(actor, number)
    office = office_of(actor)
    content = evaluation_docx(evaluation_document(sheet, office=office), taken(actor, office))
    record_reading(actor, "sharing.evaluation.exported", Sight(obj=sheet))
    return TakenDocument(file_name("整改评估表", sheet.desk.name, sheet.round_name), content)


def office_of(actor: Actor) -> str:
    """The full name, as it stands in heads and under texts."""
    return Office.objects.get(pk=actor.tenant_id).name


def sent(office: str) -> Imprint:
    return Imprint(office, now())


def taken(actor: Actor, office: str) -> Imprint:
    return Imprint(office, now(), taken_by=actor.name)
