"""A received row as people read it: what each field is called, codes in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kernel.text import Text
from sharing.domain.clues import SOURCE_TITLES, SourceKind
from sharing.domain.dictionary import SEVERITIES
from sharing.domain.letters import LETTER, LETTER_RULES, LetterKind
from sharing.domain.rectification import RECTIFICATION
from sharing.domain.routing import LEVEL_TITLES, ManagementLevel
from sharing.packages.manifest import Row
from sharing.packages.parts import ANSWER_TITLES, ANSWERS, HAND_OVER, ITEMS, LETTERS, PARTS

LONG = frozenset(
    {
        "overview",
        "evaluation",
        "advice",
        "duty",
        "text",
        "issue",
        "goal",
        "measures",
        "fact",
        "nature",
        "responsibility",
        "next_week",
        "findings",
        "gist",
    }
)
TITLES: Mapping[str, Text] = MappingProxyType(
    {
        "advice": Text(zh="意见建议", en="Advice"),
        "addressee": Text(zh="收函单位", en="Addressee"),
        "at": Text(zh="时间", en="Time"),
        "bases": Text(zh="依据", en="Basis"),
        "by": Text(zh="办理人", en="By"),
        "category": Text(zh="分类", en="Category"),
        "claims": Text(zh="申报次数", en="Claimed, times"),
        "department": Text(zh="责任部门", en="Department"),
        "digest": Text(zh="文本摘要（SHA-256）", en="SHA-256 of the text"),
        "disciplines": Text(zh="违反纪律", en="Disciplines"),
        "due_on": Text(zh="期限", en="Due"),
        "duty": Text(zh="整改要求", en="What to report"),
        "evaluation": Text(zh="总体评价", en="Evaluation"),
        "evidence": Text(zh="材料", en="Evidence"),
        "fact": Text(zh="事实", en="Facts"),
        "files": Text(zh="查阅资料（份）", en="Files read"),
        "findings": Text(zh="问题", en="Findings"),
        "gist": Text(zh="主要内容", en="Gist"),
        "goal": Text(zh="整改目标", en="Goal"),
        "is_urgent": Text(zh="紧急", en="Urgent"),
        "issue": Text(zh="问题", en="Issue"),
        "kind": Text(zh="类别", en="Kind"),
        "lead": Text(zh="责任人", en="Who leads"),
        "letters": Text(zh="来信来电来访（件）", en="Petitions"),
        "management_level": Text(zh="干部管理权限", en="Managed by"),
        "mark": Text(zh="编号", en="Number"),
        "measures": Text(zh="整改措施", en="Measures"),
        "money_cents": Text(zh="涉及金额（元）", en="Money (yuan)"),
        "name": Text(zh="姓名", en="Name"),
        "nature": Text(zh="性质", en="Nature"),
        "next_week": Text(zh="下周安排", en="Next week"),
        "notes": Text(zh="整改进展", en="What was reported"),
        "number": Text(zh="编号", en="Number"),
        "overview": Text(zh="基本情况", en="Overview"),
        "people_count": Text(zh="涉及人数", en="People"),
        "plan_due_on": Text(zh="方案期限", en="Plan due"),
        "position": Text(zh="序号", en="Place"),
        "post": Text(zh="职务", en="Post"),
        "reference": Text(zh="文号", en="Number"),
        "reopened": Text(zh="重新打开次数", en="Opened again, times"),
        "replies": Text(zh="回复", en="Replies"),
        "responsibility": Text(zh="责任", en="Responsibility"),
        "round": Text(zh="轮次", en="Round"),
        "sent_back": Text(zh="退回次数", en="Sent back, times"),
        "served_on": Text(zh="反馈日期", en="Fed back on"),
        "severity": Text(zh="程度", en="Severity"),
        "sha256": Text(zh="清单摘要（SHA-256）", en="SHA-256 of the list"),
        "signed_at": Text(zh="签发时间", en="Signed at"),
        "signed_by": Text(zh="签发人", en="Signed by"),
        "signed_on": Text(zh="签发日期", en="Signed on"),
        "source_kind": Text(zh="来源", en="Source"),
        "state": Text(zh="状态", en="State"),
        "talks": Text(zh="谈话（人次）", en="Talks"),
        "team": Text(zh="巡察组", en="Team"),
        "text": Text(zh="内容", en="Text"),
        "title": Text(zh="标题", en="Title"),
        "unit": Text(zh="单位", en="Unit"),
        "visits": Text(zh="走访（处）", en="Places looked at"),
        "week": Text(zh="周（周一）", en="Week (its Monday)"),
        "year": Text(zh="年份", en="Year"),
    }
)
NOTES = {
    "progress": Text(zh="进展", en="progress"),
    "evidence": Text(zh="佐证", en="evidence"),
    "result": Text(zh="结果", en="result"),
}
# What tells a program, and nobody else.
_NOT_SHOWN = frozenset({"ref", "unit_code", "package", "part", "record", "document"})


@dataclass(frozen=True, slots=True)
class Line:
    title: Text
    value: str | Text
    is_long: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Rows within the row: findings, replies, clues."""

    title: Text
    entries: Sequence[Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Shown:
    lines: Sequence[Line]
    blocks: Sequence[Block]


def shown(part: str, row: Row) -> Shown:
    """In the order of the format; what is empty is left out."""
    if part not in PARTS:
        return Shown((), ())
    lines, blocks = [], []
    for name, kind in PARTS[part].fields.items():
        if name in _NOT_SHOWN:
            continue
        if kind.of is not None:
            entries = [_lines(f"{part}.{name}", one) for one in row[name]]
            if entries:
                blocks.append(Block(TITLES[name], entries))
            continue
        lines.extend(_lines(part, {name: row[name]}))
    if part == HAND_OVER:
        blocks.append(_clues(row))
    return Shown(lines, blocks)


def _lines(where: str, row: Mapping[str, Any]) -> list[Line]:
    return [
        Line(TITLES[name], _words(where, name, value), name in LONG)
        for name, value in row.items()
        if name in TITLES and value not in (None, "", [])
    ]


def _clues(row: Row) -> Block:
    entries = []
    for clue in json.loads(row["document"])["clues"]:
        flat = {**clue["subject"], **{k: v for k, v in clue.items() if k != "subject"}}
        number = clue.get("number")
        if isinstance(number, dict):
            flat["number"] = f"{number.get('year')}-{number.get('number')}"
        entries.append(_lines(HAND_OVER, flat))
    return Block(Text(zh="线索", en="Clues"), entries)


def _words(where: str, name: str, value: Any) -> str | Text:
    titles = _CODES.get((where, name)) or _CODES.get(("", name))
    if titles is not None and value in titles:
        return titles[value]
    if isinstance(value, bool):
        return Text(zh="是", en="yes") if value else Text(zh="否", en="no")
    if name == "money_cents":
        return f"{value / 100:,.2f}"
    if isinstance(value, list):
        return "；".join(str(one) for one in value)
    return str(value)


def _by_code(pairs: Iterable[tuple[Any, Text]]) -> Mapping[str, Text]:
    return {str(code): title for code, title in pairs}


_CODES: Mapping[tuple[str, str], Mapping[str, Text]] = {
    (LETTERS, "kind"): _by_code((kind, LETTER_RULES[kind].title) for kind in LetterKind),
    (LETTERS, "state"): _by_code(LETTER.states.items()),
    (ITEMS, "state"): _by_code(RECTIFICATION.states.items()),
    (f"{ITEMS}.notes", "kind"): NOTES,
    (ANSWERS, "kind"): ANSWER_TITLES,
    ("", "severity"): _by_code(SEVERITIES.items()),
    (HAND_OVER, "source_kind"): _by_code((kind, SOURCE_TITLES[kind]) for kind in SourceKind),
    (HAND_OVER, "management_level"): _by_code(
        (level, LEVEL_TITLES[level]) for level in ManagementLevel
    ),
}
