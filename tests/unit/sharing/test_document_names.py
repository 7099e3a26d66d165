"""What a document is called when it is saved, and lines that have numbers of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharing.documents.naming import file_name
from sharing.documents.writing import is_numbered, numbered


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("函告", "巡函〔2026〕3号"), "函告-巡函〔2026〕3号.docx"),
        (("整改方案", "", "甲/乙 单位"), "整改方案-甲_乙_单位.docx"),
        (("a", '..\\b:*?"<>|'), "a-.._b_.docx"),
        (("反\u202excod.exe",), "反\ufffdxcod.exe.docx"),
    ],
)
def test_it_says_its_words_without_what_a_disk_stumbles_over(
    words: tuple[str, ...], name: str
) -> None:
    assert file_name(*words) == name


@given(st.lists(st.text(max_size=300), min_size=1, max_size=4))
def test_any_words_make_a_name_that_a_disk_takes(words: list[str]) -> None:
    name = file_name(*words)

    assert len(name.encode()) <= 255
    assert name.endswith(".docx")
    assert not set(name) & set('\\/:*?"<>|\n\r\t\0')


@pytest.mark.parametrize(
    "line", ["1. 甲", "2、乙", "（3）丙", "（四）丁", "五、戊", "(6)己", " 7．庚"]
)
def test_lines_with_numbers_of_their_own_keep_them(line: str) -> None:
    assert is_numbered(["无", line])
    assert numbered(["无", line]) == f"无\n{line}"


@pytest.mark.parametrize(
    "line", ["1.5万元未入账", "2024年以来", "一是学习不够", "12页会议纪要", ""]
)
def test_a_figure_is_no_number_of_a_line(line: str) -> None:
    assert numbered([line, "乙"]) == f"1. {line}\n2. 乙"
