"""One cell as people write it: full-width characters, stray spaces, lists, yes and no."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from functools import cache

from kernel.text import Text
from scheduling.domain.vocabulary import Vocabulary

Cell = str | int | float | bool | datetime | date | time | None

MAX_TEXT = 200  # longer than any name, post or body seen in a roster; the columns hold as many

# Marks that change how text is shown but not what it says: zero-width characters,
# byte-order marks, and the bidirectional controls that can make a name read as another.
# Two more are no characters at all, and a workbook that holds one cannot be opened.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")
_BETWEEN_HAN = re.compile(
    r"(?<=[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])\s+(?=[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
_LIST_MARKS = re.compile(r"[、,，;；/|\n\r]+")
_MIDDLE_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･．", "·"))
_EMPTY_WORDS = frozenset(
    {"", "无", "-", "--", "—", "——", "/", "\\", "暂无", "没有", "n/a", "N/A", "空"}
)


class Unreadable(ValueError):
    """A cell that does not say what its column asks; carries what to do in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def clean(value: Cell) -> str:
    """The cell as NFKC text: no control or invisible marks, no doubled or outer spaces."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", str(value))
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    return _SPACES.sub(" ", text).strip()


def phrase(value: Cell) -> str:
    """A name or a body: no spaces between Chinese characters, one kind of middle dot."""
    text = clean(value).translate(_MIDDLE_DOTS)
    if len(text) > MAX_TEXT:
        raise Unreadable(
            Text(
                zh=f"内容过长（{len(text)} 字，最多 {MAX_TEXT} 字），请只填写名称。",
                en=f"Too long ({len(text)} characters, at most {MAX_TEXT}): write the name only.",
            )
        )
    text = _BETWEEN_HAN.sub("", text)
    return "" if text in _EMPTY_WORDS else text


def pieces(value: Cell) -> list[str]:
    """A list in one cell, split at 、,;/ and line ends; without repeats."""
    parts = (phrase(part) for part in _LIST_MARKS.split(clean_lines(value)))
    return list(dict.fromkeys(part for part in parts if part))


def clean_lines(value: Cell) -> str:
    """Like `clean`, but line ends stay: they divide lists."""
    return "\n".join(clean(line) for line in str("" if value is None else value).splitlines())


def whole_number(value: Cell, *, least: int, most: int) -> int:
    """A whole number within bounds, from a number cell or from digits with a measure word."""
    text = clean(value)
    # A comma parts thousands and nothing else: “1,2” names two rounds, not the twelfth.
    match = re.fullmatch(
        r"([+-]?(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})) ?[轮天日级个次分]?", text, re.ASCII
    )
    if match is None:
        raise Unreadable(
            Text(
                zh=f"应填 {least} 到 {most} 的整数，现为“{shown(text)}”。",
                en=f"A whole number from {least} to {most} is needed, not “{shown(text)}”.",
            )
        )
    number = int(match.group(1).replace(",", ""))
    if not least <= number <= most:
        raise Unreadable(
            Text(
                zh=f"{number} 超出范围，应为 {least} 到 {most}。",
                en=f"{number} is out of range: {least} to {most}.",
            )
        )
    return number


_YES = frozenset(
    {"是", "有", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "对", "可", "可以", "必巡"}
)
_NO = frozenset(
    {"否", "×", "✗", "✘", "☐", "n", "no", "false", "0", "不", "不可", "不是", "非必巡", "x"}
)


def yes_or_no(value: Cell) -> bool:
    text = clean(value).lower()
    if text in _YES:
        return True
    if text in _NO or text in _EMPTY_WORDS:
        return False
    raise Unreadable(
        Text(
            zh=f"应填“是”或“否”，现为“{shown(text)}”。",
            en=f"Write 是 (yes) or 否 (no), not “{shown(text)}”.",
        )
    )


def code_of(value: Cell, vocabulary: Vocabulary) -> str:
    """The code of a word from a closed list, by its name, a synonym or the code itself."""
    text = phrase(value)
    code = _lookup(vocabulary).get(_folded(text))
    if code is None:
        known = "、".join(word.text.zh for word in vocabulary.values())
        known_en = ", ".join(word.text.en for word in vocabulary.values())
        raise Unreadable(
            Text(
                zh=f"“{shown(text)}”不在可选范围内，可填：{known}。",
                en=f"“{shown(text)}” is not in the list: {known_en}.",
            )
        )
    return code


def codes_of(value: Cell, vocabulary: Vocabulary) -> list[str]:
    return list(dict.fromkeys(code_of(part, vocabulary) for part in pieces(value)))


def amounts_of(value: Cell, vocabulary: Vocabulary) -> dict[str, int]:
    """Needs such as `财务1、审计2人、法律`: how many people with each skill; bare means 1."""
    amounts: dict[str, int] = {}
    for part in pieces(value):
        match = re.fullmatch(r"(\D+?)\s*[:*×xX]?\s*(\d{1,2})?\s*[人名个]?", part)
        if match is None:
            raise Unreadable(
                Text(
                    zh=f"“{shown(part)}”看不懂，请写成“财务1、审计1”。",
                    en=f"“{shown(part)}” cannot be read; write it like 财务1、审计1.",
                )
            )
        code = code_of(match.group(1), vocabulary)
        if code in amounts:
            name = vocabulary[code].text
            raise Unreadable(
                Text(
                    zh=f"“{name.zh}”写了两次，请合成一项，写出总人数。",
                    en=f"“{name.en}” stands twice: write it once, with the number of people.",
                )
            )
        amounts[code] = int(match.group(2) or 1)
    return amounts


def shown(text: str) -> str:
    """A cell's text inside a message: short, so that a message stays one line."""
    return text if len(text) <= 30 else text[:29] + "…"


def _folded(text: str) -> str:
    return re.sub(r"[\s()·]", "", text).lower()


def _lookup(vocabulary: Vocabulary) -> dict[str, str]:
    return _lookup_of(tuple((code, word.text, word.synonyms) for code, word in vocabulary.items()))


@cache
def _lookup_of(words: tuple[tuple[str, Text, tuple[str, ...]], ...]) -> dict[str, str]:
    table: dict[str, str] = {}
    for code, text, synonyms in words:
        for name in (*synonyms, code, text.en, text.zh):
            table.setdefault(_folded(name), code)
    for code, text, _synonyms in words:
        table[_folded(text.zh)] = code  # a word's own name wins over another's synonym
    return table
