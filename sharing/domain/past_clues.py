"""One line of a ledger of clues that were handed over: what must be in it, and whose register it is.

It is history alone: what became of a clue is the discipline body's, and an old one is not walked anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kernel.text import Text
from sharing.domain.ledgers import CLUE_TITLES, Objection, PastDays, Said, key_of
from sharing.domain.outcomes import OUTCOMES_FAULTS, OutcomeCode, fault_of
from sharing.domain.routing import ManagementLevel

DAYS = ("handed_over_on", "result_on")


@dataclass(frozen=True, slots=True)
class PastClue:
    """`outcomes`: codes of the subject, in their order."""

    number: str
    subject_name: str
    management_level: ManagementLevel
    gist: str
    handed_over_on: date
    subject_unit: str = ""
    receipt_number: str = ""
    disposal: str = ""
    outcomes: tuple[OutcomeCode, ...] = ()
    result_on: date | None = None

    @property
    def key(self) -> str:
        """The office's own number tells it from all others of that office."""
        return key_of(self.number)

    def said(self) -> dict[str, Any]:
        """As JSON, by the fields of the record."""
        told = asdict(self) | {
            "key": self.key,
            "management_level": str(self.management_level),
            "outcomes": [str(code) for code in self.outcomes],
        }
        return told | {name: day.isoformat() for name in DAYS if (day := told[name]) is not None}

    def faults(self, today: date, *, of_county: bool) -> Iterator[Objection]:
        """`of_county`: whose register it would come into."""
        days = PastDays(
            {name: getattr(self, name) for name in DAYS},
            {"result_on": "handed_over_on"},
            CLUE_TITLES,
        )
        yield from days.faults(today)
        if of_county and self.management_level is ManagementLevel.CITY:
            yield (
                "management_level",
                Text(
                    zh="市管干部的线索归市委巡察办登记，不进县（区）的台账。请删去这一行。",
                    en="Clues about cadres whom the city manages are kept by the city alone. Delete this row.",
                ),
            )
        told = [(1, code) for code in self.outcomes]
        if told and (fault := fault_of(told)) is not None:
            yield "outcomes", OUTCOMES_FAULTS[fault]
        if self.result_on is not None and not told:
            yield (
                "outcomes",
                Text(
                    zh="有结果反馈日期，却没有办理结果。",
                    en="It has a day of the result and no outcome.",
                ),
            )

    def remarks(self) -> Iterator[Objection]:
        if not self.outcomes:
            yield (
                "outcomes",
                Text(
                    zh="没有办理结果，按此保存；以后不能补填。有结果后再导入更好。",
                    en="It has no outcome and is kept so; none can be added later. Better wait for it.",
                ),
            )
        elif self.result_on is None:
            yield (
                "result_on",
                Text(zh="没有结果反馈日期，照此保存。", en="It has no day of the result; kept so."),
            )


def clue_of(said: Said) -> PastClue:
    """What `said` told, read again."""
    told = {name: value for name, value in said.items() if name != "key"}
    days = {name: date.fromisoformat(told[name]) for name in DAYS if told[name] is not None}
    return PastClue(
        **told
        | days
        | {
            "management_level": ManagementLevel(told["management_level"]),
            "outcomes": tuple(OutcomeCode(code) for code in told["outcomes"]),
        }
    )
