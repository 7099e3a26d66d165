"""A file read by a book's layouts: which sheet is which, then row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from kernel.text import Text
from scheduling.workbooks.columns import (
    HEADER_WITHIN,
    Header,
    Reading,
    ReadRow,
    SheetLayout,
    best_header,
    missing_headings,
    read_row,
)
from scheduling.workbooks.guard import DEFAULT_LIMITS, Limits
from scheduling.workbooks.refusals import MissingColumns, NoKnownSheet, SheetTwice, TooManyRows
from scheduling.workbooks.tables import Table, open_tables

MAX_DATA_ROWS = 100_000  # of all sheets together

# Sheets of our own templates that carry no data.
_OUR_OWN_NOTES = frozenset({"填写说明", "选项"})


@dataclass(frozen=True, slots=True)
class BookLayout:
    """A workbook: its main sheet, and sheets of facts that may be left out."""

    key: str
    title: Text
    main: SheetLayout
    facts: tuple[SheetLayout, ...] = ()

    @property
    def sheets(self) -> tuple[SheetLayout, ...]:
        return (self.main, *self.facts)


@dataclass(slots=True)
class Outline:
    """What a file turned out to hold, before its rows are read."""

    sheets: list[str] = field(default_factory=list)  # keys of the layouts found
    headings: dict[str, list[str]] = field(default_factory=dict)  # layout key -> column keys found
    unread: list[str] = field(default_factory=list)  # headings that no column knows
    remarks: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    table: Table
    layout: SheetLayout
    header: Header


class BookReader:
    """One file: `outline` says what was recognised, `rows` reads it. Made by `open_book`."""

    def __init__(self, layout: BookLayout, tables: list[Table]) -> None:
        self._layout = layout
        self.outline = Outline()
        self._found = self._recognise(tables)

    def rows(self, *, max_rows: int = MAX_DATA_ROWS) -> Iterator[ReadRow]:
        """Every row of data, main sheet first; `TooManyRows` as soon as one is too many."""
        count = 0
        for found in self._found:
            reading = Reading(epoch_1904=found.table.epoch_1904)
            for row in found.table.rows():
                if row.number <= found.header.row_number or row.is_blank:
                    continue
                if found.header.is_repeated_by(row):
                    continue
                count += 1
                if count > max_rows:
                    raise TooManyRows(limit=max_rows)
                yield read_row(found.layout, found.header, row, found.table.name, reading)

    def _recognise(self, tables: list[Table]) -> list[_Found]:
        found: dict[str, _Found] = {}
        for table in tables:
            if table.hidden:
                self._remark_hidden(table)
                continue
            match = self._match(table)
            if match is None:
                self._remark_unknown(table)
            elif match.layout.key in found:
                first = found[match.layout.key].table.name
                raise SheetTwice(first=first, second=table.name, kind=match.layout.title)
            else:
                found[match.layout.key] = match
        if self._layout.main.key not in found:
            raise self._nothing_found(tables)
        ordered = [found[sheet.key] for sheet in self._layout.sheets if sheet.key in found]
        for match in ordered:
            self._remark_columns(match)
        return ordered

    def _match(self, table: Table) -> _Found | None:
        """By the sheet's name first; a sheet of another name by its headings."""
        rows = list(islice(table.rows(), HEADER_WITHIN))
        if all(row.is_blank for row in rows):
            return None
        for layout in self._layout.sheets:
            if layout.named(table.name):
                return self._match_named(table, layout, best_header(layout, rows))
        candidates = [
            _Found(table, layout, header)
            for layout in self._layout.sheets
            if (header := best_header(layout, rows)) is not None
            and not missing_headings(layout, header)
        ]
        return max(candidates, key=lambda match: len(match.header.index_of), default=None)

    def _match_named(self, table: Table, layout: SheetLayout, header: Header | None) -> _Found:
        """A sheet that carries a known name must have its columns: facts never drop out unseen."""
        empty = Header(0, {}, {}, ())
        missing = missing_headings(layout, header or empty)
        if missing or header is None:
            raise MissingColumns(sheet=table.name, missing="、".join(missing), rows=HEADER_WITHIN)
        return _Found(table, layout, header)

    def _nothing_found(self, tables: list[Table]) -> NoKnownSheet:
        main = self._layout.main
        required = [column.title.zh for column in main.columns if column.heading_required]
        return NoKnownSheet(
            wanted=main.title,
            found=Text(
                zh="、".join(_seen(table, "（隐藏）") for table in tables[:10]) or "—",
                en=", ".join(_seen(table, " (hidden)") for table in tables[:10]) or "—",
            ),
            rows=HEADER_WITHIN,
            columns="、".join(required),
        )

    def _remark_hidden(self, table: Table) -> None:
        self.outline.remarks.append(
            Text(
                zh=f"工作表《{table.name}》是隐藏的，没有读取。如需导入，请先取消隐藏。",
                en=f"Sheet “{table.name}” is hidden and was not read. Unhide it to import it.",
            )
        )

    def _remark_unknown(self, table: Table) -> None:
        if table.name in _OUR_OWN_NOTES or all(row.is_blank for row in islice(table.rows(), 200)):
            return
        self.outline.remarks.append(
            Text(
                zh=f"工作表《{table.name}》不是已知的表，没有读取。",
                en=f"Sheet “{table.name}” is of no known kind and was not read.",
            )
        )

    def _remark_columns(self, match: _Found) -> None:
        self.outline.sheets.append(match.layout.key)
        self.outline.headings[match.layout.key] = sorted(match.header.index_of)
        self.outline.unread += match.header.unknown
        if match.header.unknown:
            names = "、".join(match.header.unknown[:20])
            self.outline.remarks.append(
                Text(
                    zh=f"《{match.table.name}》中这些列没有读取：{names}。",
                    en=f"These columns of “{match.table.name}” were not read: {names}.",
                )
            )


def _seen(table: Table, if_hidden: str) -> str:
    return f"《{table.name}》{if_hidden if table.hidden else ''}"


@contextmanager
def open_book(
    path: Path, layout: BookLayout, *, limits: Limits = DEFAULT_LIMITS
) -> Iterator[BookReader]:
    """Guard, open and recognise the file; every refusal comes before the first row."""
    with open_tables(path, limits=limits) as tables:
        yield BookReader(layout, tables)
