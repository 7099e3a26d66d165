"""Whatever is typed into a record, its document opens, says it whole, and does nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document as opened
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sharing.documents.imprint import Imprint
from sharing.documents.letters import letter_docx
from sharing.documents.plain import SHOWN_INSTEAD, lines, one_line, plain
from sharing.documents.writing import chinese
from sharing.domain.letters import LetterKind
from tests.documents import DOCUMENTS, MADE_AT, SENT, TAKEN, draft_of, letter
from tests.unit.sharing.reading_docx import fields_of, relationships_of, words_of

HOSTILE = (
    "& < > \" ' &amp; <w:t> ]]> <!-- -->",
    "{{ 7*7 }} {% import os %} {# #} ${x} #{x} %s {0}",
    "{ PAGE } =SUM(A1) DDEAUTO c:\\\\x \\\\fldChar",
    "长" * 400,
    "Unbreakable" * 60,
    "𠮷野家 䶮 𰻝 㐀 👨‍👩‍👧",
    "\x00\x01\x08\x0b\x0c\x1f\x7f\x9f",
    "\u202e反的\u202c \u2066x\u2069",
    "一行\n二行\r\n三行\r四行\u2028五行\x85六行",
    "  前后都有空格  ",
    "\u3000全角空格\u3000",
    "مرحبا بالعالم שלום",
    "\ud800 半个字 \udfff \ufffe \uffff",
    "\t制表\t",
    "一、像标题的一行。后面还有。\n（二）也像",
    "",
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=80),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map("".join),
    st.text(st.characters(categories=("Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Co")), max_size=20),
)
EVERY = pytest.mark.parametrize("name", DOCUMENTS)


def saying(values: Sequence[str]) -> tuple[Callable[[str], str], list[str]]:
    """A way to fill the fields with `values` in turn, each between marks of its own, and what was filled in."""
    filled: list[str] = []

    def say(_: str) -> str:
        number = len(filled)
        filled.append(f"⟦{number}:{values[number % len(values)]}:{number}⟧")
        return filled[-1]

    return say, filled


@EVERY
@given(values=st.lists(VALUES, min_size=1, max_size=12))
@example(values=HOSTILE)
@example(values=HOSTILE[::-1])
@settings(max_examples=4, deadline=None)
def test_a_document_says_exactly_what_was_typed(name: str, values: Sequence[str]) -> None:
    say, filled = saying(values)

    made = DOCUMENTS[name](TAKEN, say)

    opened(BytesIO(made))
    said = words_of(made).replace("\t", " ")
    assert len(filled) > 4
    assert [each for each in filled if one_line(each) not in said] == []


@EVERY
@given(values=st.lists(VALUES, min_size=1, max_size=6))
@example(values=HOSTILE)
@settings(max_examples=2, deadline=None)
def test_a_value_is_never_code(name: str, values: Sequence[str]) -> None:
    imprint = Imprint("".join(values), MADE_AT, taken_by="".join(values))

    made = DOCUMENTS[name](imprint, saying(values)[0])

    assert fields_of(made) == {"PAGE"}
    assert {mode for mode, _ in relationships_of(made)} == {"Internal"}
    assert made == DOCUMENTS[name](imprint, saying(values)[0])


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_title_stays_whole_and_breaks_where_its_writer_says(value: str) -> None:
    draft, to = draft_of(LetterKind.URGING)

    made = letter_docx(replace(letter(draft, to), title=value, text=value), SENT)

    title = next(
        p for p in opened(BytesIO(made)).paragraphs if p.style and p.style.name == "公文标题"
    )
    assert title.text == plain(value)


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))))
def test_what_can_be_shown_stays_as_it_is(value: str) -> None:
    assert plain(value) == value.replace("\ufffe", SHOWN_INSTEAD).replace("\uffff", SHOWN_INSTEAD)


@given(VALUES)
def test_nothing_is_cut(value: str) -> None:
    """Sign for sign: what cannot be shown is shown as such, and only \\r\\n becomes one break."""
    assert len(plain(value)) == len(value.replace("\r\n", "\n"))
    assert "\n".join(lines(value)) == plain(value)


@given(VALUES)
def test_no_direction_is_overridden_and_no_control_is_left(value: str) -> None:
    assert not set(plain(value)) & set(
        "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\x00\x07\x1b\x7f"
    )
    plain(value).encode("utf-8")


@given(st.integers(min_value=1, max_value=999))
def test_titles_are_counted_each_in_its_own_word(number: int) -> None:
    assert chinese(number) not in {chinese(other) for other in range(1, number)}
    assert {1: "一", 10: "十", 11: "十一", 20: "二十", 101: "一百零一", 110: "一百一十"}.get(
        number, chinese(number)
    ) == chinese(number)
