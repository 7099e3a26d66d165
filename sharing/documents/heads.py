"""What stands above the text: the red head of a document or of a letter, and the title."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph

from sharing.documents.measures import (
    EDGE_TO_TAKEN,
    LETTER_MARK_FROM_EDGE,
    LETTER_RULE_LEFT,
    LETTER_RULE_RIGHT,
    LINE,
    MARK_BELOW_TOP,
    RED,
    RULE_BELOW_MARK,
    RULE_BELOW_NUMBER_PT,
    SEVEN_EIGHTHS,
    UPRIGHT,
)
from sharing.documents.plain import one_line, width_em
from sharing.documents.styles import Style, Type
from sharing.documents.writing import Line, indent, put, rule, say, space

NOT_NUMBERED = "（待编号）"
_TITLE_LINE_EM = UPRIGHT.text_wide / 20 / 22  # signs of size 2 on a line
_THICK, _THIN = 18, 6  # eighths of a point
_MARK_PT, _SMALLEST_MARK_PT = 42.0, 22.0
_NARROWEST = 55  # per cent: a narrower sign is no longer read at a glance


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文字号: `word`〔`year`〕`serial`号. The serial is not padded (7.2.5)."""

    word: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{one_line(self.word)}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class Head:
    """版头. `issuer` as the red head says it; without a `number` it is not signed yet, or
    `numbered_by_hand`: then its line is left empty."""

    issuer: str
    number: DocumentNumber | None
    copy_number: str = ""  # 份号
    secrecy: str = ""  # 密级和保密期限
    urgency: str = ""  # 紧急程度
    numbered_by_hand: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands at the upper left, in the order of the standard (7.2.1 to 7.2.3)."""
        return tuple(mark for mark in (self.copy_number, self.secrecy, self.urgency) if mark)

    @property
    def number_text(self) -> str:
        if self.number:
            return str(self.number)
        return "" if self.numbered_by_hand else NOT_NUMBERED


def put_document_head(document: Document, head: Head) -> None:
    """文件格式: the head, the number below it, a red line as wide as the text (7.2)."""
    for mark in head.marks:
        put(document, Style.TOP_LEFT, one_line(mark))
    _put_mark(document, f"{head.issuer}文件", above=max(0, MARK_BELOW_TOP - LINE * len(head.marks)))
    number = put(document, Style.NUMBER, head.number_text)
    space(number, before=LINE * 2)
    rule(number, bottom=Line(16, RULE_BELOW_NUMBER_PT, RED))


def put_letter_head(document: Document, head: Head) -> None:
    """信函格式: head and red double line above the first page, a second one at its foot (10.1)."""
    section = document.sections[0]
    taken_line = 240
    _put_mark(
        section.first_page_header,
        head.issuer,
        above=LETTER_MARK_FROM_EDGE - EDGE_TO_TAKEN - taken_line,
    )
    below = _put_double_rule(section.first_page_header, _THICK, _THIN)
    space(below, before=RULE_BELOW_MARK)
    _put_double_rule(section.first_page_footer, _THIN, _THICK)
    _put_letter_number(document, head)


def _put_double_rule(place: Any, upper: int, lower: int) -> Paragraph:
    """Two red lines, 170 mm wide. Two single ones: programs differ on which of a double is outer."""
    paragraph = put(place, Style.TAKEN)
    paragraph.paragraph_format.line_spacing = Pt(1.5)
    indent(paragraph, left=LETTER_RULE_LEFT, right=LETTER_RULE_RIGHT)
    rule(paragraph, top=Line(upper, 0, RED), bottom=Line(lower, 0, RED))
    return paragraph


def _put_letter_number(document: Document, head: Head) -> None:
    """The number at the right edge; secrecy and urgency at the left, the first on its line."""
    marks = [one_line(mark) for mark in head.marks]
    paragraph = put(document, Style.NUMBER)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.tab_stops.add_tab_stop(
        Twips(UPRIGHT.text_wide), alignment=WD_TAB_ALIGNMENT.RIGHT
    )
    space(paragraph, before=SEVEN_EIGHTHS)
    if marks:
        say(paragraph, marks[0], Type.STRONG)
    say(paragraph, f"\t{head.number_text}")
    for mark in marks[1:]:
        put(document, Style.TOP_LEFT, mark)


def put_title(document: Document, title: str, *, lines_above: int = 2) -> None:
    """The title, centred, its lines about as long as one another (7.3.1).

    The lines break by themselves: no sign is put into the words.
    """
    paragraph = put(document, Style.TITLE, title)
    space(paragraph, before=LINE * lines_above)
    width = width_em(title)
    if "\n" in title or width <= _TITLE_LINE_EM - 0.5:
        return
    count = ceil(width / (_TITLE_LINE_EM - 1))
    # A little more than the even share: the last line is the shortest, as in a trapezoid.
    share = min(_TITLE_LINE_EM, width / count + 1)
    aside = round((_TITLE_LINE_EM - share) * 22 * 20 / 2)
    indent(paragraph, left=aside, right=aside)


def put_plain_title(document: Document, title: str) -> None:
    """The title of a paper without a red head, on the first line of the page."""
    put_title(document, title, lines_above=0)


def _put_mark(place: Any, words: str, *, above: int) -> Any:
    """发文机关标志 on one line: narrower signs for a long name, and then smaller ones."""
    said = one_line(words)
    paragraph = put(place, Style.MARK, said)
    space(paragraph, before=above)
    room = UPRIGHT.text_wide / 20 * 0.96
    across = max(1.0, width_em(said))
    size = max(_SMALLEST_MARK_PT, min(_MARK_PT, room / across / _NARROWEST * 100))
    scale = max(_NARROWEST, min(100, int(room / across / size * 100)))
    for run in paragraph.runs:
        run.font.size = Pt(round(size * 2) / 2)
        narrow = OxmlElement("w:w")
        narrow.set(qn("w:val"), str(scale))
        run._r.get_or_add_rPr().insert_element_before(
            narrow, "w:kern", "w:position", "w:sz", "w:szCs"
        )
    _exact(paragraph, size)
    return paragraph


def _exact(paragraph: Any, size_pt: float) -> None:
    """A line as high as its signs: the fonts that stand in for one another have other heights."""
    paragraph.paragraph_format.line_spacing = Pt(size_pt * 1.15)
