"""One line of a ledger of problems: what must be in it, and whether it still goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kernel.text import Text
from sharing.domain.ledgers import PROBLEM_TITLES, Objection, PastDays, PastState, Said, key_of

DAYS = ("served_on", "due_on", "closed_on")


@dataclass(frozen=True, slots=True)
class PastProblem:
    """`desk_id`: the unit's desk, where the registry has one of that name."""

    round_name: str
    unit_name: str
    issue: str
    state: PastState
    desk_id: int | None = None
    category: str = ""
    severity: str = ""
    cents: int | None = None
    lead: str = ""
    department: str = ""
    measures: str = ""
    served_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None
    remark: str = ""

    @property
    def lives(self) -> bool:
        """Whether it is still to be rectified."""
        return self.state is not PastState.DONE

    @property
    def key(self) -> str:
        return key_of(self.round_name, self.unit_name, self.issue)

    def said(self) -> dict[str, Any]:
        """As JSON, by the fields of the record."""
        told = asdict(self) | {"key": self.key, "state": str(self.state)}
        return told | {name: day.isoformat() for name in DAYS if (day := told[name]) is not None}

    def faults(self, today: date) -> Iterator[Objection]:
        days = PastDays(
            {name: getattr(self, name) for name in DAYS},
            {"closed_on": "served_on"},
            PROBLEM_TITLES,
        )
        yield from days.faults(today)
        if self.lives:
            yield from self._lacks_to_go_on()
            if self.closed_on is not None:
                yield (
                    "closed_on",
                    Text(
                        zh="有销号日期，状态却不是“已完成”。请改正其中一项。",
                        en="It has a day of closing, but is not “done”. Correct one of the two.",
                    ),
                )

    def _lacks_to_go_on(self) -> Iterator[Objection]:
        if self.desk_id is None:
            yield (
                "unit_name",
                Text(
                    zh=f"尚未完成的问题要继续整改，但单位名录里没有唯一的“{self.unit_name}”。请按名录中的全称填写，"
                    "或填写单位编码，或先把它加入名录。",
                    en=f"What is not done goes on, but the registry names no single “{self.unit_name}”. Write the"
                    " name as it stands there, give the unit's code, or add the unit first.",
                ),
            )
        for name in ("category", "served_on", "due_on"):
            if not getattr(self, name):
                title = PROBLEM_TITLES[name]
                yield (
                    name,
                    Text(
                        zh=f"尚未完成的问题要继续整改，请填写“{title.zh}”。",
                        en=f"What is not done goes on as an item: fill in “{title.en}”.",
                    ),
                )
        if self.served_on and self.due_on and self.due_on <= self.served_on:
            yield (
                "due_on",
                Text(zh="“整改期限”应晚于“反馈日期”。", en="“Due” must be after “Fed back on”."),
            )

    def remarks(self, is_class_known: bool) -> Iterator[Objection]:
        if self.category and not is_class_known:
            yield (
                "category",
                Text(
                    zh=f"“{self.category}”不在本单位的问题分类中，照原文保存。",
                    en=f"“{self.category}” is none of the office's classes; it is kept as written.",
                ),
            )
        if self.desk_id is None:
            yield (
                "unit_name",
                Text(
                    zh="单位名录里没有这个单位，照原文保存。",
                    en="The registry does not name this unit; it is kept as written.",
                ),
            )
        if self.state is PastState.DONE and self.closed_on is None:
            yield (
                "closed_on",
                Text(
                    zh="没有销号日期，按“已完成”保存。",
                    en="It has no day of closing; kept as done.",
                ),
            )


def problem_of(said: Said) -> PastProblem:
    """What `said` told, read again."""
    told = {name: value for name, value in said.items() if name != "key"}
    days = {name: date.fromisoformat(told[name]) for name in DAYS if told[name] is not None}
    return PastProblem(**told | days | {"state": PastState(told["state"])})
