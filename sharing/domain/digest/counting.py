"""From the counts of the leaves to every cell of every table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from sharing.domain.digest.tables import Cell, Table

# By one code a dimension, leaves alone; what is not named is zero.
Leaves = Mapping[tuple[str, ...], int]


class CountsFault(ValueError):
    """Counts that do not belong to the tables, or that contradict one another."""


def counts_of(tables: Iterable[Table], leaves: Mapping[str, Leaves]) -> dict[Cell, int]:
    """Every cell of all `tables`. `leaves`: by the table's code. `CountsFault`."""
    counts: dict[Cell, int] = {}
    for table in tables:
        for cell, count in _counted(table, leaves[table.code]).items():
            if counts.setdefault(cell, count) != count:
                raise CountsFault(f"{table.code} counts {cell.at} differently from another table")
    return counts


def _counted(table: Table, leaves: Leaves) -> dict[Cell, int]:
    counts = dict.fromkeys(table.cells(), 0)
    allowed = [frozenset(dimension.leaves) for dimension in table.dimensions]
    for codes, count in leaves.items():
        known = len(codes) == len(allowed) and all(
            c in a for c, a in zip(codes, allowed, strict=True)
        )
        if not known or count < 0:
            raise CountsFault(f"{table.code}: {codes} is no leaf of it, or its count is negative")
        ways = (one.upwards(code) for one, code in zip(table.dimensions, codes, strict=True))
        for above in product(*ways):
            counts[table.cell(*above)] += count
    return counts
