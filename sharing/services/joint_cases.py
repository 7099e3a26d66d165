"""Common problems: items of several units in one case, which a county leader takes in charge."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from kernel.clock import today
from sharing.access.rectification import access_case, must_steer
from sharing.errors.rectification import CaseClosed, CaseStillOpen, CaseWithoutItems
from sharing.models.rectification import JointCase, RectificationItem
from sharing.services.rectifying import county_leader
from tenancy import audit
from tenancy.actor import Actor


@transaction.atomic
def open_case(
    *, actor: Actor, title: str, leader: str, departments: str, items: Collection[int]
) -> JointCase:
    """Put items into one case. `leader`: code of a county leader. `CaseWithoutItems`: none, or one that
    is in another case, or is not there."""
    must_steer(actor)
    in_charge = county_leader(actor, leader)
    found = RectificationItem.objects.select_for_update(no_key=True).filter(
        tenant_id=actor.tenant_id, pk__in=items, case__isnull=True
    )
    numbers = list(found.values_list("pk", flat=True))
    if not numbers or len(numbers) != len(set(items)):
        raise CaseWithoutItems
    case = JointCase.objects.create(
        tenant_id=actor.tenant_id, title=title.strip(), leader_id=in_charge.person_id or 0,
        leader_name=in_charge.name, departments=departments.strip(), opened_by=actor.name,
        opened_on=today(),
    )  # fmt: skip
    RectificationItem.objects.filter(tenant_id=actor.tenant_id, pk__in=numbers).update(case=case)
    audit.record(actor, "sharing.joint_case.opened", case, lines=len(numbers))
    return case


@transaction.atomic
def close_case(*, actor: Actor, number: int, conclusion: str) -> JointCase:
    """Once all its items are closed out."""
    access_case(actor, number)
    must_steer(actor)
    case = JointCase.objects.select_for_update(no_key=True).get(
        tenant_id=actor.tenant_id, pk=number
    )
    if case.closed_on is not None:
        raise CaseClosed
    left = RectificationItem.objects.filter(tenant_id=actor.tenant_id, case=case)
    count = left.exclude(state="closed_out").count()
    if count:
        raise CaseStillOpen(count=count)
    case.closed_on, case.conclusion = today(), conclusion.strip()
    case.save(update_fields=["closed_on", "conclusion"])
    audit.record(actor, "sharing.joint_case.closed", case)
    return case
