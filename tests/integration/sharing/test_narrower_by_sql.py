"""The database says of two views what the rule book says: whether one shows no more than the other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from psycopg2.extensions import connection as Connection

from sharing.domain.grants import is_narrower
from sharing.domain.shared_views import (
    MARK,
    NotAView,
    Redaction,
    Shareable,
    Span,
    View,
    narrowed,
    view_of,
)
from tests.integration.tenancy.raw import Raw

KIND = Shareable.CLUE
SPANNED = ("subject", "gist", "evidence")
# Every character that LIKE or a regular expression minds, the mark's own, and one that combines.
AWKWARD = "%_\\█.*+?()[]{}|^$&'\"\n\u0301甲乙 ab"
# No two alike, so that what stands in clear tells where it stood.
DISTINCT = "甲乙丙丁戊己庚辛壬癸%_\\.*abcdefg"

Says = Callable[[View, View], bool]
EXAMPLES = settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)


@pytest.fixture
def says(superuser_connection: Connection) -> Says:
    raw = Raw(superuser_connection)
    return lambda wider, narrower: raw.one(
        "SELECT sec.is_narrower(%s, %s)", wider.content, narrower.content
    )


def records(alphabet: str, least: int = 0) -> st.SearchStrategy[dict[str, str]]:
    words = st.text(st.sampled_from(alphabet), min_size=least, max_size=12)
    fields = dict.fromkeys(SPANNED, words)
    rest = ("post", "unit", "level", "state", "outcome")
    return st.fixed_dictionaries(fields | {name: st.just(f"{name} 100%") for name in rest})


def permutations() -> st.SearchStrategy[dict[str, str]]:
    words = st.permutations(DISTINCT).map(lambda drawn: "".join(drawn[:9]))
    fields = dict.fromkeys(SPANNED, words)
    rest = ("post", "unit", "level", "state", "outcome")
    return st.fixed_dictionaries(fields | {name: st.just(f"{name} 100%") for name in rest})


@st.composite
def redactions(draw: st.DrawFn) -> Redaction:
    """Each span where the one before it ended, or later."""
    spans = []
    for name in SPANNED:
        at = 0
        for gap, length in draw(
            st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), max_size=3)
        ):
            spans.append(Span(name, at + gap, at + gap + length))
            at += gap + length
    withheld = draw(st.frozensets(st.sampled_from([*SPANNED, "post"]), max_size=2))
    return Redaction(withheld, tuple(spans))


def seen(record: dict[str, str], redaction: Redaction) -> View:
    try:
        return view_of(KIND, record, redaction)
    except NotAView:
        assume(False)
        raise


def fitting(view: View, further: Redaction) -> Redaction:
    """Without what lies outside of the words that are shown."""
    shown = view.shown
    return Redaction(
        further.withheld,
        tuple(one for one in further.spans if one.end <= len(shown.get(one.field, ""))),
    )


@EXAMPLES
@given(records(AWKWARD), redactions(), redactions())
@example(
    dict.fromkeys((*SPANNED, "post", "unit", "level", "state", "outcome"), "X█Y"),
    Redaction(),
    Redaction(frozenset(), (Span("gist", 0, 1), Span("gist", 2, 3))),
)
def test_what_the_owner_narrows_is_taken_whatever_the_words_are(
    says: Says, record: dict[str, str], redaction: Redaction, further: Redaction
) -> None:
    before = seen(record, fitting(view_of(KIND, record, Redaction()), redaction))
    after = narrowed(before, fitting(before, further))

    assert says(before, after)


@EXAMPLES
@given(permutations(), redactions(), redactions())
def test_of_words_that_differ_it_says_what_the_rule_book_says(
    says: Says, record: dict[str, str], first: Redaction, second: Redaction
) -> None:
    whole = view_of(KIND, record, Redaction())
    first, second = fitting(whole, first), fitting(whole, second)
    before, after = seen(record, first), seen(record, second)

    # A field that is hidden from end to end is one mark, whether of one stretch or of two.
    assert says(before, after) == is_narrower(first, second)


@EXAMPLES
@given(records(AWKWARD), records(AWKWARD))
def test_no_word_is_in_the_narrower_one_that_was_not_in_the_wider(
    says: Says, wide: dict[str, str], narrow: dict[str, str]
) -> None:
    """By a second way to say it: runs of five of the mark's character and more stand for something,
    and whatever else there is stands in the wider one, in that order, from end to end."""
    narrow = {name: narrow[name].replace("█", MARK) for name in narrow}
    before, after = View(KIND, wide), View(KIND, narrow)
    stand_for = {
        name: ".+".join(re.escape(part) for part in re.split(f"{MARK[0]}{{5,}}", said))
        for name, said in narrow.items()
    }
    in_order = all(
        re.fullmatch(stand_for[name], wide[name], re.DOTALL) is not None for name in narrow
    )

    assert says(before, after) == in_order


@pytest.mark.parametrize(
    "narrower",
    [
        {"shown": {"gist": "甲乙", "outcome": "x"}},
        {"shown": {"gist": "甲乙丙"}},
        {"shown": {"gist": "%"}},
        {"shown": {"gist": "甲_"}},
        {"shown": {"gist": f"甲乙{MARK}"}},
        {"shown": {}},
        {"shown": {"gist": "甲乙"}, "beside": "丁"},
        {},
    ],
    ids=["a field more", "a word more", "a sign of LIKE", "another", "a mark for nothing", "nothing",
         "something beside the fields", "no fields"],
)  # fmt: skip
def test_what_shows_more_or_nothing_is_not_narrower(
    superuser_connection: Connection, narrower: dict[str, object]
) -> None:
    raw = Raw(superuser_connection)
    head: dict[str, object] = {"format": 1, "kind": "clue"}
    wider = json.dumps(head | {"shown": {"gist": "甲乙"}})
    asked = "SELECT sec.is_narrower(%s, %s)"

    assert raw.one(asked, wider, json.dumps(head | narrower)) is False
    assert raw.one(asked, wider, wider) is True
    assert raw.one(asked, wider, json.dumps(head | {"shown": {"gist": f"甲{MARK}"}})) is True
