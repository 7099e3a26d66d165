"""Plans: the leading office's own. A county sees none of them."""

from __future__ import annotations

from kernel.errors import NotVisible
from scheduling.access.handling import must_handle
from scheduling.models.plans import Plan
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import OfficeQuerySet


def plans_visible_to(actor: Actor) -> OfficeQuerySet[Plan]:
    return Plan.objects.readable_by(actor, Permission.VIEW_PLAN)


def access_plan(actor: Actor, number: int, permission: Permission) -> Plan:
    """The plan, or a refusal in words that do not tell whether it exists."""
    plan = plans_visible_to(actor).filter(pk=number).first()
    if plan is None:
        raise NotVisible(what="plan", number=number)
    actor.must(permission)
    must_handle(actor, permission, plan.round_id)
    return plan
