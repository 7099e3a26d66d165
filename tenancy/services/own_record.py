"""What concerns a person's account stands in the record of every office where they work."""

from __future__ import annotations

from typing import Any

from kernel.clock import today
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import as_user, in_office
from tenancy.models import Membership


def record_at_their_offices(user_id: int, action: str, **data: Any) -> None:
    """In the record of every office where they hold a seat, always in the same order."""
    with as_user(user_id):
        seats = Membership.objects.in_force(today()).filter(user_id=user_id)
        offices = sorted(set(seats.values_list("tenant_id", flat=True)))
    for tenant_id in offices:
        with in_office(tenant_id, user_id):
            actor = Actor.seated(user_id=user_id, tenant_id=tenant_id)
            if actor is not None:
                audit.record(actor, action, **data)
