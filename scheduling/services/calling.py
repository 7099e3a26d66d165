"""Calling on the offices to release people, closing the releases, and opening them again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from kernel.clock import now
from scheduling.access.releases import lock_releases
from scheduling.access.rounds import access_round_to_edit
from scheduling.errors import NoCountiesToCall
from scheduling.models.releases import CallNotice, ReleaseCall
from scheduling.models.rounds import InspectionRound, RoundState, TeamSlot
from scheduling.services.notices import tell
from tenancy import audit
from tenancy.actor import Actor
from tenancy.models import Office


@dataclass(frozen=True, slots=True)
class CallDraft:
    """What is asked of each office that is called on."""

    offices: Collection[int]
    people: int
    skills: Mapping[str, int] = field(default_factory=dict)
    answer_by: date | None = None


@transaction.atomic
def call_on_offices(*, actor: Actor, number: int, call: CallDraft) -> list[ReleaseCall]:
    """Ask offices to release people and report units. An office is called on once a round.

    Returns the new calls. The actor's own office may be called on too: its director releases
    its people the same way, but it has no units in the round.
    """
    round_ = access_round_to_edit(actor, number)
    offices = _offices_to_call(actor, call.offices)
    lock_releases(round_.pk)
    called = set(
        ReleaseCall.objects.sent_by(actor)
        .filter(round_id=round_.pk)
        .values_list("tenant_id", flat=True)
    )
    new = ReleaseCall.objects.bulk_create(
        _call(actor, round_, office, call) for office in offices if office.pk not in called
    )
    if new and round_.state == RoundState.DRAFTING:
        _open(round_)
    for sent in new:
        _tell(actor, sent, "call_received")
        audit.record(actor, "scheduling.round.office_called", round_, office=sent.tenant_id)
    return new


@transaction.atomic
def reopen_releases(*, actor: Actor, number: int) -> InspectionRound:
    """Let the offices release and withdraw again after the first run closed it."""
    round_ = access_round_to_edit(actor, number)
    lock_releases(round_.pk)
    if round_.state != RoundState.CLOSED:
        return round_
    _send_notices(actor, round_, CallNotice.Kind.REOPENED)
    _open(round_)
    audit.record(actor, "scheduling.round.releases_reopened", round_)
    return round_


def close_releases(actor: Actor, round_: InspectionRound) -> None:
    """Tell every office called on that the round is being solved. Within the caller's act."""
    lock_releases(round_.pk)
    if round_.state == RoundState.CLOSED:
        return
    _send_notices(actor, round_, CallNotice.Kind.CLOSED)
    round_.state = RoundState.CLOSED
    round_.save(update_fields=["state"])
    audit.record(actor, "scheduling.round.releases_closed", round_)


def _open(round_: InspectionRound) -> None:
    """Not a change of the question: what was surveyed or solved is as current as before."""
    round_.state = RoundState.COLLECTING
    round_.save(update_fields=["state"])


def _send_notices(actor: Actor, round_: InspectionRound, kind: CallNotice.Kind) -> None:
    calls = list(ReleaseCall.objects.sent_by(actor).filter(round_id=round_.pk))
    CallNotice.objects.bulk_create(
        CallNotice(
            tenant_id=call.tenant_id, sender_id=actor.tenant_id, call=call, kind=kind, at=now()
        )
        for call in calls
    )
    for call in calls:
        _tell(actor, call, f"releases_{kind.value}")


def _tell(actor: Actor, call: ReleaseCall, kind: str) -> None:
    tell(actor=actor, office=call.tenant_id, kind=kind, number=call.pk, round=call.name)


def _offices_to_call(actor: Actor, offices: Collection[int]) -> list[Office]:
    """Those of the asked for that the actor's office may call on: its counties and itself."""
    reachable = Office.objects.filter(pk__in=offices, successor__isnull=True)
    found = [o for o in reachable if o.pk == actor.tenant_id or o.parent_id == actor.tenant_id]
    if not found:
        raise NoCountiesToCall
    return found


def _call(actor: Actor, round_: InspectionRound, office: Office, call: CallDraft) -> ReleaseCall:
    return ReleaseCall(
        tenant_id=office.pk,
        sender_id=actor.tenant_id,
        round_id=round_.pk,
        name=round_.name,
        starts_on=round_.starts_on,
        ends_on=round_.ends_on,
        mode=round_.mode,
        teams=TeamSlot.objects.filter(tenant_id=round_.tenant_id, round=round_).count(),
        people_needed=call.people,
        skills_needed={skill: count for skill, count in call.skills.items() if count},
        asks_for_units=office.kind == Office.Kind.COUNTY,
        answer_by=call.answer_by,
        called_at=now(),
    )
