"""What the pages of shares draw: days that are left, words with what is hidden in them, rows to hide in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from kernel.clock import CHINA
from kernel.text import Text
from portal.share_hiding_forms import HideForm, NarrowForm, record_key
from sharing.domain.offers import state_title
from sharing.domain.shared_views import (
    FIELDS,
    KIND_TITLES,
    NotAView,
    Redaction,
    Span,
    View,
    still_told,
    view_of,
)
from sharing.selectors.share_lists import ShareLine
from sharing.selectors.shares import SharePage
from sharing.selectors.views_to_prepare import RecordToHide, ViewBeside, record_to_hide
from tenancy.actor import Actor

WAY = ("asked", "prepared", "under_approval", "active")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, hidden or not."""

    words: str
    is_hidden: bool


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The text with its hidden stretches marked. Spans that lie outside are of a text that has changed."""
    found: list[Piece] = []
    at = 0
    for span in sorted(spans):
        if span.start > at:
            found.append(Piece(text[at : span.start], False))
        if text[span.start : span.end]:
            found.append(Piece(text[max(at, span.start) : span.end], True))
        at = max(at, span.end)
    if text[at:]:
        found.append(Piece(text[at:], False))
    return found


@dataclass(frozen=True, slots=True)
class ShownField:
    title: Text
    words: str


def shown_fields(view: View) -> list[ShownField]:
    """Every field of the view, as whoever reads it meets it."""
    return [ShownField(FIELDS[view.kind][name].title, words) for name, words in view.shown.items()]


@dataclass(frozen=True, slots=True)
class BesideField:
    title: Text
    before: Sequence[Piece] | None
    after: str | None
    has_changed: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A record and its view, field by field. `told`: words that are hidden in one place and told in
    another."""

    one: ViewBeside
    fields: Sequence[BesideField]
    told: Sequence[tuple[Text, str]]


def beside(one: ViewBeside) -> Beside:
    befores = {field.name: field.before or "" for field in one.fields}
    kind = one.view.view.kind
    return Beside(
        one,
        [
            BesideField(
                field.title,
                None if field.before is None else pieces(field.before, field.spans),
                field.after,
                field.has_changed,
            )
            for field in one.fields
            if field.before or field.after is not None
        ],
        [(FIELDS[kind][s.field].title, befores[s.field][s.start : s.end]) for s in one.still_told],
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A record whose view is being made: what is hidden of it, and the view as it comes of it.

    `view` None: what was typed does not make one."""

    key: str
    record: RecordToHide
    kind: Text
    form: HideForm
    before: Sequence[tuple[Text, Sequence[Piece]]]
    view: Sequence[ShownField] | None
    told: Sequence[tuple[Text, str]]


def chosen_rows(
    actor: Actor,
    line: ShareLine,
    keys: Iterable[str],
    typed: QueryDict | None,
    first: Mapping[str, dict[str, Any]],
) -> list[Row]:
    """Of each key that names a record which the actor may share. `first`: what the forms begin with;
    others begin without what was not asked for."""
    found = []
    for key in dict.fromkeys(keys):
        try:
            kind, number = record_key(key)
        except ValueError:
            continue
        record = record_to_hide(actor, kind, number)
        if record is not None:
            # A row that was only just added was not in what was sent.
            bound = typed if typed is not None and key in typed.getlist("records") else None
            unasked = line.share.unasked(kind)
            begun = first.get(key, {"withheld": sorted(unasked)})
            form = HideForm(
                kind, record.words, bound, prefix=prefix_of(key), initial=begun, unasked=unasked
            )
            found.append(_row(key, record, form))
    return found


def prefix_of(key: str) -> str:
    return key.replace(":", "-")


def _row(key: str, record: RecordToHide, form: HideForm) -> Row:
    fields = FIELDS[record.kind]
    if form.is_bound and not form.is_valid():
        plain = [(fields[name].title, pieces(said, ())) for name, said in record.words.items()]
        return Row(key, record, KIND_TITLES[record.kind], form, plain, None, ())
    hidden = form.redaction
    try:
        view = shown_fields(view_of(record.kind, record.words, hidden))
    except NotAView:
        view = None
    marked = [
        (fields[name].title, _marked(said, name, hidden.withheld, hidden.spans))
        for name, said in record.words.items()
    ]
    told = (
        [
            (fields[one.field].title, record.words[one.field][one.start : one.end])
            for one in still_told(record.kind, record.words, hidden)
        ]
        if view is not None
        else []
    )
    return Row(key, record, KIND_TITLES[record.kind], form, marked, view, told)


def _marked(
    said: str, name: str, withheld: Iterable[str], spans: Iterable[Span]
) -> Sequence[Piece]:
    if name in withheld and said:
        return [Piece(said, True)]
    return pieces(said, [one for one in spans if one.field == name])


def first_of(hidden: Redaction, words: Mapping[str, str]) -> dict[str, Any]:
    """What the form of a record begins with, by what was hidden of it before."""
    phrases = dict.fromkeys(
        words[one.field][one.start : one.end]
        for one in hidden.spans
        if one.end <= len(words[one.field])
    )
    return {"withheld": sorted(hidden.withheld), "phrases": "\n".join(phrases)}


@dataclass(frozen=True, slots=True)
class NarrowRow:
    place: int
    kind: Text
    form: NarrowForm
    fields: Sequence[ShownField]


def narrow_rows(page: SharePage, typed: QueryDict | None) -> list[NarrowRow]:
    rows = []
    for one in page.views:
        view = one.view
        form = NarrowForm(view.kind, view.shown, typed, prefix=f"place-{one.place}")
        rows.append(NarrowRow(one.place, KIND_TITLES[view.kind], form, shown_fields(view)))
    return rows


@dataclass(frozen=True, slots=True)
class Stage:
    """One station of a grant's way. `tone`: done, now or next."""

    title: Text
    tone: str


def stages(line: ShareLine) -> list[Stage]:
    """Where it stands; of one that ended otherwise, the way that it went and its end."""
    share = line.share
    ends = share.state not in WAY
    at = len(WAY) if ends and share.granted_at else WAY.index("prepared") if ends else 0
    names = (*WAY[: at or 1], share.state) if ends else WAY
    reached = names.index(share.state)
    return [
        Stage(
            state_title(name, is_offered=share.is_offered),
            "now" if place == reached else "done" if place < reached else "next",
        )
        for place, name in enumerate(names)
    ]


def days_share(line: ShareLine) -> int:
    """Of its days, how many of a hundred are left."""
    share, left = line.share, line.days_left
    if left is None or share.granted_at is None:
        return 0
    whole = (share.until_on - share.granted_at.astimezone(CHINA).date()).days
    return max(0, min(100, round(100 * left / max(1, whole))))
