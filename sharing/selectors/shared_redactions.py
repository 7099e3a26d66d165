"""What is to be hidden, as people write it: fields, stretches, and phrases wherever they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kernel.text import Text, listed
from sharing.access.shares import access_own_share, views_of
from sharing.domain.shared_views import FIELDS, Redaction, Shareable, Span, places_of, united
from sharing.errors.shares import SharePhraseNowhere
from sharing.selectors.views_to_prepare import record_to_hide
from tenancy.actor import Actor


@dataclass(frozen=True, slots=True)
class ToHide:
    """As it was written for the record or the view at `place`; `at` names it where it was written."""

    place: int
    at: str
    withheld: Collection[str] = ()
    spans: Collection[Span] = ()
    phrases: Sequence[str] = ()


def unasked_of(actor: Actor, number: int) -> Mapping[str, frozenset[str]]:
    """By kind, what was not asked for: withheld where nothing else is said."""
    share = access_own_share(actor, number)
    return {kind.value: share.unasked(kind) for kind in Shareable}


def redaction_of_record(actor: Actor, kind: Shareable, number: int, hide: ToHide) -> Redaction:
    """`SharePhraseNowhere`. Of what is not the actor's no phrase is looked for: the service says that
    it is not there."""
    record = record_to_hide(actor, kind, number) if hide.phrases else None
    return _redaction(kind, record.words if record else None, hide)


def redaction_of_view(actor: Actor, number: int, hide: ToHide) -> Redaction:
    """Of what the grant of that number shows now: less of it. `SharePhraseNowhere`."""
    share = access_own_share(actor, number)
    view = views_of(actor, share).filter(place=hide.place).first() if hide.phrases else None
    if view is None:
        return _redaction(None, None, hide)
    kind = Shareable(view.kind)
    return _redaction(kind, {name: view.view.shown.get(name, "") for name in FIELDS[kind]}, hide)


def _redaction(kind: Shareable | None, words: Mapping[str, str] | None, hide: ToHide) -> Redaction:
    if kind is None or words is None:
        return Redaction(frozenset(hide.withheld), united(hide.spans))
    nowhere = [one for one in hide.phrases if not places_of(kind, words, [one])]
    if nowhere:
        phrases = listed([Text(zh=one, en=one) for one in nowhere])
        raise SharePhraseNowhere(place=hide.place, phrases=phrases).at(f"{hide.at}.phrases")
    found = places_of(kind, words, hide.phrases)
    return Redaction(frozenset(hide.withheld), united([*hide.spans, *found]))
