"""What a rectification brought: rules made, money recovered, people called to account."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from kernel.clock import now
from sharing.access.rectification import access_item, hands_on, steers
from sharing.domain.life_cycle import Hand
from sharing.errors.rectification import ItemNotOfTheUnit, OutcomeUnfit
from sharing.models.rectification import Outcome, OutcomeCause, RectificationItem
from sharing.services.typed_days import must_have_been
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@transaction.atomic
def enter_outcome(
    *,
    actor: Actor,
    number: int,
    kind: str,
    title: str,
    on: date,
    cents: int | None = None,
    people: int | None = None,
    also: Collection[int] = (),
) -> Outcome:
    """Enter what came of item `number`, and of further items of the same unit (`also`)."""
    item = access_item(actor, number)
    if not steers(actor) and Hand.UNIT not in hands_on(actor, item):
        actor.must(Permission.STEER_RECTIFICATION)
    if kind not in Outcome.Kind.values:
        raise OutcomeUnfit().at("kind")
    must_have_been("on", on)
    needs = {"money_recovered": (True, False), "accountability": (False, True)}
    if ((cents or 0) > 0, (people or 0) > 0) != needs.get(kind, (False, False)):
        raise OutcomeUnfit
    numbers = {number, *also}
    items = RectificationItem.objects.filter(
        tenant_id=item.tenant_id, desk_id=item.desk_id, pk__in=numbers
    )
    if items.count() != len(numbers):
        raise ItemNotOfTheUnit
    outcome = Outcome.objects.create(
        tenant_id=item.tenant_id, desk_id=item.desk_id, kind=kind, title=title.strip(), on=on,
        cents=cents or None, people=people or None, at=now(),
    )  # fmt: skip
    for one in items:
        OutcomeCause.objects.create(tenant_id=item.tenant_id, outcome=outcome, item=one)
    audit.record(actor, "sharing.outcome.entered", outcome, kind=kind, lines=len(numbers))
    return outcome
