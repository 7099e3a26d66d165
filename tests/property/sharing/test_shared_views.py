"""Whatever is hidden, a view tells nothing of it: neither words nor how many there were."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sharing.domain.grants import is_narrower
from sharing.domain.shared_views import (
    FIELDS,
    MARK,
    Redaction,
    Shape,
    Shareable,
    Span,
    faults_of,
    united,
    view_of,
)

KINDS = st.sampled_from(list(Shareable))
# Words without what combines, and without the mark: what stands there is then easily told.
CHARACTERS = st.characters(blacklist_categories=["Cs", "Mn", "Mc", "Me"], blacklist_characters="█")
WORDS = st.text(CHARACTERS, max_size=12)
SECRET = st.text(CHARACTERS, min_size=1, max_size=8)

# Of one field: what stands, what is hidden, in turns; the hidden words twice, different.
PIECES = st.lists(st.tuples(WORDS, SECRET, SECRET), max_size=5)


@st.composite
def two_records(draw: st.DrawFn) -> tuple[Shareable, list[tuple[dict[str, str], Redaction]]]:
    """Two records that differ in hidden words alone, each with the redaction that hides them."""
    kind = draw(KINDS)
    withheld = draw(st.sets(st.sampled_from(list(FIELDS[kind])), max_size=len(FIELDS[kind]) - 1))
    records: list[dict[str, str]] = [{}, {}]
    spans: list[list[Span]] = [[], []]
    for name, field in FIELDS[kind].items():
        if name in withheld or field.shape is Shape.VALUE:
            same = draw(WORDS)
            for record in records:
                record[name] = draw(SECRET) if name in withheld else same
            continue
        pieces, end = draw(PIECES), draw(WORDS)
        for which, record in enumerate(records):
            text = ""
            for piece in pieces:
                text += piece[0]
                spans[which].append(Span(name, len(text), len(text) + len(piece[1 + which])))
                text += piece[1 + which]
            record[name] = text + end
    redactions = [Redaction(frozenset(withheld), tuple(one)) for one in spans]
    return kind, list(zip(records, redactions, strict=True))


@given(two_records())
def test_records_that_differ_in_hidden_words_alone_have_one_view(
    two: tuple[Shareable, list[tuple[dict[str, str], Redaction]]],
) -> None:
    kind, ((one, hides_one), (other, hides_other)) = two
    if any(list(faults_of(kind, *pair)) for pair in two[1]):
        return

    assert view_of(kind, one, hides_one).content == view_of(kind, other, hides_other).content


@st.composite
def redacted(draw: st.DrawFn) -> tuple[str, tuple[Span, ...]]:
    text = draw(st.text(CHARACTERS, min_size=1, max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    hidden = [Span("fact", *pair) for pair in pairwise(cuts)][:: draw(st.integers(1, 2))]
    return text, tuple(draw(st.permutations(hidden)))


SPANS = st.builds(
    Span, st.sampled_from(["fact", "title"]), st.integers(-1, 20), st.integers(-1, 20)
)


@given(st.lists(SPANS, max_size=8))
def test_spans_that_are_united_hide_the_same_and_do_not_meet(spans: list[Span]) -> None:
    made = united(spans)

    fit = [one for one in made if 0 <= one.start < one.end]
    assert _places(fit) == _places([one for one in spans if 0 <= one.start < one.end])
    assert all(
        one.end < other.start for one, other in pairwise(sorted(fit)) if one.field == other.field
    )
    unfit = [one for one in spans if not 0 <= one.start < one.end]
    assert sorted(one for one in made if one not in fit) == sorted(unfit)


def _places(spans: list[Span]) -> set[tuple[str, int]]:
    return {(one.field, at) for one in spans for at in range(one.start, one.end)}


@given(redacted())
def test_what_is_not_hidden_stands_word_for_word_and_each_stretch_has_one_mark(
    said: tuple[str, tuple[Span, ...]],
) -> None:
    text, spans = said
    record = dict.fromkeys(FIELDS[Shareable.FINDING], "") | {"title": "x", "fact": text}

    shown = view_of(Shareable.FINDING, record, Redaction(spans=spans)).shown["fact"]

    hidden = {at for one in spans for at in range(one.start, one.end)}
    expected = ""
    for at, character in enumerate(text):
        if at not in hidden:
            expected += character
        elif at - 1 not in hidden:
            expected += MARK
    assert shown == expected


@given(st.text(st.sampled_from("ae\u0301\u0323字"), min_size=1, max_size=12), st.data())
def test_no_accent_stands_alone_after_a_mark(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span("fact", start, data.draw(st.integers(start + 1, len(text))))
    record = dict.fromkeys(FIELDS[Shareable.FINDING], "") | {"title": "x", "fact": text}

    shown = view_of(Shareable.FINDING, record, Redaction(spans=(span,))).shown["fact"]

    after = shown.partition(MARK)[2]
    assert not after or not unicodedata.combining(after[0])


CHOSEN = st.builds(
    Redaction,
    st.frozensets(st.sampled_from(["fact", "nature", "money"])),
    st.lists(
        st.builds(
            lambda name, start, length: Span(name, start, start + length),
            st.sampled_from(["fact", "nature"]),
            st.integers(0, 8),
            st.integers(1, 4),
        ),
        max_size=4,
    ).map(tuple),
)


@given(CHOSEN, CHOSEN)
def test_narrower_is_what_shows_no_character_more(before: Redaction, after: Redaction) -> None:
    def shows(redaction: Redaction) -> set[tuple[str, int]]:
        return {
            (name, at)
            for name in ("fact", "nature", "money")
            if name not in redaction.withheld
            # One place more than any span reaches: that the field is there at all.
            for at in range(14)
            if not any(one.field == name and one.start <= at < one.end for one in redaction.spans)
        }

    assert is_narrower(before, after) == (shows(after) <= shows(before))
