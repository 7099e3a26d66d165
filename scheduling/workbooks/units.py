"""The unit workbook (被巡察单位名录): one row a body of the county."""

from __future__ import annotations

from kernel.text import Text
from scheduling.domain.vocabulary import SKILLS, SYSTEMS, UNIT_KINDS
from scheduling.workbooks import cells
from scheduling.workbooks.columns import Column, Header, ReadRow, SheetLayout
from scheduling.workbooks.reading import BookLayout


def _check_unit(row: ReadRow, header: Header) -> None:
    parent = row.values.get("parent")
    if parent and parent in (row.values.get("number"), row.values.get("name")):
        text = Text(zh="上级单位不能是本单位自己。", en="A unit cannot be its own parent.")
        row.faults.append(header.fault("parent", row.number, text))


UNIT_SHEET = SheetLayout(
    key="units",
    title=Text(zh="被巡察单位", en="Units"),
    synonyms=("被巡察单位名录", "单位名录", "单位", "名录", "巡察对象"),
    check=_check_unit,
    hint="一个单位一行。不安排巡察、但与回避有关的单位也请列出，“可巡察”填“否”。",
    columns=(
        Column(
            key="number",
            title=Text(zh="单位编码", en="Code"),
            read=cells.number,
            synonyms=("编码", "编号", "单位代码", "单位编号", "代码"),
            heading_required=True,
            cell_required=True,
            hint="本地自编，一个单位一个编码，长期不变。",
            width=12,
            as_text=True,
        ),
        Column(
            key="name",
            title=Text(zh="单位名称", en="Name"),
            read=cells.text,
            synonyms=("名称", "单位", "被巡察单位", "单位全称"),
            heading_required=True,
            cell_required=True,
            hint="写全称，与人员名册中的写法一致，如“嵊泗县教育局”。",
            width=28,
        ),
        Column(
            key="kind",
            title=Text(zh="单位类别", en="Kind"),
            read=cells.code(UNIT_KINDS, blank="department"),
            synonyms=("类别", "单位性质", "性质", "类型"),
            choices=UNIT_KINDS,
            width=14,
        ),
        Column(
            key="system",
            title=Text(zh="所属系统", en="System"),
            read=cells.code(SYSTEMS, blank=""),
            synonyms=("系统", "行业系统", "条线", "业务系统"),
            choices=SYSTEMS,
            width=14,
        ),
        Column(
            key="parent",
            title=Text(zh="上级单位", en="Parent"),
            read=cells.text,
            synonyms=("上级单位编码", "主管单位", "主管部门", "上级"),
            hint="填上级单位的编码或全称；没有就空着。",
            width=20,
        ),
        Column(
            key="risk",
            title=Text(zh="风险等级", en="Risk"),
            read=cells.whole(1, 5),
            synonyms=("廉政风险", "风险", "廉政风险等级", "风险级别"),
            heading_required=True,
            cell_required=True,
            hint="1（低）到 5（高）。",
            width=10,
        ),
        Column(
            key="days",
            title=Text(zh="驻点工作日", en="Working days"),
            read=cells.whole(1, 250),
            synonyms=("工作日", "驻点天数", "巡察天数", "进驻天数", "进驻工作日"),
            heading_required=True,
            cell_required=True,
            hint="进驻需要的工作日数。",
            width=12,
        ),
        Column(
            key="mandatory",
            title=Text(zh="必巡", en="Mandatory"),
            read=cells.yes,
            synonyms=("是否必巡", "本轮必巡"),
            hint="“是”表示排进轮次后必须安排。",
            width=8,
        ),
        Column(
            key="priority",
            title=Text(zh="优先级", en="Priority"),
            read=cells.whole(1, 100, blank=50),
            synonyms=("优先程度", "优先"),
            hint="1 到 100，越大越优先；空着等于 50。",
            width=10,
        ),
        Column(
            key="skills",
            title=Text(zh="必备专长", en="Needed specialities"),
            read=cells.amounts(SKILLS),
            synonyms=("所需专长", "需要专长", "必需专长"),
            hint="组内至少要有的人数，如“财务1、审计1”。",
            width=20,
        ),
        Column(
            key="wanted",
            title=Text(zh="期望专长", en="Wanted specialities"),
            read=cells.amounts(SKILLS),
            synonyms=("希望专长", "最好有的专长"),
            hint="最好能有的人数，如“法律1”。",
            width=20,
        ),
        Column(
            key="inspectable",
            title=Text(zh="可巡察", en="May be inspected"),
            read=lambda value, reading: (
                True if not cells.text(value, reading) else cells.yes(value, reading)
            ),
            synonyms=("是否可巡察", "列入巡察"),
            hint="空着等于“是”。",
            width=10,
        ),
    ),
)

UNITS = BookLayout(
    key="units",
    title=Text(zh="被巡察单位名录", en="List of units"),
    main=UNIT_SHEET,
)
