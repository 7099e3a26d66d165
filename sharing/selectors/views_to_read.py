"""Views that somebody may open now, as lines without their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max

from kernel.clock import today
from kernel.text import Text
from sharing.access.shares import behind_views, shares_visible_to, shown_before, shown_to
from sharing.domain.grants import PURPOSE_TITLES, Purpose
from sharing.domain.shared_views import KIND_TITLES, Shareable
from sharing.models.share_grants import ShownView
from tenancy.actor import Actor
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class ViewLine:
    """`wanted`: the words that were asked for or offered, which the receiver knows; a title is a word of
    the view. `opened_at`: when the reader last had it open."""

    shown: ShownView
    kind: Text
    purpose: Text
    days_left: int
    wanted: str = ""
    opened_at: datetime | None = None


def shown_part(actor: Actor, window: Window) -> Part[ShownView]:
    """Views that the actor may open now, the newest first; without their words."""
    return part_of(shown_to(actor).select_related("sender"), window, "-shown_from", "pk")


def views_to_read(actor: Actor, window: Window) -> Part[ViewLine]:
    part = shown_part(actor, window)
    return part.showing(lines_of(actor, part.lines))


def lines_of(actor: Actor, views: Sequence[ShownView]) -> Sequence[ViewLine]:
    """With what tells them apart, and no word of them."""
    shares = behind_views(actor, {one.grant_number for one in views})
    wanted = dict(shares.values_list("pk", "wanted"))
    own = shown_before(actor).filter(view__in=[one.pk for one in views])
    opened = dict(
        own.order_by("view").values("view").annotate(last=Max("at")).values_list("view", "last")
    )
    return [
        replace(line_of(one), wanted=wanted.get(one.grant_number, ""), opened_at=opened.get(one.pk))
        for one in views
    ]


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
    return ViewOver(share.pk if share else None)


def still_stands(actor: Actor, number: int) -> bool:
    """Whether a page that shows the view may go on showing it. Nobody is shown anything by asking."""
    uses = (ShownView.Use.READING, ShownView.Use.APPROVAL)
    return any(shown_to(actor, use).filter(pk=number).exists() for use in uses)
