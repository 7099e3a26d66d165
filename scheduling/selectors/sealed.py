"""Requests for the unmasked question, as the recusal officer sees them."""

from __future__ import annotations

from scheduling.access.rounds import access_round
from scheduling.access.sealed import sealed_exports_visible_to
from scheduling.models.sealed import SealedExport
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of


def sealed_exports_part(actor: Actor, number: int, window: Window) -> Part[SealedExport]:
    """Those of round `number`, newest first. Without a document: nobody can select it."""
    round_ = access_round(actor, number, Permission.EXPORT_UNMASKED)
    return part_of(sealed_exports_visible_to(actor).filter(round=round_), window, "-pk")
