"""Views that somebody may open now, as lines without their words."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.clock import today
from kernel.text import Text
from sharing.access.shares import shares_visible_to, shown_before, shown_to
from sharing.domain.grants import PURPOSE_TITLES, Purpose
from sharing.domain.shared_views import KIND_TITLES, Shareable
from sharing.models.share_grants import ShownView
from tenancy.actor import Actor
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class ViewLine:
    shown: ShownView
    kind: Text
    purpose: Text
    days_left: int


def shown_part(actor: Actor, window: Window) -> Part[ShownView]:
    """Views that the actor may open now, the newest first; without their words."""
    return part_of(shown_to(actor).select_related("sender"), window, "-shown_from", "pk")


def views_to_read(actor: Actor, window: Window) -> Part[ViewLine]:
    part = shown_part(actor, window)
    return part.showing([line_of(one) for one in part.lines])


def line_of(shown: ShownView) -> ViewLine:
    return ViewLine(
        shown,
        KIND_TITLES[Shareable(shown.kind)],
        PURPOSE_TITLES[Purpose(shown.purpose)],
        (shown.until_on - today()).days,
    )


@dataclass(frozen=True, slots=True)
class ViewOver:
    """A view that the actor had open and opens no more. `share`: the number of its share, where they
    may see that."""

    share: int | None = None


def view_over(actor: Actor, number: int) -> ViewOver | None:
    """None: they never had it open, and are told nothing of it."""
    line = shown_before(actor).filter(view=number).first()
    if line is None:
        return None
    share = shares_visible_to(actor).filter(pk=line.grant_number).first()
    return ViewOver(share and share.pk)


def still_stands(actor: Actor, number: int) -> bool:
    """Whether a page that shows the view may go on showing it. Nobody is shown anything by asking."""
    uses = (ShownView.Use.READING, ShownView.Use.APPROVAL)
    return any(shown_to(actor, use).filter(pk=number).exists() for use in uses)
