"""Approving a grant by two people and more, refusing it, taking it back, and telling of destruction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from kernel.clock import today
from sharing.access.shares import (
    access_share,
    digest_of,
    hands_on_share,
    is_last_approval,
    is_shown_whole,
)
from sharing.domain.life_cycle import Hand
from sharing.errors.shares import (
    ShareApprovedByWhoAsked,
    ShareChanged,
    ShareNotOver,
    ShareNotShownWhole,
    ShareOwnerAbolished,
)
from sharing.models.share_grants import ShareGrant
from sharing.services.asking_for_shares import fit_term
from sharing.services.walking import of_another_hand, signing_hand, walk
from tenancy.actor import Actor
from tenancy.db import refused_by


@transaction.atomic
def approve_share(*, actor: Actor, number: int, seen: str) -> ShareGrant:
    """`seen`: the digest of what was looked at. The approval that was the last one lacking puts the
    grant in force, whichever office it comes from. `ShareApprovedByWhoAsked`, `ShareNotShownWhole`,
    `ShareChanged`, `ShareTermUnfit`."""
    share = access_share(actor, number)
    hands = hands_on_share(actor, share)
    _must_have_hand(share, "approved", hands)
    if share.asked_by_id == actor.user_id:
        raise ShareApprovedByWhoAsked
    if not is_shown_whole(share):
        raise ShareNotShownWhole
    if seen != digest_of(share):
        raise ShareChanged
    fit_term(share.shareables, share.until_on)
    hand = signing_hand(share.life.by_name["approved"], hands)
    with refused_by("share_step_has_what_it_needs", ShareChanged()):
        walk(
            actor=actor,
            record=share,
            act="granted" if is_last_approval(share, hand, seen) else "approved",
            hands={hand},
            holds=("seen_view", "approvals", "term"),
            facts={"digest": seen},
            sender_id=actor.tenant_id,
        )
    share.refresh_from_db()
    return share


@transaction.atomic
def refuse_share(*, actor: Actor, number: int, reason: str) -> ShareGrant:
    return _act(actor, number, "refused", reason=reason)


@transaction.atomic
def withdraw_share(*, actor: Actor, number: int) -> ShareGrant:
    """Of the receiver: what it asked for, or what it was offered and does not want."""
    return _act(actor, number, "withdrawn")


@transaction.atomic
def take_share_back(*, actor: Actor, number: int, reason: str) -> ShareGrant:
    """Its views are gone for the next request of whoever reads them."""
    return _act(actor, number, "revoked", reason=reason)


@transaction.atomic
def tell_of_destruction(*, actor: Actor, number: int, what: str) -> ShareGrant:
    """Of the receiver, once it is over. `ShareNotOver`."""
    share = access_share(actor, number)
    _must_have_hand(share, "destruction_told", hands_on_share(actor, share))
    if share.state == "active" and share.until_on > today():
        raise ShareNotOver
    return _act(actor, number, "destruction_told", holds=("over",), facts={"what": what.strip()})


def _act(
    actor: Actor,
    number: int,
    act: str,
    *,
    reason: str = "",
    holds: Collection[str] = (),
    facts: Mapping[str, Any] | None = None,
) -> ShareGrant:
    share = access_share(actor, number)
    hands = hands_on_share(actor, share)
    _must_have_hand(share, act, hands)
    with refused_by("share_step_has_what_it_needs", ShareNotOver()):
        walk(
            actor=actor,
            record=share,
            act=act,
            hands=hands,
            holds=holds,
            reason=reason,
            facts=facts,
            sender_id=actor.tenant_id,
        )
    share.refresh_from_db()
    return share


def _must_have_hand(share: ShareGrant, act: str, hands: Collection[Hand]) -> None:
    """Before its turn is asked: whose act it is not, is told nothing of how things stand."""
    if share.tenant.closed_on is not None:
        raise ShareOwnerAbolished(office=share.tenant.short_name)
    one = share.life.by_name[act]
    if not one.hands & set(hands):
        raise of_another_hand(one)
