"""The workbook of rules (规则库): one row an article, as many texts and editions as one likes.

Words are kept as they are written: 全角 marks stay, for an article is quoted from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kernel.text import Text
from scheduling.workbooks import cells
from scheduling.workbooks.columns import Column, Fault, Header, Reading, ReadRow, SheetLayout
from scheduling.workbooks.reading import BookLayout
from scheduling.workbooks.words import Cell, Unreadable
from sharing.domain.rulebook import Article, Draft

MOST_WORDS = 8_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
GIST_WORDS = {"要旨": True, "摘要": True, "原文": False, "全文": False, "": False}


def as_written(most: int) -> Callable[[Cell, Reading], str]:
    """The cell's own characters, without invisible marks and outer spaces."""

    def read(value: Cell, _reading: Reading) -> str:
        text = "" if value is None else str(value)
        lines = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        said = "\n".join(line.strip(" \t\u3000") for line in lines.split("\n")).strip("\n")
        if len(said) > most:
            raise Unreadable(
                Text(
                    zh=f"内容过长（{len(said)} 字，最多 {most} 字）。",
                    en=f"Too long: {len(said)} characters, at most {most}.",
                )
            )
        return said

    return read


def _title(value: Cell, reading: Reading) -> str:
    """Without the marks of a book's title around it."""
    said = as_written(300)(value, reading).replace("\n", "")
    return (
        said[1:-1]
        if said.startswith("《") and said.endswith("》") and "《" not in said[1:]
        else said
    )


def _gist(value: Cell, reading: Reading) -> bool:
    said = as_written(20)(value, reading)
    if said not in GIST_WORDS:
        raise Unreadable(
            Text(zh="“性质”请填“原文”或“要旨”。", en="Write 原文 (words) or 要旨 (gist).")
        )
    return GIST_WORDS[said]


def _check(row: ReadRow, header: Header) -> None:
    is_repeal = bool(row.values.get("is_repeal"))
    for key, zh, en in (("article", "条次", "The article"), ("words", "内容", "The words")):
        is_there = bool(row.values.get(key))
        if is_repeal and is_there:
            text = Text(zh=f"废止的一行不填“{zh}”。", en=f"{en} stays blank in a row of a repeal.")
        elif not is_repeal and not is_there:
            text = Text(zh=f"“{zh}”不能为空。", en=f"{en} must not be blank.")
        else:
            continue
        row.faults.append(header.fault(key, row.number, text))


RULE_SHEET = SheetLayout(
    key="rules",
    title=Text(zh="规则库", en="Rules"),
    synonyms=("法规", "法规条文", "条文", "规则"),
    check=_check,
    hint="一条一行。同一部法规的不同版本，用施行日期区分。",
    columns=(
        Column(
            key="title",
            title=Text(zh="法规名称", en="Title"),
            read=_title,
            synonyms=("名称", "法规", "文件名称"),
            heading_required=True,
            cell_required=True,
            hint="写全称，不加书名号。",
            width=34,
        ),
        Column(
            key="issuer",
            title=Text(zh="发文机关", en="Issuer"),
            read=as_written(200),
            synonyms=("制定机关", "发布机关"),
            width=18,
        ),
        Column(
            key="number",
            title=Text(zh="文号", en="Number"),
            read=as_written(100),
            synonyms=("发文字号",),
            width=18,
        ),
        Column(
            key="label",
            title=Text(zh="版本", en="Edition"),
            read=as_written(100),
            synonyms=("版次", "修订"),
            hint="如“2023年修订”。不填则用施行日期。",
            width=14,
        ),
        Column(
            key="effective_from",
            title=Text(zh="施行日期", en="In force from"),
            read=cells.day,
            synonyms=("生效日期", "施行时间"),
            heading_required=True,
            cell_required=True,
            width=14,
        ),
        Column(
            key="is_repeal",
            title=Text(zh="废止", en="Repeal"),
            read=cells.yes,
            synonyms=("是否废止",),
            hint="填“是”：自施行日期起该法规废止。这一行不填条次和内容。",
            width=8,
        ),
        Column(
            key="chapter",
            title=Text(zh="章节", en="Chapter"),
            read=as_written(200),
            synonyms=("章",),
            width=20,
        ),
        Column(
            key="article",
            title=Text(zh="条次", en="Article"),
            read=as_written(50),
            synonyms=("条", "条款", "条文号"),
            heading_required=True,
            hint="照印刷本写，如“第二十七条”。",
            width=14,
        ),
        Column(
            key="words",
            title=Text(zh="内容", en="Words"),
            read=as_written(MOST_WORDS),
            synonyms=("条文", "条文内容", "正文"),
            heading_required=True,
            width=70,
        ),
        Column(
            key="is_gist",
            title=Text(zh="性质", en="Kind"),
            read=_gist,
            synonyms=("内容性质",),
            hint="“原文”或“要旨”。要旨会标明不是条文原文。",
            width=8,
        ),
    ),
)

RULES = BookLayout(key="rules", title=Text(zh="规则库", en="Rules"), main=RULE_SHEET)


@dataclass(slots=True)
class Gathered:
    """What a workbook tells: drafts in its order, and what is wrong, by row."""

    drafts: list[Draft] = field(default_factory=list)
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    rows: int = 0


def gathered(rows: Iterable[ReadRow]) -> Gathered:
    """Rows of one title and one first day are one edition; its articles differ in their numbers."""
    found = Gathered()
    drafts: dict[tuple[str, str], Draft] = {}
    for row in rows:
        found.rows += 1
        if row.faults:
            found.faults += [(row.number, fault) for fault in row.faults]
            continue
        said = row.values
        key = (said["title"], said["effective_from"])
        if key not in drafts:
            drafts[key] = _draft(said)
        fault = _added(drafts[key], said)
        if fault is not None:
            found.faults.append((row.number, Fault("", "", fault)))
    found.drafts = list(drafts.values())
    return found


def _draft(said: dict[str, Any]) -> Draft:
    first_day = date.fromisoformat(said["effective_from"])
    usual = f"{first_day.year}年{first_day.month}月{first_day.day}日起施行"
    return Draft(
        title=said["title"],
        issuer=said.get("issuer", ""),
        number=said.get("number", ""),
        label=said.get("label") or usual,
        effective_from=first_day,
        is_repeal=bool(said.get("is_repeal")),
    )


def _added(draft: Draft, said: dict[str, Any]) -> Text | None:
    """Put the row's article into the draft, or say what keeps it out."""
    if draft.is_repeal != bool(said.get("is_repeal")):
        return Text(
            zh="同一部法规不能在同一天既施行又废止。",
            en="A text cannot come into force and be repealed on the same day.",
        )
    if draft.is_repeal:
        return None
    if any(one.number == said["article"] for one in draft.articles):
        return Text(
            zh=f"“{said['article']}”在这一版本里重复。",
            en=f"“{said['article']}” stands in this edition twice.",
        )
    draft.articles.append(
        Article(said["article"], said.get("chapter", ""), said["words"], bool(said.get("is_gist")))
    )
    return None
