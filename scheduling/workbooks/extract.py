"""An office's own part of a published plan: whom it sends, and who comes to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from kernel.text import Language, Text
from scheduling.workbooks.templates import saved
from scheduling.workbooks.writing import (
    CENTRED,
    GRID,
    HEAD_FILL,
    HEAD_FONT,
    NOTE_FONT,
    TITLE_FONT,
    WRAPPED,
    put,
    tab_name,
)

Value = str | int | date
TABLE_FROM = 4  # above it: the title and which version it is


@dataclass(frozen=True, slots=True)
class GoingRow:
    """A person of the office at one unit. All words are in the reader's language."""

    name: str
    role: str
    duties: str
    team: str
    leader: str
    county: str
    unit: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ComingRow:
    """A person of a team that comes, at one unit of the county."""

    team: str
    role: str
    name: str
    post: str
    unit: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ExtractSheets:
    title: str
    note: str
    going: Sequence[GoingRow]
    coming: Sequence[ComingRow]


def extract_workbook(extract: ExtractSheets, language: Language) -> bytes:
    """Two sheets, each complete in itself; an empty one keeps its headings."""

    def say(zh: str, en: str) -> str:
        return Text(zh=zh, en=en)[language]

    book = Workbook()
    book.remove(book.worksheets[0])
    going = (
        (say("姓名", "Name"), 12),
        (say("组内职务", "Role"), 12),
        (say("分工", "Duties"), 18),
        (say("巡察组", "Team"), 16),
        (say("组长", "Leader"), 12),
        (say("被巡察地", "County"), 14),
        (say("被巡察单位", "Unit"), 30),
        (say("进驻", "First day"), 13),
        (say("结束", "Last day"), 13),
    )
    coming = (
        (say("巡察组", "Team"), 16),
        (say("组内职务", "Role"), 12),
        (say("姓名", "Name"), 12),
        (say("现任职务", "Post"), 24),
        (say("被巡察单位", "Unit"), 30),
        (say("进驻", "First day"), 13),
        (say("结束", "Last day"), 13),
    )
    _sheet(book, say("派出", "Going out"), extract, going, [_going(row) for row in extract.going])
    _sheet(
        book, say("来巡", "Coming in"), extract, coming, [_coming(row) for row in extract.coming]
    )
    return saved(book)


def _going(row: GoingRow) -> tuple[Value, ...]:
    where = (row.county, row.unit, row.first, row.last)
    return (row.name, row.role, row.duties, row.team, row.leader, *where)


def _coming(row: ComingRow) -> tuple[Value, ...]:
    return (row.team, row.role, row.name, row.post, row.unit, row.first, row.last)


def _sheet(
    book: Workbook,
    name: str,
    extract: ExtractSheets,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[tuple[Value, ...]],
) -> None:
    sheet = book.create_sheet(tab_name(book, name))
    put(sheet, 1, 1, f"{extract.title} {name}").font = TITLE_FONT
    put(sheet, 2, 1, extract.note).font = NOTE_FONT
    for index, (head, width) in enumerate(columns, start=1):
        cell = put(sheet, TABLE_FROM, index, head)
        cell.font, cell.fill, cell.alignment, cell.border = HEAD_FONT, HEAD_FILL, CENTRED, GRID
        sheet.column_dimensions[get_column_letter(index)].width = width
    for number, row in enumerate(rows, start=TABLE_FROM + 1):
        for index, value in enumerate(row, start=1):
            cell = put(sheet, number, index, value)
            cell.border, cell.alignment = GRID, WRAPPED
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
    sheet.freeze_panes = sheet.cell(row=TABLE_FROM + 1, column=1)
