"""Workbooks of ledgers as offices kept them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from tests.workbook_files import book

PROBLEM_HEAD = [
    "巡察轮次", "被巡察单位", "问题", "问题分类", "严重程度", "涉及金额（元）", "反馈日期", "责任领导",
    "责任部门", "整改措施", "整改期限", "整改状态", "销号日期", "备注",
]  # fmt: skip


def problem(issue: str, state: str = "已完成", **given: Any) -> list[Any]:
    """A row under `PROBLEM_HEAD`."""
    cells = {
        "round": "第一轮", "unit": "第1单位", "issue": issue, "category": "党的建设",
        "severity": "较重", "money": 1234.5, "served_on": "2023-03-01", "lead": "甲局长",
        "department": "办公室", "measures": "建章立制\n开展自查", "due_on": "2023-06-30",
        "state": state, "closed_on": "2023-06-01" if state == "已完成" else None, "remark": None,
    }  # fmt: skip
    return list((cells | given).values())


def ledger_file(sheet: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[bytes]:
    buffer = BytesIO()
    book({sheet: [list(head), *(list(row) for row in rows)]}).save(buffer)
    return [buffer.getvalue()]


def problem_file(*rows: Sequence[Any]) -> list[bytes]:
    return ledger_file("问题台账", PROBLEM_HEAD, rows)


CLUE_HEAD = [
    "线索编号", "被反映人", "单位及职务", "干部管理权限", "线索概要", "移交日期", "签收编号", "处置方式",
    "办理结果", "结果反馈日期",
]  # fmt: skip


def clue(number: str, **given: Any) -> list[Any]:
    """A row under `CLUE_HEAD`."""
    cells = {
        "number": number, "subject": "某甲", "post": "某局副局长", "level": "县（区）管干部",
        "gist": "违规发放津贴", "handed_over": "2023-05-01", "receipt": "签〔2023〕1号",
        "disposal": "初步核实", "outcomes": "党内警告、责令退赔", "result_on": "2023-09-01",
    }  # fmt: skip
    return list((cells | given).values())


def clue_file(*rows: Sequence[Any]) -> list[bytes]:
    return ledger_file("线索台账", CLUE_HEAD, rows)


def cell(quote: list[dict[str, str]], heading: str) -> str:
    """The words under that heading of a line as it was written."""
    return next(one["words"] for one in quote if one["heading"] == heading)
