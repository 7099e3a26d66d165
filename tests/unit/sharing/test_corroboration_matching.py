"""Which pairs are hits: each rule with what it lets through."""

from __future__ import annotations

import pytest

from sharing.domain.corroboration.classes import About, TokenClass
from sharing.domain.corroboration.matching import Entry, Hit, MatchingRules, Pair, hits
from tests.unit.sharing.corroborating import DAY, EAST, SOUTH, WEST, day, entry, pair, token

RULES = MatchingRules(most_of_office=3, most_offices=4, cooling=30 * DAY)
EAST_1_WEST_7 = pair(EAST, 1, WEST, 7)


def pairs(entries: list[Entry], at: float = 5, told: set[Pair] | None = None) -> list[Pair]:
    return [one.pair for one in hits(entries, RULES, day(at), told or set())]


def test_two_offices_with_one_token_are_a_hit() -> None:
    assert hits([entry("a", WEST, 7), entry("a", EAST, 1)], RULES, day(5)) == [
        Hit(EAST_1_WEST_7, About.PERSON)
    ]


def test_one_office_is_none_and_neither_are_two_tokens() -> None:
    assert pairs([entry("a", EAST, 1), entry("a", EAST, 2)]) == []
    assert pairs([entry("a", EAST, 1), entry("b", WEST, 7)]) == []


def test_what_is_filed_later_is_no_hit_yet() -> None:
    table = [entry("a", EAST, 1), entry("a", WEST, 7, on=6)]

    assert pairs(table, at=5) == []
    assert pairs(table, at=6) == [EAST_1_WEST_7]


def test_a_pair_is_told_once() -> None:
    table = [entry("a", EAST, 1), entry("a", WEST, 7)]

    assert pairs(table, told={EAST_1_WEST_7}) == []
    assert pairs(table, told={pair(EAST, 2, WEST, 7)}) == [EAST_1_WEST_7]


def test_a_pair_with_many_tokens_is_one_hit_about_the_first_kind() -> None:
    phone, code = token("p", TokenClass.PHONE), token("c", TokenClass.CREDIT_CODE)
    table = [entry(one, office, 1) for one in (phone, code) for office in (EAST, WEST)]

    for rows in (table, table[::-1]):
        [hit] = hits(rows, RULES, day(5))
        assert hit.about is About.ORGANISATION


@pytest.mark.parametrize(("clues", "found"), [(3, 3), (4, 0)])
def test_a_token_says_nothing_to_an_office_that_holds_it_with_too_many_clues(
    clues: int, found: int
) -> None:
    table = [entry("a", EAST, n) for n in range(clues)] + [entry("a", WEST, 7)]

    assert len(pairs(table)) == found


@pytest.mark.parametrize("clues", [1, 3, 4, 100])
def test_no_office_silences_a_token_for_others(clues: int) -> None:
    others = [entry("a", EAST, 1), entry("a", WEST, 7)]

    assert EAST_1_WEST_7 in pairs([*others, *(entry("a", SOUTH, n) for n in range(clues))])


def test_an_office_for_which_it_says_nothing_is_to_the_others_as_if_it_were_not_there() -> None:
    others = [entry("a", EAST, 1), entry("a", WEST, 7)]
    alone = others[:1]
    many = [entry("a", SOUTH, n) for n in range(4)]

    assert pairs([*others, *many]) == pairs(others)
    assert pairs([*alone, *many]) == pairs(alone) == []


@pytest.mark.parametrize(("offices", "found"), [(4, 6), (5, 0)])
def test_a_token_that_too_many_offices_hold_says_nothing_to_any(offices: int, found: int) -> None:
    assert len(pairs([entry("a", n, 1) for n in range(offices)])) == found


@pytest.mark.parametrize(
    "elsewhere",
    [
        [entry("a", SOUTH, n) for n in range(4)],
        [entry("a", SOUTH, 1, on=-90, withdrawn=-80)],
        [entry("b", SOUTH, 1)],
    ],
    ids=["too many clues", "cooled down", "another token"],
)
def test_an_office_that_it_does_not_count_for_is_not_counted(elsewhere: list[Entry]) -> None:
    table = [entry("a", n, 1) for n in range(10, 14)]

    assert len(pairs([*table, *elsewhere])) == 6


