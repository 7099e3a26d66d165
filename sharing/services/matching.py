"""What the matcher does at fixed moments: it compares, tells, leads. Its tokens it has of `making_tokens`.

It runs as the database's role `matcher`, which alone reads the index and sees no clue; with its own keys, and
without the key that signs for an office. What comes when, `sharing.domain.corroboration` says.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from kernel.clock import CHINA
from sharing.domain.corroboration.asking import ProbingRule, alerts
from sharing.domain.corroboration.matching import (
    Entry,
    Holder,
    MatchingRules,
    Pair,
    hits,
)
from sharing.domain.corroboration.moments import Draw, Moments
from sharing.domain.corroboration.telling import TellingRules, telling
from sharing.domain.corroboration.tokens import Token
from sharing.domain.corroboration.views import have_one_person, is_led, led_at
from sharing.mapping.matcher_rows import (
    Held,
    asks_since,
    forget_cooled,
    insert,
    meeting,
    newest_notices,
    notices_of,
    pairs_not_led,
    parties_since,
    raise_alert,
    rows,
    run,
    running,
    told_pairs,
    withdrawn_holders,
)

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
# For so long after a term has ended its pair is looked at: the matcher may have been down meanwhile.
LATE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Course:
    """By which rules this installation compares. `draw`: where chance comes from."""

    telling: TellingRules
    matching: MatchingRules = field(default_factory=MatchingRules)
    probing: ProbingRule = field(default_factory=ProbingRule)
    draw: Draw = secrets.randbelow

    @property
    def moments(self) -> Moments:
        return self.telling.moments


@transaction.atomic
def look(now: datetime, course: Course) -> bool:
    """Do what is due at the latest moments, once. Whether there was anything."""
    moments = course.moments
    matched_at = moments.matched_at(now) - timedelta(days=moments.period)
    daily = moments.next_after(now) - timedelta(days=1)
    was_due = False
    if _begins("matched", matched_at):
        was_due = True
        match(matched_at, course)
        _blur()
    if _begins("told", daily):
        was_due = True
        tell(daily)
        _blur()
        lead(daily, course)
        _blur()
    return was_due


def _begins(kind: str, at: datetime) -> bool:
    """Of two processes at once one goes on, and the other waits and finds it done."""
    sql = "INSERT INTO matcher.moment (kind, at) VALUES (%s, %s) ON CONFLICT DO NOTHING"
    return run(sql, [kind, at]) == 1


def _blur() -> None:
    """The numbers of notices run through for all offices: by a gap somebody could count what others were
    told at a moment. So it lets some go, whether or not anybody was told."""
    rows("SELECT sec.blur_notices()")


def match(at: datetime, course: Course) -> None:
    """Compare what was asked by `at`; plan what is told of it, and when."""
    run(
        "UPDATE matcher.token AS token SET withdrawn_at = asked.withdrawn_at FROM matcher.ask AS asked"
        " WHERE asked.party_id = token.party_id AND asked.withdrawn_at IS NOT NULL"
        "   AND token.withdrawn_at IS NULL"
    )
    forget_cooled(at, course.matching.cooling)
    since = at.astimezone(CHINA).date() - timedelta(days=course.probing.window)
    met: set[int] = set()
    withdrawn, lately = withdrawn_holders(), parties_since(since)
    for held in meeting().values():
        met |= _parties_met(held, lately, course, at)
        _plan([one.entry for one in held], course, at, withdrawn)
    _alert(at, since, course, met)


def _plan(
    entries: Sequence[Entry], course: Course, at: datetime, withdrawn: Collection[Holder]
) -> None:
    before = told_pairs({one.holder.clue for one in entries})
    found = hits(entries, course.matching, at, before)
    newest = newest_notices({holder for hit in found for holder in hit.pair})
    newest_of = {holder: notice for holder, (_, notice) in newest.items()}
    made = telling(found, newest_of, at, course.telling, course.draw, withdrawn)
    numbers = {holder: number for holder, (number, _) in newest.items()}
    numbers |= {holder: _key_at_random() for holder in made.notices}
    insert(
        "matcher.notice (id, office_id, clue_id, about, told_at, answer_until)",
        ("bigint", "bigint", "bigint", "text", "timestamptz", "timestamptz"),
        [
            (numbers[one], one.office, one.clue, str(told.about), told.told_at, told.answer_until)
            for one, told in made.notices.items()
        ],
    )
    insert(
        "matcher.pair (one_office, one_clue, one_notice, other_office, other_clue, other_notice,"
        " matched_at)",
        ("bigint", "bigint", "bigint", "bigint", "bigint", "bigint", "timestamptz"),
        [(*_side(one, numbers), *_side(other, numbers), at) for one, other in made.pairs],
    )


def _side(holder: Holder, numbers: Mapping[Holder, int]) -> tuple[int, int, int | None]:
    return holder.office, holder.clue, numbers.get(holder)


def _parties_met(
    held: Sequence[Held], lately: Collection[int], course: Course, at: datetime
) -> set[int]:
    """Whose rows were hits now, told or not, of what was asked lately: for the look at probing alone."""
    by_token: dict[Token, list[Held]] = {one.entry.token: [] for one in held if one.party in lately}
    for one in held:
        if one.entry.token in by_token:
            by_token[one.entry.token].append(one)
    met: set[int] = set()
    for rows_of_token in by_token.values():
        found = hits([one.entry for one in rows_of_token], course.matching, at)
        holders = {holder for hit in found for holder in hit.pair}
        met |= {one.party for one in rows_of_token if one.entry.holder in holders}
    return met


def tell(at: datetime) -> None:
    """Each owner whose moment has come, but for those who took their clue back meanwhile."""
    withdrawn = withdrawn_holders()
    due = rows(
        "UPDATE matcher.notice SET is_told = true WHERE NOT is_told AND told_at <= %s"
        " RETURNING id, office_id, clue_id, about, told_at, answer_until",
        [at],
    )
    # Office by office: what one is told bears numbers without a gap for others.
    for notice in sorted(due, key=lambda one: one[1]):
        if Holder(notice[1], notice[2]) not in withdrawn:
            rows("SELECT sec.tell_of_hit(%s, %s, %s, %s, %s, %s)", notice)


def lead(at: datetime, course: Course) -> None:
    """Name to each other the offices whose consents have met, both in one transaction."""
    moments = course.moments
    since = at - LATE
    # All that run are looked at, and locked meanwhile: a lock alone would tell who waits for whom.
    notices = notices_of(running(since))
    waiting = pairs_not_led(since)
    named: list[tuple[Any, ...]] = []
    for row in waiting:
        one, other = (notices[number] for number in row.notices)
        if not is_led(one, other, at, moments) or have_one_person(one, other):
            continue
        moment = led_at(one, other, moments)
        reference = "".join(secrets.choice(_LETTERS) for _ in range(8))
        named += [
            (own.office, number, partner.office, reference, moment)
            for own, number, partner in zip(row.pair, row.notices, reversed(row.pair), strict=True)
        ]
        _led(row.pair, moment)
    # Office by office, as they are told of hits.
    for _office, *what in sorted(named):
        rows("SELECT sec.lead_together(%s, %s, %s, %s)", what)


def _led(pair: Pair, at: datetime | None) -> None:
    one, other = pair
    run(
        "UPDATE matcher.pair SET led_at = %s WHERE one_office = %s AND one_clue = %s"
        " AND other_office = %s AND other_clue = %s",
        [at, one.office, one.clue, other.office, other.clue],
    )


def _alert(at: datetime, since: date, course: Course, met: Collection[int]) -> None:
    """Of what was asked lately alone: nobody looks at what is older."""
    run(
        "UPDATE matcher.ask SET was_hit = party_id = ANY (%s)"
        " WHERE registered_at <= %s AND asked_on >= %s",
        [sorted(met), at, since],
    )
    for one in alerts(list(asks_since(since)), course.probing, at.astimezone(CHINA).date()):
        raise_alert(one, at)


def _key_at_random() -> int:
    """As the database draws them: fifteen digits of no sequence."""
    return 100_000_000_000_000 + secrets.randbits(48)
