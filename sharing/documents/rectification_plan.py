"""整改方案: how a unit means to put right what was found, with the three lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docx.document import Document

from sharing.documents.blank import blank_document, bytes_of
from sharing.documents.closings import Signature, day, put_annexes, put_signature
from sharing.documents.heads import put_plain_title
from sharing.documents.imprint import Imprint
from sharing.documents.measures import TURNED
from sharing.documents.pages import lay_out, turn_page
from sharing.documents.plain import one_line
from sharing.documents.styles import Style
from sharing.documents.tables import Column, put_list
from sharing.documents.writing import numbered, put, put_text

_ISSUES = "问题清单"
_TASKS = "任务清单"
_DUTIES = "责任清单"
_NUMBER = Column("序号", 6, centred=True)
_ISSUE_COLUMNS = (_NUMBER, Column("问题编号", 13, centred=True), Column("反馈问题（原文）", 62), Column("问题类别", 20, centred=True))  # fmt: skip
_TASK_COLUMNS = (_NUMBER, Column("反馈问题", 23), Column("整改目标", 17), Column("整改措施", 26), Column("完成时限", 18, centred=True), Column("整改阶段", 11, centred=True))  # fmt: skip
_DUTY_COLUMNS = (_NUMBER, Column("反馈问题", 39), Column("牵头领导", 12, centred=True), Column("责任部门", 16, centred=True), Column("分管县领导", 12, centred=True), Column("监督单位", 16, centred=True))  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One item in all three lists. `issue`: word for word as it was fed back."""

    number: str
    issue: str
    category: str
    goal: str
    measures: tuple[str, ...]
    leader: str
    department: str
    county_leader: str  # who has the unit in charge
    supervisor: str
    due_on: date | None
    phase: str  # 集中整改期内, 持续整改, 长期坚持


@dataclass(frozen=True, slots=True)
class RectificationPlan:
    """`text`: organisation, principles and steps in the unit's own words."""

    unit: str
    round_name: str
    text: str
    items: tuple[PlannedItem, ...]
    signature: Signature
    head_of_unit: str

    @property
    def title(self) -> str:
        return f"{one_line(self.unit)}关于{one_line(self.round_name)}反馈问题的整改方案"


def rectification_plan_docx(plan: RectificationPlan, imprint: Imprint) -> bytes:
    document = blank_document(plan.title, imprint)
    lay_out(document, imprint)
    put_plain_title(document, plan.title)
    put_text(document, plan.text)
    put_annexes(document, (_ISSUES, _TASKS, _DUTIES))
    put_signature(document, plan.signature)
    turn_page(document)
    _put_issues(document, plan)
    _put_tasks(document, plan)
    _put_duties(document, plan)
    put(document, Style.BESIDE_TABLE, f"主要负责人签字：{one_line(plan.head_of_unit)}")
    return bytes_of(document)


def _put_issues(document: Document, plan: RectificationPlan) -> None:
    _put_head(document, 1, _ISSUES)
    rows = [(str(n), i.number, i.issue, i.category) for n, i in enumerate(plan.items, start=1)]
    put_list(document, _ISSUE_COLUMNS, rows, wide=TURNED.text_wide)


def _put_tasks(document: Document, plan: RectificationPlan) -> None:
    _put_head(document, 2, _TASKS)
    rows = [
        (str(n), i.issue, i.goal, numbered(i.measures), day(i.due_on), i.phase)
        for n, i in enumerate(plan.items, start=1)
    ]
    put_list(document, _TASK_COLUMNS, rows, wide=TURNED.text_wide)


def _put_duties(document: Document, plan: RectificationPlan) -> None:
    _put_head(document, 3, _DUTIES)
    rows = [
        (str(n), i.issue, i.leader, i.department, i.county_leader, i.supervisor)
        for n, i in enumerate(plan.items, start=1)
    ]
    put_list(document, _DUTY_COLUMNS, rows, wide=TURNED.text_wide)


def _put_head(document: Document, number: int, title: str) -> None:
    """附件 on a page of its own: its mark at the left, its title centred (7.3.7)."""
    mark = put(document, Style.ANNEX_MARK, f"附件{number}")
    mark.paragraph_format.page_break_before = number > 1
    put_plain_title(document, title)
