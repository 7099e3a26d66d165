"""Single cells: dates, ID numbers, lists."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from scheduling.domain.problem import Month
from scheduling.domain.vocabulary import SKILLS
from scheduling.workbooks.dates import is_still, read_day, read_month
from scheduling.workbooks.identity import read_id_number
from scheduling.workbooks.lookalike import initials_key, shape_key, sound_key
from scheduling.workbooks.words import (
    Unreadable,
    amounts_of,
    phrase,
    pieces,
    whole_number,
    yes_or_no,
)

MARCH = Month(2019, 3)


@pytest.mark.parametrize(
    "written",
    [
        "2019.3", "2019.03", "2019年3月", "2019年03月1日", "2019/03/01", "2019-3", "2019-03-01", "201903",
        "20190301", "二〇一九年三月", "二零一九年三月", "２０１９．３", " 2019 年 3 月 ", "2019.3.1",
        "2019-03-01 00:00:00", "2019-03-01T08:30:00", 201903, 20190301, 2019.3, 43525, "43525",
        43525.5, date(2019, 3, 1), datetime(2019, 3, 1, 8, 0),
    ],
)  # fmt: skip
def test_a_month_is_read_however_it_is_written(written: Any) -> None:
    assert read_month(written) == MARCH


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("二〇二〇年十二月", 12),
        ("2020年十月", 10),
        ("2020.12", 12),
        (2020.12, 12),
        ("2020年十一月", 11),
    ],
)
def test_months_of_two_digits(written: Any, month: int) -> None:
    assert read_month(written) == Month(2020, month)


@pytest.mark.parametrize(
    "written",
    [
        "", "去年", "2019", 2019, "19.3", "2019.13", "2019年", "2019-02-30", "3月", "1899.1", 99999999,
        "不详", True, 12, -5, 2019.1, 1e20, "2019.3-2020.5", "²⁰19",
    ],
)  # fmt: skip
def test_what_names_no_month_is_refused_in_words(written: Any) -> None:
    with pytest.raises(Unreadable) as refused:
        read_month(written)

    assert refused.value.text.zh
    assert refused.value.text.en


def test_january_and_october_are_not_guessed_from_a_number() -> None:
    with pytest.raises(Unreadable, match="January or October"):
        read_month(2019.1)

    assert read_month("2019.1") == Month(2019, 1)
    assert read_month("2019.10") == Month(2019, 10)


def test_a_day_needs_more_than_a_month() -> None:
    assert read_day("2026年9月1日") == date(2026, 9, 1)

    with pytest.raises(Unreadable, match="month only"):
        read_day("2026年9月")


@pytest.mark.parametrize("written", ["至今", " 至 今", "现在", "present", "目前"])
def test_still_held(written: str) -> None:
    assert is_still(written.replace(" ", ""))


VALID = "11010519491231002X"  # the standard's own example, of nobody


@pytest.mark.parametrize(
    "written",
    [
        VALID,
        VALID.lower(),
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
        "'" + VALID,
        "11010519491231002Х",
    ],
)
def test_an_id_number_is_read_however_it_is_typed(written: str) -> None:
    assert read_id_number(written).full == VALID
    assert read_id_number(written).last4 == "002X"


@pytest.mark.parametrize(
    "written",
    [
        "110105194912310021",
        "11010519491331002X",
        "1101051949123100",
        "110105194912310O2X",
        "",
        "X" * 18,
        1.10105194912310e17,
    ],
)
def test_a_wrong_id_number_is_refused(written: Any) -> None:
    with pytest.raises(Unreadable) as refused:
        read_id_number(written)

    assert VALID[:14] not in refused.value.text.zh


def test_fifteen_digits_are_the_same_person_as_eighteen() -> None:
    old = read_id_number(VALID[:6] + VALID[8:17])

    assert old.was_15
    assert old.full == VALID


def test_lists_and_needs() -> None:
    assert pieces("财务、审计,法律；工程/财务") == ["财务", "审计", "法律", "工程"]
    assert amounts_of("财务1、审计 2人；法律", SKILLS) == {"finance": 1, "audit": 2, "law": 1}
    with pytest.raises(Unreadable, match="not in the list"):
        amounts_of("占星2", SKILLS)


def test_words_for_nothing_are_blank() -> None:
    assert [phrase(text) for text in ("无", "—", " / ", None, "无为县")] == [
        "",
        "",
        "",
        "",
        "无为县",
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("是", True), ("√", True), ("否", False), ("", False), (True, True), (0, False), ("Ｙ", True)],
)
def test_yes_and_no(written: Any, meant: bool) -> None:
    assert yes_or_no(written) is meant


def test_numbers_within_bounds() -> None:
    assert whole_number("３ 轮", least=0, most=5) == 3
    assert whole_number(4.0, least=0, most=5) == 4
    with pytest.raises(Unreadable):
        whole_number("3.5", least=0, most=5)


@pytest.mark.parametrize("written", ["1,2", "１，２", "1 2", "1,23", "12,34", "1,2345"])
def test_two_numbers_in_a_cell_are_not_run_together(written: str) -> None:
    """“1,2” rounds ago had become the twelfth: long past, and no reason of recusal any more."""
    with pytest.raises(Unreadable):
        whole_number(written, least=0, most=99_999)


def test_a_comma_may_part_thousands() -> None:
    assert whole_number("1,200 天", least=0, most=9_999) == 1200


def test_look_alikes_share_a_key_and_strangers_do_not() -> None:
    assert sound_key("王芳") == sound_key("王方")
    assert shape_key("张已") == shape_key("张巳")
    assert shape_key("Аnna") == shape_key("anna".replace("a", "а", 1))
    assert sound_key("王芳") != sound_key("王军")
    assert initials_key("王小芳") == "wxf"
