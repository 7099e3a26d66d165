"""ID numbers (公民身份号码, GB 11643-1999): 18 characters; the 15 digits of old cards are completed.

An old number has the birth year in two digits; the century is the twentieth, as for all that were issued.
"""

from __future__ import annotations

import re
from datetime import date

from scheduling.workbooks.identity import check_character
from sharing.domain.identifiers.identifier import Fault, Identifier, Kind, bare

# Typed for X: the Cyrillic letter, and the sign of multiplication.
_X = str.maketrans({"Х": "X", "×": "X"})
_OLD, _NEW = re.compile(r"[0-9]{15}"), re.compile(r"[0-9]{17}[0-9X]")


def id_number(written: str) -> Identifier | Fault:
    text = bare(written).translate(_X)
    if _OLD.fullmatch(text):
        first17 = f"{text[:6]}19{text[6:]}"
        text = first17 + check_character(first17)
    elif not _NEW.fullmatch(text):
        return _fault(
            "身份证号应为 18 位数字，末位可为 X；旧证为 15 位数字。",
            "An ID number has 18 digits, the last may be X; on old cards it has 15.",
        )
    if not _has_birth_date(text):
        return _fault(
            "号码中的出生日期不存在，请核对。", "The date of birth in the number is none."
        )
    if check_character(text[:17]) != text[17]:
        return _fault(
            "末位校验码不符，多半有一位写错，请对照证件核对。",
            "The check character at the end does not fit: one digit is probably wrong.",
        )
    return Identifier(Kind.ID_NUMBER, text)


def _has_birth_date(text: str) -> bool:
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2099


def _fault(zh: str, en: str) -> Fault:
    return Fault.saying(Kind.ID_NUMBER, zh, en)
