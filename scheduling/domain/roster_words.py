"""A fact of a roster or unit list as a person reads it, for the field-by-field comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.text import Text
from scheduling.domain.vocabulary import (
    POSITIONS,
    RELATIONS,
    SKILLS,
    STATUSES,
    SYSTEMS,
    UNIT_KINDS,
    Vocabulary,
    said,
)

FIELDS: Mapping[str, Text] = {
    "number": Text(zh="人员编号", en="Number"),
    "code": Text(zh="单位编码", en="Code"),
    "name": Text(zh="姓名（名称）", en="Name"),
    "id_number_last4": Text(zh="身份证号后四位", en="ID number, last four"),
    "home_unit": Text(zh="工作单位", en="Home unit"),
    "system": Text(zh="所属系统", en="System"),
    "post": Text(zh="职务", en="Post"),
    "rank": Text(zh="职级", en="Rank"),
    "is_leader": Text(zh="组长库", en="Leader pool"),
    "is_deputy": Text(zh="副组长库", en="Deputy pool"),
    "is_expert": Text(zh="专业人才库", en="Expert pool"),
    "skills": Text(zh="专长", en="Specialities"),
    "native_place": Text(zh="籍贯", en="Native place"),
    "grew_up_place": Text(zh="成长地", en="Grew-up place"),
    "rounds_served": Text(zh="已参加轮次", en="Rounds served"),
    "recent_days": Text(zh="近一年巡察天数", en="Days in the last year"),
    "status": Text(zh="状态", en="Status"),
    "career": Text(zh="履历", en="Career"),
    "relatives": Text(zh="亲属任职", en="Relatives' posts"),
    "interests": Text(zh="利害关系", en="Interests"),
    "absences": Text(zh="请假与外出", en="Absences"),
    "visited": Text(zh="巡察过的单位", en="Units inspected"),
    "led": Text(zh="任组长到过的县区", en="Counties led in"),
    "kind": Text(zh="单位类别", en="Kind"),
    "parent_code": Text(zh="上级单位编码", en="Parent's code"),
    "risk": Text(zh="风险等级", en="Risk"),
    "days": Text(zh="驻点工作日", en="Working days"),
    "mandatory": Text(zh="必巡", en="Mandatory"),
    "priority": Text(zh="优先级", en="Priority"),
    "wanted": Text(zh="期望专长", en="Wanted specialities"),
    "inspectable": Text(zh="可巡察", en="May be inspected"),
}

_CODED: Mapping[str, Vocabulary] = {"system": SYSTEMS, "status": STATUSES, "kind": UNIT_KINDS}
_NOTHING = Text(zh="（空）", en="(blank)")


def field_title(field: str) -> Text:
    return FIELDS.get(field, Text(zh=field, en=field))


def in_words(field: str, value: Any) -> Text:
    """A fact's value: codes as words, lists one after the other."""
    if value is None or value == "" or value == [] or value == {}:
        return _NOTHING
    if isinstance(value, bool):
        return Text(zh="是", en="yes") if value else Text(zh="否", en="no")
    if field in _CODED:
        return said(_CODED[field], str(value))
    if isinstance(value, dict):
        return _joined([_amount(skill, count) for skill, count in value.items()])
    if isinstance(value, list):
        return _joined([_entry(field, entry) for entry in value])
    return Text(zh=str(value), en=str(value))


def _amount(skill: str, count: int) -> Text:
    word = said(SKILLS, skill)
    return Text(zh=f"{word.zh}{count}", en=f"{word.en} {count}")


def _entry(field: str, entry: Any) -> Text:
    if field == "skills":
        return said(SKILLS, str(entry))
    if field == "career":
        ends = entry["to"] or "至今", entry["to"] or "now"
        post = f" {entry['post']}" if entry.get("post") else ""
        zh = f"{entry['from']} 至 {ends[0]} {entry['body']}{post}"
        return Text(zh=zh, en=f"{entry['from']} to {ends[1]} {entry['body']}{post}")
    if field == "relatives":
        relation, position = said(RELATIONS, entry["relation"]), said(POSITIONS, entry["position"])
        return Text(
            zh=f"{relation.zh}：{entry['body']}（{position.zh}）",
            en=f"{relation.en}: {entry['body']} ({position.en})",
        )
    if field == "absences":
        reason = f" {entry['reason']}" if entry.get("reason") else ""
        span = (entry["from"], entry["to"])
        return Text(zh="{} 至 {}".format(*span) + reason, en="{} to {}".format(*span) + reason)
    if field in ("visited", "led"):
        where = entry.get("body") or entry.get("county")
        return Text(zh=f"{where}（{entry['ago']} 轮前）", en=f"{where} ({entry['ago']} rounds ago)")
    text = str(entry.get("body", entry)) if isinstance(entry, dict) else str(entry)
    return Text(zh=text, en=text)


def _joined(parts: list[Text]) -> Text:
    return Text(zh="；".join(part.zh for part in parts), en="; ".join(part.en for part in parts))
