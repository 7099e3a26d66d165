"""The workbook of the ledger of clues (线索台账): one clue that was handed over a row."""

from __future__ import annotations

from typing import Any

from kernel.text import Text
from scheduling.workbooks import cells
from scheduling.workbooks.columns import Column, SheetLayout
from scheduling.workbooks.reading import BookLayout
from sharing.domain.clues import DISPOSAL_TITLES, Disposal
from sharing.domain.ledgers import CLUE_TITLES
from sharing.domain.outcomes import OUTCOME_TITLES, OutcomeCode
from sharing.domain.past_clues import PastClue
from sharing.domain.routing import LEVEL_TITLES, ManagementLevel
from sharing.workbooks.ledgers import code, day, vocabulary, within, words

LEVEL_WORDS = vocabulary(
    LEVEL_TITLES,
    {
        ManagementLevel.CITY: ("市管",),
        ManagementLevel.COUNTY: ("县管干部", "区管干部", "县管", "区管", "科级干部"),
        ManagementLevel.LOWER: ("其他", "村（社区）干部", "村干部", "一般干部"),
    },
)
DISPOSAL_WORDS = vocabulary(DISPOSAL_TITLES, {Disposal.CLOSED_NO_ACTION: ("了结",)})
OUTCOME_WORDS = vocabulary(
    OUTCOME_TITLES,
    {
        OutcomeCode.TALK: ("谈话提醒", "批评教育", "提醒谈话"),
        OutcomeCode.NOT_BORNE_OUT: ("失实", "查否"),
        OutcomeCode.ADMONITION: ("诫勉谈话",),
        OutcomeCode.REORGANISED: ("组织调整", "组织处理"),
    },
)

CLUE_SHEET = SheetLayout(
    key="clues",
    title=Text(zh="线索台账", en="Ledger of clues"),
    synonyms=("问题线索台账", "线索移交台账", "移交线索台账"),
    hint="一件已移交的线索一行。全部存为历史，不再流转。反映人身份不得出现在表中。",
    columns=(
        Column(
            key="number",
            title=CLUE_TITLES["number"],
            read=cells.number,
            synonyms=("编号", "问题线索编号", "线索序号"),
            heading_required=True,
            cell_required=True,
            hint="本单位的编号，同一编号就是同一条。",
            width=16,
            as_text=True,
        ),
        Column(
            key="subject_name",
            title=CLUE_TITLES["subject_name"],
            read=within(100),
            synonyms=("被反映人姓名", "被举报人", "反映对象"),
            heading_required=True,
            cell_required=True,
            hint="线索所反映的人；不详的写“不详”。与其同名的人看不到这一条。",
            width=14,
        ),
        Column(
            key="subject_unit",
            title=CLUE_TITLES["subject_unit"],
            read=within(200),
            synonyms=("单位职务", "工作单位及职务", "被反映人单位", "被反映人单位及职务"),
            width=28,
        ),
        Column(
            key="management_level",
            title=CLUE_TITLES["management_level"],
            read=code(LEVEL_WORDS),
            synonyms=("管理权限", "干部级别", "管理层级"),
            heading_required=True,
            cell_required=True,
            choices=LEVEL_WORDS,
            width=16,
        ),
        Column(
            key="gist",
            title=CLUE_TITLES["gist"],
            read=words(4_000),
            synonyms=("线索内容", "主要内容", "反映的主要问题", "问题线索", "主要问题"),
            heading_required=True,
            cell_required=True,
            width=60,
        ),
        Column(
            key="handed_over_on",
            title=CLUE_TITLES["handed_over_on"],
            read=day,
            synonyms=("移交时间",),
            heading_required=True,
            cell_required=True,
            width=14,
        ),
        Column(
            key="receipt_number",
            title=CLUE_TITLES["receipt_number"],
            read=within(100),
            synonyms=("签收号", "回执编号", "接收编号"),
            width=16,
            as_text=True,
        ),
        Column(
            key="disposal",
            title=CLUE_TITLES["disposal"],
            read=code(DISPOSAL_WORDS),
            synonyms=("处置情况",),
            choices=DISPOSAL_WORDS,
            width=14,
        ),
        Column(
            key="outcomes",
            title=CLUE_TITLES["outcomes"],
            read=cells.codes(OUTCOME_WORDS),
            synonyms=("结果代码", "处理结果", "结果"),
            choices=OUTCOME_WORDS,
            hint="对被反映人的结果，几项的用顿号分开。不写评语。",
            width=24,
        ),
        Column(
            key="result_on",
            title=CLUE_TITLES["result_on"],
            read=day,
            synonyms=("结果日期", "反馈结果日期", "办结日期"),
            width=14,
        ),
    ),
)

CLUES = BookLayout(key="clues", title=Text(zh="线索台账", en="Ledger of clues"), main=CLUE_SHEET)


def clue_read(values: dict[str, Any]) -> PastClue:
    """`values`: of a row without faults."""
    return PastClue(
        **values
        | {
            "management_level": ManagementLevel(values["management_level"]),
            "outcomes": tuple(OutcomeCode(one) for one in values.get("outcomes") or ()),
        }
    )
