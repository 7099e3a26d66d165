"""Dates as people write them in rosters: 2019.3, 2019年3月, 201903, Excel serials, 至今.

Two readers: `read_month` for careers (the day plays no part in any rule) and `read_day` for
absences. A two-digit year is refused rather than guessed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from kernel.text import Text
from scheduling.domain.problem import Month
from scheduling.workbooks.words import Cell, Unreadable, clean, shown

EARLIEST, LATEST = 1940, 2099
BEYOND_ALL_DATES = 10**9  # a date has eight digits at most
_STILL = frozenset({"至今", "今", "现在", "目前", "现任", "迄今", "在任", "present", "now"})
_CHINESE_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0", "○": "0", "O": "0", "两": "2", "元": "1",
}  # fmt: skip
_SEPARATED = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})\s*日?|\s*月)?")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_SERIALS = range(14611, 73051)  # 1940-01-01 to 2099-12-31 in the 1900 system


def is_still(value: Cell) -> bool:
    """Whether the cell says that the post is still held."""
    return clean(value).lower() in _STILL


def read_month(value: Cell, *, epoch_1904: bool = False) -> Month:
    """The month that a cell names; a day, where given, is checked and dropped."""
    year, month, _day = _parts(value, epoch_1904=epoch_1904)
    return Month(year, month)


def read_day(value: Cell, *, epoch_1904: bool = False) -> date:
    """The calendar day that a cell names; a month alone is refused."""
    year, month, day = _parts(value, epoch_1904=epoch_1904)
    if day is None:
        raise Unreadable(
            Text(
                zh=f"“{shown(clean(value))}”只写到月，请写到日，如 2026年3月5日。",
                en=f"“{shown(clean(value))}” names a month only; add the day, as in 2026-03-05.",
            )
        )
    return date(year, month, day)


def _parts(value: Cell, *, epoch_1904: bool) -> tuple[int, int, int | None]:
    if isinstance(value, datetime | date):
        return _checked(value.year, value.month, value.day, str(value))
    text = clean(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not abs(value) < BEYOND_ALL_DATES:  # infinite ones, too
            raise _not_a_date(text)
        return _from_number(float(value), text, epoch_1904=epoch_1904)
    digits = _arabic(_CLOCK.sub("", text))
    if match := _SEPARATED.fullmatch(digits):
        year, month, day = match.groups()
        return _checked(int(year), int(month), int(day) if day else None, text)
    if match := _RUN_TOGETHER.fullmatch(digits):
        year, month, day = match.groups()
        return _checked(int(year), int(month), int(day) if day else None, text)
    if re.fullmatch(r"\d{5}(\.\d+)?", digits):  # a serial that was turned into text
        return _from_number(float(digits), text, epoch_1904=epoch_1904)
    raise _not_a_date(text)


def _from_number(number: float, text: str, *, epoch_1904: bool) -> tuple[int, int, int | None]:
    """201903, 20190301, 2019.3 typed as a number, or an Excel serial.

    2019.1 as a number may have been typed as 2019.10: Excel drops the zero. January and
    October cannot be told apart, so the cell is refused.
    """
    if number.is_integer():
        whole = int(number)
        if _RUN_TOGETHER.fullmatch(str(whole)):
            return _parts(str(whole), epoch_1904=epoch_1904)
        serial = whole + (1462 if epoch_1904 else 0)
        if serial in _SERIALS:
            day = date(1899, 12, 30) + timedelta(days=serial)
            return day.year, day.month, day.day
        raise _not_a_date(text)
    if EARLIEST <= number < LATEST + 1:
        month = text.partition(".")[2]
        if month == "1":
            raise Unreadable(
                Text(
                    zh=f"“{text}”是数字格式，分不清 1 月还是 10 月，请写成 {text.split('.')[0]}年1月 或 {text.split('.')[0]}年10月。",
                    en=f"“{text}” is a number: January or October? Write it as {text.split('.')[0]}-01 or {text.split('.')[0]}-10.",
                )
            )
        return _parts(text, epoch_1904=epoch_1904) if len(month) <= 2 else _refuse(text)
    serial_with_clock = int(number)
    return _from_number(float(serial_with_clock), text, epoch_1904=epoch_1904)


def _refuse(text: str) -> tuple[int, int, int | None]:
    raise _not_a_date(text)


def _arabic(text: str) -> str:
    """Chinese numerals as digits: 二〇一九年十二月 becomes 2019年12月."""
    text = re.sub(
        r"[〇零○一二三四五六七八九]?十[一二三四五六七八九]?",
        lambda match: str(_tens(match.group())),
        text,
    )
    return "".join(_CHINESE_DIGITS.get(char, char) for char in text)


def _tens(text: str) -> int:
    tens, _ten, ones = text.partition("十")
    return 10 * int(_CHINESE_DIGITS.get(tens, "1")) + int(_CHINESE_DIGITS.get(ones, "0"))


def _checked(year: int, month: int, day: int | None, text: str) -> tuple[int, int, int | None]:
    if not EARLIEST <= year <= LATEST:
        raise Unreadable(
            Text(
                zh=f"“{shown(text)}”的年份不合理，应在 {EARLIEST} 至 {LATEST} 之间。",
                en=f"The year in “{shown(text)}” is not between {EARLIEST} and {LATEST}.",
            )
        )
    try:
        date(year, month, day or 1)
    except ValueError:
        raise Unreadable(
            Text(
                zh=f"“{shown(text)}”不是日历上的日期，请核对月、日。",
                en=f"“{shown(text)}” is not on the calendar; check the month and day.",
            )
        ) from None
    return year, month, day


def _not_a_date(text: str) -> Unreadable:
    return Unreadable(
        Text(
            zh=f"“{shown(text)}”看不出是哪年哪月，请写成 2019年3月 或 2019-03。",
            en=f"“{shown(text)}” does not name a year and month; write it like 2019-03.",
        )
    )
