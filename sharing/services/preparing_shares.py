"""The owner's part of a grant: views of its records, on terms, for others of the office to approve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kernel.text import listed
from sharing.access.shared_records import record_to_share
from sharing.access.shares import access_own_share, hands_on_share
from sharing.domain.life_cycle import Hand
from sharing.domain.shared_views import (
    FAULT_TITLES,
    FIELDS,
    KIND_TITLES,
    NotAView,
    Redaction,
    Shareable,
    View,
    narrowed,
    view_of,
)
from sharing.errors.shares import (
    ShareChanged,
    ShareKindNotAskedFor,
    ShareNotNarrower,
    ShareRecordMissing,
    ShareRedactionUnfit,
    ShareTooMany,
)
from sharing.mapping.shared_records import words_of
from sharing.models.share_grants import ShareGrant, ShareView, ShownView
from sharing.services.asking_for_shares import fit_readers, fit_term
from sharing.services.walking import of_another_hand, walk
from tenancy.actor import Actor
from tenancy.db import refused_as

AT_ONCE = 200
NOTHING_HIDDEN = Redaction()


@dataclass(frozen=True, slots=True)
class Chosen:
    """One record of one's own office and what is hidden of it."""

    kind: Shareable
    number: int
    redaction: Redaction = NOTHING_HIDDEN


@dataclass(frozen=True, slots=True)
class Terms:
    roles: Sequence[str]
    until_on: date
    may_export: bool = False


@transaction.atomic
def prepare_share(
    *, actor: Actor, number: int, records: Sequence[Chosen], terms: Terms
) -> ShareGrant:
    """Make the views anew, as a further edition: what was approved before counts no more.

    `ShareKindNotAskedFor`, `ShareRecordMissing`, `ShareRedactionUnfit` (each with its place),
    `ShareTooMany`, and what the terms' rules refuse."""
    share = access_own_share(actor, number)
    _must_prepare(actor, share)
    if len(records) > AT_ONCE:
        raise ShareTooMany(most=AT_ONCE)
    fit_readers(share.shareables, terms.roles)
    fit_term(share.shareables, terms.until_on)
    share.roles = sorted(set(terms.roles))
    share.until_on, share.may_export = terms.until_on, terms.may_export
    with refused_as({"share_terms_stand": ShareChanged()}):
        share.save(update_fields=["roles", "until_on", "may_export"])
    for place, chosen in enumerate(records, start=1):
        _view(actor, share, place, chosen)
    walk(
        actor=actor,
        record=share,
        act="prepared",
        hands=hands_on_share(actor, share),
        holds=("view",) if records else (),
        facts={"views": len(records)},
        sender_id=actor.tenant_id,
    )
    share.refresh_from_db()
    return share


@transaction.atomic
def narrow_share(
    *,
    actor: Actor,
    number: int,
    further: dict[int, Redaction],
    left_out: Sequence[int],
    reason: str,
) -> ShareGrant:
    """At once, and without approvals: `further` hides more in the view at that place, by the
    characters that it shows now; `left_out`: places that are shown no more. `ShareNotNarrower`;
    `ShareRecordMissing` where a place is none of its own."""
    share = access_own_share(actor, number)
    _must_prepare(actor, share)
    before = list(
        ShareView.objects.filter(
            tenant_id=actor.tenant_id, grant=share, edition=share.edition
        ).order_by("place")
    )
    for place in sorted({*further, *left_out} - {one.place for one in before}):
        raise ShareRecordMissing(place=place)
    _must_see_all(share, before)
    kept = [one for one in before if one.place not in left_out]
    hidden = [one for one in kept if one.place in further]
    if not kept or not (hidden or len(kept) < len(before)):
        raise ShareNotNarrower
    if share.state == "active":
        for one in kept:
            _narrower(share, one, further.get(one.place, NOTHING_HIDDEN))
    walk(
        actor=actor,
        record=share,
        act="narrowed",
        hands=hands_on_share(actor, share),
        holds=("narrower",),
        reason=reason,
        facts={"left_out": sorted(left_out), "hidden": sorted(further)},
        sender_id=actor.tenant_id,
    )
    share.refresh_from_db()
    return share


def _must_prepare(actor: Actor, share: ShareGrant) -> None:
    if not hands_on_share(actor, share) & {Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR}:
        raise of_another_hand(share.life.by_name["prepared"])


def _must_see_all(share: ShareGrant, seen: Sequence[ShareView]) -> None:
    """Who is not shown one of the views, since it concerns them, would leave it out unawares."""
    shown = ShownView.objects.filter(
        sender_id=share.tenant_id,
        grant_number=share.pk,
        edition=share.edition,
        use=ShownView.Use.READING,
    )
    if share.state == "active" and shown.count() != len(seen):
        raise of_another_hand(share.life.by_name["narrowed"])


def _view(actor: Actor, share: ShareGrant, place: int, chosen: Chosen) -> None:
    if chosen.kind not in share.shareables:
        raise ShareKindNotAskedFor(kind=KIND_TITLES[chosen.kind]).at(f"records.{place - 1}")
    record = record_to_share(actor, chosen.kind, chosen.number)
    if record is None:
        raise ShareRecordMissing(place=place).at(f"records.{place - 1}")
    try:
        view = view_of(chosen.kind, words_of(chosen.kind, record), chosen.redaction)
    except NotAView as refused:
        raise _unfit(chosen.kind, place, refused) from refused
    missing = ShareRecordMissing(place=place).at(f"records.{place - 1}")
    with refused_as(
        {"share_view_of_an_own_record": missing, "share_view_by_its_owner": ShareChanged()}
    ):
        _keep(share, place, chosen.number, view, chosen.redaction)


def _narrower(share: ShareGrant, before: ShareView, further: Redaction) -> None:
    kind = Shareable(before.kind)
    try:
        view = narrowed(before.view, further)
    except NotAView as refused:
        raise _unfit(kind, before.place, refused) from refused
    withheld = Redaction(frozenset(FIELDS[kind]) - frozenset(view.shown), further.spans)
    with refused_as(
        {
            "share_view_no_wider": ShareNotNarrower(),
            "share_view_by_its_owner": ShareChanged(),
            "share_view_of_an_own_record": ShareRecordMissing(place=before.place),
        }
    ):
        _keep(share, before.place, before.object_id, view, withheld)


def _keep(share: ShareGrant, place: int, number: int, view: View, hidden: Redaction) -> None:
    ShareView.objects.create(
        tenant_id=share.tenant_id,
        grant=share,
        edition=share.edition + 1,
        place=place,
        kind=view.kind.value,
        object_id=number,
        withheld=[name for name in FIELDS[view.kind] if name in hidden.withheld],
        spans=[[one.field, one.start, one.end] for one in sorted(hidden.spans)],
        content=view.content,
        digest=view.digest,
    )


def _unfit(kind: Shareable, place: int, refused: NotAView) -> ShareRedactionUnfit:
    words = [
        listed([FIELDS[kind][name].title, FAULT_TITLES[fault]])
        if name in FIELDS[kind]
        else FAULT_TITLES[fault]
        for name, fault in refused.faults
    ]
    return ShareRedactionUnfit(place=place, faults=listed(words)).at(f"records.{place - 1}")
