"""What an office has published, as a list."""

from __future__ import annotations

from kernel.errors import NotVisible
from scheduling.access.publications import publications_visible_to
from scheduling.access.rounds import rounds_visible_to
from scheduling.models.publications import Publication
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of


def publications_part(
    actor: Actor, window: Window, *, round_number: int | None = None
) -> Part[Publication]:
    """Every published version, or those of one round, newest first; without their documents."""
    actor.must(Permission.VIEW_PLAN)
    made = publications_visible_to(actor).select_related("round").defer("document", "difference")
    if round_number is not None:
        if not rounds_visible_to(actor).filter(pk=round_number).exists():
            raise NotVisible(what="round", number=round_number)
        made = made.filter(round_id=round_number)
    return part_of(made, window, "-pk")
