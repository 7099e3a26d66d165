"""One share as a page or a program sees it: its terms, its way, and what the reader may do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.errors import NotVisible
from kernel.text import Text
from sharing.access.shares import (
    access_share,
    approvals_of,
    digest_of,
    hands_on_share,
    is_shown_whole,
    lacks_of,
    notes_under,
    offered_by_director,
    shares_received,
    shown_to,
    stepped_back,
    views_of,
)
from sharing.domain.grants import SHARE_GRANT, Approval, Offer, Purpose, counted
from sharing.domain.life_cycle import HAND_TITLES, Act, Hand
from sharing.domain.shared_views import Shareable
from sharing.models.share_grants import ShareGrant, ShareGrantStep, ShareNote, ShareView, ShownView
from sharing.selectors.share_ends import DestructionHere, destruction_here
from sharing.selectors.share_lists import ShareLine, is_over, line_of
from sharing.selectors.shared_from import SharedFrom, named
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@dataclass(frozen=True, slots=True)
class Approved:
    """`counts`: it is of the offer as it stands, and not of whoever asked."""

    step: ShareGrantStep
    hand: Text
    counts: bool


@dataclass(frozen=True, slots=True)
class SharePage:
    """`side`: owner, receiver or watcher. What is the owner's alone is empty for the others.
    `named_views`: the views with their records' names.

    `director_to_prepare`: the reader offers it as director, and has not seen the views as they stand.

    `digest`: of the offer that an approval names, as it stands on this page, for those who approve: a
    receiver would tell by it that the owner changed something. `shown`: what of it the reader may open now."""

    line: ShareLine
    side: str
    acts: Sequence[Act]
    steps: Sequence[ShareGrantStep]
    digest: str
    views: Sequence[ShareView]
    shown: Sequence[ShownView]
    approvals: Sequence[Approved]
    lacks: Sequence[Text]
    may_prepare: bool
    may_approve: bool
    notes: Sequence[ShareNote]
    destruction: DestructionHere | None = None
    named_views: Sequence[SharedFrom] = ()
    may_ask_again: bool = False
    has_approved: bool = False
    director_to_prepare: bool = False

    @property
    def waits_for_others(self) -> bool:
        """The reader has approved it as it stands, and others have not yet. Where nothing is lacking,
        any of them puts it in force."""
        return self.has_approved and bool(self.lacks)

    @property
    def refusal(self) -> ShareGrantStep | None:
        """Who refused it and why, for whoever sees that act: the owner, or the office that refused."""
        return next((step for step in self.steps if step.act == "refused"), None)

    @property
    def may_be_of_the_city(self) -> bool:
        """Whether the city's director could refuse it, too: who of the two did, the receiver is not told."""
        share = self.line.share
        is_watched = share.watcher_id not in (None, share.receiver_id)
        return is_watched and Shareable.CLUE in share.shareables


def share_page(actor: Actor, number: int) -> SharePage:
    share = access_share(actor, number)
    is_ours = share.tenant_id == actor.tenant_id
    hands = hands_on_share(actor, share)
    acts = share.life.open_to(share.state, hands)
    use = ShownView.Use.READING if share.receiver_id == actor.tenant_id else ShownView.Use.APPROVAL
    names = {act.name for act in acts}
    steps = share.walked.all() if is_ours else share.walked.filter(sender_id=actor.tenant_id)
    approvals = _approvals(share) if is_ours else []
    views = list(views_of(actor, share)) if is_ours else []
    shown = list(shown_to(actor, use).filter(grant_number=share.pk).order_by("place"))
    may_approve = bool(names & {"approved", "granted"}) and share.asked_by_id != actor.user_id
    return SharePage(
        line=line_of(actor, share),
        side=_side(actor, share),
        acts=[act for act in acts if act.name != "destruction_told" or is_over(share)],
        steps=list(steps.order_by("number")),
        digest=_seen(share, views if is_ours else shown) if use == ShownView.Use.APPROVAL else "",
        views=views,
        shown=shown,
        approvals=approvals,
        lacks=_lacks(share) if is_ours else [],
        may_prepare="prepared" in names,
        may_approve=may_approve and is_shown_whole(share),
        notes=list(notes_under(actor, share.pk).order_by("-pk")),
        director_to_prepare=share.is_offered
        and share.asked_by_id == actor.user_id
        and "prepared" in names
        and Hand.OFFICE_DIRECTOR in hands
        and not offered_by_director(share),
        destruction=destruction_here(actor, share),
        named_views=named(actor, views),
        may_ask_again=request_to_repeat(actor, share.pk) is not None,
        has_approved=any(one.counts and one.step.by_id == actor.person_id for one in approvals),
    )


def approval_page(actor: Actor, number: int) -> SharePage:
    """For the owner's people and for the city above: for its receiver there is nothing to approve."""
    page = share_page(actor, number)
    if page.side == "receiver":
        raise NotVisible(what="share", number=number)
    return page


def request_to_repeat(actor: Actor, number: int) -> ShareLine | None:
    """A request of the actor's office that is over, of an office that is still there. None: no such, or
    not theirs to ask."""
    if not actor.may(Permission.ASK_FOR_SHARES):
        return None
    rows = shares_received(actor).filter(is_offered=False, tenant__closed_on__isnull=True)
    share = rows.select_related("tenant", "receiver").filter(pk=number).first()
    is_ended = share is not None and (share.state in SHARE_GRANT.finals or is_over(share))
    return line_of(actor, share) if share and is_ended else None


def _seen(share: ShareGrant, views: Sequence[ShareView] | Sequence[ShownView]) -> str:
    """Of the terms and views as they were read for this page. Asked of the database once more it could
    be that of others, prepared in between: nobody approves what they were not shown."""
    return Offer(
        owner=share.tenant_id,
        receiver=share.receiver_id,
        edition=share.edition,
        purpose=Purpose(share.purpose),
        roles=frozenset(share.roles),
        until=share.until_on,
        may_export=share.may_export,
        views=[one.digest for one in views],
    ).digest


def _side(actor: Actor, share: ShareGrant) -> str:
    if share.tenant_id == actor.tenant_id:
        return "owner"
    return "receiver" if share.receiver_id == actor.tenant_id else "watcher"


def _approvals(share: ShareGrant) -> Sequence[Approved]:
    rows = share.walked.filter(act__in=("approved", "granted")).order_by("number")
    granted = next((step for step in rows if step.act == "granted"), None)
    # What was put in force was approved as it was then; less of it needs nobody's approval.
    digest = granted.facts["digest"] if granted else digest_of(share)
    counting = {one.person for one in _counting(share, digest, bool(granted))}
    return [
        Approved(
            step,
            HAND_TITLES[Hand(step.hand)],
            step.by_id in counting and step.facts.get("digest") == digest,
        )
        for step in rows
    ]


def _lacks(share: ShareGrant) -> Sequence[Text]:
    if share.state not in ("prepared", "under_approval"):
        return []
    return lacks_of(share, _counting(share, digest_of(share)))


def _counting(share: ShareGrant, digest: str, is_granted: bool = False) -> list[Approval]:
    """A tie declared once it is in force undoes no approval that put it there."""
    away = frozenset[int]() if is_granted else stepped_back(share)
    asked_by = share.asked_by_id or 0
    return counted(approvals_of(share), asked_by=asked_by, digest=digest, stepped_back=away)
