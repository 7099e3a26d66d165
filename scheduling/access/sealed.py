"""Requests for the unmasked question: the recusal officer's."""

from __future__ import annotations

from scheduling.models.sealed import SealedExport
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import OfficeQuerySet


def sealed_exports_visible_to(actor: Actor) -> OfficeQuerySet[SealedExport]:
    return SealedExport.objects.readable_by(actor, Permission.EXPORT_UNMASKED)


def access_sealed_export(actor: Actor, number: int) -> SealedExport:
    """The request, or a refusal in words that do not tell whether it exists."""
    return SealedExport.objects.one_readable_by(actor, Permission.EXPORT_UNMASKED, number)
