"""Pins: what the scheduler has decided, whatever the engine would rather do.

They are the round's, not one draft's: every draft of the round is priced by them at once, and
the next solve plans around them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kernel.clock import now
from scheduling.access.desk import access_draft
from scheduling.domain.problem import PinPerson, PinUnit
from scheduling.errors import PinUnknown, RoundBeingSolved
from scheduling.mapping.decisions import pin_key
from scheduling.mapping.desk_pins import names_only_what_is_there, pin_from, takes_the_place_of
from scheduling.mapping.desk_questions import desk_question
from scheduling.models.pins import RoundPin
from scheduling.models.plans import Plan
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import SolveRun
from tenancy import audit
from tenancy.actor import Actor
from tenancy.models import Job

SHAPES = (
    {"inspector", "team"},
    {"inspector", "team", "role"},
    {"inspector", "team", "forbid"},
    {"inspector", "out"},
    {"unit", "team"},
    {"unit", "team", "start"},
    {"unit", "out"},
)

FLAGS = ("forbid", "out")


@transaction.atomic
def pin(*, actor: Actor, number: int, pin: Mapping[str, Any]) -> RoundPin:
    """Decide something about the round of draft `number`. What was decided about the same
    person or unit and cannot hold beside it gives way."""
    plan = _draft_at_rest(actor, number)
    content = _read(plan, pin)
    own = {"tenant_id": plan.tenant_id, "round_id": plan.round_id}
    standing = RoundPin.objects.filter(**own)
    given_way = [
        old.pk
        for old in standing
        if old.key != pin_key(content) and takes_the_place_of(content, old.content)
    ]
    standing.filter(pk__in=given_way).delete()
    made, is_new = RoundPin.objects.get_or_create(
        **own,
        key=pin_key(content),
        defaults={"content": content, "set_by": actor.name, "set_at": now()},
    )
    if is_new:
        audit.record(
            actor,
            "scheduling.round.pinned",
            plan.round,
            plan=plan.pk,
            pin=made.pk,
            given_way=len(given_way),
        )
    return made


@transaction.atomic
def unpin(*, actor: Actor, number: int, pin: int) -> None:
    """Give the engine its freedom back. `number` is a draft of the round."""
    plan = _draft_at_rest(actor, number)
    gone, _ = RoundPin.objects.filter(
        tenant_id=plan.tenant_id, round_id=plan.round_id, pk=pin
    ).delete()
    if not gone:
        raise PinUnknown
    audit.record(actor, "scheduling.round.unpinned", plan.round, plan=plan.pk, pin=pin)


def _draft_at_rest(actor: Actor, number: int) -> Plan:
    """A pin is part of the round's question: it waits for a run that is at work on it."""
    plan = access_draft(actor, number)
    InspectionRound.objects.select_for_update().get(tenant_id=plan.tenant_id, pk=plan.round_id)
    at_work = SolveRun.objects.filter(
        tenant_id=plan.tenant_id,
        round_id=plan.round_id,
        finished_at__isnull=True,
        job__state__in=[Job.State.QUEUED, Job.State.RUNNING],
    )
    if at_work.exists():
        raise RoundBeingSolved(name=plan.round.name)
    return plan


def _read(plan: Plan, given: Mapping[str, Any]) -> dict[str, Any]:
    """The pin in the format's words, or a refusal: what it names must be there."""
    content = {key: value for key, value in given.items() if value not in (None, "", False)}
    is_plain = all(isinstance(content[key], str) for key in content if key not in FLAGS)
    if not is_plain or not any(set(content) == shape for shape in SHAPES):
        raise PinUnknown
    try:
        read = pin_from(content)
    except (TypeError, ValueError):
        raise PinUnknown from None
    if not names_only_what_is_there(desk_question(plan).problem, read):
        raise PinUnknown
    if isinstance(read, PinUnit) and read.start is not None:
        content["start"] = read.start.isoformat()
    if isinstance(read, PinPerson) and read.role not in (None, "leader", "deputy", "member"):
        raise PinUnknown
    return content
