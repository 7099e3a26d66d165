"""One sheet's layout: its columns, what people call them, and how each cell is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kernel.text import Text
from scheduling.domain.vocabulary import Vocabulary
from scheduling.workbooks.tables import Row, cell_name
from scheduling.workbooks.words import Cell, Unreadable, clean, shown

REASONS_HEADING = "未导入原因"  # of our own workbook of faulty rows; comes back unread
HEADER_WITHIN = 20  # rows; above it stand titles, units of measure, and who filled it in

_EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
_LOST = "\ufffd"  # stands for a character that some program could not read


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell's reader may ask of its sheet."""

    epoch_1904: bool = False


CellReader = Callable[[Cell, Reading], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """`key` in the payload; `title` in the template; `read` raises `Unreadable`."""

    key: str
    title: Text
    read: CellReader
    synonyms: tuple[str, ...] = ()
    heading_required: bool = False
    cell_required: bool = False
    hint: str = ""  # the note in the template, in Chinese: clerks read it
    choices: Vocabulary | None = None  # the drop-down in the template
    width: int = 16
    as_text: bool = False  # formatted as text in the template: digits keep their zeros


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one cell (or, without a column, in the row), and what to do."""

    column: str
    cell: str
    text: Text

    def as_json(self) -> dict[str, str]:
        return {"column": self.column, "cell": self.cell, "zh": self.text.zh, "en": self.text.en}


@dataclass(slots=True)
class ReadRow:
    """A row as read. `values` lacks the keys whose column the file does not have."""

    sheet: str  # the layout's key
    sheet_name: str  # on its tab
    number: int
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)  # worth a look, nothing wrong
    written: dict[str, Cell] = field(default_factory=dict)  # by the file's headings; no blank ones


RowCheck = Callable[[ReadRow, "Header"], None]


@dataclass(frozen=True, slots=True)
class SheetLayout:
    key: str
    title: Text
    columns: tuple[Column, ...]
    synonyms: tuple[str, ...] = ()
    check: RowCheck | None = None
    hint: str = ""

    def named(self, sheet_name: str) -> bool:
        folded = _folded(sheet_name)
        names = (self.title.zh, self.title.en, *self.synonyms)
        return any(_folded(name) == folded for name in names)


@dataclass(frozen=True, slots=True)
class Header:
    """Where each known column stands."""

    row_number: int
    index_of: Mapping[str, int]  # column key -> column index
    headings: Mapping[str, str]  # column key -> as written in the file
    unknown: tuple[str, ...]

    def is_repeated_by(self, row: Row) -> bool:
        """Whether a row is this header once more, as at the top of each printed page."""
        return all(
            index < len(row.cells) and clean(row.cells[index]) == self.headings[key]
            for key, index in self.index_of.items()
        )

    def cell(self, key: str, row_number: int) -> str:
        index = self.index_of.get(key)
        return "" if index is None else cell_name(row_number, index)

    def fault(self, key: str, row_number: int, text: Text) -> Fault:
        return Fault(self.headings.get(key, ""), self.cell(key, row_number), text)


def match_header(layout: SheetLayout, row: Row) -> Header:
    """The columns of `layout` that this row's cells name. A heading is used once, left first."""
    wanted = _headings(layout)
    index_of: dict[str, int] = {}
    headings: dict[str, str] = {}
    unknown: list[str] = []
    for index, value in enumerate(row.cells):
        text = clean(value)
        key = wanted.get(_folded(text)) or wanted.get(_folded(_without_brackets(text)))
        if key is not None and key not in index_of:
            index_of[key], headings[key] = index, text
        elif text and text != REASONS_HEADING:
            unknown.append(text)
    return Header(row.number, index_of, headings, tuple(unknown))


def missing_headings(layout: SheetLayout, header: Header) -> list[str]:
    return [
        column.title.zh
        for column in layout.columns
        if column.heading_required and column.key not in header.index_of
    ]


def best_header(layout: SheetLayout, rows: Sequence[Row]) -> Header | None:
    """The row that names most columns; None when none names two."""
    headers = [match_header(layout, row) for row in rows]
    best = max(headers, key=lambda header: len(header.index_of), default=None)
    return best if best is not None and len(best.index_of) >= 2 else None


def read_row(
    layout: SheetLayout, header: Header, row: Row, sheet_name: str, reading: Reading
) -> ReadRow:
    """Every cell read on its own: one fault does not hide the next."""
    result = ReadRow(layout.key, sheet_name, row.number, {})
    for column in layout.columns:
        index = header.index_of.get(column.key)
        if index is None:
            continue
        value = row.cells[index] if index < len(row.cells) else None
        if value is not None:
            result.written[header.headings[column.key]] = value
        try:
            result.values[column.key] = _read_cell(column, value, reading)
        except Unreadable as unreadable:
            result.faults.append(header.fault(column.key, row.number, unreadable.text))
    if layout.check is not None and not result.faults:
        layout.check(result, header)
    return result


def _read_cell(column: Column, value: Cell, reading: Reading) -> Any:
    text = clean(value)
    if text in _EXCEL_ERRORS:
        raise Unreadable(
            Text(
                zh=f"单元格是错误值 {text}，请改为实际内容。",
                en=f"The cell holds the error {text}.",
            )
        )
    if not text and column.cell_required:
        raise Unreadable(
            Text(
                zh=f"“{column.title.zh}”不能为空（合并的单元格请拆开，逐行填写）。",
                en=f"“{column.title.en}” must not be blank (split merged cells; fill each row).",
            )
        )
    if _LOST in text:
        raise Unreadable(
            Text(
                zh=f"“{shown(text)}”里有读不出的字符（�），请对照原件补上。",
                en=f"“{shown(text)}” holds a character that was lost (�): enter it again.",
            )
        )
    said = column.read(value, reading)
    if column.cell_required and said in (None, "", []):
        raise Unreadable(
            Text(
                zh=f"“{column.title.zh}”写的是“{shown(text)}”，等于没有填写。确无此项的，请删去这一行。",
                en=f"“{column.title.en}” says “{shown(text)}”, which names nothing. If there is "
                "nothing to name, delete the row.",
            )
        )
    return said


def _headings(layout: SheetLayout) -> dict[str, str]:
    table: dict[str, str] = {}
    for column in layout.columns:
        for name in (column.title.zh, column.title.en, column.key, *column.synonyms):
            table.setdefault(_folded(name), column.key)
    table.pop("", None)
    return table


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s*_:：()·、,/《》\-]", "", text)


def _without_brackets(text: str) -> str:
    return re.sub(r"[(\[【].*?[)\]】]", "", text)
