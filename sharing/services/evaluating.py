"""The evaluation sheet: judged by the office's parameters, kept with them, never rewritten."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from kernel.clock import now
from sharing.access.due_days import days_of
from sharing.access.rectification import must_steer
from sharing.domain.evaluations import Deduction, Parameters, UnfitSheet, judged
from sharing.errors.rectification import SheetUnfit, UnitUnknown
from sharing.models.contacts import UnitDesk
from sharing.models.rectification import Evaluation
from tenancy import audit
from tenancy.actor import Actor


@transaction.atomic
def evaluate(
    *,
    actor: Actor,
    unit_code: str,
    round_name: str,
    deductions: Sequence[Deduction],
    false_items: int,
    parameters: Parameters | None = None,
) -> Evaluation:
    """Judge a unit's rectification, by the parameters that the office's terms have now. `SheetUnfit`,
    `UnitUnknown`."""
    must_steer(actor)
    if parameters is None:
        parameters = days_of(actor.tenant_id).terms.evaluation
    desk = UnitDesk.objects.of_office(actor).filter(unit_code=unit_code).first()
    if desk is None:
        raise UnitUnknown
    try:
        found = judged(deductions, false_items, parameters)
    except UnfitSheet as fault:
        raise SheetUnfit().at(fault.field) from fault
    sheet = Evaluation.objects.create(
        tenant_id=actor.tenant_id, desk=desk, round_name=round_name.strip(),
        parameters={
            "parts": dict(parameters.parts), "good": parameters.good,
            "rather_good": parameters.rather_good, "fair": parameters.fair,
            "false_items": parameters.false_items,
        },
        deductions=[
            {"part": one.part, "points": one.points, "reason": one.reason.strip()}
            for one in deductions
        ],
        false_items=false_items, score=found.score, grade=found.grade, by_name=actor.name, at=now(),
    )  # fmt: skip
    audit.record(actor, "sharing.evaluation.made", sheet)
    return sheet
