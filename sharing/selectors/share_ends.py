"""What is left to do for the receiver of a share that is over: copies to destroy, and to tell of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sharing.access.shares import shown_to_us
from sharing.domain.disclosures import Destruction, destruction_of, to_tell_of_destruction
from sharing.models.share_grants import ShareGrant, ShareGrantStep
from sharing.selectors.share_lists import is_over
from sharing.selectors.share_reach import as_disclosure
from tenancy.actor import Actor


@dataclass(frozen=True, slots=True)
class DestructionHere:
    """`told`: what our office said, the newest first. `waits_for`: who of ours carried a copy away and
    has not told."""

    state: Destruction
    told: Sequence[ShareGrantStep]
    waits_for: Sequence[str]


def destruction_here(actor: Actor, share: ShareGrant) -> DestructionHere | None:
    """None: it is not over, or was not shared with the actor's office."""
    if share.receiver_id != actor.tenant_id or not is_over(share):
        return None
    rows = list(shown_to_us(actor, share).order_by("at", "pk"))
    lines = [as_disclosure(row) for row in rows]
    steps = share.walked.filter(act="destruction_told", sender_id=actor.tenant_id)
    told = list(steps.order_by("-number"))
    told_by = {(step.sender_id, step.by_id or 0) for step in told}
    names = {(row.sender_id, row.person_id): row.person_name for row in rows}
    return DestructionHere(
        destruction_of(lines, share.receiver_id, told_by),
        told,
        [names[who] for who in to_tell_of_destruction(lines, share.receiver_id, told_by)],
    )
