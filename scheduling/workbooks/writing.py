"""What every workbook that we write has in common: looks, and no cell that acts as a formula."""

from __future__ import annotations

import re
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

HEAD_FONT = Font(name="Microsoft YaHei", bold=True, color="FFFFFF", size=11)
HEAD_FILL = PatternFill("solid", fgColor="8B1A1A")
NEEDED_FILL = PatternFill("solid", fgColor="B45309")
TITLE_FONT = Font(name="Microsoft YaHei", bold=True, size=15)
NOTE_FONT = Font(name="Microsoft YaHei", size=10, color="595959")
CELL_FONT = Font(name="Microsoft YaHei", size=10)
FAULT_FILL = PatternFill("solid", fgColor="FDE2E1")
THIN = Side(style="thin", color="BFBFBF")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED = Alignment(vertical="top", wrap_text=True)

LONGEST_TAB = 31
_NOT_ON_TABS = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ACTS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def tab_name(book: Workbook, name: str, *, otherwise: str = "Sheet") -> str:
    """`name` as far as Excel lets a tab have it, and unlike the tabs that `book` has already."""
    taken = {title.lower() for title in book.sheetnames}
    plain = _NOT_ON_TABS.sub(" ", name)[:LONGEST_TAB].strip("' ") or otherwise
    free, number = plain, 2
    while free.lower() in taken:
        mark = f" ({number})"
        free, number = f"{plain[: LONGEST_TAB - len(mark)]}{mark}", number + 1
    return free


def put(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Write one value into a sheet. We merge no cells, so each is a plain one."""
    return fill(cast(Cell, sheet.cell(row=row, column=column)), value)


def fill(cell: Cell, value: Any) -> Cell:
    """Set a cell's value. Text that a spreadsheet could run is marked as text for ever.

    openpyxl would turn a leading `=` into a formula. `quotePrefix` also keeps it text when
    somebody edits the cell or exports the sheet to CSV and back.
    """
    if isinstance(value, str):
        cell.value = _NOT_IN_XML.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value
    cell.font = CELL_FONT
    if isinstance(value, str) and value.startswith(_ACTS_AS_FORMULA):
        cell.quotePrefix = True
    return cell
