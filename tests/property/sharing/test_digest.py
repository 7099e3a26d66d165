"""No reader computes a withheld count: not in a table, not across tables, not from one digest to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from kernel.text import Text
from sharing.domain.digest.audit import audit
from sharing.domain.digest.counting import Leaves, counts_of
from sharing.domain.digest.publications import Mark, Protection, Publication, Sealed
from sharing.domain.digest.publishing import CannotPublish, Rule, published
from sharing.domain.digest.suppression import Task, withheld_of
from sharing.domain.digest.tables import Cell, Dimension, Table, Value, sums_of
from sharing.domain.digest.worlds import Search
from tests.property.sharing.test_digest_attacker import Attacker, reconstructed

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
QUICK = Search(seconds=5)
RULE = Rule(search=QUICK, decoys=0.1, unbroken=0.3)
CHEAPEST = Rule(search=QUICK, decoys=0, unbroken=0)

Draw = st.DrawFn


@dataclass(frozen=True)
class Office:
    """Two digests of one office: the second says what became of what the first counted."""

    first: tuple[Table, ...]
    second: tuple[Table, ...]
    leaves: Mapping[str, Leaves]


def _dimension(code: str, values: Sequence[tuple[str, str]]) -> Dimension:
    return Dimension(
        code,
        Text(zh=code, en=code),
        tuple(Value(one, Text(zh=one, en=one), under) for one, under in values),
    )


def _table(code: str, cohort: str, *dimensions: Dimension) -> Table:
    return Table(code, Text(zh=code, en=code), "findings", cohort, dimensions)


@st.composite
def _categories(draw: Draw) -> Dimension:
    headings = [f"U{n}" for n in range(1, draw(st.integers(1, 3)) + 1)]
    below = [(f"{one}.{n}", one) for one in headings for n in range(draw(st.integers(0, 3)))]
    return _dimension("category", [*((one, "") for one in headings), *below])


# Sparse, as counties are; dense; nothing at all; and one that is far above all others.
_COUNTS = st.one_of(
    st.sampled_from([0, 0, 0, 1, 2]),
    st.sampled_from([0, 1, 2, 3, 4, 5]),
    st.integers(3, 30),
    st.just(0),
)


@st.composite
def offices(draw: Draw) -> Office:
    counties = _dimension("county", [(f"c{n}", "") for n in range(draw(st.integers(1, 4)))])
    categories = draw(_categories())
    kinds = _dimension("kind", [(f"k{n}", "") for n in range(draw(st.integers(1, 3)))])
    states = _dimension("state", [("open", ""), ("s1", "open"), ("s2", "open"), ("closed", "")])
    counts = draw(st.sampled_from([_COUNTS, st.sampled_from([0, 0, 1]), st.just(0)]))
    by_category: dict[tuple[str, ...], int] = {
        (category, county): draw(counts)
        for category in categories.leaves
        for county in counties.leaves
    }
    if draw(st.booleans()):
        by_category[draw(st.sampled_from(sorted(by_category)))] = 500
    totals = {
        c: sum(n for (_, county), n in by_category.items() if county == c) for c in counties.leaves
    }
    leaves: dict[str, Leaves] = {
        "categories": by_category,
        "kinds": _split(draw, kinds, totals),
        "states": _split(draw, states, totals),
        "next": {
            (k, c): draw(counts) for k in kinds.leaves for c in counties.leaves
        },
    }  # fmt: skip
    return Office(
        (_table("categories", "q1", categories, counties), _table("kinds", "q1", kinds, counties)),
        (_table("states", "q1", states, counties), _table("next", "q2", kinds, counties)),
        leaves,
    )


def _split(draw: Draw, into: Dimension, totals: Mapping[str, int]) -> dict[tuple[str, ...], int]:
    """Each county's total, spread at random: often all in one place, or in ones."""
    found: dict[tuple[str, ...], int] = {}
    for county, total in totals.items():
        left = total
        for code in into.leaves[:-1]:
            part = min(left, draw(st.sampled_from([0, 1, 2, left // 2, left])))
            found[code, county] = part
            left -= part
        found[into.leaves[-1], county] = left
    return found


def _sealed(
    tables: tuple[Table, ...], office: Office, *before: Sealed, rule: Rule = RULE
) -> Sealed:
    return published("q", tables, office.leaves, before=before, rule=rule, chance=Random(1))


def _without_linked(tables: tuple[Table, ...], office: Office) -> Publication:
    """The twin that protects nobody: small counts are withheld, and nothing with them."""
    counts = counts_of(tables, office.leaves)
    task = Task(sums_of(tables), counts, 3, Protection.TWO_VALUES, QUICK)
    withheld = withheld_of(task, linked=False)
    figures = {c: Mark.WITHHELD if c in withheld else n for c, n in counts.items()}
    return Publication("q", 3, tables, figures)


@settings(SLOW, max_examples=100)
@given(offices())
def test_nothing_is_reconstructed_from_one_digest(office: Office) -> None:
    for table in office.first:
        assert reconstructed([_sealed((table,), office).publication]) == {}

    attacker = Attacker([_sealed(office.first, office).publication])

    assert attacker.reconstructed() == {}
    event(f"gave up: {attacker.gave_up > 0}")


@settings(SLOW, max_examples=100)
@given(offices())
def test_nothing_is_reconstructed_from_two_digests(office: Office) -> None:
    first = _sealed(office.first, office)
    second = _sealed(office.second, office, first)

    attacker = Attacker([first.publication, second.publication])

    assert attacker.reconstructed() == {}
    event(f"gave up: {attacker.gave_up > 0}")
    event(f"not broken down: {Mark.NOT_BROKEN_DOWN in second.publication.figures.values()}")


@settings(SLOW, max_examples=100)
@given(offices())
def test_only_what_is_small_starts_it_and_what_is_told_is_true(office: Office) -> None:
    for tables, before in ((office.first, ()), (office.second, None)):
        earlier = [_sealed(office.first, office)] if before is None else []
        sealed = _sealed(tables, office, *earlier)
        counts = counts_of(tables, office.leaves)
        figures = sealed.publication.figures

        assert figures.keys() == counts.keys()
        assert all(f == counts[c] for c, f in figures.items() if not isinstance(f, Mark))
        assert all(isinstance(figures[c], Mark) for c, n in counts.items() if 0 < n < 3)
        if all(
            n == 0 or n >= 3
            for n in (*counts.values(), *(n for s in earlier for n in s.counts.values()))
        ):
            assert sealed.publication.withheld == frozenset()


@settings(SLOW, max_examples=100)
@given(offices(), st.randoms(use_true_random=False))
def test_the_order_of_counties_changes_nothing_in_the_cost(office: Office, random: Random) -> None:
    sealed = _sealed(office.first, office, rule=CHEAPEST)
    order = random.sample(range(4), 4)
    turned = tuple(_turned(table, order) for table in office.first)

    again = published("q", turned, office.leaves, rule=CHEAPEST)

    assert _cost(again) == _cost(sealed)


def _turned(table: Table, order: Sequence[int]) -> Table:
    other, county = table.dimensions
    values = tuple(county.values[place] for place in order if place < len(county.values))
    return replace(table, dimensions=(other, replace(county, values=values)))


def _cost(sealed: Sealed) -> tuple[int, int]:
    withheld = sealed.publication.withheld
    return len(withheld), sum(sealed.counts[cell] for cell in withheld)


@settings(SLOW, max_examples=100)
@given(offices())
def test_the_audit_and_the_attacker_agree_on_digests_that_protect_nobody(office: Office) -> None:
    bare = _without_linked(office.first, office)

    found = set(reconstructed([bare]))
    given_away = audit([bare], search=QUICK).given_away

    assert found == {(c.population, c.cohort, frozenset(c.at)) for c in given_away}
    event(f"reconstructed: {bool(found)}")


@settings(SLOW, max_examples=60)
@given(offices())
def test_whoever_runs_the_program_on_other_counts_may_get_the_same_digest(office: Office) -> None:
    sealed = _sealed(office.first, office)
    attacker = Attacker([sealed.publication])

    for world in _other_worlds(attacker, sealed):
        counts = {**sealed.counts, **world}
        assert all(
            counts[c] == n for c, n in sealed.counts.items() if c not in sealed.publication.withheld
        )
        withheld = sealed.publication.withheld
        decoys = frozenset(cell for cell in withheld if counts[cell] >= 3)
        task = Task(sums_of(office.first), counts, 3, Protection.TWO_VALUES, QUICK, decoys=decoys)

        assert withheld_of(task) == withheld


def _other_worlds(attacker: Attacker, sealed: Sealed) -> Iterator[dict[Cell, int]]:
    """Counts that the published figures leave possible: another world in one cluster, all else as it is."""
    cell_of = {(c.population, c.cohort, frozenset(c.at)): c for c in sealed.counts}
    top = 2 * max(sealed.counts.values()) + 9
    for cluster in attacker.clusters():
        rows = [(row, rest) for row, rest in attacker.rows if row.keys() & cluster]
        bounds = {name: (attacker.least[name], top) for name in cluster}
        for world in islice(attacker.worlds(rows, bounds), 4):
            yield {cell_of[name]: count for name, count in world.items()}


@settings(SLOW, max_examples=40)
@given(offices())
def test_no_county_computes_the_counts_of_others_from_its_own(office: Office) -> None:
    try:
        first = _sealed(office.first, office, rule=replace(RULE, insiders=True))
    except CannotPublish:
        event("refused")
        return

    for county in office.first[0].dimensions[1].leaves:
        counts = {frozenset(c.at): n for c, n in first.counts.items()}
        own = {("findings", "q1", at): n for at, n in counts.items() if ("county", county) in at}
        found = Attacker([first.publication], own).reconstructed()

        # Where nobody else has anything, the city's count is the county's own.
        assert all(counts[at | {("county", county)}] == n for (_, _, at), n in found.items())


def test_without_that_rule_a_county_does() -> None:
    counties = _dimension("county", [("c0", ""), ("c1", ""), ("c2", "")])
    table = _table("kinds", "q1", _dimension("kind", [("k0", ""), ("k1", "")]), counties)
    counts: Leaves = {(k, c): n for k in ("k0", "k1") for c, n in (("c0", 5), ("c1", 7), ("c2", 9))}
    counts = {**counts, ("k0", "c0"): 2}
    for rule, expected in ((CHEAPEST, False), (replace(CHEAPEST, insiders=True), True)):
        digest = published("q", (table,), {"kinds": counts}, rule=rule)
        own = {
            (c.population, c.cohort, frozenset(c.at)): n
            for c, n in digest.counts.items()
            if ("county", "c1") in c.at
        }

        assert (Attacker([digest.publication], own).reconstructed() == {}) is expected
