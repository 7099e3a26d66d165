"""Who has a view of a record, for the record's own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from portal.views.shares import may_offer
from sharing.access.shared_records import record_to_share
from sharing.domain.shared_views import Shareable
from sharing.selectors.share_sights import OutsideSight, sights_of
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@dataclass(frozen=True, slots=True)
class Sights:
    """`offer`: where a view of it is offered; empty: it is not theirs to offer, or cannot be."""

    lines: Sequence[OutsideSight]
    offer: str


def sights_panel(actor: Actor, kind: Shareable, number: int) -> Sights | None:
    """None for those who see no shares."""
    if not actor.may(Permission.VIEW_SHARES):
        return None
    offer = ""
    if may_offer(actor) and record_to_share(actor, kind, number) is not None:
        query = urlencode({"kind": kind.value, "record": f"{kind.value}:{number}"})
        offer = f"{reverse('portal:share-offer')}?{query}"
    return Sights(sights_of(actor, kind, number), offer)
