"""A clue within its team: registered, judged by the meeting, signed by the leader.

Where it goes then, the database decides when the signature is there (`sharing.domain.routing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from kernel.clock import today
from sharing.access.clues import access_clue, direct_rooms_of, hands_on_clue
from sharing.domain.life_cycle import Hand
from sharing.errors.clues import (
    ClueNotYours,
    EvidenceTooLong,
    MeetingInTheFuture,
    NoDirectRoom,
)
from sharing.models.clues import Clue
from sharing.services.walking import walk
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_by
from tenancy.domain.roles import Permission

MOST_PIECES, LONGEST_PIECE = 50, 500
JUDGEMENTS = ("screened", "found_general", "found_out_of_scope")


@dataclass(frozen=True, slots=True)
class ClueDraft:
    """What a member writes. `evidence`: descriptions, one a piece."""

    subject_name: str
    subject_unit: str
    management_level: str
    source_kind: str
    gist: str
    subject_post: str = ""
    is_urgent: bool = False
    evidence: Sequence[str] = ()

    def as_fields(self) -> Mapping[str, Any]:
        """`EvidenceTooLong`."""
        pieces = [piece for one in self.evidence if (piece := one.strip())]
        if len(pieces) > MOST_PIECES or any(len(one) > LONGEST_PIECE for one in pieces):
            raise EvidenceTooLong(most=MOST_PIECES, longest=LONGEST_PIECE)
        return {
            "subject_name": self.subject_name.strip(),
            "subject_post": self.subject_post.strip(),
            "subject_unit": self.subject_unit.strip(),
            "management_level": self.management_level,
            "source_kind": self.source_kind,
            "is_urgent": self.is_urgent,
            "gist": self.gist.strip(),
            "evidence": pieces,
        }


@transaction.atomic
def register_clue(*, actor: Actor, draft: ClueDraft, room: int | None = None) -> Clue:
    """In the direct room `room`, or in the only one that the actor works in. `NoDirectRoom`."""
    actor.must(Permission.REGISTER_CLUE)
    rooms = direct_rooms_of(actor)
    found = list(rooms[:2] if room is None else rooms.filter(pk=room))
    if len(found) != 1:
        raise NoDirectRoom
    clue = Clue.objects.create(
        tenant_id=actor.tenant_id,
        room=found[0],
        registered_by_id=actor.person_id,
        **draft.as_fields(),
    )
    clue.refresh_from_db()
    audit.record(actor, "sharing.clue.registered", clue)
    return clue


@transaction.atomic
def amend_clue(*, actor: Actor, number: int, draft: ClueDraft) -> Clue:
    """By whoever registered it, until the meeting has judged. `ClueNotYours`."""
    clue = access_clue(actor, number)
    actor.must(Permission.REGISTER_CLUE)
    hands = hands_on_clue(actor, clue)
    if Hand.MEMBER not in hands or clue.state != "registered":
        raise ClueNotYours
    fields = draft.as_fields()
    for name, value in fields.items():
        setattr(clue, name, value)
    with refused_by("clue_text_stays", ClueNotYours()):
        clue.save(update_fields=list(fields))
    walk(actor=actor, record=clue, act="amended", hands=hands)
    return clue


@transaction.atomic
def judge_clue(
    *,
    actor: Actor,
    number: int,
    judgement: str,
    met_on: date | None,
    meeting_opinion: str = "",
    reason: str = "",
) -> Clue:
    """What the team meeting held it to be (`JUDGEMENTS`). `MeetingInTheFuture`, those of `walk`."""
    if judgement not in JUDGEMENTS:
        raise ValueError(judgement)
    clue = access_clue(actor, number)
    actor.must(Permission.SCREEN_CLUE)
    if met_on is not None and met_on > today():
        raise MeetingInTheFuture
    if clue.state == "registered" and Hand.TEAM_LEADER in hands_on_clue(actor, clue):
        clue.met_on, clue.meeting_opinion = met_on, meeting_opinion.strip()
        clue.save(update_fields=["met_on", "meeting_opinion"])
    walk(
        actor=actor,
        record=clue,
        act=judgement,
        hands=hands_on_clue(actor, clue),
        holds=_held(clue),
        reason=reason,
    )
    return clue


@transaction.atomic
def send_clue_back(*, actor: Actor, number: int, reason: str) -> Clue:
    clue = access_clue(actor, number)
    actor.must(Permission.SCREEN_CLUE)
    hands = hands_on_clue(actor, clue)
    walk(actor=actor, record=clue, act="sent_back", hands=hands, reason=reason)
    return clue


@transaction.atomic
def sign_clue(*, actor: Actor, number: int) -> Clue:
    """From here on it is with the office that takes it in; the line says nothing of which."""
    clue = access_clue(actor, number)
    actor.must(Permission.SCREEN_CLUE)
    walk(actor=actor, record=clue, act="signed", hands=hands_on_clue(actor, clue))
    return clue


def _held(clue: Clue) -> frozenset[str]:
    fields = ("met_on", "gist", "management_level", "evidence")
    return frozenset(name for name in fields if getattr(clue, name))
