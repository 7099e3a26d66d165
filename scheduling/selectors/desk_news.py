"""What is new on a desk: who has edited, and whether the page must be drawn again.

It is asked every few seconds for as long as somebody sits at the desk, so it reads little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kernel.text import Text
from scheduling.access.plans import access_plan
from scheduling.models.pins import RoundPin
from scheduling.models.plans import Plan, PlanEdit
from scheduling.models.runs import SolveRun
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Job

CHECK = "scheduling.check_plan"
SHOWN_EDITS = 30


@dataclass(frozen=True, slots=True)
class EditLine:
    revision: int
    by: str
    is_own: bool
    at: datetime
    words: Text
    price: Mapping[str, Any]
    is_undone: bool


@dataclass(frozen=True, slots=True)
class News:
    """What there is to tell somebody who saw revision `seen`."""

    is_new: bool
    edits: tuple[EditLine, ...]  # of others, the newest first


def desk_news(actor: Actor, number: int, *, seen: int, token: str) -> News:
    """Whether anything is new since; asked every few seconds, so in few queries."""
    plan = access_plan(actor, number, Permission.VIEW_PLAN)
    pins = RoundPin.objects.filter(tenant_id=plan.tenant_id, round_id=plan.round_id)
    if token == state_token(plan, list(pins.order_by("pk"))):
        return News(False, ())
    since = PlanEdit.objects.filter(tenant_id=plan.tenant_id, plan=plan, revision__gt=seen)
    lines = edit_lines(actor, list(since.order_by("revision")))
    return News(True, tuple(line for line in lines if not line.is_own))


def state_token(plan: Plan, pins: Sequence[RoundPin]) -> str:
    """What a page shows that may change under it: edits, pins, verdict, state, work in hand."""
    checked = "" if plan.verdict is None else plan.verdict["checked_at"]
    return "|".join(
        (
            str(plan.revision),
            plan.state,
            checked,
            ",".join(str(pin.pk) for pin in pins),
            "checking" if is_checking(plan) else "",
            str(run_at_work(plan) or ""),
        )
    )


def is_checking(plan: Plan) -> bool:
    return Job.objects.filter(
        tenant_id=plan.tenant_id,
        task=CHECK,
        args__plan_number=plan.pk,
        state__in=[Job.State.QUEUED, Job.State.RUNNING],
    ).exists()


def run_at_work(plan: Plan) -> int | None:
    return (
        SolveRun.objects.filter(
            tenant_id=plan.tenant_id, round_id=plan.round_id, finished_at__isnull=True
        )
        .values_list("pk", flat=True)
        .first()
    )


def edit_lines(actor: Actor, edits: Sequence[PlanEdit]) -> tuple[EditLine, ...]:
    undone = {edit.undoes for edit in edits if edit.undoes is not None}
    return tuple(
        EditLine(
            revision=edit.revision,
            by=edit.made_by,
            is_own=edit.made_by_id == actor.user_id,
            at=edit.made_at,
            words=Text(**edit.words),
            price=edit.price,
            is_undone=edit.revision in undone,
        )
        for edit in reversed(edits[-SHOWN_EDITS:])
    )
