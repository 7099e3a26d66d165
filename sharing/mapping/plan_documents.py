"""The items of a unit and a round as its plan of rectification, with the three lists."""

from __future__ import annotations

from collections.abc import Sequence

from kernel.text import day_text
from sharing.documents.closings import Signature
from sharing.documents.rectification_plan import PlannedItem, RectificationPlan
from sharing.domain.rectification import phase_of
from sharing.models.rectification import RectificationItem


def plan_document(
    items: Sequence[RectificationItem], *, supervisors: Sequence[str]
) -> RectificationPlan:
    """`items`: at least one, all of one unit and round, in their order."""
    first = items[0]
    heads = dict.fromkeys(one.head for one in items if one.head)
    signed = [one.head_signed_on for one in items if one.head_signed_on]
    return RectificationPlan(
        unit=first.desk.name,
        round_name=first.round_name,
        text=_opening(items),
        items=tuple(_planned(one, "、".join(supervisors)) for one in items),
        signature=Signature(first.desk.name, max(signed) if signed else None),
        head_of_unit="、".join(heads),
    )


def _opening(items: Sequence[RectificationItem]) -> str:
    """A unit writes its plan item by item; these words lead to the lists."""
    first, count = items[0], len(items)
    served, until = day_text(first.served_on).zh, day_text(first.concentrated_until).zh
    return (
        f"根据{served}送达的巡察反馈意见，对照所列{count}项问题，逐项明确整改目标、整改措施、责任和完成时限，"
        f"制定本方案。\n集中整改期至{until}。问题清单、任务清单、责任清单附后。"
    )


def _planned(item: RectificationItem, supervisor: str) -> PlannedItem:
    return PlannedItem(
        number=str(item.position),
        issue=item.issue,
        category=item.category,
        goal=item.goal,
        measures=tuple(line for line in item.measures.splitlines() if line.strip()),
        leader=item.lead,
        department=item.department,
        county_leader=item.leader_name,
        supervisor=supervisor,
        due_on=item.due_on,
        phase=phase_of(item.due_on, item.concentrated_until).zh,
    )
