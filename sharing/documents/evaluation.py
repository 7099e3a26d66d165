"""整改评估表: a hundred points, what was taken off and why, and the grade that follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sharing.documents.blank import blank_document, bytes_of
from sharing.documents.closings import day
from sharing.documents.heads import put_plain_title
from sharing.documents.imprint import Imprint
from sharing.documents.measures import UPRIGHT
from sharing.documents.pages import lay_out
from sharing.documents.styles import Style
from sharing.documents.tables import Column, put_form, put_list
from sharing.documents.writing import put

TITLE = "巡察整改评估表"
_FULL_MARKS = Decimal(100)
_COLUMNS = (
    Column("评估内容", 16, centred=True),
    Column("评估要点", 32),
    Column("分值", 8, centred=True),
    Column("扣分", 8, centred=True),
    Column("扣分理由", 28),
    Column("得分", 8, centred=True),
)


class Grade(StrEnum):
    """The four grades, by their words on paper."""

    GOOD = "好"
    FAIRLY_GOOD = "较好"
    ORDINARY = "一般"
    POOR = "差"


@dataclass(frozen=True, slots=True)
class Scored:
    """One line: how many points it has, how many were taken off. `full` 0: a line that only
    takes off, as for false rectification."""

    group: str
    point: str
    full: Decimal
    off: Decimal
    reason: str

    def __post_init__(self) -> None:
        if self.off < 0 or (self.full and self.off > self.full):
            raise ValueError("A line loses between nothing and all of its points.")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`annulled`: why the whole comes to nothing (too many items were false); empty: it counts.

    The points of the lines add up to a hundred; the score is computed, never given.
    """

    unit: str
    round_name: str
    lines: tuple[Scored, ...]
    annulled: str
    grade: Grade
    opinion: str
    evaluators: tuple[str, ...]
    office: str
    evaluated_on: date | None

    def __post_init__(self) -> None:
        if sum(line.full for line in self.lines) != _FULL_MARKS:
            raise ValueError("The points of an evaluation add up to a hundred.")

    @property
    def score(self) -> Decimal:
        if self.annulled:
            return Decimal(0)
        return max(Decimal(0), _FULL_MARKS - sum(line.off for line in self.lines))


def evaluation_docx(evaluation: Evaluation, imprint: Imprint) -> bytes:
    document = blank_document(f"{TITLE} {evaluation.unit}", imprint)
    lay_out(document, imprint)
    put_plain_title(document, TITLE)
    put(
        document,
        Style.BESIDE_TABLE,
        f"被评估单位：{evaluation.unit}    巡察轮次：{evaluation.round_name}",
    )
    off = sum((line.off for line in evaluation.lines), start=Decimal(0))
    total = ("合计", "", points(_FULL_MARKS), points(off), evaluation.annulled, points(evaluation.score))  # fmt: skip
    rows = [*map(_row, evaluation.lines), total]
    put_list(document, _COLUMNS, rows, wide=UPRIGHT.text_wide)
    put(document, Style.BESIDE_TABLE)
    put_form(
        document,
        (
            (("评估得分", f"{points(evaluation.score)}分"), ("评估等次", evaluation.grade.value)),
            (("评估意见", evaluation.opinion),),
            (("评估人员", "、".join(evaluation.evaluators)), ("评估单位", evaluation.office)),
            (("评估日期", day(evaluation.evaluated_on)),),
        ),
        wide=UPRIGHT.text_wide,
    )
    put(document, Style.BESIDE_TABLE, "等次分为：好、较好、一般、差。")
    return bytes_of(document)


def points(value: Decimal) -> str:
    """12, 7.5: no zero that says nothing, and never an exponent."""
    said = f"{value:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _row(line: Scored) -> tuple[str, ...]:
    if not line.full:
        return (line.group, line.point, "", points(line.off), line.reason, "")
    left = points(line.full - line.off)
    return (line.group, line.point, points(line.full), points(line.off), line.reason, left)
