"""Past terms' figures, as a list."""

from __future__ import annotations

from sharing.access.history import figures_visible_to
from sharing.models.history import QuotedFigure
from tenancy.actor import Actor
from tenancy.paging import Part, Window, part_of


def figures_part(actor: Actor, window: Window) -> Part[QuotedFigure]:
    """In the order of the workbook they came from."""
    return part_of(figures_visible_to(actor), window, "term", "position", "pk")
