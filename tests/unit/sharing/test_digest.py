"""The city digest by worked examples: what is withheld, and what is closed where it is not proven."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from sharing.domain.digest import audit as auditing
from sharing.domain.digest import worlds
from sharing.domain.digest.audit import Attained, Inconsistent, audit
from sharing.domain.digest.counting import counts_of
from sharing.domain.digest.publications import MARK_TITLES, Mark, Protection, Publication
from sharing.domain.digest.publishing import CannotPublish, Rule, published
from sharing.domain.digest.tables import (
    TOTAL,
    Cell,
)
from sharing.domain.digest.worlds import Answer, Search
from tests.unit.sharing.digests import (
    BY_KIND,
    CHEAPEST,
    COUNTIES,
    COUNTS,
    KINDS,
    B,
    W,
    dimension,
    published_by_kind,
    table,
)


def test_a_small_count_takes_the_three_cheapest_with_it() -> None:
    withheld = published_by_kind(COUNTS).publication.withheld

    # A square: one more in its line, one in its column, and the one where theirs meet.
    assert withheld == {
        BY_KIND.cell(kind, county)
        for kind in ("bureau", "township")
        for county in ("east", "north")
    }


def test_the_minimum_is_not_small_and_one_less_is() -> None:
    at_the_minimum = COUNTS | {("bureau", "east"): 3}

    assert published_by_kind(at_the_minimum).publication.withheld == frozenset()
    assert published_by_kind(at_the_minimum, replace(CHEAPEST, minimum=4)).publication.withheld
    with pytest.raises(ValueError, match="2 or more"):
        Rule(minimum=1)


def test_small_counts_and_their_company_bear_the_same_mark() -> None:
    figures = published_by_kind(COUNTS).publication.figures

    assert {figures[cell] for cell in published_by_kind(COUNTS).publication.withheld} == {W}
    assert set(MARK_TITLES) == set(Mark)


def test_a_shown_zero_stays_and_a_line_of_ones_is_not_broken_down() -> None:
    first = published_by_kind(
        {("bureau", "east"): 3, ("bureau", "west"): 10, ("school", "north"): 10}
    )
    states = table("states", dimension("state", "a", "b", "c", "d"), COUNTIES)
    ones: dict[tuple[str, ...], int] = {
        ("a", "east"): 1, ("b", "east"): 1, ("c", "east"): 1, ("a", "west"): 10, ("d", "north"): 10,
    }  # fmt: skip

    second = published("2026-Q3", (states,), {"states": ones}, before=[first], rule=CHEAPEST)

    assert first.publication.figures[BY_KIND.cell("school", "west")] == 0
    line = [second.publication.figures[states.cell(code, "east")] for code in "abcd"]
    assert line == [B, B, B, B]
    # The total was told before and is told again.
    assert second.publication.figures[states.cell(TOTAL, "east")] == 3


def test_a_zero_that_follows_from_a_shown_one_is_shown() -> None:
    first = published_by_kind(
        {("bureau", "east"): 3, ("bureau", "west"): 10, ("school", "north"): 10}
    )
    states = table("states", dimension("state", "a", "b", "c", "d"), COUNTIES)
    counts: dict[tuple[str, ...], int] = {
        ("a", "east"): 1, ("b", "east"): 2, ("a", "west"): 10, ("b", "north"): 10,
    }  # fmt: skip

    rule = replace(CHEAPEST, unbroken=1.0)
    second = published("2026-Q3", (states,), {"states": counts}, before=[first], rule=rule)

    # The line of the east is not broken down, but that nobody in the city is in state c is shown.
    line = [second.publication.figures[states.cell(code, "east")] for code in "abcd"]
    assert line == [B, B, 0, 0]
    assert second.publication.figures[states.cell("c", TOTAL)] == 0


def test_across_the_minimum_nobody_can_tell_small_from_large() -> None:
    rule = replace(CHEAPEST, protection=Protection.ACROSS_THE_MINIMUM)
    sealed = published_by_kind(COUNTS, rule)

    found = audit([sealed.publication], protection=rule.protection)

    assert found.passed
    assert sealed.publication.withheld
    assert all(a is not None and a.least < 3 <= a.most for a in found.attained.values())
    narrow = Attained(1, 2)
    assert narrow.is_safe(Protection.TWO_VALUES, 3)
    assert not narrow.is_safe(Protection.ACROSS_THE_MINIMUM, 3)


def test_by_chance_more_is_withheld_than_need_be_where_something_is_small() -> None:
    always = Rule(decoys=1.0, unbroken=0)

    assert len(published_by_kind(COUNTS, always).publication.withheld) > 4
    assert (
        published_by_kind(COUNTS | {("bureau", "east"): 3}, always).publication.withheld
        == frozenset()
    )
    drawn = {
        published("p", (BY_KIND,), {"kinds": COUNTS}, rule=Rule(decoys=0.1), chance=Random(seed))
        .publication.withheld
        for seed in range(8)
    }  # fmt: skip
    assert len(drawn) > 1


# --- Closed where it is not proven -----------------------------------------------------------


def test_what_the_audit_cannot_show_is_not_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing, "ask", lambda *_, **__: Answer(None, False))

    with pytest.raises(CannotPublish) as refused:
        published_by_kind(COUNTS)

    assert refused.value.given_away


def test_a_world_that_does_not_add_up_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = worlds.ask

    def lying(*args: Any, **more: Any) -> Answer:
        world = honest(*args, **more).world
        return Answer({cell: count + 1 for cell, count in (world or {}).items()}, True)

    monkeypatch.setattr(auditing, "ask", lying)

    with pytest.raises(CannotPublish):
        published_by_kind(COUNTS)


def test_one_record_alone_cannot_be_hidden_by_a_minimum_of_two() -> None:
    lonely = table("kinds", dimension("kind", "bureau"), dimension("county", "east"))

    with pytest.raises(CannotPublish):
        published(
            "p", (lonely,), {"kinds": {("bureau", "east"): 1}}, rule=replace(CHEAPEST, minimum=2)
        )
    assert published("p", (lonely,), {"kinds": {("bureau", "east"): 1}}, rule=CHEAPEST)


def test_the_audit_gives_the_counts_that_a_reader_could_not_rule_out() -> None:
    line = table("line", KINDS)
    figures: dict[Cell, int | Mark] = {
        line.cell(TOTAL): 12,
        line.cell("bureau"): W,
        line.cell("township"): W,
        line.cell("school"): 8,
    }

    found = audit([Publication("p", 3, (line,), figures)])
    told = audit([Publication("p", 3, (line,), figures | {line.cell("township"): 2})])

    assert found.passed
    assert found.attained[line.cell("bureau")] in (Attained(1, 3), Attained(1, 2), Attained(2, 3))
    assert told.given_away == {line.cell("bureau")}


def test_figures_that_contradict_one_another_are_no_digest() -> None:
    line = table("line", KINDS)
    figures = counts_of([line], {"line": {("bureau",): 4, ("school",): 5}})

    with pytest.raises(Inconsistent, match="sum"):
        audit([Publication("p", 3, (line,), figures | {line.cell(TOTAL): 10})])
    with pytest.raises(Inconsistent, match="no figure"):
        audit([Publication("p", 3, (line,), {line.cell(TOTAL): 9})])
    with pytest.raises(Inconsistent, match="differently"):
        audit([
            Publication("p", 3, (line,), figures),
            Publication("q", 3, (line,), figures | {line.cell("school"): 6}),
        ])  # fmt: skip
    assert audit([Publication("p", 3, (line,), figures)]).passed


def test_what_one_digest_withholds_another_does_not_tell() -> None:
    first = published_by_kind(COUNTS).publication
    loose = replace(first, figures=published_by_kind(COUNTS).counts)

    assert BY_KIND.cell("bureau", "east") in audit([first, loose]).given_away


def test_the_search_is_given_time_and_gives_up_in_time() -> None:
    # No time at all: the audit shows nothing, so nothing is published.
    with pytest.raises(CannotPublish):
        published_by_kind(COUNTS, replace(CHEAPEST, search=Search(seconds=0.0)))
