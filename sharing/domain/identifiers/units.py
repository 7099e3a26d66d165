"""Codes of units as the offices give them, for units that have no credit code."""

from __future__ import annotations

import re

from scheduling.workbooks.words import clean
from sharing.domain.identifiers.identifier import Fault, Identifier, Kind

_CODE = re.compile(r"[A-Z0-9]+(?:[-_./][A-Z0-9]+)*")
LONGEST = 40


def unit_code(written: str) -> Identifier | Fault:
    """The marks inside stay: A-1-2 and A-12 are two units."""
    text = clean(written).upper().replace(" ", "")
    if len(text) > LONGEST or not _CODE.fullmatch(text):
        return Fault.saying(
            Kind.UNIT_CODE,
            "单位编码只用数字、字母和连接符，最多 40 位。",
            "A unit code has digits, letters and marks between them, 40 at most.",
        )
    return Identifier(Kind.UNIT_CODE, text)
