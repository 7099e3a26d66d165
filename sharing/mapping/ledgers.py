"""Rows of a workbook as they wait in an import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kernel.text import Text
from scheduling.workbooks.columns import Fault, ReadRow
from sharing.domain.ledgers import Fate, Judgement, Objection, Said
from sharing.workbooks.ledgers import gist_of, quoted


@dataclass(slots=True)
class Line:
    """A row that was read. `said` None: something in it could not be."""

    row: ReadRow
    said: Said | None = None
    judgement: Judgement | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def fate(self) -> Fate:
        if self.judgement is None or self.faults:
            return Fate.FAULTY
        return self.judgement.fate

    def staged(self, titles: Mapping[str, Text], gist: str) -> dict[str, Any]:
        """Values of a staged row; `gist`: the column that it is recognised by."""
        told = self.judgement or Judgement(Fate.FAULTY)
        faults = [*self.faults, *(_fault(one, titles) for one in told.faults)]
        remarks = [*(_fault(one, titles) for one in told.remarks), *_unlike(told, titles)]
        return {
            "row_no": self.row.number,
            "sheet_name": self.row.sheet_name[:100],
            "fate": self.fate.value,
            "said": None if self.fate is Fate.FAULTY else dict(self.said or {}),
            "gist": gist_of(self.row, gist),
            "quote": quoted(self.row),
            "faults": [one.as_json() for one in faults],
            "remarks": [one.as_json() for one in remarks],
        }


def counted(lines: Iterable[Line]) -> dict[str, int]:
    found = Counter(line.fate for line in lines)
    return {fate.value: found[fate] for fate in Fate}


def note_repeats(lines: Iterable[Line]) -> None:
    """Of rows that are the same line, all but the first are faulty."""
    first: dict[str, int] = {}
    for line in lines:
        if line.said is None:
            continue
        before = first.setdefault(line.said["key"], line.row.number)
        if before != line.row.number:
            line.faults.append(
                Fault(
                    "",
                    "",
                    Text(
                        zh=f"与第 {before} 行重复，请删去其中一行。",
                        en=f"It repeats row {before}; delete one of the two.",
                    ),
                )
            )


def _fault(objection: Objection, titles: Mapping[str, Text]) -> Fault:
    name, words = objection
    return Fault(titles[name].zh, "", words)


def _unlike(told: Judgement, titles: Mapping[str, Text]) -> list[Fault]:
    names = [titles[name] for name in told.differs if name in titles]
    if not names:
        return []
    return [
        Fault(
            "",
            "",
            Text(
                zh=f"已存的同一条在这些列上不同：{'、'.join(one.zh for one in names)}。历史不改动。",
                en=f"The line that is kept differs in: {', '.join(one.en for one in names)}."
                " History is not changed.",
            ),
        )
    ]
