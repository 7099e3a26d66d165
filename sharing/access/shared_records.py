"""Records of one's own office that can be shared, for whoever reads them."""

from __future__ import annotations

from typing import Any

from sharing.access.letters import letters_of_office
from sharing.access.office_clues import office_clues_visible_to
from sharing.access.papers import findings_visible_to
from sharing.access.rectification import items_of_office
from sharing.domain.letters import IN_THE_OFFICE
from sharing.domain.shared_views import Shareable
from sharing.domain.working_papers import READ_BY_THE_UNIT
from tenancy.actor import Actor


def records_to_share(actor: Actor, kind: Shareable) -> Any:
    """Findings that were fed back, clues of the register, items, letters that were sent."""
    if kind is Shareable.FINDING:
        rows = findings_visible_to(actor).filter(state__in=READ_BY_THE_UNIT)
        return rows.select_related("room")
    if kind is Shareable.CLUE:
        return office_clues_visible_to(actor)
    if kind is Shareable.ITEM:
        return items_of_office(actor).select_related("desk")
    return letters_of_office(actor).exclude(state__in=IN_THE_OFFICE)


def record_to_share(actor: Actor, kind: Shareable, number: int) -> Any:
    """One of them; None: it is not there, or not for the actor."""
    return records_to_share(actor, kind).filter(pk=number).first()
