"""Which edition applied on a day, what a workbook of rules tells, and what would become of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scheduling.workbooks.reading import open_book
from sharing.domain.rulebook import Article, Draft, Edition, Fate, fate_of, in_force, last_day
from sharing.workbooks.rules import RULES, Gathered, gathered
from tests.workbook_files import book, saved

HEAD = ["法规名称", "发文机关", "文号", "版本", "施行日期", "废止", "章节", "条次", "内容", "性质"]
OLD, NEW = Edition(date(2018, 10, 1)), Edition(date(2024, 1, 1))
MENDED = Edition(date(2024, 1, 1), revision=2)
GONE = Edition(date(2030, 1, 1), is_repeal=True)


def test_the_edition_of_a_day_is_the_last_that_had_begun() -> None:
    every = [NEW, GONE, OLD, MENDED]

    assert in_force(every, date(2018, 9, 30)) is None
    assert in_force(every, date(2023, 12, 31)) == OLD
    assert in_force(every, date(2024, 1, 1)) == MENDED
    assert in_force(every, date(2029, 12, 31)) == MENDED
    assert in_force(every, date(2030, 1, 1)) is None


def test_an_edition_ends_the_day_before_the_next_and_a_corrected_one_never_was() -> None:
    every = [OLD, NEW, MENDED, GONE]

    assert last_day(OLD, every) == date(2023, 12, 31)
    assert last_day(NEW, every) == date(2023, 12, 31), "before its first day"
    assert last_day(MENDED, every) == date(2029, 12, 31)
    assert last_day(MENDED, [OLD, NEW, MENDED]) is None


def read(tmp_path: Path, *rows: list[object]) -> Gathered:
    path = saved(book({"规则库": [HEAD, *rows]}), tmp_path)
    with open_book(path, RULES) as opened:
        return gathered(opened.rows())


def row(article: object, words: object, **said: object) -> list[object]:
    usual = {
        "title": "《工作规则（试行）》",
        "issuer": "县委",
        "number": "",
        "label": "试行",
        "from": "2024-01-01",
        "repeal": "",
        "chapter": "第一章",
        "kind": "",
    } | said
    before = [usual[key] for key in ("title", "issuer", "number", "label", "from", "repeal")]
    return [*before, usual["chapter"], article, words, usual["kind"]]


def test_words_stay_as_they_are_written(tmp_path: Path) -> None:
    """Full-width marks are the text's own; an article is quoted from here."""
    found = read(tmp_path, row("第一条", " 不得“吃拿卡要”，违者：\n（一）退回；\u200b \u3000"))

    [draft] = found.drafts
    assert (draft.title, draft.label) == ("工作规则（试行）", "试行")
    assert draft.articles == [
        Article("第一条", "第一章", "不得“吃拿卡要”，违者：\n（一）退回；", is_gist=False)
    ]


def test_rows_of_one_title_and_day_are_one_edition(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        row("第一条", "甲"),
        row("第二条", "乙", kind="要旨"),
        row("第一条", "丙", **{"from": "2025-06-01", "label": ""}),
        row("", "", **{"from": "2026-01-01", "repeal": "是"}),
    )

    assert found.faults == []
    assert [(one.effective_from, one.label, len(one.articles)) for one in found.drafts] == [
        (date(2024, 1, 1), "试行", 2),
        (date(2025, 6, 1), "2025年6月1日起施行", 1),
        (date(2026, 1, 1), "试行", 0),
    ]
    assert [one.is_gist for one in found.drafts[0].articles] == [False, True]
    assert found.drafts[2].is_repeal


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row("第一条", "甲"), row("第一条", "乙")], "重复"),
        ([row("", "甲")], "条次"),
        ([row("第一条", "")], "内容"),
        ([row("第一条", "甲", repeal="是")], "废止"),
        ([row("第一条", "甲"), row("", "", repeal="是")], "同一天"),
        ([row("第一条", "甲", kind="大意")], "原文"),
        ([row("第一条", "甲", **{"from": "去年"})], "去年"),
        ([row("第一条", "字" * 8_001)], "过长"),
    ],
)
def test_what_does_not_hold_is_said_with_its_row(
    tmp_path: Path, rows: list[list[object]], said: str
) -> None:
    faults = read(tmp_path, *rows).faults

    assert faults[0][0] == len(rows) + 1
    assert any(said in fault.text.zh for _, fault in faults)


def test_what_becomes_of_an_edition() -> None:
    articles = [Article("第一条", "", "甲", is_gist=False)]
    draft = Draft("x", "", "", "", date(2024, 1, 1), articles=list(articles))
    other = [Article("第一条", "", "乙", is_gist=False)]

    assert fate_of(draft, False, None, False) is Fate.NEW_TEXT
    assert fate_of(draft, True, None, False) is Fate.NEW_EDITION
    assert fate_of(draft, True, other, False) is Fate.CORRECTION
    assert fate_of(draft, True, articles, True) is Fate.CORRECTION
    assert fate_of(draft, True, articles, False) is Fate.SAME
