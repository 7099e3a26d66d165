"""What the tests of corroboration are made of: keys, tokens by a word, offices by name, fixed moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sharing.domain.corroboration.classes import TokenClass
from sharing.domain.corroboration.matching import Entry, Holder, Pair
from sharing.domain.corroboration.moments import Moments
from sharing.domain.corroboration.tokens import HmacKey, KeyedMac, Token

EAST, WEST, SOUTH, CITY = 1, 2, 3, 9
START = datetime(2026, 3, 2, 1, tzinfo=UTC)  # nine in the morning in China
MOMENTS = Moments(first=date(2026, 3, 2))
DAY = timedelta(days=1)


@dataclass(frozen=True)
class OneKey:
    """A ring with the same key for every class."""

    key: KeyedMac

    def keys_of(self, token_class: TokenClass) -> Sequence[KeyedMac]:
        return [self.key]


KEY = HmacKey(1, b"k" * 32)
RING = OneKey(KEY)


def token(word: str, token_class: TokenClass = TokenClass.ID_NUMBER) -> Token:
    return Token(token_class, 1, word.encode())


def day(number: float) -> datetime:
    return START + number * DAY


def entry(
    word: str | Token, office: int, clue: int, on: float = 0, withdrawn: float | None = None
) -> Entry:
    made = word if isinstance(word, Token) else token(word)
    return Entry(made, Holder(office, clue), day(on), None if withdrawn is None else day(withdrawn))


def pair(office: int, clue: int, other: int, others_clue: int) -> Pair:
    return Holder(office, clue), Holder(other, others_clue)
