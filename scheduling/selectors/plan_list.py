"""The plans of an office, as a list."""

from __future__ import annotations

from kernel.errors import NotVisible
from scheduling.access.plans import plans_visible_to
from scheduling.access.rounds import rounds_visible_to
from scheduling.models.plans import Plan
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of


def plans_part(actor: Actor, window: Window, *, round_number: int | None = None) -> Part[Plan]:
    """Every plan, or those of one round, newest first."""
    actor.must(Permission.VIEW_PLAN)
    plans = plans_visible_to(actor).select_related("round", "run")
    if round_number is not None:
        if not rounds_visible_to(actor).filter(pk=round_number).exists():
            raise NotVisible(what="round", number=round_number)
        plans = plans.filter(round_id=round_number)
    return part_of(plans, window, "-pk")
