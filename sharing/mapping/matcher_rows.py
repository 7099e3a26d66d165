"""The matcher's own rows and the words of the rules. Only its role reads them; the web cannot name one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from sharing.domain.corroboration.asking import Alert, Ask
from sharing.domain.corroboration.classes import About, TokenClass
from sharing.domain.corroboration.consent import Notice, Step
from sharing.domain.corroboration.matching import Entry, Holder, Pair
from sharing.domain.corroboration.tokens import Token

# Tokens that two offices of a city hold; the join is the database's, which is what makes it quick.
# What was withdrawn long ago is read too: a later row may go on from it.
_MEETING = """
SELECT root_id, token_class, version, digest, office_id, clue_id, party_id, registered_at,
       withdrawn_at
  FROM matcher.token AS one WHERE EXISTS (
    SELECT FROM matcher.token AS other
     WHERE other.root_id = one.root_id AND other.token_class = one.token_class
       AND other.version = one.version AND other.digest = one.digest
       AND other.office_id <> one.office_id)
"""
_FORGET = """
DELETE FROM matcher.token AS old
 WHERE old.withdrawn_at + %(cooling)s <= %(at)s AND NOT EXISTS (
    SELECT FROM matcher.token AS later
     WHERE later.root_id = old.root_id AND later.office_id = old.office_id
       AND later.token_class = old.token_class AND later.version = old.version
       AND later.digest = old.digest AND later.party_id <> old.party_id
       AND later.registered_at >= old.registered_at
       AND later.registered_at < old.withdrawn_at + %(cooling)s)
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A row of the index, and the party of the clue that it is of."""

    entry: Entry
    party: int


@dataclass(frozen=True, slots=True)
class PairRow:
    pair: Pair
    notices: tuple[int, int]


def rows(sql: str, values: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def run(sql: str, values: Any = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def insert(into: str, types: Sequence[str], lines: Sequence[Sequence[Any]]) -> None:
    """All lines by one statement; one that is there already stays."""
    columns = [_array(column) for column in zip(*lines, strict=True)] or ["{}" for _ in types]
    arrays = ", ".join(f"%s::{one}[]" for one in types)
    run(f"INSERT INTO {into} SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING", columns)  # noqa: S608


def _array(column: Iterable[Any]) -> str:
    """Numbers, moments and the rule book's own words, as one literal: an array of constants is parsed one by one,
    which takes longer than writing the rows."""
    return "{" + ",".join("NULL" if one is None else str(one) for one in column) + "}"


def meeting() -> Mapping[int, Sequence[Held]]:
    """By city, what two of its offices hold."""
    found: dict[int, list[Held]] = defaultdict(list)
    for root, of_class, version, digest, office, clue, party, since, until in rows(_MEETING):
        token = Token(TokenClass(of_class), version, bytes(digest))
        found[root].append(Held(Entry(token, Holder(office, clue), since, until), party))
    return found


def told_pairs(clues: Collection[int]) -> frozenset[Pair]:
    """Of these clues, the pairs that were told before."""
    sql = (
        "SELECT one_office, one_clue, other_office, other_clue FROM matcher.pair"
        " WHERE one_clue = ANY (%s)"
    )
    return frozenset((Holder(a, b), Holder(c, d)) for a, b, c, d in rows(sql, [list(clues)]))


def newest_notices(holders: Collection[Holder]) -> Mapping[Holder, tuple[int, Notice]]:
    """Of each clue the newest notice, told or still to be told."""
    sql = (
        "SELECT DISTINCT ON (office_id, clue_id) id, office_id, clue_id, about, told_at, answer_until"
        "  FROM matcher.notice WHERE clue_id = ANY (%s)"
        " ORDER BY office_id, clue_id, told_at DESC, id"
    )
    found = rows(sql, [[one.clue for one in holders]])
    answers = answers_of([one[0] for one in found])
    return {
        Holder(office, clue): (
            number, _notice(Holder(office, clue), about, told_at, until, answers.get(number)),
        )
        for number, office, clue, about, told_at, until in found
        if Holder(office, clue) in holders
    }  # fmt: skip


def notices_of(numbers: Collection[int]) -> Mapping[int, Notice]:
    sql = (
        "SELECT id, office_id, clue_id, about, told_at, answer_until FROM matcher.notice"
        " WHERE id = ANY (%s)"
    )
    answers = answers_of(numbers)
    return {
        number: _notice(Holder(office, clue), about, told_at, until, answers.get(number))
        for number, office, clue, about, told_at, until in rows(sql, [list(numbers)])
    }


def running(since: datetime) -> list[int]:
    """Notices that were told, and were not over before `since`."""
    sql = "SELECT id FROM matcher.notice WHERE is_told AND answer_until >= %s"
    return [number for (number,) in rows(sql, [since])]


@dataclass(slots=True)
class Answers:
    withdrawn_at: datetime | None
    steps: list[Step]


def answers_of(numbers: Collection[int]) -> Mapping[int, Answers]:
    """What each side did by now; whoever is at it at this moment is waited for."""
    found: dict[int, Answers] = {}
    sql = "SELECT notice_id, withdrawn_at, act, by_id, at FROM sec.answers_to_hits(%s)"
    for number, withdrawn_at, act, by, at in rows(sql, [list(numbers)]):
        one = found.setdefault(number, Answers(withdrawn_at, []))
        if act is not None:
            one.steps.append(Step(act, by, at))
    return found


def withdrawn_holders() -> frozenset[Holder]:
    """Clues of which no party stands any more."""
    sql = (
        "SELECT office_id, clue_id FROM matcher.ask WHERE withdrawn_at IS NOT NULL"
        " EXCEPT SELECT office_id, clue_id FROM matcher.ask WHERE withdrawn_at IS NULL"
    )
    return frozenset(Holder(office, clue) for office, clue in rows(sql))


def pairs_not_led(since: datetime) -> Sequence[PairRow]:
    """Those that may still be led together: both were told, and neither term was over before `since`."""
    sql = (
        "SELECT one_office, one_clue, one_notice, other_office, other_clue, other_notice"
        "  FROM matcher.pair AS pair"
        "  JOIN matcher.notice AS one ON one.id = one_notice"
        "  JOIN matcher.notice AS other ON other.id = other_notice"
        " WHERE pair.led_at IS NULL AND one.is_told AND other.is_told"
        "   AND one.answer_until >= %s AND other.answer_until >= %s"
        " ORDER BY one_notice, other_notice"
    )
    return [
        PairRow((Holder(a, b), Holder(d, e)), (c, f))
        for a, b, c, d, e, f in rows(sql, [since, since])
    ]


def parties_since(day: date) -> frozenset[int]:
    """Parties of clues that were asked about since the day."""
    sql = "SELECT party_id FROM matcher.ask WHERE asked_on >= %s"
    return frozenset(party for (party,) in rows(sql, [day]))


def asks_since(day: date) -> Iterable[Ask]:
    """One for each row of the index that was asked for since the day."""
    sql = (
        "SELECT user_id, office_id, asked_on, was_hit, withdrawn_at IS NOT NULL, rows"
        "  FROM matcher.ask WHERE asked_on >= %s"
    )
    for user, office, on, was_hit, withdrawn, many in rows(sql, [day]):
        for _ in range(many):
            yield Ask(user, office, on, was_hit, withdrawn)


def raise_alert(one: Alert, at: datetime) -> None:
    """To the directors of the office and of its city, once in a month; not to whom it is about."""
    rows(
        "SELECT sec.raise_probing_alert(%s, %s, %s, %s)",
        [one.office, one.suspicion, one.user, at],
    )


def forget_cooled(at: datetime, cooling: timedelta) -> int:
    """Rows that have cooled down, but for those from which a later one goes on."""
    return run(_FORGET, {"cooling": cooling, "at": at})


def _notice(
    holder: Holder, about: str, told_at: datetime, until: datetime, answers: Answers | None
) -> Notice:
    if answers is None:
        return Notice(holder, About(about), told_at, until)
    return Notice(holder, About(about), told_at, until, tuple(answers.steps), answers.withdrawn_at)
