"""The one door through which a digest becomes public: counted, withheld, audited, or refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random, SystemRandom

from sharing.domain.digest.audit import audit
from sharing.domain.digest.counting import CountsFault, Leaves, counts_of
from sharing.domain.digest.publications import (
    LEAST_MINIMUM,
    MINIMUM,
    Mark,
    Protection,
    Publication,
    Sealed,
    linked_with,
)
from sharing.domain.digest.suppression import Task, withheld_of
from sharing.domain.digest.tables import TOTAL, Cell, Table, must_hold_together, sums_of
from sharing.domain.digest.worlds import Search

THOROUGH = Search()
SECRET = SystemRandom()
COUNTY = "county"  # the dimension whose lines may be left unbroken


class CannotPublish(Exception):
    """No audit could show that what would be withheld stays so. Nothing is published."""

    def __init__(self, given_away: frozenset[Cell]) -> None:
        super().__init__(f"{len(given_away)} withheld cells could be computed")
        self.given_away = given_away


@dataclass(frozen=True, slots=True)
class Rule:
    """An office's settings. Linked publications keep the minimum of the first of them.

    `decoys`, `unbroken`: how likely a cell is withheld, and a line of few records not broken down, by
    chance alone. Zero would let a reader who has the program rule out what it would have shown otherwise.
    `insiders`: whether each county is to be kept from the others' counts although it knows its own.
    """

    minimum: int = MINIMUM
    protection: Protection = Protection.TWO_VALUES
    search: Search = THOROUGH
    decoys: float = 0.02
    unbroken: float = 0.05
    insiders: bool = False

    def __post_init__(self) -> None:
        if self.minimum < LEAST_MINIMUM:
            raise ValueError(f"the minimum cell is {LEAST_MINIMUM} or more")


def published(
    period: str,
    tables: Sequence[Table],
    leaves: Mapping[str, Leaves],
    *,
    before: Iterable[Sealed] = (),
    rule: Rule | None = None,
    chance: Random = SECRET,
) -> Sealed:
    """Freeze a digest.

    Parameters
    ----------
    period
        Its name; the caller asked `periods` whether it is due.
    tables, leaves
        What is published, and its counts: by the table's code, leaves alone.
    before
        All earlier digests of the office, as they were sealed.
    chance
        Draws the decoys. Nobody may be able to draw the same again.

    Raises
    ------
    CannotPublish
        If a withheld cell could be computed, or the audit did not end in time.
    CountsFault, TablesFault
        If counts contradict each other or an earlier digest, or the tables could not be audited.
    """
    rule = rule or Rule()
    draft = _Draft.of(period, tuple(tables), leaves, tuple(before), rule)
    decoys, blank = draft.decoys(chance), draft.unbroken(chance)
    while True:
        sealed = draft.sealed(blank, decoys)
        given_away = draft.given_away(sealed)
        if not given_away:
            return sealed
        wider = draft.wider(blank, given_away)
        if wider == blank:
            raise CannotPublish(given_away)
        blank = wider


@dataclass(frozen=True, slots=True)
class _Draft:
    """`linked`: earlier publications of the same records, no more of them than that."""

    period: str
    tables: tuple[Table, ...]
    linked: tuple[Sealed, ...]
    counts: Mapping[Cell, int]
    rule: Rule

    @classmethod
    def of(
        cls, period: str, tables: tuple[Table, ...], leaves: Mapping[str, Leaves],
        before: tuple[Sealed, ...], rule: Rule,
    ) -> _Draft:  # fmt: skip
        linked = linked_with(tables, before)
        must_hold_together([*tables, *(t for one in linked for t in one.publication.tables)])
        if any(one.publication.minimum != rule.minimum for one in linked):
            raise ValueError("an earlier digest counts the same records under another minimum cell")
        counts = counts_of(tables, leaves)
        for one in linked:
            if any(counts.get(cell, count) != count for cell, count in one.counts.items()):
                raise CountsFault(f"the digest of {one.publication.period} counted otherwise")
        return cls(period, tables, linked, counts, rule)

    def decoys(self, chance: Random) -> frozenset[Cell]:
        before = self.before()
        drawn = [cell for cell in sorted(self.counts) if chance.random() < self.rule.decoys]
        return frozenset(cell for cell in drawn if self.counts[cell] and cell not in before)

    def unbroken(self, chance: Random) -> frozenset[Cell]:
        """Lines whose total was told before: those that it fills with ones, and some others, by chance."""
        before, own = self.before(), self._own()
        drawn: set[Cell] = set()
        for _, cells in sorted(self._lines().items()):
            heads = (figure for c in cells if not isinstance(figure := before.get(c, 0), Mark))
            head, one = max(heads, default=0), chance.random()
            if not 0 < head <= len(cells):
                continue
            ones = all(self.counts[c] <= 1 for c in cells if c in own and c not in self._wholes())
            if ones or one < self.rule.unbroken:
                drawn |= own.intersection(cells)
        return self._less_known_zeros(frozenset(drawn))

    def sealed(self, blank: frozenset[Cell], decoys: frozenset[Cell]) -> Sealed:
        own = tuple(frozenset(counts) for counts in self.insiders())
        withheld = withheld_of(self.task(blank, decoys, own))
        marks = {
            cell: Mark.NOT_BROKEN_DOWN if cell in blank else Mark.WITHHELD for cell in withheld
        }
        before = self.before()
        figures = {c: before.get(c, marks.get(c, n)) for c, n in self.counts.items()}
        return Sealed(
            Publication(self.period, self.rule.minimum, self.tables, figures), self.counts
        )

    def task(
        self,
        blank: frozenset[Cell],
        decoys: frozenset[Cell],
        insiders: tuple[frozenset[Cell], ...] = (),
    ) -> Task:
        before = self.before()
        untold = frozenset(cell for cell, figure in before.items() if isinstance(figure, Mark))
        unbroken = (cell for cell, figure in before.items() if figure is Mark.NOT_BROKEN_DOWN)
        known = {cell: count for one in self.linked for cell, count in one.counts.items()}
        everything = (*self.tables, *(t for one in self.linked for t in one.publication.tables))
        return Task(
            sums_of(everything), known | dict(self.counts), self.rule.minimum,
            self.rule.protection, self.rule.search,
            told=frozenset(before) - untold, untold=untold,
            blank=blank.union(unbroken), decoys=decoys,
            insiders=insiders,
        )  # fmt: skip

    def before(self) -> dict[Cell, int | Mark]:
        """What earlier digests said: it is said again, word for word."""
        return {c: f for one in self.linked for c, f in one.publication.figures.items()}

    def given_away(self, sealed: Sealed) -> frozenset[Cell]:
        """What any reader could work out; where insiders count, any county as well."""
        publications = [*(one.publication for one in self.linked), sealed.publication]
        given_away: frozenset[Cell] = frozenset()
        for own in ({}, *self.insiders()):
            given_away |= audit(
                publications, protection=self.rule.protection, search=self.rule.search, own=own
            ).given_away
        return given_away

    def insiders(self) -> list[dict[Cell, int]]:
        """Each county's own counts, in this digest and in earlier ones of the same records."""
        if not self.rule.insiders:
            return []
        known: dict[str, dict[Cell, int]] = {}
        for counts in (self.counts, *(one.counts for one in self.linked)):
            for cell, count in counts.items():
                county = dict(cell.at).get(COUNTY, TOTAL)
                known.setdefault(county, {})[cell] = count
        own = [counts for county, counts in sorted(known.items()) if county != TOTAL]
        return [self._with_sums(counts) for counts in own]

    def _with_sums(self, own: dict[Cell, int]) -> dict[Cell, int]:
        """Where nobody else has anything, the sum is one's own as well."""
        task = self.task(frozenset(), frozenset())
        for whole, parts in sorted(task.sums, key=lambda one: -len(one.whole.at)):
            if all(part in own or not task.counts[part] for part in parts):
                own[whole] = task.counts[whole]
        return own

    def wider(self, blank: frozenset[Cell], given_away: frozenset[Cell]) -> frozenset[Cell]:
        """Lines not to break down besides: those of the cells given away, or in the end all."""
        own = self._own()
        lines = [cells for cells in self._lines().values() if not given_away.isdisjoint(cells)]
        wider = self._less_known_zeros(blank | own.intersection(chain.from_iterable(lines)))
        return wider if wider != blank else self._less_known_zeros(blank | own)

    def _wholes(self) -> frozenset[Cell]:
        return frozenset(one.whole for one in sums_of(self.tables))

    def _less_known_zeros(self, blank: frozenset[Cell]) -> frozenset[Cell]:
        """Where a shown whole is zero, its parts are shown as well: everybody knows them."""
        task = self.task(blank, frozenset())
        while True:
            known = {
                part
                for whole, parts in task.sums
                if task.counts[whole] == 0 and whole not in blank | task.untold
                for part in parts
            }
            if known.isdisjoint(blank):
                return blank
            blank -= known

    def _lines(self) -> dict[tuple[str, str], list[Cell]]:
        """Cells by the table and the county, or the total of all, that they belong to."""
        lines: dict[tuple[str, str], list[Cell]] = {}
        for table in self.tables:
            for cell in table.cells():
                line = table.code, dict(cell.at).get(COUNTY, TOTAL)
                lines.setdefault(line, []).append(cell)
        return lines

    def _own(self) -> frozenset[Cell]:
        """Cells that one table alone shows: margins that tables share are never left unbroken."""
        shown = Counter(
            cell for one in (*self.tables, *(t for s in self.linked for t in s.publication.tables))
            for cell in one.cells()
        )  # fmt: skip
        return frozenset(cell for cell in self.counts if shown[cell] == 1)
