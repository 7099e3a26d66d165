"""Letters, calls and visits that a team receives (信访登记), and what becomes of each. Pure.

Who wrote, called or came is not kept here: what leads to a clue has its informant sealed beside the
clue (`sharing.domain.clues`), and nothing else is anybody's to know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text

# A mobile number or an identity number, also with gaps in it: more than a register may hold.
TRACEABLE = (
    r"(?:^|[^0-9])(?:1[3-9](?:[ -]?[0-9]){9}|[1-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx])(?:[^0-9]|$)"
)
_TRACEABLE = re.compile(TRACEABLE)


class Way(StrEnum):
    LETTER = "letter"
    CALL = "call"
    VISIT = "visit"


class Subject(StrEnum):
    """What it is about."""

    DISCIPLINE = "discipline"
    CONDUCT = "conduct"
    SELECTION = "selection"
    MONEY = "money"
    LIVELIHOOD = "livelihood"
    DISPUTE = "dispute"
    OTHER = "other"


class Handling(StrEnum):
    PAPER = "paper"
    CLUE = "clue"
    TRANSFERRED = "transferred"
    KEPT = "kept"


WAY_TITLES: Mapping[Way, Text] = MappingProxyType(
    {
        Way.LETTER: Text(zh="来信", en="letter"),
        Way.CALL: Text(zh="来电", en="call"),
        Way.VISIT: Text(zh="来访", en="visit"),
    }
)
SUBJECT_TITLES: Mapping[Subject, Text] = MappingProxyType(
    {
        Subject.DISCIPLINE: Text(zh="违规违纪", en="breach of discipline"),
        Subject.CONDUCT: Text(zh="作风问题", en="conduct"),
        Subject.SELECTION: Text(zh="选人用人", en="selection of cadres"),
        Subject.MONEY: Text(zh="资金资产管理", en="money and assets"),
        Subject.LIVELIHOOD: Text(zh="民生诉求", en="people's livelihood"),
        Subject.DISPUTE: Text(zh="涉法涉诉和个人纠纷", en="lawsuits and private disputes"),
        Subject.OTHER: Text(zh="其他", en="other"),
    }
)
HANDLING_TITLES: Mapping[Handling, Text] = MappingProxyType(
    {
        Handling.PAPER: Text(zh="转入问题底稿", en="became a working paper"),
        Handling.CLUE: Text(zh="转为问题线索", en="became a clue"),
        Handling.TRANSFERRED: Text(zh="转信访部门", en="passed to the petition office"),
        Handling.KEPT: Text(zh="留存备查", en="kept for reference"),
    }
)

# What was only kept may still be taken up; everything else is decided once.
OPEN = frozenset({"", Handling.KEPT})


def is_traceable(text: str) -> bool:
    """Whether the text holds a number by which somebody could be found."""
    return _TRACEABLE.search(text) is not None
