"""Phone numbers of the mainland, as +86 and the number after it (E.164): mobiles, and landlines with area code.

A number that many share says nothing: service numbers (400, 800) are refused, and so are extensions,
which would make one token of a whole switchboard.
"""

from __future__ import annotations

import re

from scheduling.workbooks.words import clean
from sharing.domain.identifiers.identifier import Fault, Identifier, Kind, bare

_BRACKETS = re.compile(r"[()\[\]【】/]")
_EXTENSION = re.compile(r"转|分机|EXT|X|#|\*|,|;", re.IGNORECASE)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Area codes: 10, 2x with eight digits after them, 3xx to 9xx with seven or eight.
_LANDLINE = re.compile(r"(?:10|2[0-9])[2-8][0-9]{7}|[3-9][0-9]{2}[2-8][0-9]{6,7}")
_SERVICE = re.compile(r"[48]00[0-9]{7}")
_LOCAL = re.compile(r"[2-8][0-9]{6,7}")


def phone(written: str) -> Identifier | Fault:
    text = _BRACKETS.sub("", bare(written))
    if _EXTENSION.search(clean(written)):
        return _fault(
            "请不要填写分机号或多个号码。", "Leave out extensions, and give one number only."
        )
    if _is_foreign(text):
        return _fault("只受理中国内地的电话号码。", "Only numbers of the mainland are taken.")
    text, is_international = _without_country(text)
    national = text.removeprefix("0")
    if _MOBILE.fullmatch(national):
        return Identifier(Kind.PHONE, f"+86{national}")
    if (is_international or text.startswith("0")) and _LANDLINE.fullmatch(national):
        return Identifier(Kind.PHONE, f"+86{national}")
    if _SERVICE.fullmatch(text):
        return _fault(
            "服务热线为公众共用，不作比对。", "A service number is everybody's: it is not compared."
        )
    if _LOCAL.fullmatch(text):
        return _fault("固定电话请加区号。", "Give the area code of a landline.")
    return _fault(
        "不是有效的手机号码或带区号的固定电话。",
        "This is neither a mobile number nor a landline with its area code.",
    )


def _is_foreign(text: str) -> bool:
    return text.startswith(("+", "00")) and not text.startswith(("+86", "0086"))


def _without_country(text: str) -> tuple[str, bool]:
    """The number without its 86, and whether it had it. No number of the mainland begins so."""
    prefixes = ("+86", "0086", "86") if len(text) >= 12 else ("+86", "0086")
    for prefix in prefixes:
        if text.startswith(prefix):
            return text.removeprefix(prefix), True
    return text, False


def _fault(zh: str, en: str) -> Fault:
    return Fault.saying(Kind.PHONE, zh, en)
