"""How far a grant reached, drawn: for each person a line from the first day to the last, with its showings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from kernel.clock import CHINA, now
from kernel.text import Text
from sharing.domain.disclosures import CARRIED, Reached, Way
from sharing.domain.shared_views import Shareable, titles_shown
from sharing.selectors.share_lists import ShareLine
from sharing.selectors.share_reach import ReachedPerson, ReachPage, ShownLine

# Dots of the first and the last instant are drawn whole.
EDGE, WHOLE = 2.0, 100.0


@dataclass(frozen=True, slots=True)
class Dot:
    """`x`: in hundredths of the line. `sign`: copy (it left one there), note or read."""

    x: str
    sign: str
    way: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class ReachLine:
    name: str
    reached: Reached
    fields: Sequence[Text]
    dots: Sequence[Dot]
    told: bool | None


@dataclass(frozen=True, slots=True)
class ReachChart:
    """`ends_x`: where its last instant lies; what is right of it is over."""

    since: datetime
    until: datetime
    ends_x: str
    lines: Sequence[ReachLine]


def reach_chart(page: ReachPage) -> ReachChart:
    since, ends = _begin(page.line), _end(page.line)
    until = max([ends, *(one.row.at for one in page.lines)])
    told_by = {step.by_id for step in page.told}
    return ReachChart(
        since,
        until,
        _x(ends, since, until),
        [_line(one, page, since, until, one.reached.person in told_by) for one in page.people],
    )


def _line(
    one: ReachedPerson, page: ReachPage, since: datetime, until: datetime, told: bool
) -> ReachLine:
    own = [
        line
        for line in page.lines
        if line.row.person_id == one.reached.person and not line.is_to_approve
    ]
    titles = {
        title.zh: title
        for line in own
        for title in titles_shown(Shareable(line.row.kind), line.row.fields)
    }
    dots = [Dot(_x(line.row.at, since, until), _sign(line), line.way, line.row.at) for line in own]
    waits = one.name in page.waits_for
    return ReachLine(
        one.name,
        one.reached,
        list(titles.values()),
        dots,
        True if told else False if waits else None,
    )


def _sign(line: ShownLine) -> str:
    way = Way(line.row.way)
    return "copy" if way in CARRIED else "note" if way is Way.NOTE else "read"


def _begin(line: ShareLine) -> datetime:
    share = line.share
    return share.granted_at or share.asked_at or now()


def _end(line: ShareLine) -> datetime:
    share = line.share
    if share.ended_at is not None:
        return share.ended_at
    return datetime.combine(share.until_on, time.min, CHINA)


def _x(at: datetime, since: datetime, until: datetime) -> str:
    whole = max(1.0, (until - since).total_seconds())
    part = min(1.0, max(0.0, (at - since).total_seconds() / whole))
    return f"{EDGE + part * (WHOLE - 2 * EDGE):.2f}%"
