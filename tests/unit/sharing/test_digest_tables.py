"""The tables of the city digest: how they hang together, what they count, and what follows from them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kernel.text import Text
from sharing.domain.digest.counting import CountsFault, counts_of
from sharing.domain.digest.declared import (
    CODES,
    NOT_ASSIGNED,
    ORDER,
    OUTCOME,
    STATE,
    Words,
    age_of,
    other_of,
    outcome_of,
    tables_of,
)
from sharing.domain.digest.figures import common_problems, rate
from sharing.domain.digest.publications import Publication
from sharing.domain.digest.publishing import published
from sharing.domain.digest.tables import (
    TOTAL,
    TablesFault,
    Value,
    must_hold_together,
)
from sharing.domain.outcomes import OutcomeCode
from sharing.domain.rectification import RECTIFICATION
from tests.unit.sharing.digests import (
    BY_KIND,
    CHEAPEST,
    COUNTIES,
    COUNTS,
    KINDS,
    W,
    dimension,
    published_by_kind,
    table,
    values,
)


def test_three_crossings_in_a_ring_are_refused_and_a_star_is_not() -> None:
    rounds = dimension("round", "spring", "autumn")
    star = [table("a", KINDS, COUNTIES), table("b", rounds, COUNTIES)]

    must_hold_together(star)
    with pytest.raises(TablesFault, match="ring"):
        must_hold_together([*star, table("c", KINDS, rounds)])
    must_hold_together([*star, table("c", KINDS, rounds, cohort="2026-Q2")])


def test_a_part_of_a_population_counts_as_crossed_by_what_names_it() -> None:
    open_ones = (("state", "open"),)
    states = table("states", dimension("state", "open", "closed"), COUNTIES)
    ages = replace(table("ages", dimension("age", "new", "old"), KINDS), within=open_ones)

    must_hold_together([states, replace(ages, dimensions=(ages.dimensions[0], COUNTIES))])
    with pytest.raises(TablesFault, match="ring"):
        must_hold_together([states, ages, table("kinds", KINDS, COUNTIES)])


def test_a_dimension_means_the_same_everywhere() -> None:
    merged = dimension("county", "east", "west")
    turned = replace(COUNTIES, values=COUNTIES.values[::-1])

    must_hold_together([BY_KIND, table("b", dimension("round", "spring"), turned)])
    with pytest.raises(TablesFault, match="county"):
        must_hold_together([BY_KIND, table("b", dimension("round", "spring"), merged)])
    with pytest.raises(TablesFault, match="twice"):
        dimension("county", "east", "east")
    with pytest.raises(TablesFault, match="no values"):
        dimension("county")


def test_counts_are_of_leaves_and_agree() -> None:
    other = table("rounds", dimension("round", "spring"), COUNTIES)

    counts = counts_of([BY_KIND], {"kinds": COUNTS})

    assert counts[BY_KIND.cell(TOTAL, TOTAL)] == 53
    assert counts[BY_KIND.cell(TOTAL, "east")] == counts[BY_KIND.cell("school", TOTAL)] - 2 == 14
    wrongs: list[dict[tuple[str, ...], int]] = [
        {("bureau", TOTAL): 1}, {("bureau", "east"): -1}, {("bureau",): 1},
    ]  # fmt: skip
    for wrong in wrongs:
        with pytest.raises(CountsFault, match="leaf"):
            counts_of([BY_KIND], {"kinds": wrong})
    with pytest.raises(CountsFault, match="another table"):
        counts_of([BY_KIND, other], {"kinds": COUNTS, "rounds": {("spring", "east"): 13}})


def test_a_later_digest_counts_the_same_records_as_the_earlier_one() -> None:
    first = published_by_kind(COUNTS)
    states = table("states", dimension("state", "a", "b"), COUNTIES)
    same: dict[tuple[str, ...], int] = {("a", "east"): 14, ("b", "west"): 14, ("b", "north"): 25}

    assert published("q", (states,), {"states": same}, before=[first], rule=CHEAPEST)
    with pytest.raises(CountsFault, match="otherwise"):
        published(
            "q", (states,), {"states": same | {("a", "east"): 15}}, before=[first], rule=CHEAPEST
        )
    with pytest.raises(ValueError, match="another minimum"):
        published(
            "q", (states,), {"states": same}, before=[first], rule=replace(CHEAPEST, minimum=4)
        )


# --- Rates and common problems ----------------------------------------------------------------


def test_a_rate_is_told_where_both_its_counts_are() -> None:
    digest = published_by_kind(COUNTS).publication
    east, west = BY_KIND.cell(TOTAL, "east"), BY_KIND.cell(TOTAL, "west")

    assert rate(digest, BY_KIND.cell("township", "west"), west) == Fraction(5, 14)
    assert rate(digest, BY_KIND.cell("township", "east"), east) is None
    assert rate(digest, east, BY_KIND.cell("bureau", "east")) is None
    assert rate(digest, west, BY_KIND.cell("school", "west")) is None


def test_a_common_problem_names_counties_whose_counts_are_told() -> None:
    digest = published_by_kind(COUNTS).publication

    found = common_problems(digest, BY_KIND, at_least=2)

    assert [(one.category, one.counties, one.findings) for one in found] == [
        ("school", ("east", "north"), 16)
    ]


def test_common_problems_are_listed_by_their_counts_and_untold_ones_last() -> None:
    even = {"bureau": 9, "township": 20, "school": 9}
    counts: dict[tuple[str, ...], int] = {
        (kind, county): even[kind] for kind in even for county in COUNTIES.leaves
    }
    digest = published_by_kind(counts).publication
    total = BY_KIND.cell("township", TOTAL)
    untold = replace(digest, figures={**digest.figures, total: W})

    def order(publication: Publication) -> list[tuple[str, int | None]]:
        found = common_problems(publication, BY_KIND, at_least=3)
        return [(one.category, one.findings) for one in found]

    assert order(digest) == [("township", 60), ("bureau", 27), ("school", 27)]
    assert order(untold) == [("bureau", 27), ("school", 27), ("township", None)]


# --- What is declared ------------------------------------------------------------------------

HEADING = Value("U1", Text(zh="一", en="one"))
WORDS = Words(
    categories=(HEADING, other_of(HEADING)), kinds=values("bureau"), rounds=values("spring"),
    counties=values("east", "west"),
)  # fmt: skip


def test_every_declared_table_can_be_audited() -> None:
    tables = tables_of(WORDS, "2026-Q3", {"2026-Q1": WORDS})

    must_hold_together(tables)
    must_hold_together([*tables, *tables_of(WORDS, "2026-Q1", {})])
    assert [table.code for table in tables][:4] == ["categories", "kinds", "rounds", "clues"]
    assert "rounds" not in [t.code for t in tables_of(replace(WORDS, rounds=()), "2026-Q1", {})]


def test_states_and_outcomes_have_their_place() -> None:
    assert set(STATE.leaves) == {NOT_ASSIGNED.code, *RECTIFICATION.states}
    assert sorted(ORDER) == sorted(OutcomeCode)
    assert outcome_of(()) == ("pending", None)
    assert outcome_of({OutcomeCode.TALK, OutcomeCode.PARTY_WARNING}) == (
        "party",
        OutcomeCode.PARTY_WARNING,
    )
    assert outcome_of({OutcomeCode.TO_THE_PROCURATORATE, OutcomeCode.TALK}) == (
        "to_the_procuratorate",
        None,
    )
    for code in OutcomeCode:
        group, within = outcome_of({code})
        assert group in OUTCOME.codes
        assert within is None or str(within) in CODES[group].codes
    assert [age_of(days) for days in (None, -3, 0, 1, 30, 31, 90, 91)] == [
        "in_time", "in_time", "in_time", "days_30", "days_30", "days_90", "days_90", "longer",
    ]  # fmt: skip
