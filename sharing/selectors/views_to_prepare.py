"""Views as they are prepared and approved: a record, what is hidden of it, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernel.text import Text
from sharing.access.shared_records import record_to_share
from sharing.access.shares import access_own_share, shares_owned, views_of
from sharing.domain.shared_views import (
    FIELDS,
    KIND_TITLES,
    Redaction,
    Shareable,
    Span,
    still_makes,
    still_told,
)
from sharing.mapping.shared_records import name_of, words_of
from sharing.models.share_grants import ShareGrant, ShareView
from tenancy.actor import Actor
from tenancy.models import Office

PATTERNS = ("prepared", "under_approval", "active")


@dataclass(frozen=True, slots=True)
class FieldBeside:
    """One field of a record and of its view. `before` None: the reader may not see the original.
    `spans`: hidden words in it. `after` None: the view does not have the field."""

    name: str
    title: Text
    before: str | None
    spans: Sequence[Span]
    after: str | None
    has_changed: bool


@dataclass(frozen=True, slots=True)
class ViewBeside:
    """A view as the receiver will see it, beside its record as it is now. `record` "": it is not
    there for the reader. `still_told`: where hidden words stand in clear."""

    view: ShareView
    kind: Text
    record: str
    fields: Sequence[FieldBeside]
    still_told: Sequence[Span]


def views_beside(actor: Actor, number: int) -> Sequence[ViewBeside]:
    """For whoever prepares and approves: the owner's people."""
    share = access_own_share(actor, number)
    return [_beside(actor, view) for view in views_of(actor, share)]


@dataclass(frozen=True, slots=True)
class RecordToHide:
    """A record whose view is being prepared: its words, field by field."""

    kind: Shareable
    number: int
    name: str
    words: Mapping[str, str]


def record_to_hide(actor: Actor, kind: Shareable, number: int) -> RecordToHide | None:
    record = record_to_share(actor, kind, number)
    if record is None:
        return None
    return RecordToHide(kind, number, name_of(kind, record), words_of(kind, record))


@dataclass(frozen=True, slots=True)
class Sibling:
    """What was prepared for another office under the same batch. `left_out`: how many of its records
    have changed since, or are not there, so that what was hidden in them has to be said anew."""

    office: Office
    views: Sequence[tuple[RecordToHide, Redaction]]
    left_out: int


def sibling_of(actor: Actor, share: ShareGrant) -> Sibling | None:
    """To begin with, for a share that is not prepared yet: the views that were prepared last for another
    office of its batch, of records that the actor could choose by hand. What was dropped or taken back is
    no pattern."""
    others = shares_owned(actor).filter(batch=share.batch, state__in=PATTERNS).exclude(pk=share.pk)
    if share.batch is None or share.edition:
        return None
    newest = (
        ShareView.objects.filter(tenant_id=actor.tenant_id, grant__in=others)
        .order_by("-made_at", "-pk")
        .values_list("grant_id", flat=True)
        .first()
    )
    if newest is None:
        return None
    other = others.select_related("receiver").get(pk=newest)
    seen = [one for one in views_of(actor, other) if one.kind in share.kinds]
    found = [fit for one in seen if (fit := _as_it_was(actor, one)) is not None]
    return Sibling(other.receiver, found, len(seen) - len(found)) if found else None


def _as_it_was(actor: Actor, view: ShareView) -> tuple[RecordToHide, Redaction] | None:
    record = record_to_hide(actor, Shareable(view.kind), view.object_id)
    if record is None or not still_makes(view.view, record.words, view.redaction):
        return None
    return record, view.redaction


def _beside(actor: Actor, view: ShareView) -> ViewBeside:
    kind = Shareable(view.kind)
    record = record_to_share(actor, kind, view.object_id)
    words = None if record is None else words_of(kind, record)
    shown = view.view.shown
    return ViewBeside(
        view=view,
        kind=KIND_TITLES[kind],
        record="" if record is None else name_of(kind, record),
        fields=[_field(kind, name, words, view, shown) for name in FIELDS[kind]],
        still_told=_still_told(kind, words, view),
    )


def _field(
    kind: Shareable,
    name: str,
    words: Mapping[str, str] | None,
    view: ShareView,
    shown: Mapping[str, str],
) -> FieldBeside:
    before = None if words is None else words[name]
    spans = [one for one in view.redaction.spans if one.field == name]
    after = shown.get(name)
    is_plain = not spans and after is not None
    return FieldBeside(
        name=name,
        title=FIELDS[kind][name].title,
        before=before,
        spans=spans,
        after=after,
        has_changed=is_plain and before is not None and before != after,
    )


def _still_told(
    kind: Shareable, words: Mapping[str, str] | None, view: ShareView
) -> Sequence[Span]:
    """The spans are of the record as it was: where it has changed since, they may lie outside."""
    if words is None or any(one.end > len(words[one.field]) for one in view.redaction.spans):
        return []
    return list(still_told(kind, words, view.redaction))
