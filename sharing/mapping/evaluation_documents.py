"""A sheet of evaluation as the document, by the parameters that it was judged by."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from kernel.clock import CHINA
from sharing.documents import evaluation as documents
from sharing.documents.evaluation import Scored
from sharing.domain.evaluations import GRADE_TITLES, PART_TITLES, Grade, Part
from sharing.models.rectification import Evaluation

POINTS: Final[Mapping[Part, str]] = MappingProxyType(
    {
        Part.ORGANISATION: "专题研究整改，方案按期报送，三张清单完整",
        Part.DUTY: "主要负责人履行第一责任人责任，班子成员认领任务",
        Part.TASKS: "逐项整改到位，佐证材料齐全",
        Part.SATISFACTION: "干部群众对整改成效的评价",
    }
)


def evaluation_document(sheet: Evaluation, *, office: str) -> documents.Evaluation:
    return documents.Evaluation(
        unit=sheet.desk.name,
        round_name=sheet.round_name,
        lines=(*(_scored(sheet, part) for part in Part), *_false_items(sheet)),
        annulled=_annulled(sheet),
        grade=documents.Grade(GRADE_TITLES[Grade(sheet.grade)].zh),
        opinion="",
        evaluators=(sheet.by_name,),
        office=office,
        evaluated_on=sheet.at.astimezone(CHINA).date(),
    )


def _scored(sheet: Evaluation, part: Part) -> Scored:
    """A part loses no more than it weighs; each reason stands with its points."""
    full = sheet.parameters["parts"][part]
    lost = [one for one in sheet.deductions if one["part"] == part]
    off = min(full, sum(one["points"] for one in lost))
    reasons = "\n".join(f"{one['reason']}（{one['points']}分）" for one in lost)
    return Scored(PART_TITLES[part].zh, POINTS[part], Decimal(full), Decimal(off), reasons)


def _false_items(sheet: Evaluation) -> tuple[Scored, ...]:
    if not sheet.false_items:
        return ()
    said = f"{sheet.false_items}项不实"
    return (Scored("虚假整改", "申报完成而实际没有完成", Decimal(0), Decimal(0), said),)


def _annulled(sheet: Evaluation) -> str:
    if sheet.false_items < sheet.parameters["false_items"]:
        return ""
    return f"虚假整改达到{sheet.parameters['false_items']}项，不计分"
