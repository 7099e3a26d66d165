"""Rows out of any accepted file, one by one: an xlsx workbook in streaming mode, or CSV text.

A hostile or damaged workbook makes third-party parsers fail in many ways; all of them become
one refusal here, so that nothing behind this module has to know.
"""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import IO, Any, Protocol

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH

from kernel.errors import DomainError
from kernel.text import Text
from scheduling.workbooks.guard import DEFAULT_LIMITS, Format, Limits, inspect
from scheduling.workbooks.refusals import DamagedWorkbook, FormulaCell, UnknownEncoding
from scheduling.workbooks.words import Cell

_ROWS_AT_ONCE = 500
_CSV_FIELD_LIMIT = 100_000  # characters; a stray quotation mark swallows the rest of the file
_SAMPLE = 8192  # characters in which the CSV's delimiter is looked for
MAX_SHEET_NAME = 100  # Excel allows 31

# How a workbook writes what XML cannot hold: `_x000D_` is the line end of another system.
_ESCAPED_CONTROL = re.compile("_x00([01][0-9A-Fa-f])_")


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts from 1, as the spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return all(
            cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells
        )


class Table(Protocol):
    """One sheet."""

    name: str
    hidden: bool
    epoch_1904: bool

    def rows(self) -> Iterator[Row]: ...


def cell_name(row_number: int, column_index: int) -> str:
    """`B7` for row 7 and column index 1."""
    return f"{get_column_letter(column_index + 1)}{row_number}"


@contextmanager
def open_tables(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Iterator[list[Table]]:
    """The sheets of a file that `guard` has let through; refuses the others."""
    if inspect(path, limits=limits) is Format.CSV:
        yield [CsvTable(path)]
        return
    with path.open("rb") as file:
        book = _load(file)
        try:
            yield [XlsxTable(sheet, book.epoch == MAC_EPOCH) for sheet in book.worksheets]
        finally:
            book.close()


class XlsxTable:
    def __init__(self, sheet: Any, epoch_1904: bool) -> None:
        self.name: str = sheet.title[:MAX_SHEET_NAME]
        self.hidden: bool = sheet.sheet_state != "visible"
        self.epoch_1904 = epoch_1904
        self._sheet = sheet

    def rows(self) -> Iterator[Row]:
        # The declared dimension is often wrong, and blank rows need no filling up to it.
        self._sheet.reset_dimensions()
        source = enumerate(self._sheet.iter_rows(values_only=True), start=1)
        while batch := self._next_rows(source):
            for number, values in batch:
                yield Row(
                    number,
                    tuple(_cell(value, self.name, number, i) for i, value in enumerate(values)),
                )

    def _next_rows(
        self, source: Iterator[tuple[int, tuple[Any, ...]]]
    ) -> list[tuple[int, tuple[Any, ...]]]:
        with _parser_trouble_as_refusal(self.name):
            return list(islice(source, _ROWS_AT_ONCE))


class CsvTable:
    name = "CSV"
    hidden = False
    epoch_1904 = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._encoding = encoding_of(path)

    def rows(self) -> Iterator[Row]:
        with self._path.open(encoding=self._encoding, newline="") as file:
            delimiter = _delimiter(file.read(_SAMPLE))
            file.seek(0)
            csv.field_size_limit(_CSV_FIELD_LIMIT)
            number = 0
            try:
                # Strict: else a quotation mark that nothing closes swallows all rows behind it.
                for values in csv.reader(file, delimiter=delimiter, strict=True):
                    number += 1
                    yield Row(number, tuple(_csv_cell(v, number, i) for i, v in enumerate(values)))
            except csv.Error as fault:
                where = Text(
                    zh=f"CSV 第 {number + 1} 行起引号不成对",
                    en=f"unbalanced quotation marks in the CSV, from row {number + 1} on",
                )
                raise DamagedWorkbook(where=where) from fault


def encoding_of(path: Path) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, else GB18030, which contains GBK."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(b"\xef\xbb\xbf"):
        candidates = ["utf-8-sig"]
    elif head == b"\xff\xfe\x00\x00":
        candidates = ["utf-32"]
    elif head.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise UnknownEncoding()


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(1024 * 1024):
                pass
    except UnicodeError:
        return False
    return True


def _delimiter(sample: str) -> str:
    """The one that parts most; a title above the header has none, or another, and a list within
    quotation marks parts no cells."""
    return max(",\t;", key=re.sub('"[^"]*"', "", sample).count)


def _csv_cell(text: str, row_number: int, column_index: int) -> Cell:
    """CSV has no types. `="0012"` is Excel's way of writing digits as text."""
    if quoted := re.fullmatch(r'="([^"]*)"', text.strip()):
        return quoted.group(1)
    if text.lstrip().startswith("="):
        nothing = Text(zh="", en="")
        raise FormulaCell(sheet="CSV", cell=cell_name(row_number, column_index), more=nothing)
    return text


def _cell(value: Any, sheet: str, row_number: int, column_index: int) -> Cell:
    if isinstance(value, str):
        return _ESCAPED_CONTROL.sub(lambda match: chr(int(match.group(1), 16)), value)
    if value is None or isinstance(value, int | float | bool | datetime | date | time):
        return value
    if hasattr(value, "ref"):  # openpyxl's ArrayFormula and DataTableFormula
        nothing = Text(zh="", en="")
        raise FormulaCell(sheet=sheet, cell=cell_name(row_number, column_index), more=nothing)
    return str(value)


def _load(file: IO[bytes]) -> Any:
    with _parser_trouble_as_refusal("xl/workbook.xml"):
        return openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)


@contextmanager
def _parser_trouble_as_refusal(where: str) -> Iterator[None]:
    """openpyxl warns about features that we do not read, and fails on damage in any way."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except DomainError:
            raise
        except Exception as fault:
            # Whatever a third-party parser raises on a file from outside says one thing.
            raise DamagedWorkbook(where=where) from fault
