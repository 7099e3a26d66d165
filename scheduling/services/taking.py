"""Taking a published document away: its very bytes, whose hash stands on the page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from scheduling.access.publications import access_publication
from scheduling.selectors.sights import of_publication
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.services.reading import record_reading


@dataclass(frozen=True, slots=True)
class TakenDocument:
    file_name: str
    content: bytes


@transaction.atomic
def take_document(*, actor: Actor, number: int) -> TakenDocument:
    """The frozen `round-plan/1` of a publication. The record tells who took it."""
    made = access_publication(actor, number, Permission.EXPORT_PLAN)
    sight = of_publication(actor, made.pk)
    record_reading(
        actor,
        "scheduling.publication.exported",
        sight,
        rule="publication.export",
        sha256=made.plan_sha256,
    )
    return TakenDocument(f"{made.round.name}-公布方案-v{made.number}.json", made.document.encode())
