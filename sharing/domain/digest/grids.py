"""A table of a digest as people read it: lines and columns, each figure a count or a mark."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.text import Text
from sharing.domain.digest.publications import Mark, Publication
from sharing.domain.digest.tables import TOTAL, Dimension, Table

ALL = Text(zh="合计", en="total")
COUNT = Text(zh="件数", en="count")
MOST_COLUMNS = 12
Figure = int | Mark


@dataclass(frozen=True, slots=True)
class Line:
    """`depth`: 0 for the total, 1 for what it is the sum of, and so on down."""

    code: str
    title: Text
    depth: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """`of`: what its lines are. The first column of figures is the total where there are several."""

    code: str
    title: Text
    of: Text
    columns: tuple[Text, ...]
    lines: tuple[Line, ...]


def grid_of(publication: Publication, table: Table) -> Grid:
    """Counties stand in the lines, or above the columns where the other thing has many values."""
    first, *others = table.dimensions
    across = others[0] if others else None
    if across is not None and len(first.codes) <= MOST_COLUMNS < len(across.codes):
        first, across = across, first
    is_turned = across is not None and first is not table.dimensions[0]

    def figure(down: str, along: str) -> Figure:
        codes = (along, down) if is_turned else (down, along)
        return publication.figures[table.cell(*codes[: len(table.dimensions)])]

    along = across.codes if across is not None else (TOTAL,)
    return Grid(
        table.code, table.title, first.title,
        tuple(_titled(across, code) for code in along) if across is not None else (COUNT,),
        tuple(
            Line(code, _titled(first, code), _depth(first, code),
                 tuple(figure(code, one) for one in along))
            for code in first.codes
        ),
    )  # fmt: skip


def _titled(dimension: Dimension, code: str) -> Text:
    return next((one.title for one in dimension.values if one.code == code), ALL)


def _depth(dimension: Dimension, code: str) -> int:
    return len(dimension.upwards(code)) - 1 if code != TOTAL else 0


def margin_of(publication: Publication, table: Table, dimension: Dimension) -> tuple[Line, ...]:
    """What each value of one of its dimensions comes to, over all of the other."""
    codes = {one.code: TOTAL for one in table.dimensions}
    return tuple(
        Line(
            value.code, value.title, _depth(dimension, value.code),
            (publication.figures[table.cell(*(codes | {dimension.code: value.code}).values())],),
        )
        for value in dimension.values
    )  # fmt: skip
