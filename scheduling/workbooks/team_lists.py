"""Team lists (组员名单): one sheet a team, as it is pinned to a wall or put into a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

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

WIDTHS = (14, 14, 16, 30, 22, 24)
ROW_BETWEEN = 2


@dataclass(frozen=True, slots=True)
class ListedVisit:
    unit: str
    county: str
    starts_on: date
    ends_on: date
    working_days: int


@dataclass(frozen=True, slots=True)
class ListedSeat:
    """All words are already in the reader's language."""

    role: str
    name: str
    office: str
    post: str
    skills: str
    duties: str


@dataclass(frozen=True, slots=True)
class TeamList:
    team: str
    visits: Sequence[ListedVisit]
    seats: Sequence[ListedSeat]


def team_lists(title: str, note: str, teams: Sequence[TeamList], language: Language) -> bytes:
    """The workbook. `note` says which version it is and what the verifier found."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for team in teams:
        sheet = book.create_sheet(tab_name(book, team.team))
        _write(sheet, title, note, team, language)
    return saved(book)


def _write(sheet: Worksheet, title: str, note: str, team: TeamList, language: Language) -> None:
    def say(zh: str, en: str) -> str:
        return Text(zh=zh, en=en)[language]

    put(sheet, 1, 1, f"{title} {team.team}").font = TITLE_FONT
    put(sheet, 2, 1, note).font = NOTE_FONT
    heads: tuple[str, ...] = (
        say("被巡察单位", "Unit"),
        say("被巡察地", "County"),
        say("进驻", "First day"),
        say("结束", "Last day"),
        say("工作日", "Working days"),
    )
    row = _table(sheet, 4, heads, [_visit(visit) for visit in team.visits])
    heads = (
        say("组内职务", "Role"),
        say("姓名", "Name"),
        say("派出单位", "Office"),
        say("现任职务", "Post"),
        say("专长", "Specialities"),
        say("分工", "Duties"),
    )
    _table(sheet, row + ROW_BETWEEN, heads, [_seat(seat) for seat in team.seats])
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _visit(visit: ListedVisit) -> tuple[object, ...]:
    return (visit.unit, visit.county, visit.starts_on, visit.ends_on, visit.working_days)


def _seat(seat: ListedSeat) -> tuple[object, ...]:
    return (seat.role, seat.name, seat.office, seat.post, seat.skills, seat.duties)


def _table(
    sheet: Worksheet, row: int, heads: Sequence[str], lines: Sequence[tuple[object, ...]]
) -> int:
    """Write a table from `row` on; give back the row after it."""
    for column, head in enumerate(heads, start=1):
        cell = put(sheet, row, column, head)
        cell.font, cell.fill, cell.alignment, cell.border = HEAD_FONT, HEAD_FILL, CENTRED, GRID
    for line in lines:
        row += 1
        for column, value in enumerate(line, start=1):
            cell = put(sheet, row, column, value)
            cell.border, cell.alignment = GRID, WRAPPED
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
    return row + 1
