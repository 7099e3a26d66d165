"""Tables of counts: dimensions with their hierarchies, cells, margins, and the sums that tie them.

A cell is named by what it counts, not by the table that shows it: two tables with a margin in common
hold the same cell. So everything an office publishes is one system of sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from kernel.text import Text

TOTAL = ""  # the value of a dimension that stands for all its values


class TablesFault(ValueError):
    """Declarations that do not hold together, or of which the audit could not see everything."""


class Cell(NamedTuple):
    """`cohort`: the period whose records are counted. `at`: (dimension, value), in order, without totals."""

    population: str
    cohort: str
    at: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Value:
    """`under`: the value above it; `TOTAL`: none but the total."""

    code: str
    title: Text
    under: str = TOTAL


@dataclass(frozen=True, slots=True)
class Dimension:
    """`values`: each after the one it stands under."""

    code: str
    title: Text
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        known = {TOTAL}
        for value in self.values:
            if value.code in known or value.under not in known:
                raise TablesFault(
                    f"{self.code}: {value.code!r} stands twice, or before its own heading"
                )
            known.add(value.code)
        if not self.values:
            raise TablesFault(f"{self.code} has no values")

    @property
    def codes(self) -> tuple[str, ...]:
        return (TOTAL, *(value.code for value in self.values))

    @property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """Of what each value that has others under it is the sum."""
        found: dict[str, list[str]] = {}
        for value in self.values:
            found.setdefault(value.under, []).append(value.code)
        return {whole: tuple(parts) for whole, parts in found.items()}

    @property
    def leaves(self) -> tuple[str, ...]:
        wholes = self.parts
        return tuple(value.code for value in self.values if value.code not in wholes)

    def upwards(self, code: str) -> tuple[str, ...]:
        """The value, what it stands under, and so on to the total."""
        under = {value.code: value.under for value in self.values}
        way = [code]
        while way[-1] != TOTAL:
            way.append(under[way[-1]])
        return tuple(way)


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of a population, crossed by `dimensions`, with every margin.

    `within`: a part of the population (the open items), named by a value of another dimension.
    """

    code: str
    title: Text
    population: str
    cohort: str
    dimensions: tuple[Dimension, ...]
    within: tuple[tuple[str, str], ...] = ()

    def cell(self, *codes: str) -> Cell:
        """One code a dimension, in the order of the table."""
        named = zip((one.code for one in self.dimensions), codes, strict=True)
        at = (*self.within, *((dimension, code) for dimension, code in named if code != TOTAL))
        return Cell(self.population, self.cohort, tuple(sorted(at)))

    def cells(self) -> Iterator[Cell]:
        return (self.cell(*codes) for codes in product(*(one.codes for one in self.dimensions)))


class Sum(NamedTuple):
    whole: Cell
    parts: tuple[Cell, ...]


def sums_of(tables: Iterable[Table]) -> tuple[Sum, ...]:
    """Every sum that holds by what the tables mean, each once."""
    return tuple(dict.fromkeys(one for table in tables for one in _sums(table)))


def _sums(table: Table) -> Iterator[Sum]:
    for place, dimension in enumerate(table.dimensions):
        before = [one.codes for one in table.dimensions[:place]]
        after = [one.codes for one in table.dimensions[place + 1 :]]
        for whole, parts in dimension.parts.items():
            for left, right in product(product(*before), product(*after)):
                yield Sum(
                    table.cell(*left, whole, *right),
                    tuple(table.cell(*left, part, *right) for part in parts),
                )


def must_hold_together(tables: Sequence[Table]) -> None:
    """Refuse what the sums of cells do not wholly describe. `TablesFault`.

    Tables of one population are margins of one larger table that nobody sees. Where their dimensions
    hang together without a ring, any whole numbers that fit the margins belong to such a larger table,
    so the sums say all there is to know. With a ring (A by B, B by C, C by A) they do not.
    """
    by_cohort: dict[tuple[str, str], list[Table]] = {}
    for table in tables:
        by_cohort.setdefault((table.population, table.cohort), []).append(table)
    for (population, _), together in by_cohort.items():
        _same_dimensions(together)
        if _has_a_ring([_crossing(table) for table in together]):
            raise TablesFault(f"the tables of {population} cross their dimensions in a ring")


def _same_dimensions(tables: Iterable[Table]) -> None:
    """Titles and order may differ; what there is, and under what, may not."""
    known: dict[str, frozenset[tuple[str, str]]] = {}
    for dimension in (one for table in tables for one in table.dimensions):
        values = frozenset((value.code, value.under) for value in dimension.values)
        if known.setdefault(dimension.code, values) != values:
            raise TablesFault(f"two tables mean different things by {dimension.code}")


def _crossing(table: Table) -> frozenset[str]:
    within = (dimension for dimension, _ in table.within)
    return frozenset((*within, *(one.code for one in table.dimensions)))


def _has_a_ring(crossings: Sequence[frozenset[str]]) -> bool:
    """Graham's reduction: drop what stands in one crossing alone and crossings inside another."""
    edges = list(dict.fromkeys(crossings))
    while True:
        lonely = {v for e in edges for v in e if sum(v in other for other in edges) == 1}
        fewer = list(dict.fromkeys(edge - lonely for edge in edges))
        fewer = [edge for edge in fewer if not any(edge < other for other in fewer)]
        if fewer == edges:
            return len(edges) > 1
        edges = fewer
