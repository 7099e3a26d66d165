"""A unit's rectification: assigned, planned, reported, claimed, checked by another, closed out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from kernel.clock import now, today
from kernel.errors import NotAllowed
from sharing.access.due_days import days_of
from sharing.access.rectification import access_item, hands_on, must_steer
from sharing.domain.assignments import LONGEST_CATEGORY, LONGEST_ISSUE, MOST_ISSUES
from sharing.domain.due_dates import Clock
from sharing.domain.life_cycle import Hand
from sharing.domain.rectification import CHECKS, PLAIN_ACTS, RECTIFICATION, RECTIFYING, TALKED_TO
from sharing.errors.assigning import AssignedMeanwhile
from sharing.errors.attachments import FilesAreIn
from sharing.errors.rectification import (
    CheckedByTheClaimant,
    DeadlineBeforeFeedback,
    FedBackAlready,
    IssueTooLong,
    LeaderUnknown,
    NothingFedBack,
    TooManyIssues,
    UnitUnknown,
)
from sharing.errors.walking import StepUnknown
from sharing.mapping.addressees import Addressee, chosen
from sharing.models.attachments import Attachment
from sharing.models.contacts import UnitDesk
from sharing.models.note_files import NoteFile
from sharing.models.rectification import ItemNote, RectificationItem, RectificationStep, Talk
from sharing.models.reports import InspectionReport
from sharing.services.attaching import Upload, take_in, take_in_all
from sharing.services.finding_ends import close_findings
from sharing.services.typed_days import must_be_in_reach, must_have_been
from sharing.services.waiting_for_items import wait_for_plans
from sharing.services.walking import walk
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import PERMISSION_TITLES, Permission

PLAN_FIELDS = ("goal", "measures", "lead", "department", "due_on", "head", "head_signed_on")


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem, word for word; `source_*`: the record that it was in, where it is kept here."""

    text: str
    category: str
    source_life: str = ""
    source_number: int | None = None


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """The unit's answer to one issue. `head`: who signed for the unit, as the liaison says."""

    goal: str
    measures: str
    lead: str
    department: str
    due_on: date | None
    head: str
    head_signed_on: date | None


@transaction.atomic
def assign_from_feedback(
    *,
    actor: Actor,
    unit_code: str,
    round_name: str,
    served_on: date,
    issues: Sequence[Issue],
    leader: str = "",
) -> list[RectificationItem]:
    """Lay what was fed back to a unit before it, one item each, and queue the talks.

    Terms run from the day on which the text was served. `leader`: code of a county leader.
    """
    must_steer(actor)
    desk = UnitDesk.objects.of_office(actor).filter(unit_code=unit_code).first()
    if desk is None:
        raise UnitUnknown
    issues = [replace(i, text=i.text.strip(), category=i.category.strip()) for i in issues]
    if not issues or not all(one.text and one.category for one in issues):
        raise NothingFedBack
    _must_fit(issues)
    return lay_items(actor, desk, round_name, served_on, issues, leader)


def lay_items(
    actor: Actor,
    desk: UnitDesk,
    round_name: str,
    served_on: date,
    issues: Sequence[Issue],
    leader: str,
    *,
    report: InspectionReport | None = None,
) -> list[RectificationItem]:
    """One item each, and the talks; for whoever steers. `report`: whose findings they are.

    `AssignedMeanwhile`: of two who assign to one unit at once, the later one's places are taken.
    """
    must_have_been("served_on", served_on)
    in_charge = county_leader(actor, leader) if leader else None
    days = days_of(actor.tenant_id)
    plan_due = days.due_after(served_on, Clock.RECTIFICATION_PLAN)
    concentrated = days.due_after(served_on, Clock.CONCENTRATED_PERIOD)
    of_round = RectificationItem.objects.filter(
        tenant_id=actor.tenant_id, desk=desk, round_name=round_name
    )
    last = of_round.order_by("-position").values_list("position", flat=True).first() or 0
    made = []
    for position, issue in enumerate(issues, start=last + 1):
        item = RectificationItem(
            tenant_id=actor.tenant_id, desk=desk, round_name=round_name, position=position,
            issue=issue.text, category=issue.category, report=report,
            source_life=issue.source_life, source_number=issue.source_number,
            served_on=served_on, plan_due_on=plan_due, concentrated_until=concentrated,
            leader_id=in_charge.person_id if in_charge else None,
            leader_name=in_charge.name if in_charge else "",
        )  # fmt: skip
        with refused_as(
            {
                "rectification_item_once_of_a_source": FedBackAlready(),
                "rectification_item_in_its_place": AssignedMeanwhile(),
            }
        ):
            item.save()
        made.append(item)
    wait_for_plans(actor, made)
    _queue_talks(actor, desk, round_name)
    audit.record(actor, "sharing.rectification.assigned", made[0], units=1, lines=len(made))
    return made


