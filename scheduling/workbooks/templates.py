"""Empty workbooks for the counties: headings, notes on each heading, drop-downs, a first page.

Built from the same layouts that read them, so that a template always fits its reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scheduling.workbooks.columns import Column, SheetLayout
from scheduling.workbooks.reading import BookLayout
from scheduling.workbooks.writing import (
    CENTRED,
    GRID,
    HEAD_FILL,
    HEAD_FONT,
    NEEDED_FILL,
    NOTE_FONT,
    TITLE_FONT,
    WRAPPED,
    put,
)

LAST_PREPARED_ROW = 2_000  # drop-downs and text format reach this far
NOTES_SHEET = "填写说明"
LISTS_SHEET = "选项"
NO_LISTS: Mapping[str, Sequence[str]] = MappingProxyType({})

_GENERAL_NOTES = (
    "橙色表头的列必须填写，红色表头的列按实际情况填写。",
    "列的顺序可以调整，不需要的列可以删去；表头上方可以保留标题行。",
    "日期写成 2019年3月、2019.03、2019-3、2019/3/1 都可以；仍在任的写“至今”。",
    "一格填多项时用顿号分开，如“财务、审计”。",
    "请填数值和文字，不要使用公式、宏和外部链接，不要设打开密码。",
    "再次上传时按编号识别：已有的更新，没有的新增，名册中未出现的保持不变。",
    "某一类情况（如亲属任职）不上传对应的工作表，则原有记录保持不变；上传了就以新表为准。",
)


def new_sheet(book: Workbook, layout: SheetLayout, *, first: bool) -> Worksheet:
    """A sheet with its headings in row 1, ready to be filled from row 2."""
    sheet: Worksheet = book.worksheets[0] if first else book.create_sheet()
    sheet.title = layout.title.zh
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 28
    for index, column in enumerate(layout.columns, start=1):
        _heading(sheet, index, column)
    return sheet


def template(
    layout: BookLayout,
    *,
    notes: Sequence[str] = _GENERAL_NOTES,
    lists: Mapping[str, Sequence[str]] = NO_LISTS,
) -> bytes:
    """The empty workbook for one kind of import. `lists`: for columns of the main sheet, by their keys,
    the office's own words; they stand on a sheet of their own, since a rule holds 255 characters."""
    book = Workbook()
    for position, sheet_layout in enumerate(layout.sheets):
        sheet = new_sheet(book, sheet_layout, first=position == 0)
        for index, column in enumerate(sheet_layout.columns, start=1):
            _prepare_cells(sheet, index, column)
    _lists(book, layout, lists)
    _notes(book, layout, notes)
    return saved(book)


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _heading(sheet: Worksheet, index: int, column: Column) -> None:
    cell = put(sheet, 1, index, column.title.zh)
    cell.font, cell.border, cell.alignment = HEAD_FONT, GRID, CENTRED
    cell.fill = NEEDED_FILL if column.cell_required else HEAD_FILL
    sheet.column_dimensions[get_column_letter(index)].width = column.width
    if column.hint:
        cell.comment = Comment(column.hint, "填写说明", width=320, height=90)


def _prepare_cells(sheet: Worksheet, index: int, column: Column) -> None:
    letter = get_column_letter(index)
    if column.as_text:
        for row in range(2, 202):
            sheet.cell(row=row, column=index).number_format = "@"
    if column.choices is None:
        return
    words = ",".join(word.text.zh for word in column.choices.values())
    _drop_down(sheet, letter, f'"{words}"')


def _drop_down(sheet: Worksheet, letter: str, source: str) -> None:
    """Lists may hold several words in one cell: the drop-down helps, it does not forbid."""
    rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
    rule.add(f"{letter}2:{letter}{LAST_PREPARED_ROW}")
    sheet.add_data_validation(rule)


def _lists(book: Workbook, layout: BookLayout, lists: Mapping[str, Sequence[str]]) -> None:
    filled = [
        (index, column)
        for index, column in enumerate(layout.main.columns, start=1)
        if lists.get(column.key)
    ]
    if not filled:
        return
    sheet: Worksheet = book.create_sheet(LISTS_SHEET)
    for place, (index, column) in enumerate(filled, start=1):
        words, letter = lists[column.key], get_column_letter(place)
        put(sheet, 1, place, column.title.zh).font = TITLE_FONT
        sheet.column_dimensions[letter].width = 40
        for row, word in enumerate(words, start=2):
            put(sheet, row, place, word)
        source = f"={LISTS_SHEET}!${letter}$2:${letter}${len(words) + 1}"
        _drop_down(book.worksheets[0], get_column_letter(index), source)


def _notes(book: Workbook, layout: BookLayout, notes: Sequence[str]) -> None:
    sheet = book.create_sheet(NOTES_SHEET)
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 18
    sheet.column_dimensions["C"].width = 80
    put(sheet, 1, 1, f"{layout.title.zh} 填写说明").font = TITLE_FONT
    row = 3
    for note in notes:
        put(sheet, row, 1, note).font = NOTE_FONT
        row += 1
    for sheet_layout in layout.sheets:
        row += 1
        put(sheet, row, 1, f"《{sheet_layout.title.zh}》").font = TITLE_FONT
        put(sheet, row, 3, sheet_layout.hint).font = NOTE_FONT
        for column in sheet_layout.columns:
            row += 1
            _note_row(sheet, row, column)
        row += 1


def _note_row(sheet: Worksheet, row: int, column: Column) -> None:
    put(sheet, row, 1, column.title.zh)
    put(sheet, row, 2, "必填" if column.cell_required else "选填")
    words = ""
    if column.choices is not None:
        words = "可填：" + "、".join(word.text.zh for word in column.choices.values()) + "。"
    also = f"也认得：{'、'.join(column.synonyms)}。" if column.synonyms else ""
    put(sheet, row, 3, f"{column.hint}{words}{also}").alignment = WRAPPED
