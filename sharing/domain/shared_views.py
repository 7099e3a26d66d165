"""What another office is shown of a record: a view (共享视图), chosen field by field, word by word.

A view is made once and stands still: the receiver reads it and never the record. What a record's kind
does not list here cannot be in any view. Who gave a hint, who registered or found it, in which room,
and the numbers that an office counts by are listed nowhere; nor can a view be made of a view.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text

# One length for all: that of the words behind it would tell a name of two characters from one of three.
MARK = "█████"
# Of a field that is in a view and in which the record has nothing: on pages, copies and certificates alike.
EMPTY = Text(zh="（无）", en="(none)")
FORMAT = 1
MOST_SPANS = 200


class Shareable(StrEnum):
    FINDING = "finding"
    CLUE = "clue"
    ITEM = "rectification_item"
    LETTER = "letter"


KIND_TITLES: Mapping[Shareable, Text] = MappingProxyType(
    {
        Shareable.FINDING: Text(zh="巡察发现问题", en="finding"),
        Shareable.CLUE: Text(zh="问题线索", en="clue"),
        Shareable.ITEM: Text(zh="整改事项", en="item of rectification"),
        Shareable.LETTER: Text(zh="函件", en="letter"),
    }
)


class Shape(StrEnum):
    """How a field may be hidden: `words` in parts or whole, `value` whole alone."""

    WORDS = "words"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Field:
    title: Text
    shape: Shape = Shape.WORDS


def _words(zh: str, en: str) -> Field:
    return Field(Text(zh=zh, en=en))


def _value(zh: str, en: str) -> Field:
    return Field(Text(zh=zh, en=en), Shape.VALUE)


UNIT, ROUND = _words("被巡察单位", "Inspected unit"), _words("巡察轮次", "Round")

# In the order in which a reader meets them.
FIELDS: Mapping[Shareable, Mapping[str, Field]] = MappingProxyType(
    {
        Shareable.FINDING: MappingProxyType(
            {
                "unit": UNIT,
                "round": ROUND,
                "title": _words("问题标题", "Title"),
                "category": _words("问题分类", "Category"),
                "fact": _words("事实", "Fact"),
                "nature": _words("定性", "Nature"),
                "responsibility": _words("责任", "Responsibility"),
                "bases": _words("依据", "Basis"),
                "severity": _value("严重程度", "Severity"),
                "money": _value("涉及金额", "Money"),
                "people": _value("涉及人数", "People"),
                "fed_back_on": _value("反馈日期", "Fed back on"),
            }
        ),
        Shareable.CLUE: MappingProxyType(
            {
                "subject": _words("反映对象", "Subject"),
                "post": _words("职务", "Post"),
                "unit": _words("工作单位", "Unit of the subject"),
                "level": _value("干部管理权限", "Managed by"),
                "gist": _words("主要内容", "Gist"),
                "evidence": _words("佐证材料", "Evidence"),
                "state": _value("办理状态", "State"),
                "outcome": _words("处置结果", "Outcome"),
            }
        ),
        Shareable.ITEM: MappingProxyType(
            {
                "unit": UNIT,
                "round": ROUND,
                "issue": _words("反馈问题", "Problem, word for word"),
                "category": _words("问题分类", "Category"),
                "goal": _words("整改目标", "Goal"),
                "measures": _words("整改措施", "Measures"),
                "department": _words("责任部门", "Department"),
                "state": _value("整改状态", "State"),
                "due_on": _value("完成时限", "Due on"),
                "closed_on": _value("销号日期", "Closed out on"),
                "outcomes": _words("整改成果", "What came of it"),
            }
        ),
        Shareable.LETTER: MappingProxyType(
            {
                "kind": _value("函件种类", "Kind"),
                "reference": _value("文号", "Number"),
                "addressee": _words("收函单位", "Addressee"),
                "title": _words("标题", "Title"),
                "body": _words("正文", "Text"),
                "signed_on": _value("签发日期", "Signed on"),
                "reply": _words("回复", "Reply"),
            }
        ),
    }
)


def titles_shown(
    kind: Shareable, names: Collection[str], empty: Collection[str] = ()
) -> list[Text]:
    """Of fields that were shown, in order; of those that said nothing it says so."""
    fields = FIELDS[kind]
    return [
        Text(zh=fields[name].title.zh + EMPTY.zh, en=f"{fields[name].title.en} {EMPTY.en}")
        if name in empty
        else fields[name].title
        for name in fields
        if name in names
    ]


def not_asked_for(kind: Shareable, named: Collection[str]) -> frozenset[str]:
    """The fields that a view begins without, of those a request named. It named none: it asked for
    whatever its purpose needs, and its owner chooses."""
    return frozenset(FIELDS[kind]) - frozenset(named) if named else frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` (counted from 0) up to `end`, which is not hidden any more."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """`withheld`: fields that the view does not have. `spans`: words hidden in those it has."""

    withheld: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()


class Fault(StrEnum):
    NO_SUCH_FIELD = "no_such_field"
    NOT_IN_PARTS = "not_in_parts"
    OUTSIDE = "outside"
    OVERLAPPING = "overlapping"
    TOO_MANY = "too_many"
    NOTHING_SHOWN = "nothing_shown"


FAULT_TITLES: Mapping[Fault, Text] = MappingProxyType(
    {
        Fault.NO_SUCH_FIELD: Text(zh="没有这一字段", en="there is no such field"),
        Fault.NOT_IN_PARTS: Text(
            zh="该字段只能整体隐去", en="the field is hidden whole or not at all"
        ),
        Fault.OUTSIDE: Text(zh="隐去范围超出文字", en="the span lies outside of the words"),
        Fault.OVERLAPPING: Text(zh="隐去范围互相重叠", en="spans overlap"),
        Fault.TOO_MANY: Text(
            zh=f"隐去范围不得超过{MOST_SPANS}处", en=f"more than {MOST_SPANS} spans"
        ),
        Fault.NOTHING_SHOWN: Text(zh="没有任何内容可供查看", en="nothing at all would be shown"),
    }
)


class NotAView(ValueError):
    """A redaction that does not fit its record; `faults` says why."""

    def __init__(self, faults: Sequence[tuple[str, Fault]]) -> None:
        super().__init__(", ".join(f"{field}: {fault}" for field, fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class View:
    """What is shown: every field of the kind that is not withheld, in order, with its words."""

    kind: Shareable
    shown: Mapping[str, str]

    @property
    def empty(self) -> frozenset[str]:
        """Fields that are shown and say nothing."""
        return frozenset(name for name, words in self.shown.items() if not words)

    @property
    def content(self) -> str:
        """What is kept and hashed: the same view has the same text, on every machine."""
        said = {"format": FORMAT, "kind": self.kind.value, "shown": dict(self.shown)}
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """SHA-256 of the content, in hexadecimal: which version somebody was shown."""
        return hashlib.sha256(self.content.encode()).hexdigest()


def view_of(kind: Shareable, record: Mapping[str, str], redaction: Redaction) -> View:
    """The record as the receiver will see it. `record`: the words of each of its kind's fields, ""
    where it has none. `NotAView`; `KeyError` where the record lacks a field of its kind."""
    words = {name: record[name] for name in FIELDS[kind]}
    if faults := list(faults_of(kind, words, redaction)):
        raise NotAView(faults)
    return View(
        kind,
        MappingProxyType(
            {
                name: _hidden(said, [one for one in redaction.spans if one.field == name])
                for name, said in words.items()
                if name not in redaction.withheld
            }
        ),
    )


def still_makes(view: View, record: Mapping[str, str], redaction: Redaction) -> bool:
    """Whether the redaction makes that view of the record as it is now: in words that were changed
    since, or of a view that was narrowed, its spans hide something else."""
    try:
        return view_of(view.kind, record, redaction).digest == view.digest
    except NotAView:
        return False


def places_of(
    kind: Shareable, record: Mapping[str, str], phrases: Sequence[str]
) -> tuple[Span, ...]:
    """Where the phrases stand, in every field that can be hidden in parts; what overlaps is one span.

    So a name is hidden wherever it stands, by writing it once."""
    found: list[Span] = []
    for name, field in FIELDS[kind].items():
        if field.shape is Shape.VALUE:
            continue
        at = {
            place
            for words in phrases
            if words
            for start in _places(record[name], words)
            for place in range(start, start + len(words))
        }
        found += _runs(name, at)
    return tuple(found)


def united(spans: Collection[Span]) -> tuple[Span, ...]:
    """The same words hidden by spans that do not overlap, as those that somebody marked and those of
    phrases may. A span that hides nothing is left as it is, for `faults_of` to say."""
    unfit = [one for one in spans if not 0 <= one.start < one.end]
    found: list[Span] = []
    for span in sorted(set(spans) - set(unfit)):
        last = found[-1] if found else None
        if last is not None and last.field == span.field and span.start <= last.end:
            found[-1] = Span(span.field, last.start, max(last.end, span.end))
        else:
            found.append(span)
    return (*unfit, *found)


def _runs(name: str, at: Collection[int]) -> Iterator[Span]:
    for place in sorted(at):
        if place - 1 not in at:
            start = place
        if place + 1 not in at:
            yield Span(name, start, place + 1)


def narrowed(view: View, further: Redaction) -> View:
    """The view with still less in it: spans count characters of what it shows now. The record is not
    looked at again, since it may say more today than was approved. `NotAView`."""
    shown = {name: view.shown.get(name, "") for name in FIELDS[view.kind]}
    hidden = Redaction(further.withheld | (set(shown) - set(view.shown)), further.spans)
    return view_of(view.kind, shown, hidden)


def view_from(content: str) -> View:
    """A view again, from what was kept of it. `ValueError`: it is no view of this format."""
    said = json.loads(content)
    if said.get("format") != FORMAT:
        raise ValueError(f"Format {said.get('format')!r}, not {FORMAT}.")
    kind = Shareable(said["kind"])
    return View(
        kind, MappingProxyType({n: said["shown"][n] for n in FIELDS[kind] if n in said["shown"]})
    )


def faults_of(
    kind: Shareable, record: Mapping[str, str], redaction: Redaction
) -> Iterator[tuple[str, Fault]]:
    """Why the redaction cannot be applied: the field ("" for the whole) and the fault."""
    fields = FIELDS[kind]
    yield from ((name, Fault.NO_SUCH_FIELD) for name in sorted(redaction.withheld - set(fields)))
    if len(redaction.spans) > MOST_SPANS:
        yield "", Fault.TOO_MANY
    before: Span | None = None
    for span in sorted(redaction.spans):
        if span.field not in fields:
            yield span.field, Fault.NO_SUCH_FIELD
        elif fields[span.field].shape is Shape.VALUE:
            yield span.field, Fault.NOT_IN_PARTS
        elif not 0 <= span.start < span.end <= len(record[span.field]):
            yield span.field, Fault.OUTSIDE
        elif before is not None and before.field == span.field and span.start < before.end:
            yield span.field, Fault.OVERLAPPING
        before = span
    if not any(record[name] for name in fields if name not in redaction.withheld):
        yield "", Fault.NOTHING_SHOWN


def still_told(kind: Shareable, record: Mapping[str, str], redaction: Redaction) -> Iterator[Span]:
    """Where words that are hidden in one place stand in clear in another: said to whoever prepares
    and approves, who may mean it. Single characters are passed over.

    A redaction without faults is expected.
    """
    hidden = {
        record[one.field][one.start : one.end].strip()
        for one in redaction.spans
        if one.field not in redaction.withheld
    }
    for name, field in FIELDS[kind].items():
        if name in redaction.withheld or field.shape is Shape.VALUE:
            continue
        own = [one for one in redaction.spans if one.field == name]
        for words in sorted(one for one in hidden if len(one) > 1):
            for start in _places(record[name], words):
                span = Span(name, start, start + len(words))
                if not any(_overlap(span, one) for one in own):
                    yield span


def _places(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _hidden(words: str, spans: Sequence[Span]) -> str:
    """With one mark for each hidden stretch; stretches that touch are one. What combines with a
    hidden character goes with it: an accent alone would tell a letter."""
    shown: list[str] = []
    at = 0
    for span in sorted(spans):
        end = span.end
        while end < len(words) and unicodedata.combining(words[end]):
            end += 1
        if span.start > at or not shown:
            shown += [words[at : span.start], MARK]
        at = max(at, end)
    return "".join([*shown, words[at:]])
