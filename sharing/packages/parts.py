"""What a package may hold: the kinds of rows, and what each row says.

A row says these fields and no other. Who gave a hint and who interceded have no field anywhere here,
so no package can hold them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kernel.text import Text
from sharing.packages.manifest import Row

FEEDBACK, LETTERS, ITEMS = "feedback", "letters", "items"
WEEKLY, HAND_OVER, ANSWERS = "weekly_reports", "hand_over_lists", "answers"
LONGEST = 1_000_000
LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is. `of`: of the rows of a list; None: its entries are words."""

    name: str
    may_lack: bool = False
    of: Mapping[str, Kind] | None = None


WORDS, NUMBER = Kind("text"), Kind("number")
MAYBE_WORDS, MAYBE_NUMBER = Kind("text", may_lack=True), Kind("number", may_lack=True)
LIST = Kind("list")


def _rows(**fields: Kind) -> Kind:
    return Kind("list", of=MappingProxyType(fields))


@dataclass(frozen=True, slots=True)
class PartKind:
    title: Text
    fields: Mapping[str, Kind]


def _part(zh: str, en: str, **fields: Kind) -> PartKind:
    return PartKind(Text(zh=zh, en=en), MappingProxyType({"ref": NUMBER, **fields}))


PARTS: Mapping[str, PartKind] = MappingProxyType(
    {
        FEEDBACK: _part(
            "反馈意见（含问题）", "Feedback with its findings",
            unit_code=WORDS, unit=WORDS, round=WORDS, team=WORDS, overview=WORDS,
            evaluation=WORDS, advice=WORDS, duty=WORDS,
            findings=_rows(
                mark=WORDS, title=WORDS, category=WORDS, severity=WORDS, fact=WORDS,
                nature=WORDS, responsibility=WORDS, bases=LIST, disciplines=LIST,
                money_cents=MAYBE_NUMBER, people_count=MAYBE_NUMBER,
            ),
        ),
        LETTERS: _part(
            "函件（含回复）", "Letters with their replies",
            kind=WORDS, reference=WORDS, title=WORDS, addressee=WORDS, text=WORDS,
            digest=WORDS, state=WORDS, signed_on=WORDS, due_on=MAYBE_WORDS,
            replies=_rows(text=WORDS, by=WORDS, at=WORDS),
        ),
        ITEMS: _part(
            "整改事项", "Items of rectification",
            unit_code=WORDS, unit=WORDS, round=WORDS, position=NUMBER, issue=WORDS,
            category=WORDS, state=WORDS, served_on=WORDS, plan_due_on=WORDS, goal=WORDS,
            measures=WORDS, lead=WORDS, department=WORDS, due_on=MAYBE_WORDS, claims=NUMBER,
            sent_back=NUMBER, reopened=NUMBER,
            notes=_rows(kind=WORDS, text=WORDS, by=WORDS, at=WORDS),
        ),
        WEEKLY: _part(
            "巡察组周报", "Weekly reports of teams",
            team=WORDS, round=WORDS, week=WORDS, talks=NUMBER, files=NUMBER, letters=NUMBER,
            visits=NUMBER, findings=WORDS, next_week=WORDS, signed_by=WORDS, signed_at=WORDS,
        ),
        HAND_OVER: _part(
            "线索移交清单", "Lists of clues handed over",
            year=NUMBER, number=NUMBER, document=WORDS, sha256=WORDS, signed_by=WORDS,
            signed_at=WORDS,
        ),
        ANSWERS: _part(
            "对来件的办理情况", "Answers to what was received",
            package=WORDS, part=WORDS, record=NUMBER, kind=WORDS, text=WORDS, by=WORDS, at=WORDS,
        ),
    }
)  # fmt: skip

# What the receiver can answer.
ANSWERABLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {LETTERS: ("receipt", "reply"), ITEMS: ("progress", "result")}
)
ANSWER_TITLES: Mapping[str, Text] = MappingProxyType(
    {
        "receipt": Text(zh="签收", en="receipt"),
        "reply": Text(zh="回复", en="reply"),
        "progress": Text(zh="整改进展", en="progress"),
        "result": Text(zh="申报完成", en="claimed to be done"),
    }
)


class NoSuchField(ValueError):
    """A row that says more, or less, than its part may: a fault of ours."""


def row_of(part: str, /, **said: Any) -> Row:
    """A row to be sent. `NoSuchField`."""
    if (fault := fault_of(part, said)) is not None:
        raise NoSuchField(f"{part}: {fault.en}")
    return said


def fault_of(part: str, row: Mapping[str, Any]) -> Text | None:
    """The first thing that a row of this part cannot say."""
    return _fault(PARTS[part].fields, row, "")


def title_of(part: str, row: Row) -> str:
    """By which a list names the row."""
    match part:
        case "feedback":
            title = row["unit"]
        case "letters":
            title = f"{row['reference']} {row['title']}".strip()
        case "items":
            title = f"{row['unit']} {row['position']}: {row['issue']}"
        case "weekly_reports":
            title = f"{row['team']} {row['week']}"
        case "hand_over_lists":
            title = f"{row['year']}-{row['number']}"
        case _:
            title = row["text"] or row["by"]
    return " ".join(title.split())[:300]


def _fault(fields: Mapping[str, Kind], row: Mapping[str, Any], where: str) -> Text | None:
    for name in sorted(set(fields) ^ set(row)):
        if name in fields:
            return Text(zh=f"缺少“{where}{name}”", en=f"“{where}{name}” is missing")
        return Text(zh="有不认识的内容", en="there is something that is not known")
    for name, kind in fields.items():
        if not _fits(kind, row[name]):
            return Text(zh=f"“{where}{name}”有误", en=f"“{where}{name}” is wrong")
        if kind.of is not None:
            for one in row[name]:
                if (fault := _fault(kind.of, one, f"{name}.")) is not None:
                    return fault
    return None


def _fits(kind: Kind, value: Any) -> bool:
    if value is None:
        return kind.may_lack
    match kind.name:
        case "text":
            return _are_words(value)
        case "number":
            return type(value) is int and 0 <= value <= LARGEST
        case _:
            return isinstance(value, list) and all(
                isinstance(one, dict) if kind.of is not None else _are_words(one) for one in value
            )


def _are_words(value: Any) -> bool:
    """Not what the database cannot keep: a zero byte, half a character."""
    if not isinstance(value, str) or len(value) > LONGEST or "\0" in value:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in value)
