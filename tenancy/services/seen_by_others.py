"""Who of another office looked at what is ours. Looking at that is an act of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from kernel.text import Text
from tenancy.actor import Actor
from tenancy.domain.acts import title_of
from tenancy.domain.matrix import Rule
from tenancy.domain.matrix.words import RECORDS, VERBS
from tenancy.domain.roles import ROLE_TITLES, Permission, Role
from tenancy.services.records import Search

JOINT = Text(zh="、", en=", ")


@dataclass(frozen=True, slots=True)
class SeenLine:
    """Who, as what, when, on what ground. `round_number` is the round's in the office that looked;
    `people`: how many of ours, where that is known."""

    number: int
    at: datetime
    person: str
    office_number: int
    office: str
    seat: Text
    action: str
    act: Text
    ground: Text
    round_number: int | None
    people: int | None


def lines_about_us(*, actor: Actor, search: Search, at_most: int) -> Sequence[SeenLine]:
    """Newest first, and only what concerns the actor's office. The database looks at the seat, too."""
    actor.must(Permission.VIEW_OWN_RECORD)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM sec.seen_by_others(%s, %s, %s, %s, %s, %s)",
            [
                search.person or None,
                search.action or None,
                search.since,
                search.until,
                search.before,
                at_most,
            ],
        )
        return [_line(*row) for row in cursor.fetchall()]


def _line(
    number: int,
    at: datetime,
    person: str,
    office_number: int,
    office: str,
    seats: str | None,
    action: str,
    rule: str | None,
    round_number: int | None,
    people: int | None,
) -> SeenLine:
    return SeenLine(
        number=number,
        at=at,
        person=person,
        office_number=office_number,
        office=office,
        seat=_seat(seats or ""),
        action=action,
        act=title_of(action),
        ground=ground_of(rule),
        round_number=round_number,
        people=people,
    )


def _seat(seats: str) -> Text:
    """The roles in words; a role of a later release by its code."""
    held = [one for one in seats.split("+") if one]
    titles = [ROLE_TITLES[Role(one)] if one in set(Role) else Text(zh=one, en=one) for one in held]
    return Text(
        zh=JOINT["zh"].join(title["zh"] for title in titles),
        en=JOINT["en"].join(title["en"] for title in titles),
    )


def ground_of(written: str | None) -> Text:
    """The rule of the table of roles by which it was open, in words."""
    if not written:
        return Text(zh="", en="")
    rule = Rule.of(written)
    record, verb = RECORDS.get(rule.record), VERBS.get(rule.verb)
    if record is None or verb is None:
        return Text(zh=written, en=written)
    return Text(zh=f"{record['zh']}：{verb['zh']}", en=f"{record['en']}: {verb['en']}")
