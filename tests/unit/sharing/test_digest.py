"""The city digest by worked examples: what is withheld, what is refused, and what a reader may conclude."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import islice, pairwise
from random import Random

import pytest

from kernel.text import Text
from sharing.domain.digest import audit as auditing
from sharing.domain.digest import worlds
from sharing.domain.digest.asking import REASONS, NotAnswered, Question, not_answered
from sharing.domain.digest.audit import Attained, Inconsistent, audit
from sharing.domain.digest.counting import CountsFault, counts_of
from sharing.domain.digest.declared import (
    CODES,
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
from sharing.domain.digest.periods import REFUSALS, Calendar, Length, Period, Refused
from sharing.domain.digest.publications import MARK_TITLES, Mark, Protection, Publication, Sealed
from sharing.domain.digest.publishing import CannotPublish, Rule, published
from sharing.domain.digest.tables import (
    TOTAL,
    Cell,
    Dimension,
    Table,
    TablesFault,
    Value,
    must_hold_together,
)
from sharing.domain.digest.worlds import Answer, Search
from sharing.domain.outcomes import OutcomeCode
from sharing.domain.rectification import RECTIFICATION

CHEAPEST = Rule(decoys=0, unbroken=0)
W, B = Mark.WITHHELD, Mark.NOT_BROKEN_DOWN


def _values(*codes: str) -> tuple[Value, ...]:
    return tuple(Value(code, Text(zh=code, en=code)) for code in codes)


def _dimension(code: str, *codes: str) -> Dimension:
    return Dimension(code, Text(zh=code, en=code), _values(*codes))


COUNTIES = _dimension("county", "east", "west", "north")
KINDS = _dimension("kind", "bureau", "township", "school")


def _table(code: str, *dimensions: Dimension, cohort: str = "2026-Q1") -> Table:
    return Table(code, Text(zh=code, en=code), "findings", cohort, dimensions)


BY_KIND = _table("kinds", KINDS, COUNTIES)
COUNTS: dict[tuple[str, ...], int] = {
    ("bureau", "east"): 2, ("bureau", "west"): 9, ("bureau", "north"): 7,
    ("township", "east"): 8, ("township", "west"): 5, ("township", "north"): 6,
    ("school", "east"): 4, ("school", "west"): 0, ("school", "north"): 12,
}  # fmt: skip


def _published(counts: Mapping[tuple[str, ...], int], rule: Rule = CHEAPEST) -> Sealed:
    return published("2026-Q1", (BY_KIND,), {"kinds": counts}, rule=rule)


# --- What is withheld ------------------------------------------------------------------------


def test_a_small_count_takes_the_three_cheapest_with_it() -> None:
    withheld = _published(COUNTS).publication.withheld

    # A square: one more in its line, one in its column, and the one where theirs meet.
    assert withheld == {
        BY_KIND.cell(kind, county)
        for kind in ("bureau", "township")
        for county in ("east", "north")
    }


def test_the_minimum_is_not_small_and_one_less_is() -> None:
    at_the_minimum = COUNTS | {("bureau", "east"): 3}

    assert _published(at_the_minimum).publication.withheld == frozenset()
    assert _published(at_the_minimum, replace(CHEAPEST, minimum=4)).publication.withheld
    with pytest.raises(ValueError, match="2 or more"):
        Rule(minimum=1)


def test_small_counts_and_their_company_bear_the_same_mark() -> None:
    figures = _published(COUNTS).publication.figures

    assert {figures[cell] for cell in _published(COUNTS).publication.withheld} == {W}
    assert set(MARK_TITLES) == set(Mark)


def test_a_shown_zero_stays_and_a_line_of_ones_is_not_broken_down() -> None:
    first = _published({("bureau", "east"): 3, ("bureau", "west"): 10, ("school", "north"): 10})
    states = _table("states", _dimension("state", "a", "b", "c", "d"), COUNTIES)
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
    first = _published({("bureau", "east"): 3, ("bureau", "west"): 10, ("school", "north"): 10})
    states = _table("states", _dimension("state", "a", "b", "c", "d"), COUNTIES)
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
    sealed = _published(COUNTS, rule)

    found = audit([sealed.publication], protection=rule.protection)

    assert found.passed
    assert sealed.publication.withheld
    assert all(a is not None and a.least < 3 <= a.most for a in found.attained.values())
    narrow = Attained(1, 2)
    assert narrow.is_safe(Protection.TWO_VALUES, 3)
    assert not narrow.is_safe(Protection.ACROSS_THE_MINIMUM, 3)


def test_by_chance_more_is_withheld_than_need_be_where_something_is_small() -> None:
    always = Rule(decoys=1.0, unbroken=0)

    assert len(_published(COUNTS, always).publication.withheld) > 4
    assert _published(COUNTS | {("bureau", "east"): 3}, always).publication.withheld == frozenset()
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
        _published(COUNTS)

    assert refused.value.given_away


def test_a_world_that_does_not_add_up_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = worlds.ask

    def lying(*args: object, **more: object) -> Answer:
        world = honest(*args, **more).world  # type: ignore[arg-type]
        return Answer({cell: count + 1 for cell, count in (world or {}).items()}, True)

    monkeypatch.setattr(auditing, "ask", lying)

    with pytest.raises(CannotPublish):
        _published(COUNTS)


def test_one_record_alone_cannot_be_hidden_by_a_minimum_of_two() -> None:
    lonely = _table("kinds", _dimension("kind", "bureau"), _dimension("county", "east"))

    with pytest.raises(CannotPublish):
        published(
            "p", (lonely,), {"kinds": {("bureau", "east"): 1}}, rule=replace(CHEAPEST, minimum=2)
        )
    assert published("p", (lonely,), {"kinds": {("bureau", "east"): 1}}, rule=CHEAPEST)


def test_the_audit_gives_the_counts_that_a_reader_could_not_rule_out() -> None:
    line = _table("line", KINDS)
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
    line = _table("line", KINDS)
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
    first = _published(COUNTS).publication
    loose = replace(first, figures=_published(COUNTS).counts)

    assert BY_KIND.cell("bureau", "east") in audit([first, loose]).given_away


# --- Tables ----------------------------------------------------------------------------------


def test_three_crossings_in_a_ring_are_refused_and_a_star_is_not() -> None:
    rounds = _dimension("round", "spring", "autumn")
    star = [_table("a", KINDS, COUNTIES), _table("b", rounds, COUNTIES)]

    must_hold_together(star)
    with pytest.raises(TablesFault, match="ring"):
        must_hold_together([*star, _table("c", KINDS, rounds)])
    must_hold_together([*star, _table("c", KINDS, rounds, cohort="2026-Q2")])


def test_a_part_of_a_population_counts_as_crossed_by_what_names_it() -> None:
    open_ones = (("state", "open"),)
    states = _table("states", _dimension("state", "open", "closed"), COUNTIES)
    ages = replace(_table("ages", _dimension("age", "new", "old"), KINDS), within=open_ones)

    must_hold_together([states, replace(ages, dimensions=(ages.dimensions[0], COUNTIES))])
    with pytest.raises(TablesFault, match="ring"):
        must_hold_together([states, ages, _table("kinds", KINDS, COUNTIES)])


def test_a_dimension_means_the_same_everywhere() -> None:
    merged = _dimension("county", "east", "west")
    turned = replace(COUNTIES, values=COUNTIES.values[::-1])

    must_hold_together([BY_KIND, _table("b", _dimension("round", "spring"), turned)])
    with pytest.raises(TablesFault, match="county"):
        must_hold_together([BY_KIND, _table("b", _dimension("round", "spring"), merged)])
    with pytest.raises(TablesFault, match="twice"):
        _dimension("county", "east", "east")
    with pytest.raises(TablesFault, match="no values"):
        _dimension("county")


def test_counts_are_of_leaves_and_agree() -> None:
    other = _table("rounds", _dimension("round", "spring"), COUNTIES)

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
    first = _published(COUNTS)
    states = _table("states", _dimension("state", "a", "b"), COUNTIES)
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
    digest = _published(COUNTS).publication
    east, west = BY_KIND.cell(TOTAL, "east"), BY_KIND.cell(TOTAL, "west")

    assert rate(digest, BY_KIND.cell("township", "west"), west) == Fraction(5, 14)
    assert rate(digest, BY_KIND.cell("township", "east"), east) is None
    assert rate(digest, east, BY_KIND.cell("bureau", "east")) is None
    assert rate(digest, west, BY_KIND.cell("school", "west")) is None


def test_a_common_problem_names_counties_whose_counts_are_told() -> None:
    digest = _published(COUNTS).publication

    found = common_problems(digest, BY_KIND, at_least=2)

    assert [(one.category, one.counties, one.findings) for one in found] == [
        ("school", ("east", "north"), 16)
    ]


# --- What is declared ------------------------------------------------------------------------

HEADING = Value("U1", Text(zh="一", en="one"))
WORDS = Words(
    categories=(HEADING, other_of(HEADING)), kinds=_values("bureau"), rounds=_values("spring"),
    counties=_values("east", "west"),
)  # fmt: skip


def test_every_declared_table_can_be_audited() -> None:
    tables = tables_of(WORDS, "2026-Q3", {"2026-Q1": WORDS})

    must_hold_together(tables)
    must_hold_together([*tables, *tables_of(WORDS, "2026-Q1", {})])
    assert [table.code for table in tables][:4] == ["categories", "kinds", "rounds", "clues"]
    assert "rounds" not in [t.code for t in tables_of(replace(WORDS, rounds=()), "2026-Q1", {})]


def test_states_and_outcomes_have_their_place() -> None:
    assert set(STATE.leaves) == set(RECTIFICATION.states)
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


# --- Periods and questions -------------------------------------------------------------------

CALENDAR = Calendar(((2026, Length.QUARTER), (2027, Length.YEAR), (2028, Length.HALF_YEAR)))
Q1, Q2, Q3 = (Period(2026, number, Length.QUARTER) for number in (1, 2, 3))


def test_periods_follow_one_another_without_gap_or_overlap() -> None:
    periods = [*islice(CALENDAR.periods(), 9)]

    assert [one.name for one in periods[:6]] == [
        "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027", "2028-H1",
    ]  # fmt: skip
    assert all(one.until == after.begins_on for one, after in pairwise(periods))
    assert Q1.published_on == date(2026, 4, 15)
    with pytest.raises(ValueError, match="in order"):
        Calendar(((2027, Length.YEAR), (2026, Length.QUARTER)))


def test_a_record_counts_once_and_late_ones_count_later() -> None:
    assert CALENDAR.period_of(date(2026, 3, 31), date(2026, 3, 31)) == Q1
    assert CALENDAR.period_of(date(2026, 3, 31), date(2026, 4, 1)) == Q2
    assert CALENDAR.period_of(date(2025, 3, 31), date(2025, 4, 1)) == Q1


def test_what_became_of_them_is_told_once() -> None:
    told = [cohort for one in islice(CALENDAR.periods(), 9) for cohort in CALENDAR.cohorts_of(one)]

    assert CALENDAR.cohorts_of(Q3) == (Q1,)
    assert [one.name for one in told] == [
        "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027", "2028-H1", "2028-H2", "2029-H1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "frozen", "today", "expected"),
    [
        (Q1, [], date(2026, 4, 15), None),
        (Q1, [], date(2026, 4, 14), Refused.NOT_YET),
        (Q1, ["2026-Q1"], date(2026, 4, 15), Refused.FROZEN),
        (Q2, ["2026-Q1"], date(2026, 7, 15), None),
        (Q2, [], date(2026, 7, 15), Refused.EARLIER_ONE_MISSING),
        (Period(2026, 1, Length.HALF_YEAR), ["2026-Q1", "2026-Q2"], date(2027, 1, 1), Refused.NO_PERIOD),
        (Period(2026, 1, Length.YEAR), [], date(2027, 2, 1), Refused.NO_PERIOD),
        (Period(2025, 4, Length.QUARTER), [], date(2027, 2, 1), Refused.NO_PERIOD),
    ],
)  # fmt: skip
def test_a_digest_is_made_when_it_is_due_and_once(
    period: Period, frozen: list[str], today: date, expected: Refused | None
) -> None:
    assert CALENDAR.refusal(period, frozen, today) == expected
    assert set(REFUSALS) == set(Refused)


ASKED = Question(Q1.begins_on, Q1.until, "kinds", frozenset({"kind", "county"}), {"county": "east"})


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (ASKED, None),
        (replace(ASKED, as_of=date(2026, 4, 15)), None),
        (replace(ASKED, crossed_by=frozenset()), None),
        (replace(ASKED, until=date(2026, 3, 31)), NotAnswered.OTHER_DATES),
        (replace(ASKED, until=Q2.until), NotAnswered.OTHER_DATES),
        (replace(ASKED, begins_on=Q2.begins_on, until=Q2.until), NotAnswered.NOT_PUBLISHED),
        (replace(ASKED, as_of=date(2026, 5, 1)), NotAnswered.OTHER_DAY),
        (replace(ASKED, table="units"), NotAnswered.NO_SUCH_TABLE),
        (replace(ASKED, crossed_by=frozenset({"kind", "round"})), NotAnswered.OTHER_CROSSING),
        (replace(ASKED, only={"county": "south"}), NotAnswered.NO_SUCH_VALUE),
        (replace(ASKED, only={"round": "spring"}), NotAnswered.NO_SUCH_VALUE),
    ],
)
def test_only_what_was_published_is_answered(
    question: Question, expected: NotAnswered | None
) -> None:
    digest = _published(COUNTS).publication

    assert not_answered(question, CALENDAR, [digest]) == expected
    assert set(REASONS) == set(NotAnswered)


def test_the_search_is_given_time_and_gives_up_in_time() -> None:
    # No time at all: the audit shows nothing, so nothing is published.
    with pytest.raises(CannotPublish):
        _published(COUNTS, replace(CHEAPEST, search=Search(seconds=0.0)))
