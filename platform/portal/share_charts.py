"""How far a grant reached, drawn: for each person a line from the first day to the last, with its showings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from kernel.clock import CHINA, now
from kernel.text import Text
from sharing.domain.disclosures import CARRIED, WAY_TITLES, Reached, Way
from sharing.domain.shared_views import FIELDS, Shareable
from sharing.selectors.share_lists import ShareLine
from sharing.selectors.share_reach import ReachPage

# Dots of the first and the last instant are drawn whole.
EDGE, WHOLE = 2.0, 100.0


@dataclass(frozen=True, slots=True)
class Dot:
    """`x`: in hundredths of the line. `is_copy`: it left a copy there."""

    x: str
    is_copy: bool
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
    until = max([ends, *(one.at for one in page.lines)])
    told_by = {step.by_id for step in page.told}
    return ReachChart(
        since,
        until,
        _x(ends, since, until),
        [_line(name, one, page, since, until, one.person in told_by) for name, one in page.reached],
    )


def fields_of(kind: str, names: Collection[str]) -> list[Text]:
    fields = FIELDS[Shareable(kind)]
    return [fields[name].title for name in fields if name in names]


def _line(
    name: str, one: Reached, page: ReachPage, since: datetime, until: datetime, told: bool
) -> ReachLine:
    own = [line for line in page.lines if line.person_id == one.person]
    titles = {title.zh: title for line in own for title in fields_of(line.kind, line.fields)}
    dots = [
        Dot(_x(line.at, since, until), Way(line.way) in CARRIED, WAY_TITLES[Way(line.way)], line.at)
        for line in own
    ]
    waits = name in page.waits_for
    return ReachLine(
        name, one, list(titles.values()), dots, True if told else False if waits else None
    )


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