def test_ten_clues_of_an_office_and_ten_offices_unless_it_is_set() -> None:
    rules = MatchingRules()

    assert (rules.most_of_office, rules.most_offices) == (10, 10)


def test_a_stop_listed_token_says_nothing_and_the_others_do() -> None:
    table = [entry(word, office, 1) for word in "ab" for office in (EAST, WEST)]

    everything = MatchingRules(stop_list=frozenset({token("a"), token("b")}))
    one = MatchingRules(stop_list=frozenset({token("a")}))

    assert hits(table, everything, day(5)) == []
    assert [hit.pair for hit in hits(table, one, day(5))] == [pair(EAST, 1, WEST, 1)]


@pytest.mark.parametrize(("at", "found"), [(10, True), (31.9, True), (32, False), (60, False)])
def test_what_was_withdrawn_is_matched_until_it_has_cooled(at: float, found: bool) -> None:
    table = [entry("a", EAST, 1, withdrawn=2), entry("a", WEST, 7, on=at)]

    assert pairs(table, at=at) == ([EAST_1_WEST_7] if found else [])


def test_deleting_and_retrying_tells_nothing_however_long_one_waits_then() -> None:
    retried = [
        entry("a", WEST, 7),
        entry("a", EAST, 1, withdrawn=6),
        entry("a", EAST, 2, on=7, withdrawn=9),
        entry("a", EAST, 3, on=10),
    ]

    for at in (11, 35, 100, 1000):
        assert pairs(retried, at=at, told={EAST_1_WEST_7}) == []


def test_what_comes_back_after_the_cooling_is_new() -> None:
    """The twin: then it costs a new clue, as any other question does."""
    table = [entry("a", WEST, 7), entry("a", EAST, 1, withdrawn=6), entry("a", EAST, 2, on=36)]

    assert pairs(table, at=37, told={EAST_1_WEST_7}) == [pair(EAST, 2, WEST, 7)]


def test_the_other_side_s_retry_tells_this_side_nothing_either() -> None:
    table = [entry("a", EAST, 1), entry("a", WEST, 7, withdrawn=6), entry("a", WEST, 8, on=7)]

    assert pairs(table, at=8, told={EAST_1_WEST_7}) == []


def test_a_retry_that_was_never_told_of_is_told_of_once() -> None:
    table = [entry("a", EAST, 1, withdrawn=2), entry("a", EAST, 2, on=3), entry("a", WEST, 7, on=4)]

    assert pairs(table) == [pair(EAST, 2, WEST, 7)]


@pytest.mark.parametrize("long_ago", [[], [entry("a", EAST, 9, on=-90, withdrawn=-80)]])
def test_a_second_clue_that_stands_beside_the_first_is_a_pair_of_its_own(
    long_ago: list[Entry],
) -> None:
    table = [*long_ago, entry("a", EAST, 1), entry("a", EAST, 2, on=1), entry("a", WEST, 7)]

    assert pairs(table, told={EAST_1_WEST_7}) == [pair(EAST, 2, WEST, 7)]


def test_what_is_withdrawn_later_still_stands() -> None:
    table = [entry("a", EAST, 1, withdrawn=50), entry("a", EAST, 2, on=3), entry("a", WEST, 7)]

    assert pairs(table, at=5, told={EAST_1_WEST_7}) == [pair(EAST, 2, WEST, 7)]
    assert pairs(table, at=51, told={EAST_1_WEST_7}) == []


def test_retries_count_as_one_clue_of_the_office() -> None:
    table = [entry("a", EAST, n, on=n / 10, withdrawn=n / 10 + 0.05) for n in range(1, 9)]

    assert pairs([*table, entry("a", WEST, 7)]) == [pair(EAST, 8, WEST, 7)]
