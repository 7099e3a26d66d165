"""The second opinion: what a reader could work out from everything that was published.

Nothing of the chooser is known here, and no count but those that are told. Whatever is found to be in
doubt is shown to be so by worlds: counts that give the published figures and obey what readers know of
the rule. Each is added up here before it is believed. What could not be shown in time counts as given away.

What a reader is taken to know: the sums; that a figure is true; that counts are whole and not negative;
the minimum; that a zero is shown but for lines that say they are not broken down; and that cells are
withheld only where, among those that sums tie together, one is small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sharing.domain.digest.publications import Mark, Protection, Publication
from sharing.domain.digest.tables import Cell, Sum, must_hold_together, sums_of
from sharing.domain.digest.worlds import Balance, Question, Range, Search, World, ask


class Inconsistent(ValueError):
    """The published figures contradict each other, or one is missing."""


@dataclass(frozen=True, slots=True)
class Attained:
    """The least and the greatest count that were shown to be possible. There may be more beyond."""

    least: int
    most: int

    def is_safe(self, protection: Protection, minimum: int) -> bool:
        if protection is Protection.TWO_VALUES:
            return self.least < self.most
        return self.least < minimum <= self.most


@dataclass(frozen=True, slots=True)
class Audit:
    """`attained`: of each withheld cell; None where not one possible count was found in time."""

    attained: Mapping[Cell, Attained | None]
    given_away: frozenset[Cell]

    @property
    def passed(self) -> bool:
        return not self.given_away


def audit(
    publications: Sequence[Publication],
    *,
    protection: Protection = Protection.TWO_VALUES,
    search: Search | None = None,
    own: Mapping[Cell, int] | None = None,
) -> Audit:
    """Attack all of `publications` together. `own`: counts that this reader has from elsewhere.

    `Inconsistent`, `TablesFault`.
    """
    search = search or Search()
    view = _View.of(publications, own or {})
    attained: dict[Cell, Attained | None] = {}
    for cluster in view.clusters():
        attained |= _attack(view, cluster, protection, search)
    marked = {cell for one in publications for cell in one.withheld}
    # What one publication withholds and another tells is given away, whatever else.
    attained |= {cell: Attained(n, n) for cell in marked if (n := view.told.get(cell)) is not None}
    safe = {c for c, a in attained.items() if a and a.is_safe(protection, view.minimum)}
    return Audit(attained, frozenset(marked - safe - view.own.keys()))


@dataclass(frozen=True, slots=True)
class _View:
    """Everything told, in one place. `least`: of each untold cell; `own`: those that the reader knows."""

    minimum: int
    sums: tuple[Sum, ...]
    told: Mapping[Cell, int]
    least: Mapping[Cell, int]
    own: Mapping[Cell, int]

    @classmethod
    def of(cls, publications: Sequence[Publication], own: Mapping[Cell, int]) -> _View:
        tables = [table for one in publications for table in one.tables]
        must_hold_together(tables)
        if len({one.minimum for one in publications}) != 1:
            raise Inconsistent("linked publications have different minimum cells")
        told: dict[Cell, int] = {}
        least: dict[Cell, int] = {}
        for one in publications:
            for cell, figure in one.figures.items():
                if isinstance(figure, Mark):
                    floor = 1 if figure is Mark.WITHHELD else 0
                    least[cell] = max(floor, least.get(cell, 0))
                elif told.setdefault(cell, figure) != figure:
                    raise Inconsistent(f"{cell} is told twice, differently")
        if any(cell not in told and cell not in least for t in tables for cell in t.cells()):
            raise Inconsistent("a cell has no figure")
        unknown = {cell: floor for cell, floor in least.items() if cell not in told}
        theirs = {cell: count for cell, count in own.items() if cell in unknown}
        return cls(publications[0].minimum, sums_of(tables), told, unknown, theirs)

    def clusters(self) -> list[list[Cell]]:
        """Untold cells, with those that sums tie them to."""
        above = {cell: cell for cell in self.least}

        def top(cell: Cell) -> Cell:
            while above[cell] != cell:
                above[cell] = above[above[cell]]
                cell = above[cell]
            return cell

        for whole, parts in self.sums:
            untold = [cell for cell in (whole, *parts) if cell in above]
            for one, other in pairwise(untold):
                above[top(one)] = top(other)
            if not untold and self.told[whole] != sum(self.told[part] for part in parts):
                raise Inconsistent(f"{whole} is not the sum of its parts")
        found: dict[Cell, list[Cell]] = {}
        for cell in above:
            found.setdefault(top(cell), []).append(cell)
        return list(found.values())


def _attack(
    view: _View, cluster: Sequence[Cell], protection: Protection, search: Search
) -> dict[Cell, Attained | None]:
    question = _question(view, cluster)
    cluster = list(question.ranges)
    world = _believed(ask(question, search).world, question)
    if world is None:
        return dict.fromkeys(cluster)
    seen = {cell: Attained(world[cell], world[cell]) for cell in cluster}
    while in_doubt := [c for c in cluster if not seen[c].is_safe(protection, view.minimum)]:
        wanted = {c: _elsewhere(seen[c], protection, view.minimum, question) for c in in_doubt}
        movable = [cell for cell in in_doubt if wanted[cell]]
        answer = ask(
            question,
            search,
            start=world,
            costs=dict.fromkeys(movable, -1),
            targets=wanted,
            roughly=True,
        )
        found = _believed(answer.world, question)
        wider = seen if found is None else {c: _widened(seen[c], found[c]) for c in cluster}
        if not any(wider[c].is_safe(protection, view.minimum) for c in in_doubt):
            break
        seen = wider
    return dict(seen)


def _question(view: _View, cluster: Sequence[Cell]) -> Question:
    """Beyond `most` no world is sought: far above everything told, which is enough to show a doubt."""
    inside = {cell for cell in cluster if cell not in view.own}
    seen = {**view.told, **view.own}
    most = sum(view.told.values()) + 4 * view.minimum * len(cluster)
    balances = []
    for whole, parts in view.sums:
        plus = tuple(part for part in parts if part in inside)
        minus = (whole,) if whole in inside else ()
        if plus or minus:
            shown = sum(seen[part] for part in parts if part in seen)
            balances.append(Balance(plus, minus, seen.get(whole, 0) - shown))
    small = dict.fromkeys((cell for cell in cluster if cell in inside), (1, view.minimum - 1))
    explained = any(0 < view.own.get(cell, 0) < view.minimum for cell in cluster)
    ranges = {cell: [(view.least[cell], most)] for cell in small}
    return Question(ranges, balances, [] if explained or not small else [small])


def _elsewhere(
    seen: Attained, protection: Protection, minimum: int, question: Question
) -> list[Range]:
    """The ranges from which one more count would leave the cell in doubt."""
    [most] = {ranges[0][1] for ranges in question.ranges.values()}
    if protection is Protection.TWO_VALUES:
        pieces = [(0, seen.least - 1), (seen.most + 1, most)]
    elif seen.most < minimum:
        pieces = [(minimum, most)]
    else:
        pieces = [(0, minimum - 1)]
    return [(a, b) for a, b in pieces if a <= b]


def _widened(seen: Attained, count: int) -> Attained:
    return Attained(min(seen.least, count), max(seen.most, count))


def _believed(world: World | None, question: Question) -> World | None:
    """The world, after adding it up; None where it does not come out."""
    if world is None:
        return None
    holds = (
        all(any(a <= world[c] <= b for a, b in r) for c, r in question.ranges.items())
        and all(_comes_out(world, balance) for balance in question.balances)
        and all(any(a <= world[c] <= b for c, (a, b) in group.items()) for group in question.some)
    )
    return world if holds else None


def _comes_out(world: World, balance: Balance) -> bool:
    return _total(world, balance.plus) - _total(world, balance.minus) == balance.rest


def _total(world: World, cells: Iterable[Cell]) -> int:
    return sum(world[cell] for cell in cells)
