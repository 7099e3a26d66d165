"""Asking and interceding (打听、说情、干预), and what the city does about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text


class Approach(StrEnum):
    ASKED = "asked"
    INTERCEDED = "interceded"
    INSTRUCTED = "instructed"


class Outcome(StrEnum):
    NOTED = "noted"
    TALKED_TO = "talked_to"
    TO_DISCIPLINE = "to_discipline"


APPROACH_TITLES: Mapping[Approach, Text] = MappingProxyType(
    {
        Approach.ASKED: Text(zh="打听情况", en="asked about the matter"),
        Approach.INTERCEDED: Text(zh="说情", en="interceded"),
        Approach.INSTRUCTED: Text(zh="违规干预", en="gave an improper instruction"),
    }
)
OUTCOME_TITLES: Mapping[Outcome, Text] = MappingProxyType(
    {
        Outcome.NOTED: Text(zh="已登记备查", en="noted"),
        Outcome.TALKED_TO: Text(zh="已谈话提醒", en="talked to"),
        Outcome.TO_DISCIPLINE: Text(zh="移交纪检监察机关", en="handed to the discipline body"),
    }
)
