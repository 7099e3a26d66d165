"""What an office kept in workbooks before: its ledger of problems (问题台账), its ledger of clues (线索台账).

Pure: what is wrong with one line, which lines are one and the same, and what would become of each. A
line that is taken is history and stands as it was read; a problem that was still open goes on as an
item of rectification besides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from kernel.text import Text

MOST_ROWS = 10_000

Said = Mapping[
    str, Any
]  # of a line, by the fields of the record that is made of it, as JSON has them
Objection = tuple[str, Text]  # field, what is wrong and what to do


class PastState(StrEnum):
    """How far a problem was when the ledger was taken in."""

    DONE = "done"
    BASICALLY = "basically"
    OPEN = "open"


PAST_STATES: Mapping[PastState, Text] = MappingProxyType(
    {
        PastState.DONE: Text(zh="已完成", en="done"),
        PastState.BASICALLY: Text(zh="基本完成", en="done in the main"),
        PastState.OPEN: Text(zh="未完成", en="not done"),
    }
)
# The act of the life of an item with which a problem that was still open goes on.
FIRST_ACTS: Mapping[PastState, str] = MappingProxyType(
    {PastState.BASICALLY: "imported_basically", PastState.OPEN: "imported"}
)


class Fate(StrEnum):
    """What would become of a line; in the order in which the dry run shows them."""

    FAULTY = "faulty"
    LIVING = "living"
    HISTORY = "history"
    DIFFERS = "differs"
    SAME = "same"


FATES: Mapping[Fate, Text] = MappingProxyType(
    {
        Fate.FAULTY: Text(zh="有误", en="Faulty"),
        Fate.LIVING: Text(zh="转为整改事项", en="Goes on as an item"),
        Fate.HISTORY: Text(zh="存入历史台账", en="Kept as history"),
        Fate.DIFFERS: Text(zh="与已存的不一致", en="Unlike what is kept"),
        Fate.SAME: Text(zh="已有", en="There already"),
    }
)
TAKEN = (Fate.LIVING, Fate.HISTORY)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of one line. `differs`: the fields in which it is unlike the line that is kept."""

    fate: Fate
    faults: tuple[Objection, ...] = ()
    remarks: tuple[Objection, ...] = ()
    differs: tuple[str, ...] = field(default=())


def key_of(*parts: str) -> str:
    """Lines with one key are the same line. Spaces, line ends and case tell nothing."""
    plain = "\0".join("".join(part.split()).casefold() for part in parts)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def differences(said: Said, kept: Said) -> tuple[str, ...]:
    return tuple(name for name in said if said[name] != kept.get(name))


def judged(
    said: Said,
    *,
    faults: Iterator[Objection],
    remarks: Iterator[Objection],
    kept: Said | None,
    is_there: bool = False,
    lives: bool = False,
) -> Judgement:
    """`kept`: the line of that key that was taken before. `is_there`: it is known some other way.
    `lives`: it goes on besides."""
    wrong = tuple(faults)
    if wrong:
        return Judgement(Fate.FAULTY, wrong)
    if kept is None and not is_there:
        return Judgement(Fate.LIVING if lives else Fate.HISTORY, (), tuple(remarks))
    unlike = () if kept is None else differences(said, kept)
    return Judgement(Fate.DIFFERS if unlike else Fate.SAME, (), (), unlike)


@dataclass(frozen=True, slots=True)
class PastDays:
    """The days that a line names, by their fields: none after today, none before the one it follows."""

    days: Mapping[str, date | None]
    follows: Mapping[str, str]
    titles: Mapping[str, Text]

    def faults(self, today: date) -> Iterator[Objection]:
        for name, day in self.days.items():
            if day is None:
                continue
            before = self.days.get(self.follows.get(name, ""))
            if day > today and name != "due_on":
                yield (
                    name,
                    Text(
                        zh=f"“{self.titles[name].zh}”在今天之后，请核对。",
                        en=f"“{self.titles[name].en}” is after today; check it.",
                    ),
                )
            elif before is not None and day < before:
                earlier = self.titles[self.follows[name]]
                yield (
                    name,
                    Text(
                        zh=f"“{self.titles[name].zh}”早于“{earlier.zh}”，请核对。",
                        en=f"“{self.titles[name].en}” is before “{earlier.en}”; check both.",
                    ),
                )


PROBLEM_TITLES: Mapping[str, Text] = MappingProxyType(
    {
        "round_name": Text(zh="巡察轮次", en="Round"),
        "unit_name": Text(zh="被巡察单位", en="Unit"),
        "desk_id": Text(zh="单位", en="Unit of the registry"),
        "issue": Text(zh="问题", en="Problem"),
        "category": Text(zh="问题分类", en="Category"),
        "severity": Text(zh="严重程度", en="Severity"),
        "cents": Text(zh="涉及金额", en="Money"),
        "lead": Text(zh="责任领导", en="Leader responsible"),
        "department": Text(zh="责任部门", en="Department responsible"),
        "measures": Text(zh="整改措施", en="Measures"),
        "served_on": Text(zh="反馈日期", en="Fed back on"),
        "due_on": Text(zh="整改期限", en="Due"),
        "state": Text(zh="整改状态", en="State"),
        "closed_on": Text(zh="销号日期", en="Closed out on"),
        "remark": Text(zh="备注", en="Remark"),
    }
)
CLUE_TITLES: Mapping[str, Text] = MappingProxyType(
    {
        "number": Text(zh="线索编号", en="Number"),
        "subject_name": Text(zh="被反映人", en="Whom it is about"),
        "subject_unit": Text(zh="单位及职务", en="Unit and post"),
        "management_level": Text(zh="干部管理权限", en="Who manages the cadre"),
        "gist": Text(zh="线索概要", en="Gist"),
        "handed_over_on": Text(zh="移交日期", en="Handed over on"),
        "receipt_number": Text(zh="签收编号", en="Number of the receipt"),
        "disposal": Text(zh="处置方式", en="Way of disposal"),
        "outcomes": Text(zh="办理结果", en="Outcomes"),
        "result_on": Text(zh="结果反馈日期", en="Result told on"),
    }
)
