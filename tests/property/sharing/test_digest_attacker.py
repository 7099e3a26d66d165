"""A reader who wants the withheld counts, written from the definitions alone; and that they are no fool.

Nothing of the product's chooser or audit is used: the sums are derived again from the tables, solved in
exact fractions, and searched through in whole numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from kernel.text import Text
from sharing.domain.digest.publications import Mark, Publication
from sharing.domain.digest.tables import Cell, Dimension, Table, Value

Name = tuple[str, str, frozenset[tuple[str, str]]]
Row = tuple[dict[Name, int], int]  # coefficients, and what they come to

STEPS = 20_000  # of the search for other counts; then the attacker gives up


class GaveUp(Exception):
    """The search was too long."""


def reconstructed(publications: Sequence[Publication]) -> dict[Name, int]:
    """Each withheld count that can be only one number, by everything that a reader knows."""
    return Attacker(publications).reconstructed()


class Attacker:
    """`own`: counts from elsewhere; with them, it is not known where the small ones are."""

    def __init__(
        self, publications: Sequence[Publication], own: Mapping[Name, int] | None = None
    ) -> None:
        self.looks_for_small = own is None
        self.minimum = min(one.minimum for one in publications)
        self.told: dict[Name, int] = {}
        self.least: dict[Name, int] = {}
        for one in publications:
            for cell, figure in one.figures.items():
                name = named(cell)
                if not isinstance(figure, Mark):
                    self.told[name] = figure
                elif name not in self.told:
                    self.least[name] = 1 if figure is Mark.WITHHELD else 0
        self.told |= own or {}
        for name in self.told:
            self.least.pop(name, None)
        tables = [table for one in publications for table in one.tables]
        self.rows = [self._untold(*row) for table in tables for row in sums(table)]
        self.gave_up = 0

    def _untold(self, whole: Name, parts: Collection[Name]) -> Row:
        row, rest = {}, 0
        for name, sign in [(whole, -1), *((part, 1) for part in parts)]:
            if name in self.told:
                rest -= sign * self.told[name]
            else:
                row[name] = sign
        return row, rest

    def reconstructed(self) -> dict[Name, int]:
        found = self.by_algebra()
        for cluster in self.clusters():
            found |= self.by_search(cluster)
        return found

    def by_algebra(self) -> dict[Name, int]:
        """Gauss and Jordan: a row with a single unknown tells it."""
        rows = [
            ({n: Fraction(c) for n, c in row.items()}, Fraction(rest)) for row, rest in self.rows
        ]
        solved: list[tuple[dict[Name, Fraction], Fraction]] = []
        while rows:
            row, rest = rows.pop()
            if not row:
                continue
            pivot = min(row, key=str)
            scale = row[pivot]
            row, rest = {n: c / scale for n, c in row.items()}, rest / scale
            rows = [_less(one, (row, rest), pivot) for one in rows]
            solved = [_less(one, (row, rest), pivot) for one in solved]
            solved.append((row, rest))
        return {n: int(rest) for row, rest in solved if len(row) == 1 for n in row}

    def clusters(self) -> list[set[Name]]:
        groups: list[set[Name]] = [{name} for name in self.least]
        for row, _ in self.rows:
            touched = [group for group in groups if group & row.keys()]
            if len(touched) > 1:
                groups = [group for group in groups if group not in touched]
                groups.append(set().union(*touched))
        return groups

    def by_search(self, cluster: set[Name]) -> dict[Name, int]:
        """Whole numbers alone, and one small count at least: what has the same value in all of them."""
        rows = [(row, rest) for row, rest in self.rows if row.keys() & cluster]
        # No knowledge: far above all counts, so that where nothing bounds a count, nothing seems to.
        top = sum(self.told.values()) + 2_000
        bounds = {name: (self.least[name], top) for name in cluster}
        try:
            first = next(self.worlds(rows, bounds))
        except GaveUp:
            self.gave_up += 1
            return {}
        found = {}
        doubtful: set[Name] = set()
        for name, value in first.items():
            if name in doubtful:
                continue
            for low, high in ((bounds[name][0], value - 1), (value + 1, top)):
                other = self._other(rows, bounds | {name: (low, high)})
                if other:
                    doubtful |= {n for n in other if other[n] != first[n]}
                    break
            if name not in doubtful:
                found[name] = value
        return found

    def _explained(self, here: Mapping[Name, tuple[int, int]]) -> bool:
        """Something small must be there, or nothing would be withheld."""
        small = any(a < self.minimum and b >= 1 for a, b in here.values())
        return small or not self.looks_for_small

    def _other(
        self, rows: Sequence[Row], bounds: Mapping[Name, tuple[int, int]]
    ) -> dict[Name, int]:
        try:
            return next(self.worlds(rows, bounds), {})
        except GaveUp:
            # Claims nothing: a count of which the attacker is not sure.
            self.gave_up += 1
            return dict.fromkeys(bounds, -1)

    def worlds(
        self, rows: Sequence[Row], bounds: Mapping[Name, tuple[int, int]]
    ) -> Iterator[dict[Name, int]]:
        """Depth first, the narrowest first, narrowing after every guess. `GaveUp`."""
        stack, steps = [dict(bounds)], 0
        while stack:
            steps += 1
            if steps > STEPS:
                raise GaveUp
            here = narrowed(rows, stack.pop())
            if here is None or not self._explained(here):
                continue
            open_ = [name for name, (a, b) in here.items() if a < b]
            if not open_:
                yield {name: a for name, (a, _) in here.items()}
                continue
            name = min(open_, key=lambda n: (here[n][1] - here[n][0], str(n)))
            a, b = here[name]
            middle = (a + b) // 2 if b - a > 8 else a
            stack.append(here | {name: (middle + 1, b)})
            stack.append(here | {name: (a, middle)})


def narrowed(
    rows: Sequence[Row], bounds: dict[Name, tuple[int, int]]
) -> dict[Name, tuple[int, int]] | None:
    """The bounds, as far as each sum alone narrows them; None: nothing fits."""
    if any(a > b for a, b in bounds.values()):
        return None
    changed = True
    while changed:
        changed = False
        for row, rest in rows:
            low = sum(c * bounds[n][0 if c > 0 else 1] for n, c in row.items())
            high = sum(c * bounds[n][1 if c > 0 else 0] for n, c in row.items())
            for n, c in row.items():
                a, b = bounds[n]
                if c > 0:
                    new = (max(a, rest - (high - b)), min(b, rest - (low - a)))
                else:
                    new = (max(a, low + b - rest), min(b, high + a - rest))
                if new[0] > new[1]:
                    return None
                if new != (a, b):
                    changed = True
                    low += c * ((new[0] - a) if c > 0 else (new[1] - b))
                    high += c * ((new[1] - b) if c > 0 else (new[0] - a))
                    bounds[n] = new
            if not low <= rest <= high:
                return None
    return bounds


def named(cell: Cell) -> Name:
    return cell.population, cell.cohort, frozenset(cell.at)


def sums(table: Table) -> Iterator[tuple[Name, list[Name]]]:
    """That a heading is the sum of what stands under it, for every choice of the other dimensions."""
    choices = [["", *(value.code for value in one.values)] for one in table.dimensions]
    for codes in product(*choices):
        for place, dimension in enumerate(table.dimensions):
            under = [value.code for value in dimension.values if value.under == codes[place]]
            if under:
                parts = [(*codes[:place], part, *codes[place + 1 :]) for part in under]
                yield _name(table, codes), [_name(table, one) for one in parts]


def _name(table: Table, codes: Sequence[str]) -> Name:
    chosen = {(one.code, code) for one, code in zip(table.dimensions, codes, strict=True) if code}
    return table.population, table.cohort, frozenset(chosen | set(table.within))


def _less(
    one: tuple[dict[Name, Fraction], Fraction],
    pivot_row: tuple[dict[Name, Fraction], Fraction],
    pivot: Name,
) -> tuple[dict[Name, Fraction], Fraction]:
    row, rest = one
    if pivot not in row:
        return one
    times = row[pivot]
    names = row.keys() | pivot_row[0].keys()
    left = {n: row.get(n, Fraction()) - times * pivot_row[0].get(n, Fraction()) for n in names}
    return {n: c for n, c in left.items() if c}, rest - times * pivot_row[1]


# --- The attacker is no fool: worked examples ------------------------------------------------


def _told(figures: Mapping[str, int | Mark], minimum: int = 3) -> Publication:
    """One line of counts, and its total under the empty code."""
    values = tuple(Value(code, Text(zh=code, en=code)) for code in figures if code)
    table = Table(
        "t", Text(zh="表", en="t"), "p", "2026-Q1", (Dimension("d", Text(zh="项", en="d"), values),)
    )
    return Publication(
        "2026-Q1", minimum, (table,), {table.cell(code): n for code, n in figures.items()}
    )


def _codes(found: Mapping[Name, int]) -> dict[str, int]:
    return {dict(name[2]).get("d", ""): count for name, count in found.items()}


W, B = Mark.WITHHELD, Mark.NOT_BROKEN_DOWN


def test_a_single_gap_is_filled_by_subtraction() -> None:
    assert _codes(reconstructed([_told({"": 12, "a": 10, "b": W, "c": 0})])) == {"b": 2}


def test_two_gaps_with_room_stay_open() -> None:
    assert reconstructed([_told({"": 12, "a": W, "b": W, "c": 0})]) == {}


def test_ones_that_fill_their_sum_are_seen() -> None:
    assert _codes(reconstructed([_told({"": 3, "a": W, "b": W, "c": W, "d": 0})])) == {
        "a": 1, "b": 1, "c": 1,
    }  # fmt: skip
    assert reconstructed([_told({"": 3, "a": B, "b": B, "c": B, "d": B})]) == {}


def test_that_something_small_must_be_there_is_used() -> None:
    # 1 + 1 alone has a count below two; were nothing small, nothing would be withheld.
    assert _codes(reconstructed([_told({"": 2, "a": B, "b": B}, minimum=2)])) == {"a": 1, "b": 1}
    assert reconstructed([_told({"": 3, "a": W, "b": W}, minimum=2)]) == {}