@transaction.atomic
def hand_in_plan(*, actor: Actor, number: int, plan: ItemPlan) -> RectificationItem:
    """The three lists of one item, signed by the unit's head. `StepLacks` names what is lacking."""
    item = _locked(actor, number)
    actor.must(Permission.SPEAK_FOR_UNIT)
    if plan.due_on is not None and plan.due_on <= item.served_on:
        raise DeadlineBeforeFeedback
    must_be_in_reach("due_on", plan.due_on)
    must_have_been("head_signed_on", plan.head_signed_on, item.served_on)
    hands = hands_on(actor, item)
    if item.state == "assigned" and hands & RECTIFICATION.by_name["plan_handed_in"].hands:
        for name in PLAN_FIELDS:
            value = getattr(plan, name)
            setattr(item, name, value.strip() if isinstance(value, str) else value)
        item.save(update_fields=PLAN_FIELDS)
    holds = {"issue", *(name for name in PLAN_FIELDS if getattr(item, name))}
    if item.head and item.head_signed_on:
        holds.add("signed_by_head")
    walk(actor=actor, record=item, act="plan_handed_in", hands=hands, holds=holds)
    return item


@transaction.atomic
def tell_progress(*, actor: Actor, number: int, text: str) -> RectificationItem:
    item = _locked(actor, number)
    actor.must(Permission.SPEAK_FOR_UNIT)
    noted = _noted(actor, item, progress=text)
    hands = hands_on(actor, item)
    walk(actor=actor, record=item, act="progress_told", hands=hands, holds=noted)
    return item


@transaction.atomic
def claim_done(
    *, actor: Actor, number: int, evidence: str, result: str, uploads: Iterable[Upload] = ()
) -> RectificationItem:
    """Say that it is done, with what shows it. Another body checks it. `OneOfSeveral`."""
    item = _locked(actor, number)
    actor.must(Permission.SPEAK_FOR_UNIT)
    noted = _noted(actor, item, evidence=evidence, result=result)
    hands = hands_on(actor, item)
    walk(actor=actor, record=item, act="claimed", hands=hands, holds=noted)
    evidence_note = _newest_evidence(item)
    take_in_all(actor=actor, link=NoteFile, subject=evidence_note.pk, uploads=uploads)
    item.refresh_from_db()
    return item


@transaction.atomic
def add_claim_file(
    *, actor: Actor, number: int, file_name: str, content: Iterable[bytes]
) -> Attachment:
    """A further file for the claim, while nobody has checked it. `FilesAreIn`, and what `take_in` refuses."""
    item = _locked(actor, number)
    actor.must(Permission.SPEAK_FOR_UNIT)
    if Hand.UNIT not in hands_on(actor, item):
        raise NotAllowed(permission=PERMISSION_TITLES[Permission.SPEAK_FOR_UNIT])
    if item.state != "claimed_done":
        raise FilesAreIn
    return take_in(
        actor=actor,
        link=NoteFile,
        subject=_newest_evidence(item).pk,
        file_name=file_name,
        content=content,
    )


@transaction.atomic
def move_deadline(
    *, actor: Actor, number: int, due_on: date | None, reason: str
) -> RectificationItem:
    item = _locked(actor, number)
    actor.must(Permission.CLOSE_RECTIFICATION)
    before = item.due_on
    if due_on is not None and due_on <= item.served_on:
        raise DeadlineBeforeFeedback
    must_be_in_reach("due_on", due_on)
    if item.state in RECTIFYING and due_on is not None and reason.strip():
        item.due_on = due_on
        item.save(update_fields=["due_on"])
    facts = {"before": before.isoformat() if before else None, "due_on": str(due_on)}
    walk(
        actor=actor, record=item, act="deadline_moved", hands=hands_on(actor, item),
        holds={"due_on"} if due_on else set(), reason=reason, facts=facts,
    )  # fmt: skip
    return item


