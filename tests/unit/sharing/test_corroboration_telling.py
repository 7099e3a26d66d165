"""When owners are told: nothing of who filed, when, in which order, or how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from random import Random

import pytest

from kernel.clock import CHINA
from sharing.domain.corroboration.classes import About
from sharing.domain.corroboration.consent import Notice
from sharing.domain.corroboration.matching import Hit, Holder, MatchingRules, hits
from sharing.domain.corroboration.moments import Draw, Moments
from sharing.domain.corroboration.telling import TellingRules, telling
from tests.unit.sharing.corroborating import (
    CITY,
    DAY,
    EAST,
    MOMENTS,
    SOUTH,
    START,
    WEST,
    day,
    entry,
    pair,
)

RULES = TellingRules(MOMENTS)
A, B, C = Holder(EAST, 1), Holder(WEST, 7), Holder(SOUTH, 4)


def at_once(below: int) -> int:
    return 0


def hit(one: Holder, other: Holder, about: About = About.PERSON) -> Hit:
    return Hit((one, other), about)


def running(told: datetime, *holders: Holder) -> Mapping[Holder, Notice]:
    return {one: Notice(one, About.PERSON, told, told + 60 * DAY) for one in holders}


@pytest.mark.parametrize(
    ("filed", "matched"),
    [(0, 14), (0.01, 14), (13.9, 14), (14, 28), (-0.01, 0), (-14, 0), (-14.01, -14)],
)
def test_what_is_filed_within_a_period_is_matched_at_its_end(filed: float, matched: int) -> None:
    assert MOMENTS.matched_at(day(filed)) == day(matched)


def test_the_next_moment_is_the_same_hour_in_china() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=CHINA)

    assert MOMENTS.next_after(late) == datetime.combine(date(2026, 3, 3), time(9), CHINA)
    assert MOMENTS.next_after(START) == START + DAY
    far_west = timezone(timedelta(hours=-12))
    assert MOMENTS.next_after((START + 2 * timedelta(hours=1)).astimezone(far_west)) == START + DAY
    assert MOMENTS.next_after(START - timedelta(seconds=1)) == START


def test_all_of_one_matching_is_told_before_the_next() -> None:
    def drawing(n: int) -> Draw:
        return lambda below: n

    told = {MOMENTS.told_at(day(14), drawing(n)) for n in range(MOMENTS.spread)}

    assert told == {day(15 + n) for n in range(7)}
    with pytest.raises(ValueError, match="before the next"):
        Moments(date(2026, 3, 2), period=7, spread=7)
    with pytest.raises(ValueError, match="one day at least"):
        Moments(date(2026, 3, 2), spread=0)


def test_both_owners_are_told_each_at_a_moment_of_its_own() -> None:
    drawn = iter([2, 5])

    made = telling([hit(A, B)], {}, day(14), RULES, lambda below: next(drawn))

    assert made.pairs == [(A, B)]
    assert made.notices == {
        A: Notice(A, About.PERSON, day(17), day(77)),
        B: Notice(B, About.PERSON, day(20), day(80)),
    }


def test_one_partner_or_five_are_told_of_alike() -> None:
    others = [Holder(office, 1) for office in range(SOUTH, SOUTH + 5)]
    drawn = iter(range(6))
    one = telling([hit(A, others[0])], {}, day(14), RULES, at_once)
    five = telling(
        [hit(A, others[0]), *(hit(A, other, About.CONTACT) for other in others[1:])],
        {}, day(14), RULES, lambda below: next(drawn),
    )  # fmt: skip

    assert one.notices[A] == five.notices[A]
    assert len(five.pairs) == 5
    assert len(five.notices) == 6


def test_a_further_hit_joins_the_notice_that_runs() -> None:
    made = telling([hit(A, C)], running(day(1), A), day(28), RULES, at_once)

    assert made.pairs == [(A, C)]
    assert set(made.notices) == {C}


@pytest.mark.parametrize(("matched", "joins"), [(33, True), (34, False), (60, False), (61, True)])
def test_where_the_notice_ends_too_soon_the_hit_waits_until_it_is_over(
    matched: int, joins: bool
) -> None:
    """Told on day 1, ends on day 61; 7 days of telling and 21 together must fit before that."""
    made = telling([hit(A, C)], running(day(1), A), day(matched), RULES, at_once)

    assert bool(made.pairs) is joins
    assert (A in made.notices) is (matched == 61)
    assert (C in made.notices) is joins


def test_a_term_in_which_two_could_not_meet_is_none() -> None:
    assert TellingRules(MOMENTS, answer_days=28)
    with pytest.raises(ValueError, match="too short"):
        TellingRules(MOMENTS, answer_days=27)


def test_of_a_clue_that_is_gone_nobody_is_told_and_the_other_is_told_as_ever() -> None:
    both = telling([hit(A, B)], {}, day(14), RULES, at_once)
    gone = telling([hit(A, B)], {}, day(14), RULES, at_once, withdrawn={A})

    assert set(gone.notices) == {B}
    assert gone.notices[B] == both.notices[B]
    assert gone.pairs == both.pairs


def told_of(filed: Mapping[Holder, float], seed: int) -> tuple[datetime, Mapping[Holder, datetime]]:
    """The matching of one hit of clues filed on these days, and when each owner is told."""
    rows = [entry("a", one.office, one.clue, on) for one, on in filed.items()]
    matched = max(MOMENTS.matched_at(row.registered_at) for row in rows)
    found = hits(rows, MatchingRules(), matched)
    made = telling(found, {}, matched, RULES, Random(seed).randrange)
    return matched, {holder: notice.told_at for holder, notice in made.notices.items()}


def test_within_a_period_no_filing_moves_anything() -> None:
    """Exactly: whenever the two filed, and in whichever order, the same draws tell them at the same moments."""
    for seed in range(50):
        draw = Random(seed)
        a, b, moved = (draw.uniform(0, 13.99) for _ in range(3))
        expected = told_of({A: a, B: b}, seed)

        assert told_of({A: b, B: a}, seed) == expected
        assert told_of({A: moved, B: b}, seed) == expected
        assert told_of({A: a - 140, B: b}, seed) == expected  # the other filed long ago


def unlike(some: Counter[float], others: Counter[float]) -> float:
    """Chi-square of two equally large samples over their days."""
    days = set(some) | set(others)
    return sum((some[one] - others[one]) ** 2 / (some[one] + others[one]) for one in days)


# Of seven days that are alike: above this once in a million samples (six degrees of freedom).
ONCE_IN_A_MILLION = 38.3


def delays(of: Iterable[tuple[datetime, datetime]]) -> Counter[float]:
    return Counter((told - since) / DAY for since, told in of)


def filings(number: int, draw: Random) -> Iterable[tuple[Holder, Holder, Mapping[Holder, float]]]:
    """Who filed first, who last, and when: offices file at random within half a year, of one hit in two the
    one with the smaller number first."""
    for _ in range(number):
        days = sorted(draw.uniform(0, 180) for _ in range(2))
        first, last = draw.sample([A, B], 2)
        yield first, last, {first: days[0], last: days[1]}


def test_simulated_filings_the_delay_is_alike_for_who_filed_first_and_who_filed_last() -> None:
    draw = Random(20260302)
    first_told, last_told, sooner = [], [], Counter[str]()
    for seed, (first, last, filed) in enumerate(filings(4_000, draw)):
        matched, told = told_of(filed, seed)
        first_told.append((matched, told[first]))
        last_told.append((matched, told[last]))
        sooner["last" if told[last] < told[first] else "first" if told[first] < told[last] else "-"] += 1  # fmt: skip

    assert set(delays(first_told)) == {float(n) for n in range(1, 8)}
    assert unlike(delays(first_told), delays(last_told)) < ONCE_IN_A_MILLION
    # Who is told sooner is a coin: 4.9 standard deviations around a half.
    decided = sooner["last"] + sooner["first"]
    assert abs(sooner["last"] - decided / 2) < 4.9 * (decided**0.5) / 2


def test_the_same_look_sees_a_design_that_answers_whoever_files_last() -> None:
    """The twin: told when one saves, as an ordinary search for duplicates does; the other with the next batch."""
    draw = Random(20260302)
    first_told, last_told = [], []
    for _, last, filed in filings(4_000, draw):
        matched = MOMENTS.matched_at(day(filed[last]))
        last_told.append((matched, matched + DAY))
        first_told.append((matched, MOMENTS.told_at(matched, draw.randrange)))

    assert unlike(delays(first_told), delays(last_told)) > ONCE_IN_A_MILLION


def test_what_the_period_itself_tells_is_all_that_is_told() -> None:
    """What is not promised: an owner that filed in an earlier period knows that the other filed since."""
    _, same = told_of({A: 1, B: 2}, 1)
    _, later = told_of({A: 1, B: 20}, 1)

    assert later[A] - same[A] == MOMENTS.period * DAY


def test_pairs_of_offices_are_told_of_whoever_they_are() -> None:
    made = telling([Hit(pair(CITY, 1, 10, 1), About.CONTACT)], {}, day(14), RULES, at_once)

    assert {one.about for one in made.notices.values()} == {About.CONTACT}
