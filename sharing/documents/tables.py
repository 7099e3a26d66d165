"""Tables with fixed columns: they look alike in every program, whatever stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import (
    WD_CELL_VERTICAL_ALIGNMENT,
    WD_ROW_HEIGHT_RULE,
    WD_TABLE_ALIGNMENT,
)
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.table import Table

from sharing.documents.plain import lines
from sharing.documents.styles import Style
from sharing.documents.writing import put, say, set_in

# A row with more signs than these may run on over the page.
_KEPT_WHOLE = 260
# Rows of a form, in twips: room to sign in, and to write in by hand.
_LINE_HIGH, _TEXT_HIGH = 560, 720


@dataclass(frozen=True, slots=True)
class Column:
    """`wide`: its share of the table. `centred`: for what is short."""

    title: str
    wide: int
    centred: bool = False


def fresh_table(place: Any, *, rows: int, columns: int) -> Table:
    """An unruled table; python-docx wants its width, which `fix_grid` sets."""
    table: Table = place.add_table(rows, columns)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    return table


def _at_least(row: Any, twips: int) -> None:
    row.height, row.height_rule = Twips(twips), WD_ROW_HEIGHT_RULE.AT_LEAST


def put_list(
    place: Any, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, wide: int
) -> Table:
    """A table with a head that comes again on every page."""
    widths = shares([column.wide for column in columns], wide)
    table = _ruled(place, rows=1 + len(rows), widths=widths)
    head = table.rows[0]
    _repeat(head)
    _keep_whole(head)
    for cell, column in zip(_cells(head), columns, strict=True):
        fill(cell, column.title, Style.CELL_HEAD, middle=True)
    for row, values in zip(list(table.rows)[1:], rows, strict=True):
        _at_least(row, _LINE_HIGH)
        if sum(map(len, values)) < _KEPT_WHOLE:
            _keep_whole(row)
        for cell, value, column in zip(_cells(row), values, columns, strict=True):
            style = Style.CELL_CENTRED if column.centred else Style.CELL
            fill(cell, value, style, middle=len(value) < _KEPT_WHOLE)
    return table


def put_form(place: Any, rows: Sequence[Sequence[tuple[str, str]]], *, wide: int) -> Table:
    """A form: each row has one or two pairs of a label and what was filled in."""
    label, half = round(wide * 0.185), round(wide * 0.315)
    table = _ruled(place, rows=len(rows), widths=(label, half, label, wide - 2 * label - half))
    for row, pairs in zip(table.rows, rows, strict=True):
        if sum(len(value) for _, value in pairs) < _KEPT_WHOLE:
            _keep_whole(row)
        _at_least(row, _LINE_HIGH if len(pairs) > 1 else _TEXT_HIGH)
        cells = _cells(row)
        if len(pairs) == 1:
            cells = [cells[0], cells[1].merge(cells[3])]
        for number, (name, value) in enumerate(pairs):
            fill(cells[2 * number], name, Style.CELL_HEAD, middle=True)
            fill(cells[2 * number + 1], value, Style.CELL, middle=len(value) < 40)
    return table


def fill(cell: Any, value: str, style: Style, *, middle: bool) -> None:
    """Say `value` in an empty cell, a paragraph for each line."""
    first, *others = lines(value)
    paragraph = set_in(cell.paragraphs[0], style)
    if first:
        say(paragraph, first)
    for line in others:
        put(cell, style, line)
    if middle:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def shares(parts: Sequence[int], wide: int) -> tuple[int, ...]:
    """`wide` twips shared out as `parts`, to the last twip."""
    whole, out, before = sum(parts), [], 0
    for position in range(1, len(parts) + 1):
        until = round(wide * sum(parts[:position]) / whole)
        out.append(until - before)
        before = until
    return tuple(out)


def fix_grid(table: Table, widths: Sequence[int]) -> None:
    """Give the table, its columns and their cells these widths, in twips."""
    whole = table._tbl.tblPr.find(qn("w:tblW"))
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), str(sum(widths)))
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Twips(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Twips(width)


def rule_rows(table: Table, *, first: int, between: int, last: int) -> None:
    """Lines above, between and below the rows, in eighths of a point, over all of the width."""
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side, thickness in (("top", first), ("bottom", last), ("insideH", between)):
        edge = OxmlElement(f"w:{side}")
        for name, value in (
            ("val", "single"),
            ("sz", thickness),
            ("space", 0),
            ("color", "000000"),
        ):
            edge.set(qn(f"w:{name}"), str(value))
        borders.append(edge)
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.insert_element_before(margins, "w:tblLook")


def _ruled(place: Any, *, rows: int, widths: Sequence[int]) -> Table:
    table = fresh_table(place, rows=rows, columns=len(widths))
    table._tbl.tblStyle_val = "GwTable"
    fix_grid(table, widths)
    return table


def _cells(row: Any) -> list[Any]:
    return list(row.cells)


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