@transaction.atomic
def act_on_item(*, actor: Actor, number: int, act: str, reason: str = "") -> RectificationItem:
    """Accept or return a plan, check, close out, send back to the check. `StepUnknown`."""
    item = _locked(actor, number)
    if act not in PLAIN_ACTS:
        raise StepUnknown
    one = RECTIFICATION.by_name[act]
    needed = [Permission(RECTIFICATION.permissions[hand]) for hand in sorted(one.hands)]
    if not any(actor.may(permission) for permission in needed):
        actor.must(needed[0])
    barred = {"closed_out": ("claimed", "checked_done"), **dict.fromkeys(CHECKS, ("claimed",))}
    if act in barred and _did(actor, item, barred[act]):
        raise CheckedByTheClaimant
    walk(
        actor=actor, record=item, act=act, hands=hands_on(actor, item),
        holds={"checked_by"}, reason=reason,
    )  # fmt: skip
    if act == "closed_out":
        close_findings(actor, item)
    item.refresh_from_db()
    return item


@transaction.atomic
def set_disclosure(
    *, actor: Actor, number: int, withheld_because: str, disclosure: str
) -> RectificationItem:
    """What of it is published, or why nothing is."""
    item = _locked(actor, number)
    must_steer(actor)
    item.withheld_because, item.disclosure = withheld_because.strip(), disclosure.strip()
    item.save(update_fields=["withheld_because", "disclosure"])
    audit.record(actor, "sharing.rectification.disclosure_set", item)
    return item


def county_leader(actor: Actor, code: str) -> Addressee:
    """Somebody in a county leader's seat today. `LeaderUnknown`."""
    found = chosen(actor, [code])
    if not found or found[0].person_id is None:
        raise LeaderUnknown
    return found[0]


def _must_fit(issues: Sequence[Issue]) -> None:
    if len(issues) > MOST_ISSUES:
        raise TooManyIssues(most=MOST_ISSUES)
    for line, one in enumerate(issues, start=1):
        if len(one.text) > LONGEST_ISSUE or len(one.category) > LONGEST_CATEGORY:
            raise IssueTooLong(line=line, most=LONGEST_ISSUE, category=LONGEST_CATEGORY)


def _locked(actor: Actor, number: int) -> RectificationItem:
    access_item(actor, number)
    return (
        RectificationItem.objects.select_for_update(no_key=True, of=("self",))
        .select_related("desk")
        .get(tenant_id=actor.tenant_id, pk=number)
    )


def _noted(actor: Actor, item: RectificationItem, **texts: str) -> set[str]:
    """Keep what was reported, where it is the unit's turn; says what there is."""
    written = {kind: text.strip() for kind, text in texts.items() if text.strip()}
    is_theirs = hands_on(actor, item) & RECTIFICATION.by_name["claimed"].hands
    if item.state in RECTIFYING and is_theirs and len(written) == len(texts):
        for kind, text in written.items():
            # Who and when are the database's.
            ItemNote.objects.create(
                tenant_id=item.tenant_id, item=item, kind=kind, text=text, at=now()
            )
    return set(written)


def _newest_evidence(item: RectificationItem) -> ItemNote:
    notes = ItemNote.objects.filter(tenant_id=item.tenant_id, item=item, kind="evidence")
    return notes.latest("pk")


def _did(actor: Actor, item: RectificationItem, acts: Sequence[str]) -> bool:
    done = RectificationStep.objects.filter(tenant_id=item.tenant_id, record=item, act__in=acts)
    return done.filter(by_id=actor.user_id).exists()


def _queue_talks(actor: Actor, desk: UnitDesk, round_name: str) -> None:
    for post in TALKED_TO:
        Talk.objects.get_or_create(
            tenant_id=actor.tenant_id, desk=desk, round_name=round_name, post=post,
            defaults={"queued_on": today()},
        )  # fmt: skip
