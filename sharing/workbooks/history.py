"""The history workbook (历史数据): figures of past terms, each with the words it was taken from."""

from __future__ import annotations

from kernel.text import Text
from scheduling.workbooks import cells
from scheduling.workbooks.columns import Column, Reading, SheetLayout
from scheduling.workbooks.reading import BookLayout
from scheduling.workbooks.words import Cell, Unreadable, clean, phrase

MAX_QUOTE = 1_000


def _sentence(value: Cell, _reading: Reading) -> str:
    """Free text: spaces stay as they are."""
    text = clean(value)
    if len(text) > MAX_QUOTE:
        raise Unreadable(
            Text(
                zh=f"内容过长（{len(text)} 字，最多 {MAX_QUOTE} 字）。",
                en=f"Too long: {len(text)} characters, at most {MAX_QUOTE}.",
            )
        )
    return text


def _figure(value: Cell, _reading: Reading) -> str:
    """As it was written (`30余` stays `30余`): it is quoted, never computed with."""
    return phrase(value)


HISTORY_SHEET = SheetLayout(
    key="history",
    title=Text(zh="历史数据", en="Past figures"),
    synonyms=("历届数据", "历史指标"),
    hint="一个数字一行，照录原文，不作推算。",
    columns=(
        Column(
            key="term",
            title=Text(zh="届次", en="Term"),
            read=cells.text,
            synonyms=("任期", "届别"),
            heading_required=True,
            cell_required=True,
            width=24,
        ),
        Column(
            key="topic",
            title=Text(zh="类别", en="Topic"),
            read=cells.text,
            synonyms=("分类", "方面"),
            width=14,
        ),
        Column(
            key="figure",
            title=Text(zh="指标", en="Figure"),
            read=cells.text,
            synonyms=("名称", "指标名称"),
            heading_required=True,
            cell_required=True,
            width=28,
        ),
        Column(
            key="value",
            title=Text(zh="数值", en="Value"),
            read=_figure,
            synonyms=("数字", "值"),
            heading_required=True,
            cell_required=True,
            hint="照原文写，如“30余”。",
            width=10,
        ),
        Column(
            key="measure",
            title=Text(zh="计量单位", en="Unit of measure"),
            read=cells.text,
            synonyms=("单位",),
            width=10,
        ),
        Column(
            key="quote",
            title=Text(zh="原文", en="Quote"),
            read=_sentence,
            synonyms=("引文", "原文摘录"),
            heading_required=True,
            cell_required=True,
            width=60,
        ),
        Column(
            key="source",
            title=Text(zh="出处", en="Source"),
            read=_sentence,
            synonyms=("来源", "资料来源"),
            heading_required=True,
            cell_required=True,
            width=40,
        ),
        Column(
            key="caution",
            title=Text(zh="说明", en="Caution"),
            read=_sentence,
            synonyms=("备注", "注意"),
            hint="读这个数字时要注意什么。",
            width=40,
        ),
    ),
)

HISTORY = BookLayout(
    key="history", title=Text(zh="历史数据", en="Past figures"), main=HISTORY_SHEET
)
