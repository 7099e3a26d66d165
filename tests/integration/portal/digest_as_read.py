"""A digest as a county has it: the figures of its workbook, of its page, of what a program is given.

Of the product's own document the tables' words alone are taken, never a figure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from io import BytesIO

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from sharing.domain.digest.publications import MARK_TITLES, Mark, Publication
from sharing.domain.digest.tables import Cell, Table
from sharing.mapping.digests import publication_of, read
from sharing.models.digests import DigestCopy

SAID = {title["zh"]: mark for mark, title in MARK_TITLES.items()} | {mark: mark for mark in Mark}
Figures = dict[Cell, int | Mark]


@dataclass
class Grid:
    """`of`: what its lines are."""

    title: str
    of: str
    rows: list[list[int | Mark]] = field(default_factory=list)


def by_workbook(client: Client, copy: DigestCopy) -> Publication:
    answer = client.get(reverse("portal:digest-workbook", args=[copy.pk]))
    book = load_workbook(BytesIO(answer.content))
    grids = []
    for sheet in book.worksheets[1:]:
        grid = Grid(str(sheet.cell(1, 1).value), str(sheet.cell(4, 1).value))
        for row in sheet.iter_rows(min_row=5, values_only=True):
            figures = [one for one in row[1:] if one is not None]
            grid.rows += [[_figure(one) for one in figures]] if figures else []
        grids.append(grid)
    return _filled(copy, grids)


def by_program(client: Client, copy: DigestCopy) -> Publication:
    answer = client.get(f"/api/v1/digests/{copy.pk}", headers={"Accept-Language": "zh-hans"})
    assert answer.status_code == 200, answer.content.decode()
    grids = [
        Grid(one["title"], one["of"], [[_figure(f) for f in line["figures"]] for line in one["lines"]])
        for one in answer.json()["tables"]
    ]  # fmt: skip
    return _filled(copy, grids)


def by_page(client: Client, copy: DigestCopy) -> Publication:
    reader = _PageReader()
    reader.feed(client.get(reverse("portal:digest", args=[copy.pk])).content.decode())
    return _filled(copy, reader.grids)


class _PageReader(HTMLParser):
    """The tables behind the charts."""

    def __init__(self) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self.inside = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.inside = "digest" if "digest-grid" in (dict(attrs).get("class") or "") else ""
            if self.inside:
                self.grids.append(Grid("", ""))
        if self.inside and tag == "tr":
            self.grids[-1].rows.append([])
        if tag in ("td", "th", "caption"):
            self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if not self.inside:
            return
        grid = self.grids[-1]
        if tag == "caption":
            grid.title = self.text.strip()
        elif tag == "th" and not grid.of:
            grid.of = self.text.strip()
        elif tag == "td":
            grid.rows[-1].append(_figure(self.text.strip().replace(",", "")))
        elif tag == "table":
            grid.rows = grid.rows[1:]  # the heads
            self.inside = ""


def _figure(said: object) -> int | Mark:
    return SAID[said] if isinstance(said, str) and said in SAID else int(str(said))


def _filled(copy: DigestCopy, grids: list[Grid]) -> Publication:
    """What was read, beside the words of the tables. Each must have been found, with all its cells."""
    document = publication_of(read(copy.document))
    tables, left = [], list(grids)
    figures: Figures = {}
    for table in document.tables:
        if left and left[0].title == table.title["zh"]:
            figures |= _cells(table, left.pop(0))
            tables.append(table)
    assert left == [], "a table of another name"
    return replace(document, tables=tuple(tables), figures=figures)


def _cells(table: Table, grid: Grid) -> Figures:
    first, *others = table.dimensions
    if grid.of != first.title["zh"]:
        first, others = others[0], [first]
    along = others[0].codes if others else ("",)
    figures: Figures = {}
    for down, row in zip(first.codes, grid.rows, strict=True):
        for across, figure in zip(along, row, strict=True):
            chosen = {first.code: down} | ({others[0].code: across} if others else {})
            figures[table.cell(*(chosen[one.code] for one in table.dimensions))] = figure
    return figures
