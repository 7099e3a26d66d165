"""Who guesses learns one bit a guess, of so many guesses a day; who steals the index learns nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

import pytest

from kernel.clock import CHINA
from scheduling.workbooks.identity import check_character
from sharing.domain.corroboration.asking import (
    Alert,
    Ask,
    ProbingRule,
    Quota,
    Suspicion,
    alerts,
    asks_left,
)
from sharing.domain.corroboration.classes import TokenClass
from sharing.domain.corroboration.consent import Notice, Step, answered
from sharing.domain.corroboration.matching import Entry, Holder, MatchingRules, hits
from sharing.domain.corroboration.telling import TellingRules, telling
from sharing.domain.corroboration.tokens import HmacKey, message, tokens_of
from sharing.domain.corroboration.views import View, seen
from sharing.domain.identifiers.identifier import Identifier, Kind
from tests.unit.sharing.corroborating import EAST, MOMENTS, WEST, OneKey, day, entry, token

LIN, WU = 11, 12
DICTIONARY = 100_000
HELD = 300
DAYS = 56
RULES, TELLING = MatchingRules(), TellingRules(MOMENTS)


@dataclass
class Probers:
    """Two clerks of East, for whom everything they write is signed at once, ask about one guess a clue."""

    quota: Quota
    asked: list[Ask] = field(default_factory=list)
    rows: list[Entry] = field(default_factory=list)
    alerted: dict[Alert, int] = field(default_factory=dict)

    def guess(self, guesses: Iterator[str], on: int) -> None:
        for user in (LIN, WU):
            for _ in range(
                asks_left(self.asked, self.quota, user=user, office=EAST, on=on_day(on))
            ):
                word = next(guesses, None)
                if word is None:
                    return
                self.rows.append(entry(word, EAST, len(self.rows), on + 0.3))
                self.asked.append(Ask(user, EAST, on_day(on)))

    def are_watched(self, told: set[int], matched_before: int, on: int) -> None:
        judged = [
            Ask(one.user, one.office, one.on, n in told if n < matched_before else None)
            for n, one in enumerate(self.asked)
        ]
        for alert in alerts(judged, ProbingRule(), on_day(on)):
            self.alerted.setdefault(alert, on)


def on_day(number: int) -> date:
    return day(number).astimezone(CHINA).date()


def probed(quota: Quota, days: int, seed: int) -> tuple[Probers, set[int], set[str]]:
    """The probers, which of their clues were told of, and what the other office holds."""
    draw = Random(seed)
    numbers = [f"{n:05}" for n in range(DICTIONARY)]
    held = set(draw.sample(numbers, HELD))
    west = [entry(word, WEST, n, -20) for n, word in enumerate(sorted(held))]
    guesses = iter(draw.sample(numbers, DICTIONARY))
    probers, told, pairs = Probers(quota), set[int](), list[tuple[Holder, Holder]]()
    for on in range(days):
        if on and on % MOMENTS.period == 0:
            found = hits([*west, *probers.rows], RULES, day(on), pairs)
            made = telling(found, {}, day(on), TELLING, draw.randrange)
            pairs += made.pairs
            told |= {holder.clue for holder in made.notices if holder.office == EAST}
            probers.are_watched(told, len(probers.rows), on)
        probers.guess(guesses, on)
    return probers, told, held


def test_guessing_learns_what_the_quota_lets_it_and_is_noticed_at_the_first_matching() -> None:
    probers, told, held = probed(Quota(), DAYS + 1, seed=20260302)

    assert len(probers.rows) == 20 * (DAYS + 1)  # so many bits in eight weeks, and no more
    found = {probers.rows[n].token for n in told}
    assert len(found) <= len(probers.rows) * HELD / DICTIONARY * 4
    assert found <= {token(word) for word in held}
    assert probers.alerted[Alert(Suspicion.LOW_YIELD, EAST)] == MOMENTS.period
    assert probers.alerted[Alert(Suspicion.LOW_YIELD, EAST, LIN)] == MOMENTS.period


def test_the_same_two_without_a_quota_find_everything() -> None:
    """The twin: it is the quota that stands between them and the whole of it."""
    probers, told, held = probed(Quota(DICTIONARY, DICTIONARY), MOMENTS.period + 1, seed=20260302)

    assert {probers.rows[n].token for n in told} == {token(word) for word in held}


Transcript = tuple[View | None, ...]
SILENT: tuple[Step, ...] = ()
REFUSED = (Step("refused", LIN, day(25)),)
CONSENTED = (Step("proposed", LIN, day(25)), Step("confirmed", WU, day(26)))


def transcript(others: Mapping[int, float], steps: tuple[Step, ...]) -> Transcript:
    """All that one guess shows, day by day, to a prober that has not consented. `others`: when each filed it."""
    rows = [entry("a", EAST, 1), *(entry("a", office, 1, on) for office, on in others.items())]
    made = telling(hits(rows, RULES, day(14)), {}, day(14), TELLING, lambda below: 3)
    own = made.notices.pop(Holder(EAST, 1), None)
    theirs = [
        Notice(n.holder, n.about, n.told_at, n.answer_until, steps) for n in made.notices.values()
    ]
    if own is None:
        return (None,) * 100
    return tuple(seen(own, theirs, day(on), MOMENTS) for on in range(100))


def test_one_guess_shows_one_of_two_things() -> None:
    """Nobody; or somebody, alike for one office and five, filed long ago or yesterday, whatever they answer."""
    nobody = transcript({}, SILENT)
    worlds: list[dict[int, float]] = [
        {WEST: -300}, {WEST: 13.9}, {3: 1, 4: -50}, dict.fromkeys(range(2, 7), 5.0),
    ]  # fmt: skip
    somebody = {
        transcript(others, steps) for others in worlds for steps in (SILENT, REFUSED, CONSENTED)
    }

    assert len(somebody) == 1
    assert somebody != {nobody}


def test_a_prober_that_consents_is_named_too() -> None:
    """The twin, and the price of more than a bit: two people of one's own, and one's name."""
    made = telling(
        hits([entry("a", EAST, 1), entry("a", WEST, 1)], RULES, day(14)),
        {},
        day(14),
        TELLING,
        lambda below: 3,
    )
    east, west = (answered_by_two(notice) for notice in made.notices.values())

    ours, theirs = seen(east, [west], day(30), MOMENTS), seen(west, [east], day(30), MOMENTS)

    assert ours is not None
    assert theirs is not None
    assert [*ours.offices, *theirs.offices] == [WEST, EAST]


def answered_by_two(notice: Notice) -> Notice:
    for step in CONSENTED:
        notice = answered(notice, step)
    return notice


def id_numbers(number: int) -> list[str]:
    """The first so many of one county, born from the first of January 1960 on."""
    found = []
    for n in range(number):
        born = date.fromordinal(date(1960, 1, 1).toordinal() + n // 10)
        first17 = f"330999{born:%Y%m%d}{n % 10 + 1:03}"
        found.append(first17 + check_character(first17))
    return found


GUESSED_KEYS = (b"\0" * 32, b"k" * 32)


def thief_s_ways() -> list[Callable[[str], bytes]]:
    """What somebody tries who has the table and this source, and not the key."""

    def under(number: str) -> bytes:
        return message(TokenClass.ID_NUMBER, 1, [Identifier(Kind.ID_NUMBER, number)])

    def keyed(key: HmacKey) -> Callable[[str], bytes]:
        return lambda number: key.mac(under(number))

    return [
        lambda number: hashlib.sha256(number.encode()).digest(),
        lambda number: hashlib.sha256(under(number)).digest(),
        lambda number: hashlib.new("sm3", under(number)).digest(),
        *(keyed(HmacKey(1, key)) for key in GUESSED_KEYS),
    ]


@pytest.fixture(scope="module")
def dictionary() -> list[str]:
    return id_numbers(DICTIONARY)


@pytest.fixture(scope="module")
def indexed(dictionary: list[str]) -> list[str]:
    return Random(7).sample(dictionary, HELD)


def test_a_thief_with_the_index_and_a_dictionary_finds_none(
    dictionary: list[str], indexed: list[str]
) -> None:
    ring = OneKey(HmacKey(1, Random(8).randbytes(32)))
    stolen = {
        one.digest
        for number in indexed
        for one in tokens_of([Identifier(Kind.ID_NUMBER, number)], ring)
    }
    assert len(stolen) == HELD

    found = [n for way in thief_s_ways() for n in dictionary if way(n) in stolen]

    assert found == []


def test_the_same_thief_reads_an_index_of_plain_hashes_whole(
    dictionary: list[str], indexed: list[str]
) -> None:
    """The twin: the dictionary holds them all, and the thief can see."""
    for way in thief_s_ways()[:2]:
        stolen = {way(number) for number in indexed}

        assert {n for n in dictionary if way(n) in stolen} == set(indexed)


def test_a_key_that_got_out_opens_the_index(dictionary: list[str], indexed: list[str]) -> None:
    """What is not promised: the key is all there is, so it lies where the table does not."""
    weak = HmacKey(1, GUESSED_KEYS[-1])
    stolen = {
        one.digest
        for number in indexed
        for one in tokens_of([Identifier(Kind.ID_NUMBER, number)], OneKey(weak))
    }
    way = thief_s_ways()[-1]

    assert {n for n in dictionary if way(n) in stolen} == set(indexed)
