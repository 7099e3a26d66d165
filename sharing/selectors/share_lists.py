"""Shares in lists: what is asked of us and by us, what is shown, what runs out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kernel.clock import today
from kernel.text import Text
from sharing.access.shares import shares_owned, shares_received, shares_watched
from sharing.domain.grants import UNDECIDED
from sharing.domain.offers import Side, came_about
from sharing.models.share_grants import ShareGrant, ShareGrantQuerySet
from sharing.selectors.counting import capped
from tenancy.actor import Actor
from tenancy.models import Office
from tenancy.paging import Part, Window, part_of

SOON_DAYS = 14
MOST_ON_A_TAB = 99  # more is not read off a tab
NEWEST = ("-asked_at", "pk")


@dataclass(frozen=True, slots=True)
class ShareLine:
    """`other`: the office on the other side. `days_left` None: it is not in force. `came_about`: whether
    it was offered or asked for, as the reader's office says it."""

    share: ShareGrant
    other: Office
    is_ours: bool
    days_left: int | None
    came_about: Text

    @property
    def batch(self) -> UUID | None:
        """Of whoever asked or offered alike: two who were offered the same would find one another by it."""
        asks = self.is_ours if self.share.is_offered else not self.is_ours
        return self.share.batch if asks else None

    @property
    def is_over(self) -> bool:
        return self.share.state == "active" and self.days_left is not None and self.days_left <= 0

    @property
    def tone(self) -> str:
        if self.is_over or self.share.state in ("revoked", "refused", "withdrawn"):
            return "quiet"
        if self.share.state != "active":
            return "warn"
        return "bad" if (self.days_left or 0) <= SOON_DAYS else "good"


def shared_with_us(actor: Actor, window: Window) -> Part[ShareLine]:
    """In force and for our office."""
    return _part(actor, shares_received(actor).in_force(today()), window)


def asked_by_us(actor: Actor, window: Window) -> Part[ShareLine]:
    """To be decided, and what is over: its copies are still to be destroyed."""
    in_force = {"state": "active", "until_on__gt": today()}
    return _part(actor, shares_received(actor).exclude(**in_force), window)


def asked_of_us(actor: Actor, window: Window) -> Part[ShareLine]:
    """To be prepared, approved or refused by us."""
    return _part(actor, _undecided(shares_owned(actor)), window)


def shared_by_us(actor: Actor, window: Window) -> Part[ShareLine]:
    """In force now, and what was before."""
    return _part(actor, shares_owned(actor).exclude(state__in=UNDECIDED), window)


def running_out(actor: Actor, window: Window) -> Part[ShareLine]:
    """Ours and others', over within a fortnight: the first to end first."""
    parts = [
        part_of(rows.select_related("tenant", "receiver"), window, "until_on", "pk")
        for rows in (_ending_soon(shares_owned(actor)), _ending_soon(shares_received(actor)))
    ]
    found = sorted(
        (one for part in parts for one in part.lines), key=lambda one: (one.until_on, one.pk)
    )
    shown = found[: window.limit]
    is_more = len(found) > len(shown) or any(part.next_after for part in parts)
    after = (shown[-1].until_on.isoformat(), shown[-1].pk) if shown and is_more else None
    return Part([line_of(actor, one) for one in shown], after)


def watched(actor: Actor, window: Window) -> Part[ShareLine]:
    """Between the city's counties: who shares with whom."""
    return _part(actor, shares_watched(actor), window)


LISTS: Mapping[str, Callable[[Actor, Window], Part[ShareLine]]] = {
    "with_us": shared_with_us,
    "of_us": asked_of_us,
    "by_us": asked_by_us,
    "shared": shared_by_us,
    "running_out": running_out,
    "watched": watched,
}


def lines_of(actor: Actor, shares: Sequence[ShareGrant]) -> Sequence[ShareLine]:
    """Of grants that were just made."""
    return [line_of(actor, one) for one in shares]


def line_of(actor: Actor, share: ShareGrant) -> ShareLine:
    is_ours = share.tenant_id == actor.tenant_id
    left = (share.until_on - today()).days if share.state == "active" else None
    other = share.receiver if is_ours else share.tenant
    side = _side(actor, share)
    words = came_about(side, share.state, is_offered=share.is_offered)
    return ShareLine(share, other, side is Side.OWNER, left, words)


def _side(actor: Actor, share: ShareGrant) -> Side:
    if share.tenant_id == actor.tenant_id:
        return Side.OWNER
    return Side.RECEIVER if share.receiver_id == actor.tenant_id else Side.WATCHER


def counts(actor: Actor) -> Mapping[str, int]:
    """What waits for somebody of our office, for the tabs."""
    ours, others = shares_owned(actor), shares_received(actor)
    ending = capped(_ending_soon(ours), MOST_ON_A_TAB) + capped(_ending_soon(others), MOST_ON_A_TAB)
    return {
        "with_us": capped(others.in_force(today()), MOST_ON_A_TAB),
        "of_us": capped(_undecided(ours), MOST_ON_A_TAB),
        "running_out": min(ending, MOST_ON_A_TAB),
    }


def is_over(share: ShareGrant) -> bool:
    return share.state == "revoked" or (share.state == "active" and share.until_on <= today())


def _undecided(shares: ShareGrantQuerySet) -> ShareGrantQuerySet:
    return shares.filter(state__in=UNDECIDED)


def _ending_soon(shares: ShareGrantQuerySet) -> ShareGrantQuerySet:
    return shares.in_force(today()).filter(until_on__lte=today() + timedelta(days=SOON_DAYS))


def _part(actor: Actor, rows: ShareGrantQuerySet, window: Window) -> Part[ShareLine]:
    part = part_of(rows.select_related("tenant", "receiver"), window, *NEWEST)
    return part.showing([line_of(actor, one) for one in part.lines])
