"""What readers see of a digest, and what the office keeps of it: both frozen, never computed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text
from sharing.domain.digest.tables import Cell, Table

LEAST_MINIMUM = 2
MINIMUM = 3  # a count below it is told to nobody; an office's setting


class Mark(StrEnum):
    """What stands where a count is not told. It never says whether the count itself is small."""

    WITHHELD = "withheld"  # one or more
    NOT_BROKEN_DOWN = "not_broken_down"  # none or more: its whole line is not told


MARK_TITLES: Mapping[Mark, Text] = MappingProxyType(
    {
        Mark.WITHHELD: Text(zh="不予公布", en="withheld"),
        Mark.NOT_BROKEN_DOWN: Text(zh="不作细分", en="not broken down"),
    }
)

MARK_MEANINGS: Mapping[Mark, Text] = MappingProxyType(
    {
        Mark.WITHHELD: Text(
            zh="至少有一件，但数字不公布：或者小于最小公布数，或者公布后可以推算出其他不公布的数。两种情况不作区分。",
            en="one or more, and not told: too small, or a small count could be computed from it. Which of"
            " the two is not said.",
        ),
        Mark.NOT_BROKEN_DOWN: Text(
            zh="该县的记录太少，不再细分；可能有，也可能没有。",
            en="there are too few records in this line to break them down: there may be some or none.",
        ),
    }
)


class Protection(StrEnum):
    """What a reader must be left with for each count that is not told."""

    TWO_VALUES = "two_values"
    ACROSS_THE_MINIMUM = "across_the_minimum"  # values below the minimum, and others


@dataclass(frozen=True, slots=True)
class Publication:
    """Every cell of every table has a figure: a count, or a mark."""

    period: str
    minimum: int
    tables: tuple[Table, ...]
    figures: Mapping[Cell, int | Mark]

    def count(self, cell: Cell) -> int | None:
        """The count, where it is told."""
        figure = self.figures[cell]
        return None if isinstance(figure, Mark) else figure

    @property
    def withheld(self) -> frozenset[Cell]:
        return frozenset(c for c, figure in self.figures.items() if isinstance(figure, Mark))


@dataclass(frozen=True, slots=True)
class Sealed:
    """A publication with the counts behind it. They go to no reader: the next digest needs them."""

    publication: Publication
    counts: Mapping[Cell, int]


def linked_with(tables: Iterable[Table], before: Iterable[Sealed]) -> tuple[Sealed, ...]:
    """Of earlier publications, the tables that count the same records as any of `tables`."""
    ours = {(table.population, table.cohort) for table in tables}
    narrowed = (_narrowed(one, ours) for one in before)
    return tuple(one for one in narrowed if one.publication.tables)


def _narrowed(sealed: Sealed, to: set[tuple[str, str]]) -> Sealed:
    whole = sealed.publication
    tables = tuple(one for one in whole.tables if (one.population, one.cohort) in to)
    cells = {cell for table in tables for cell in table.cells()}
    return Sealed(
        Publication(whole.period, whole.minimum, tables, {c: whole.figures[c] for c in cells}),
        {cell: sealed.counts[cell] for cell in cells},
    )
