"""The workbook of the ledger of problems (问题台账): one problem a row, as offices kept it."""

from __future__ import annotations

from typing import Any

from kernel.text import Text
from scheduling.workbooks import cells
from scheduling.workbooks.columns import Column, SheetLayout
from scheduling.workbooks.reading import BookLayout
from sharing.domain.dictionary import SEVERITIES
from sharing.domain.ledgers import PAST_STATES, PROBLEM_TITLES, PastState
from sharing.domain.past_problems import PastProblem
from sharing.workbooks.ledgers import (
    cents,
    check_measures,
    code,
    day,
    vocabulary,
    within,
    words,
)

STATE_WORDS = vocabulary(
    PAST_STATES,
    {
        PastState.DONE: ("完成", "已整改", "已整改完成", "整改完成", "已销号", "销号", "已办结"),
        PastState.BASICALLY: ("基本整改", "基本整改到位", "基本到位"),
        PastState.OPEN: ("整改中", "正在整改", "未整改", "推进中", "持续推进", "未销号"),
    },
)
SEVERITY_WORDS = vocabulary(SEVERITIES, {})

PROBLEM_SHEET = SheetLayout(
    key="problems",
    title=Text(zh="问题台账", en="Ledger of problems"),
    synonyms=("整改台账", "巡察问题台账", "问题整改台账", "问题清单"),
    check=check_measures,
    hint="一个问题一行。已完成的存入历史台账；基本完成、未完成的同时转为整改事项，继续办理。",
    columns=(
        Column(
            key="round_name",
            title=PROBLEM_TITLES["round_name"],
            read=within(100),
            synonyms=("轮次", "届次轮次", "巡察批次"),
            heading_required=True,
            cell_required=True,
            width=20,
        ),
        Column(
            key="unit_name",
            title=PROBLEM_TITLES["unit_name"],
            read=within(200),
            synonyms=("单位", "单位名称", "被巡察党组织", "责任单位", "整改单位"),
            heading_required=True,
            cell_required=True,
            hint="按单位名录中的全称填写，可从下拉列表中选。",
            width=28,
        ),
        Column(
            key="unit_code",
            title=Text(zh="单位编码", en="Code of the unit"),
            read=cells.number,
            synonyms=("单位编号",),
            hint="名录中的编码。有重名单位时填写。",
            width=12,
            as_text=True,
        ),
        Column(
            key="issue",
            title=PROBLEM_TITLES["issue"],
            read=words(5_000),
            synonyms=("问题描述", "具体问题", "反馈问题", "问题内容", "存在问题", "问题表述"),
            heading_required=True,
            cell_required=True,
            hint="照反馈意见原文填写。",
            width=60,
        ),
        Column(
            key="category",
            title=PROBLEM_TITLES["category"],
            read=within(100),
            synonyms=("问题类别", "类别", "分类", "问题类型"),
            hint="本单位的问题分类，可从下拉列表中选；不在其中的照原文保存。",
            width=28,
        ),
        Column(
            key="severity",
            title=PROBLEM_TITLES["severity"],
            read=code(SEVERITY_WORDS),
            synonyms=("问题程度", "程度"),
            choices=SEVERITY_WORDS,
            width=10,
        ),
        Column(
            key="money",
            title=Text(zh="涉及金额（元）", en="Money (yuan)"),
            read=cents("元"),
            synonyms=("涉及金额", "金额", "问题金额", "违规金额", "金额元"),
            width=14,
        ),
        Column(
            key="money_wan",
            title=Text(zh="涉及金额（万元）", en="Money (10,000 yuan)"),
            read=cents("万元"),
            synonyms=("金额万元", "问题金额万元", "违规金额万元"),
            hint="与“涉及金额（元）”只填一列。",
            width=14,
        ),
        Column(
            key="served_on",
            title=PROBLEM_TITLES["served_on"],
            read=day,
            synonyms=("反馈时间", "反馈意见日期"),
            hint="基本完成、未完成的必须填写。",
            width=14,
        ),
        Column(
            key="lead",
            title=PROBLEM_TITLES["lead"],
            read=within(100),
            synonyms=("责任人", "牵头领导", "责任领导及职务"),
            width=14,
        ),
        Column(
            key="department",
            title=PROBLEM_TITLES["department"],
            read=within(200),
            synonyms=("责任科室", "责任股室", "承办部门"),
            width=20,
        ),
        Column(
            key="measures",
            title=PROBLEM_TITLES["measures"],
            read=words(5_000),
            synonyms=("措施", "整改举措", "整改措施及进展"),
            width=50,
        ),
        Column(
            key="due_on",
            title=PROBLEM_TITLES["due_on"],
            read=day,
            synonyms=("整改时限", "完成时限", "期限", "时限"),
            hint="基本完成、未完成的必须填写。",
            width=14,
        ),
        Column(
            key="state",
            title=PROBLEM_TITLES["state"],
            read=code(STATE_WORDS),
            synonyms=("状态", "整改情况", "完成情况", "整改进度", "整改完成情况"),
            heading_required=True,
            cell_required=True,
            choices=STATE_WORDS,
            width=12,
        ),
        Column(
            key="closed_on",
            title=PROBLEM_TITLES["closed_on"],
            read=day,
            synonyms=("销号时间", "完成日期", "办结日期"),
            hint="只有已完成的才填写。",
            width=14,
        ),
        Column(
            key="remark",
            title=PROBLEM_TITLES["remark"],
            read=words(2_000),
            synonyms=("说明",),
            width=30,
        ),
    ),
)  # fmt: skip

PROBLEMS = BookLayout(
    key="problems", title=Text(zh="问题台账", en="Ledger of problems"), main=PROBLEM_SHEET
)


def problem_read(values: dict[str, Any], desk_id: int | None) -> PastProblem:
    """`values`: of a row without faults."""
    fields = {
        key: value
        for key, value in values.items()
        if key not in ("unit_code", "money", "money_wan", "state")
    }
    money = values.get("money")
    return PastProblem(
        **fields,
        state=PastState(values["state"]),
        desk_id=desk_id,
        cents=values.get("money_wan") if money is None else money,
    )
