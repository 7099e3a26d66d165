"""What a copy of a shared view says of whoever carried it away."""

from __future__ import annotations

from sharing.documents.shared_view import shared_view_docx
from tests.documents import TAKEN, shared_view_copy
from tests.unit.sharing.reading_docx import words_of

COPY = shared_view_copy()


def test_it_names_who_took_it_when_for_which_purpose_and_which_version() -> None:
    words = words_of(shared_view_docx(COPY, TAKEN))

    mark = "西屿县委巡察办 林晓 2026-11-24 09:30 取得，用途：互相印证，版本：9f9f9f9f9f9f9f9f"
    for one in (mark, COPY.owner, "至2027年2月17日（含当日）", COPY.digest, "不得转送"):
        assert one in words


def test_it_says_each_field_that_is_shown_and_of_an_empty_one_that_there_is_nothing() -> None:
    words = words_of(shared_view_docx(COPY, TAKEN))

    for title, said in COPY.fields:
        assert title in words
        assert (said or "（无）") in words
