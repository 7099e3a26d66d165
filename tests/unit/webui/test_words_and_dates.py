"""Dates, durations and shares are said the same way everywhere, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from kernel.text import Text
from webui.language import html_lang, spoken
from webui.tables import Cell, Column, Table
from webui.templatetags import webui


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "2026年3月2日"), ("en", "2 Mar 2026")])
def test_a_day_is_said_in_the_language_of_the_page(language: str, words: str) -> None:
    with translation.override(language):
        assert webui.day_words(date(2026, 3, 2)) == words


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), "2026年3月2日", "2 Mar 2026"),
        (date(2026, 3, 2), date(2026, 3, 9), "2026年3月2日 – 9日", "2 – 9 Mar 2026"),
        (date(2026, 3, 2), date(2026, 4, 1), "2026年3月2日 – 4月1日", "2 Mar – 1 Apr 2026"),
        (
            date(2026, 12, 30),
            date(2027, 1, 2),
            "2026年12月30日 – 2027年1月2日",
            "30 Dec 2026 – 2 Jan 2027",
        ),
    ],
)
def test_a_span_of_days_does_not_repeat_what_both_ends_share(
    first: date, last: date, zh: str, en: str
) -> None:
    with translation.override("zh-hans"):
        assert webui.days_words(first, last) == zh
    with translation.override("en"):
        assert webui.days_words(first, last) == en


def test_an_instant_is_told_in_the_time_of_china() -> None:
    late = datetime(2026, 3, 1, 17, 5, tzinfo=UTC)

    with translation.override("en"):
        assert ">2 Mar 2026 01:05<" in webui.moment(late)


def test_no_date_is_a_dash() -> None:
    assert webui.day(None) == webui.moment(None) == webui.grouped(None) == "–"


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (0.4, "不到 1 秒", "under 1 s"),
        (45.9, "45 秒", "45 s"),
        (185, "3 分 05 秒", "3 min 05 s"),
        (7800, "2 小时 10 分", "2 h 10 min"),
    ],
)
def test_a_duration_is_said_as_people_say_it(seconds: float, zh: str, en: str) -> None:
    with translation.override("zh-hans"):
        assert webui.elapsed(seconds) == zh
    with translation.override("en"):
        assert webui.elapsed(seconds) == en


def test_a_share_keeps_one_decimal_where_it_has_one() -> None:
    with translation.override("zh-hans"):
        assert [webui.percent(share) for share in (0.023, 0.5, 1)] == ["2.3%", "50%", "100%"]


def test_a_text_of_the_domain_speaks_the_language_of_the_page() -> None:
    text = Text(zh="本县回避", en="Not in one's own county")

    with translation.override("en"):
        assert webui.said(text) == text.en
    with translation.override("zh-hans"):
        assert webui.said(text) == text.zh


def test_a_language_that_is_not_english_is_chinese() -> None:
    with translation.override(None):
        assert (spoken(), html_lang()) == ("zh", "zh-Hans")


def test_words_that_come_from_people_are_escaped_in_marks() -> None:
    assert "<b>" not in webui.mark("good", "<b>done</b>")


def test_a_table_row_with_a_missing_cell_is_a_fault_of_the_programmer() -> None:
    table = Table("Units", [Column("Unit"), Column("Days", "number")], [[Cell("School")]])

    with pytest.raises(ValueError, match="zip"):
        webui.with_columns(table)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "2008年3月"), ("en", "Mar 2008")])
def test_a_month_of_a_career_is_said_in_the_language_of_the_page(language: str, words: str) -> None:
    with translation.override(language):
        assert webui.month("2008-03") == words


@pytest.mark.parametrize(
    ("language", "plain", "counted"),
    [("zh-hans", "审计、财务", "审计 2、财务 1"), ("en", "Audit, Finance", "Audit 2, Finance 1")],
)
def test_a_list_is_joined_as_the_language_joins_it(language: str, plain: str, counted: str) -> None:
    audit, finance = Text(zh="审计", en="Audit"), Text(zh="财务", en="Finance")

    with translation.override(language):
        assert webui.listed([audit, finance]) == plain
        assert webui.listed([(audit, 2), (finance, 1)]) == counted
