"""ID numbers (GB 11643): 18 digits with a check character; the older 15 digits.

Nothing here stores or shows a number in full: a message shows its last four characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kernel.text import Text
from scheduling.workbooks.words import Cell, Unreadable, clean

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """`full` has 18 characters, so that a 15-digit number equals its 18-digit successor."""

    full: str
    was_15: bool = False

    @property
    def last4(self) -> str:
        return self.full[-4:]


def check_character(first17: str) -> str:
    """ISO 7064 MOD 11-2 over the first 17 digits."""
    return _CHECK[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def read_id_number(value: Cell) -> IdNumber:
    """The number in a cell, its birth date and check character verified."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**15:
        raise Unreadable(
            Text(
                zh="身份证号被存成了数字，后几位已丢失。请把该列设为“文本”格式后重新填写。",
                en="The ID number was stored as a number and lost its last digits. "
                "Format the column as text and enter it again.",
            )
        )
    text = re.sub(r"[\s'’‘\-]", "", clean(value)).upper().replace("Х", "X").replace("×", "X")
    if re.fullmatch(r"\d{15}", text):
        first17 = text[:6] + "19" + text[6:]
        number = IdNumber(first17 + check_character(first17), was_15=True)
    elif re.fullmatch(r"\d{17}[\dX]", text):
        number = IdNumber(text)
    else:
        raise Unreadable(
            Text(
                zh=f"身份证号应为 18 位（旧证 15 位），现为 {len(text)} 位或含有其他字符。",
                en=f"An ID number has 18 characters (15 on old cards); this has {len(text)} "
                "or holds other characters.",
            )
        )
    if not _born(number.full):
        raise Unreadable(
            Text(
                zh=f"尾号 {number.last4} 的身份证号第 7–14 位不是出生日期，请核对。",
                en=f"Characters 7–14 of the ID number ending in {number.last4} are no date of birth.",
            )
        )
    if check_character(number.full[:17]) != number.full[17]:
        raise Unreadable(
            Text(
                zh=f"尾号 {number.last4} 的身份证号校验位不符，多半有一位写错，请对照证件核对。",
                en=f"The check character of the ID number ending in {number.last4} does not fit: "
                "one digit is probably wrong.",
            )
        )
    return number


def _born(full: str) -> bool:
    try:
        born = date(int(full[6:10]), int(full[10:12]), int(full[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2099
