"""Which pairs of clues are hits: a function of the table of tokens and of what was told before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations, product

from sharing.domain.corroboration.classes import CLASS_RULES, About
from sharing.domain.corroboration.tokens import Token

_FOR_EVER = datetime.max.replace(tzinfo=UTC)
_ORDER = {about: place for place, about in enumerate(About)}


@dataclass(frozen=True, slots=True, order=True)
class Holder:
    """A clue, and the office whose it is."""

    office: int
    clue: int


Pair = tuple[Holder, Holder]  # the smaller one first


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the matcher's table. `withdrawn_at`: the clue was deleted, or the token taken from it."""

    token: Token
    holder: Holder
    registered_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MatchingRules:
    """`most_of_office`: to an office that holds a token with more clues it says nothing (a bank's hotline, a public
    body); the others go on as if that office did not hold it. `most_offices`: a token that more offices hold says
    nothing to any. Offices are counted and not their clues, so that none can silence a token by itself, nor learn by
    its number of clues how many others have.
    `cooling`: for how long after its withdrawal a token is matched as if it stood. `stop_list`: tokens of what
    everybody has to do with; the matcher makes them from a list of public bodies and hotlines."""

    most_of_office: int = 10
    most_offices: int = 10
    cooling: timedelta = timedelta(days=180)
    stop_list: frozenset[Token] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    pair: Pair
    about: About


def hits(
    entries: Iterable[Entry], rules: MatchingRules, at: datetime, told: Collection[Pair] = ()
) -> list[Hit]:
    """The pairs to be told at `at`, each once, in the order of their holders.

    Parameters
    ----------
    entries
        The whole table, rows that have cooled down included: a later row of the same office may go on from one.
    told
        Pairs that were told before, whoever of them was withdrawn since.

    Notes
    -----
    A token that an office withdrew and asks about again within the cooling goes on from where it was: what
    was told about the first is not told about the second, so deleting and retrying tells nothing.
    """
    before = frozenset(told)
    found: dict[Pair, About] = {}
    for token, rows in _by_token(entries, at).items():
        if token in rules.stop_list or len({row.holder.office for row in rows}) < 2:
            continue
        about = CLASS_RULES[token.token_class].about
        for pair in _pairs(rows, rules, at, before):
            found[pair] = min(found.get(pair, about), about, key=_ORDER.__getitem__)
    return [Hit(pair, found[pair]) for pair in sorted(found)]


def is_alive(entry: Entry, rules: MatchingRules, at: datetime) -> bool:
    """Whether the row is matched: it stands, or has been withdrawn for less than the cooling."""
    return at < _alive_until(entry, rules, at)


@dataclass(frozen=True, slots=True)
class _Course:
    """Rows of one office and token that go on from one another. `asks`: the clue that is told now."""

    holders: frozenset[Holder]
    asks: Holder
    is_alive: bool


def _pairs(
    rows: Sequence[Entry], rules: MatchingRules, at: datetime, told: frozenset[Pair]
) -> Iterator[Pair]:
    by_office: dict[int, list[Entry]] = defaultdict(list)
    for row in rows:
        by_office[row.holder.office].append(row)
    alive = (
        [one for one in _courses(of_office, rules, at) if one.is_alive]
        for of_office in by_office.values()
    )
    courses = [one for one in alive if 0 < len(one) <= rules.most_of_office]
    if len(courses) > rules.most_offices:
        return
    for some, others in combinations(courses, 2):
        for one, other in product(some, others):
            between = {ordered(*each) for each in product(one.holders, other.holders)}
            if not between & told:
                yield ordered(one.asks, other.asks)


def _courses(rows: Sequence[Entry], rules: MatchingRules, at: datetime) -> Iterator[_Course]:
    if not any(
        _is_withdrawn(one, at) for one in rows
    ):  # nearly always: nothing goes on from anything
        for holder in {one.holder for one in rows}:
            yield _Course(frozenset({holder}), holder, is_alive=True)
        return
    courses: list[list[Entry]] = []
    for row in sorted(rows, key=lambda one: (one.registered_at, one.holder)):
        before = [one for one in courses if any(_goes_on(row, each, rules, at) for each in one)]
        courses = [one for one in courses if one not in before]
        courses.append([*(each for one in before for each in one), row])
    for course in courses:
        standing = [one for one in course if not _is_withdrawn(one, at)]
        yield _Course(
            frozenset(one.holder for one in course),
            asks=(standing or course)[-1].holder,
            is_alive=any(is_alive(one, rules, at) for one in course),
        )


def _goes_on(later: Entry, earlier: Entry, rules: MatchingRules, at: datetime) -> bool:
    if later.holder == earlier.holder:
        return True
    return _is_withdrawn(earlier, at) and later.registered_at < _alive_until(earlier, rules, at)


def _is_withdrawn(entry: Entry, at: datetime) -> bool:
    return entry.withdrawn_at is not None and entry.withdrawn_at <= at


def _alive_until(entry: Entry, rules: MatchingRules, at: datetime) -> datetime:
    if entry.withdrawn_at is None or entry.withdrawn_at > at:
        return _FOR_EVER
    return entry.withdrawn_at + rules.cooling


def _by_token(entries: Iterable[Entry], at: datetime) -> Mapping[Token, list[Entry]]:
    found: dict[Token, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.registered_at <= at:
            found[entry.token].append(entry)
    return found


def ordered(one: Holder, other: Holder) -> Pair:
    return (one, other) if one < other else (other, one)
