"""Paragraphs: the only place where a value becomes part of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from sharing.documents.plain import lines, plain
from sharing.documents.styles import Style, Type

_LEVEL_1: Final = re.compile("^[一二三四五六七八九十百]{1,5}、")
_LEVEL_2: Final = re.compile("^（[一二三四五六七八九十百]{1,5}）")
# 1. but not 1.5; （1） and （一）; 一、
_OWN_NUMBER: Final = re.compile(
    r"\s*(\d+\s*[.．、](?!\d)|[（(]\s*[\d一二三四五六七八九十百]+\s*[)）]|[一二三四五六七八九十百]{1,5}、)"
)
_DIGITS: Final = "零一二三四五六七八九"

# The format wants the properties of a paragraph in its order.
_AFTER_INDENTS: Final = (
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection",
    "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr",
    "w:sectPr", "w:pPrChange",
)  # fmt: skip
_AFTER_BORDERS: Final = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", *_AFTER_INDENTS,
)  # fmt: skip


class Place(Protocol):
    """A document, a cell, a header or a footer."""

    def add_paragraph(self) -> Paragraph: ...


def put(place: Place, style: Style, value: str = "") -> Paragraph:
    """One paragraph that says `value`; a break in it stays a break within the paragraph."""
    paragraph = set_in(place.add_paragraph(), style)
    if value:
        say(paragraph, value)
    return paragraph


def set_in(paragraph: Paragraph, style: Style) -> Paragraph:
    paragraph._p.style = style.value
    return paragraph


def say(paragraph: Paragraph, value: str, kind: Type | None = None) -> None:
    """Add `value` to what the paragraph says."""
    run = paragraph.add_run(plain(value))
    if kind is not None:
        run._r.style = kind.value


def put_lines(place: Place, style: Style, value: str) -> None:
    """A paragraph for each line of `value`."""
    for line in lines(value):
        put(place, style, line)


def put_text(place: Place, value: str) -> None:
    """Running text, line by line; a line that begins as a title of the first or second level
    (一、 or （一）) is set as one, up to its first full stop. Its words stay as they are."""
    for line in lines(value):
        for mark, whole, lead in (
            (_LEVEL_1, Style.LEVEL_1, Type.LEAD_1),
            (_LEVEL_2, Style.LEVEL_2, Type.LEAD_2),
        ):
            if mark.match(line):
                _put_title(place, line, whole, lead)
                break
        else:
            put(place, Style.BODY, line)


def _put_title(place: Place, line: str, whole: Style, lead: Type) -> None:
    head, stop, rest = line.partition("。")
    if not rest:
        put(place, whole, line)
        return
    paragraph = put(place, Style.BODY)
    say(paragraph, head + stop, lead)
    say(paragraph, rest)


def is_numbered(values: Iterable[str]) -> bool:
    """Whether one of them begins with a number of its own: 1. 1、 （1） （一） 一、"""
    return any(map(_OWN_NUMBER.match, values))


def numbered(values: Iterable[str]) -> str:
    """Lines “1. …”, the third level of titles; those that have numbers of their own keep them."""
    values = tuple(values)
    if is_numbered(values):
        return "\n".join(values)
    return "\n".join(f"{number}. {value}" for number, value in enumerate(values, start=1))


def chinese(number: int) -> str:
    """1 to 999 as titles count: 一, 十, 十一, 二十三, 一百零五."""
    if not 0 < number < 1000:
        raise ValueError(f"No title is counted {number}.")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")


def indent(paragraph: Paragraph, **sides: int) -> None:
    """Set indents in twips (`left`, `right`, `firstLine`), past those of the style."""
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    element = OxmlElement("w:ind")
    for side, value in sides.items():
        element.set(qn(f"w:{side}"), str(value))
    properties.insert_element_before(element, *_AFTER_INDENTS)


def space(paragraph: Paragraph, *, before: int | None = None, after: int | None = None) -> None:
    """Set the space above and below in twips, past that of the style."""
    element = paragraph._p.get_or_add_pPr().get_or_add_spacing()
    for side, value in (("before", before), ("after", after)):
        if value is not None:
            element.set(qn(f"w:{side}"), str(value))


@dataclass(frozen=True, slots=True)
class Line:
    """A line beside a paragraph: eighths of a point thick, so many points apart from the text."""

    eighths: int
    apart_pt: int = 1
    color: str = "000000"


def rule(paragraph: Paragraph, **sides: Line) -> None:
    """Lines over the paragraph's width: `top` and `bottom`."""
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    borders = OxmlElement("w:pBdr")
    for side in ("top", "bottom"):
        if side in sides:
            line = OxmlElement(f"w:{side}")
            line.set(qn("w:val"), "single")
            line.set(qn("w:sz"), str(sides[side].eighths))
            line.set(qn("w:space"), str(sides[side].apart_pt))
            line.set(qn("w:color"), sides[side].color)
            borders.append(line)
    properties.insert_element_before(borders, *_AFTER_BORDERS)
