"""Readers for one column each, in the shape that `Column.read` wants."""

from __future__ import annotations

from typing import Any

from kernel.text import Text
from scheduling.domain.vocabulary import Vocabulary
from scheduling.workbooks.columns import CellReader, Reading
from scheduling.workbooks.dates import is_still, read_day, read_month
from scheduling.workbooks.identity import read_id_number
from scheduling.workbooks.words import (
    Cell,
    Unreadable,
    amounts_of,
    clean,
    code_of,
    codes_of,
    phrase,
    whole_number,
    yes_or_no,
)

MAX_NUMBER = 40  # characters of a person's number or a unit's code
MAX_NAME = 60


def text(value: Cell, _reading: Reading) -> str:
    return phrase(value)


def name(value: Cell, _reading: Reading) -> str:
    return _no_longer_than(phrase(value), MAX_NAME)


def number(value: Cell, _reading: Reading) -> str:
    """A person's number or a unit's code: text, although Excel may hold it as a number."""
    return _no_longer_than(phrase(value).replace(" ", ""), MAX_NUMBER)


def identity(value: Cell, _reading: Reading) -> Any:
    return read_id_number(value) if clean(value) else None


def month(value: Cell, reading: Reading) -> str:
    return str(read_month(value, epoch_1904=reading.epoch_1904))


def month_or_still(value: Cell, reading: Reading) -> str | None:
    if not phrase(value) or is_still(value):
        return None
    return month(value, reading)


def day(value: Cell, reading: Reading) -> str:
    return read_day(value, epoch_1904=reading.epoch_1904).isoformat()


def yes(value: Cell, _reading: Reading) -> bool:
    return yes_or_no(value)


def whole(least: int, most: int, *, blank: int | None = None) -> CellReader:
    """A whole number within bounds; a blank cell means `blank`, or is refused without one."""

    def read(value: Cell, _reading: Reading) -> int:
        if blank is not None and not phrase(value):
            return blank
        return whole_number(value, least=least, most=most)

    return read


def code(vocabulary: Vocabulary, *, blank: str | None = None) -> CellReader:
    def read(value: Cell, _reading: Reading) -> str | None:
        return code_of(value, vocabulary) if phrase(value) else blank

    return read


def codes(vocabulary: Vocabulary) -> CellReader:
    def read(value: Cell, _reading: Reading) -> list[str]:
        return codes_of(value, vocabulary)

    return read


def amounts(vocabulary: Vocabulary) -> CellReader:
    def read(value: Cell, _reading: Reading) -> dict[str, int]:
        return amounts_of(value, vocabulary)

    return read


def _no_longer_than(said: str, most: int) -> str:
    if len(said) > most:
        raise Unreadable(
            Text(
                zh=f"内容过长（{len(said)} 字，最多 {most} 字）。",
                en=f"Too long: {len(said)} characters, at most {most}.",
            )
        )
    return said
