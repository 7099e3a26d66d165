"""What is done with a paper: each act of its life that is not writing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from sharing.access.papers import access_either, access_paper, hands_on
from sharing.access.reports import access_report
from sharing.domain.life_cycle import Hand
from sharing.domain.working_papers import THREE_PARTS
from sharing.errors.papers import PaperElsewhere
from sharing.models.papers import PaperComment, PaperVersion, WorkingPaper
from sharing.models.rooms import Room
from sharing.models.steps import Step
from sharing.services.named_acts import Acts, act_by_name
from sharing.services.typed_days import must_have_been
from sharing.services.walking import walk
from tenancy.actor import Actor
from tenancy.db import refused_by


@transaction.atomic
def hand_to_meeting(*, actor: Actor, number: int) -> Step:
    """The finder says that the paper is whole. `StepLacks` names what is not."""
    paper = access_paper(actor, number)
    return _done(actor, paper, "evidence_completed", holds=_held(paper))


@transaction.atomic
def pass_at_meeting(*, actor: Actor, number: int, met_on: date | None, opinion: str) -> Step:
    paper = access_paper(actor, number)
    must_have_been("met_on", met_on, first_day(paper.room, paper.unit_code))
    facts = {"met_on": met_on, "meeting_opinion": opinion.strip()}
    return _done(actor, paper, "meeting_passed", facts=facts)


@transaction.atomic
def send_back(*, actor: Actor, number: int, reason: str) -> Step:
    return _done(actor, access_paper(actor, number), "sent_back", reason=reason)


@transaction.atomic
def not_uphold(*, actor: Actor, number: int, reason: str) -> Step:
    return _done(actor, access_paper(actor, number), "not_upheld", reason=reason)


@transaction.atomic
def sign_paper(*, actor: Actor, number: int) -> Step:
    """The leader signs the newest version, which is named in the step."""
    paper = access_paper(actor, number)
    return _done(actor, paper, "signed", facts={"version": paper.version})


@transaction.atomic
def put_in_report(*, actor: Actor, number: int, report: int) -> Step:
    """Into the report on its unit, while that is drafted; it then gets its number as a finding."""
    paper = access_paper(actor, number)
    into = access_report(actor, report)
    facts = {"report": into.pk, "version": paper.version}
    with refused_by("paper_with_its_report", PaperElsewhere()):
        return _done(actor, paper, "put_in_report", facts=facts)


@transaction.atomic
def take_back(*, actor: Actor, number: int, reason: str) -> Step:
    """Out of the report and from under the signature, to be written anew."""
    paper = access_paper(actor, number)
    with refused_by("paper_with_its_report", PaperElsewhere()):
        return _done(actor, paper, "taken_back", reason=reason)


@transaction.atomic
def comment_paper(*, actor: Actor, number: int, comment: str) -> Step:
    """The office says what it thinks of a finding in a report. The text stays the team's."""
    paper = access_either(actor, number)
    step = _done(actor, paper, "commented", holds=["comment"] if comment.strip() else [])
    PaperComment.objects.create(tenant_id=actor.tenant_id, paper=paper, text=comment.strip())
    return step


def first_day(room: Room, unit_code: str) -> date:
    """On which the team can have been at work: of its term, or on site where the term was set late."""
    on_site = room.units.filter(code=unit_code).values_list("starts_on", flat=True)
    return min([room.starts_on, *on_site])


def follow(
    actor: Actor, paper: WorkingPaper, act: str, hands: frozenset[Hand], **more: Any
) -> Step:
    """What a paper does because its report did it (`sharing.services.reports`)."""
    return walk(actor=actor, record=paper, act=act, hands=hands, **more)


def _done(
    actor: Actor,
    paper: WorkingPaper,
    act: str,
    *,
    holds: list[str] | None = None,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> Step:
    given = facts or {}
    step = walk(
        actor=actor,
        record=paper,
        act=act,
        hands=hands_on(actor, paper),
        holds=[name for name, value in given.items() if value] if holds is None else holds,
        reason=reason,
        facts={name: value for name, value in given.items() if value},
    )
    paper.refresh_from_db()
    return step


def _held(paper: WorkingPaper) -> list[str]:
    """What of a whole paper the newest version has."""
    version = PaperVersion.objects.get(tenant_id=paper.tenant_id, paper=paper, number=paper.version)
    held = [name for name in ("title", *THREE_PARTS) if getattr(version, name)]
    if version.class_name:
        held.append("category")
    held += [name for name in ("bases", "evidence") if getattr(version, name).exists()]
    return held


ACTS: Acts = {
    "evidence_completed": hand_to_meeting,
    "meeting_passed": pass_at_meeting,
    "sent_back": send_back,
    "not_upheld": not_uphold,
    "signed": sign_paper,
    "taken_back": take_back,
}


def do(*, actor: Actor, number: int, act: str, given: Mapping[str, Any]) -> Step:
    return act_by_name(ACTS, actor=actor, number=number, act=act, given=given)
