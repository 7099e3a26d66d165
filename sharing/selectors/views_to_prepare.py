"""Views as they are prepared and approved: a record, what is hidden of it, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernel.text import Text
from sharing.access.shared_records import record_to_share
from sharing.access.shares import access_own_share, views_of
from sharing.domain.shared_views import FIELDS, KIND_TITLES, Shareable, Span, still_told
from sharing.mapping.shared_records import name_of, words_of
from sharing.models.share_grants import ShareView
from tenancy.actor import Actor


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
