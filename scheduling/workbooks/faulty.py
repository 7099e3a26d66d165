"""The rows that were not taken, as a workbook to correct and upload again.

Each row stands as it was typed, with its reasons in the first column. The uploaded file is
read a second time: what it holds (ID numbers, too) is kept nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from scheduling.workbooks.columns import HEADER_WITHIN, REASONS_HEADING, best_header
from scheduling.workbooks.guard import DEFAULT_LIMITS, Limits
from scheduling.workbooks.reading import BookLayout
from scheduling.workbooks.tables import Row, Table, open_tables
from scheduling.workbooks.templates import saved
from scheduling.workbooks.words import Cell, clean
from scheduling.workbooks.writing import (
    CENTRED,
    FAULT_FILL,
    GRID,
    HEAD_FILL,
    HEAD_FONT,
    WRAPPED,
    fill,
    tab_name,
)

NO_NUMBER_IN_EXCEL = 10**308

Reasons = Mapping[tuple[str, int], str]  # (sheet name, row number) -> why


def faulty_rows(
    path: Path, layout: BookLayout, reasons: Reasons, *, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """A workbook with the sheets that hold such rows; its headings are the file's own."""
    by_sheet: dict[str, dict[int, str]] = {}
    for (sheet_name, row_number), why in reasons.items():
        by_sheet.setdefault(sheet_name, {})[row_number] = why
    book = Workbook(write_only=True)
    with open_tables(path, limits=limits) as tables:
        for table in tables:
            if wanted := by_sheet.get(table.name):
                _write(book, table, layout, wanted)
    return saved(book)


def _write(book: Workbook, table: Table, layout: BookLayout, wanted: Mapping[int, str]) -> None:
    sheet = book.create_sheet(_tab(book, table, layout))
    header = _header_row(table, layout)
    headings = (REASONS_HEADING, *map(clean, header.cells))
    sheet.freeze_panes = "B2"
    for index in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(index)].width = 60 if index == 1 else 18
    sheet.append([_heading(sheet, text) for text in headings])
    for row in _rows_in(table, wanted):
        reason = fill(WriteOnlyCell(sheet), wanted[row.number])
        reason.alignment, reason.fill = WRAPPED, FAULT_FILL
        sheet.append([reason, *(_as_typed(sheet, value) for value in row.cells)])


def _tab(book: Workbook, table: Table, layout: BookLayout) -> str:
    """The sheet's own name: other programs allow longer ones, and other signs."""
    name = layout.main.title.zh if table.name == "CSV" else table.name
    return tab_name(book, name, otherwise=layout.main.title.zh)


def _rows_in(table: Table, wanted: Mapping[int, str]) -> Iterator[Row]:
    last = max(wanted)
    for row in table.rows():
        if row.number in wanted:
            yield row
        if row.number >= last:
            return


def _header_row(table: Table, layout: BookLayout) -> Row:
    rows = list(islice(table.rows(), HEADER_WITHIN))
    named = [sheet for sheet in layout.sheets if sheet.named(table.name)]
    headers = [
        header
        for sheet in (named or layout.sheets)
        if (header := best_header(sheet, rows)) is not None
    ]
    best = max(headers, key=lambda header: len(header.index_of))
    return next(row for row in rows if row.number == best.row_number)


def _heading(sheet: Any, text: str) -> Any:
    cell = fill(WriteOnlyCell(sheet), text)
    cell.font, cell.fill, cell.border, cell.alignment = HEAD_FONT, HEAD_FILL, GRID, CENTRED
    return cell


def _as_typed(sheet: Any, value: Cell) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, int | float) and not abs(value) < NO_NUMBER_IN_EXCEL:
        value = str(value)
    cell = fill(WriteOnlyCell(sheet), value)
    if isinstance(value, date | datetime):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, str):
        cell.number_format = "@"  # digits stay text, zeros in front and all
    return cell
