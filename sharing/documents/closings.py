"""What stands below the text: annexes, who signs and when, notes, who else gets a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from kernel.text import day_text
from sharing.documents.measures import CHARACTER, LINE, UPRIGHT, twips
from sharing.documents.plain import one_line, width_em
from sharing.documents.styles import Style
from sharing.documents.tables import fix_grid, fresh_table, rule_rows
from sharing.documents.writing import indent, put, say, set_in, space

_ON_A_LINE = 28
_RIGHT_OF_DAY = 4.0  # characters right of the day, where a seal is put (7.3.5.1)
_COPY_WIDTHS = (5400, UPRIGHT.text_wide - 5400)
_SMALL = 280  # a character of size 4, in which copies are set
_THICK, _THIN = 8, 6  # eighths of a point: 0.35 and 0.25 mm (7.4.1)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, as the seal says it, and the day. No day: not signed yet, left to the hand."""

    signer: str
    on: date | None


def day(value: date | None) -> str:
    """2026年3月2日; with room for the hand where there is no day yet."""
    return day_text(value).zh if value else "    年  月  日"


def put_annexes(document: Document, annexes: Sequence[str]) -> None:
    """附件说明: below the text after a free line; numbered when there are several (7.3.4)."""
    for number, annex in enumerate(annexes, start=1):
        lead = "附件：" if number == 1 else ""
        count = f"{number}. " if len(annexes) > 1 else ""
        paragraph = put(document, Style.ANNEXES, f"{lead}{count}{annex}")
        hanging = 3.0 * bool(lead) + width_em(count)
        start = 5 + width_em(count)
        ind = {"left": round(start * CHARACTER), "hanging": round(hanging * CHARACTER)}
        indent(paragraph, **ind)
        if number == 1:
            space(paragraph, before=LINE)


def put_signature(document: Document, signature: Signature) -> None:
    """Name over day, centred upon it, with room for the seal (7.3.5.1)."""
    _keep_with_what_follows(document)
    name, dated = one_line(signature.signer), day(signature.on)
    wide, narrow = width_em(name), width_em(dated)
    # A name longer than a line runs over it; its day still has a line of its own.
    right_of_day = max(_RIGHT_OF_DAY, min(1 + (wide - narrow) / 2, _ON_A_LINE - narrow))
    right_of_name = max(0.0, right_of_day + (narrow - wide) / 2)
    above = put(document, Style.SIGNER, name)
    space(above, before=LINE * 2)
    indent(above, right=round(right_of_name * CHARACTER))
    indent(put(document, Style.DAY, dated), right=round(right_of_day * CHARACTER))


def _keep_with_what_follows(document: Document) -> None:
    """A signature never stands alone on a page (7.3.5.5)."""
    body = document.element.body
    before = [element for element in body if element.tag == qn("w:p")]
    if before:
        Paragraph(before[-1], document).paragraph_format.keep_with_next = True


def put_note(document: Document, note: str) -> None:
    """附注, in brackets, two characters in (7.3.6)."""
    put(document, Style.NOTE, f"（{one_line(note)}）")


@dataclass(frozen=True, slots=True)
class Copies:
    """版记. `printed_by` and `printed_on` stand on documents, not on letters (10.1)."""

    receivers: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None


NO_COPIES = Copies()


def put_copies(document: Document, copies: Copies, *, ruled: bool) -> None:
    """At the foot of the last page: who gets a copy, who printed it (7.4).

    `ruled`: with the lines of a document; a letter has none.
    """
    rows = []
    if copies.receivers:
        rows.append((f"抄送：{'，'.join(map(one_line, copies.receivers))}。", ""))
    if copies.printed_by:
        rows.append((one_line(copies.printed_by), f"{day(copies.printed_on)}印发"))
    if not rows:
        return
    table = fresh_table(document, rows=len(rows), columns=len(_COPY_WIDTHS))
    fix_grid(table, _COPY_WIDTHS)
    _hold_at_the_foot(table)
    for row, words in zip(table.rows, rows, strict=True):
        _fill_row(row, *words)
    if ruled:
        rule_rows(table, first=_THICK, between=_THIN, last=_THICK)
    # What the table is anchored to. It takes no room, so it starts no page of its own.
    document.add_paragraph().paragraph_format.line_spacing = Pt(1)


def _fill_row(row: Any, said: str, right: str) -> None:
    """One row: its words over the whole width, or up to what stands at the right edge.

    Words that go on below begin under the first sign behind “抄送：” (7.4.2).
    """
    cells = row.cells
    cell = cells[0] if right else cells[0].merge(cells[1])
    paragraph = set_in(cell.paragraphs[0], Style.COPIES)
    say(paragraph, said)
    indent(
        paragraph,
        left=_SMALL * (1 if right else 4),
        right=_SMALL * (not right),
        hanging=0 if right else _SMALL * 3,
    )
    if right:
        paragraph = set_in(cells[1].paragraphs[0], Style.COPIES)
        say(paragraph, right)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        indent(paragraph, right=_SMALL)


def _hold_at_the_foot(table: Table) -> None:
    """Float the table upon the lower margin of the page that the text ends on.

    Counted from the page's edge and not from the text's: LibreOffice lets no other one float.
    """
    place = OxmlElement("w:tblpPr")
    for name, value in (
        ("leftFromText", "0"), ("rightFromText", "0"), ("vertAnchor", "margin"),
        ("horzAnchor", "page"), ("tblpX", str(twips(UPRIGHT.left))), ("tblpYSpec", "bottom"),
    ):  # fmt: skip
        place.set(qn(f"w:{name}"), value)
    table._tbl.tblPr.insert(0, place)
