"""A published digest as a workbook: one sheet for what it is and what its marks say, one for each table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kernel.text import Language, Text
from scheduling.workbooks.writing import (
    CENTRED,
    GRID,
    HEAD_FILL,
    HEAD_FONT,
    NOTE_FONT,
    TITLE_FONT,
    put,
    tab_name,
)
from sharing.domain.digest.grids import Grid
from sharing.domain.digest.publications import MARK_TITLES, Mark

ABOUT = Text(zh="说明", en="About")


@dataclass(frozen=True, slots=True)
class Cover:
    """`notes`: what the marks say. `watermark`: who took it away, and when."""

    title: str
    period: str
    notes: Sequence[str]
    watermark: str


def written(cover: Cover, grids: Sequence[Grid], language: Language) -> bytes:
    book = Workbook()
    about = book.worksheets[0]
    about.title = ABOUT[language]
    _head(about, cover, cover.title)
    for row, note in enumerate(cover.notes, start=4):
        put(about, row, 1, note)
    _foot(about, cover, len(cover.notes) + 5)
    about.column_dimensions["A"].width = 110
    for grid in grids:
        sheet = book.create_sheet(tab_name(book, grid.title[language]))
        _head(sheet, cover, grid.title[language])
        _grid(sheet, grid, language)
        _foot(sheet, cover, len(grid.lines) + 6)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _head(sheet: Worksheet, cover: Cover, title: str) -> None:
    put(sheet, 1, 1, title).font = TITLE_FONT
    put(sheet, 2, 1, cover.period).font = NOTE_FONT


def _foot(sheet: Worksheet, cover: Cover, row: int) -> None:
    """In the sheet and under each printed page."""
    put(sheet, row, 1, cover.watermark).font = NOTE_FONT
    # An ampersand begins a code of the footer.
    footer = sheet.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = cover.watermark.replace("&", "&&")


def _grid(sheet: Worksheet, grid: Grid, language: Language) -> None:
    heads = (grid.of, *grid.columns)
    for column, head in enumerate(heads, start=1):
        cell = put(sheet, 4, column, head[language])
        cell.font, cell.fill, cell.alignment, cell.border = HEAD_FONT, HEAD_FILL, CENTRED, GRID
        sheet.column_dimensions[get_column_letter(column)].width = 34 if column == 1 else 13
    for row, line in enumerate(grid.lines, start=5):
        put(sheet, row, 1, "　" * line.depth + line.title[language]).border = GRID
        for column, figure in enumerate(line.figures, start=2):
            value = MARK_TITLES[figure][language] if isinstance(figure, Mark) else figure
            put(sheet, row, column, value).border = GRID
    sheet.freeze_panes = "B5"
