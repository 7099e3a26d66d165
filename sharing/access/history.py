"""Past terms' figures of the actor's own office."""

from __future__ import annotations

from sharing.models.history import QuotedFigure, QuotedFigureQuerySet
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def figures_visible_to(actor: Actor) -> QuotedFigureQuerySet:
    """In the order of the workbook they came from."""
    actor.must(Permission.VIEW_HISTORY)
    return QuotedFigure.objects.readable_by(actor).order_by("term", "position")
