"""Two plans side by side, drawn: bars of the measures, lines of the people who change teams,
and the visits that lie on other days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from portal.desk_words import Step, role_word, step_of
from portal.measures import tier_in_words
from scheduling.domain.desk.compare import SeatAt
from scheduling.selectors.comparison import ComparePage, TierPair, UnitLine
from webui.templatetags.webui import day_words

ROW, TOP, WIDE, NAME_WIDE = 26, 8, 640, 150  # pixels of the drawing
DAYS_WIDE, DAYS_HIGH = 260, 22
BAR = 100


@dataclass(frozen=True, slots=True)
class MeasureRow:
    step: Step
    bar_a: int  # of BAR
    bar_b: int


@dataclass(frozen=True, slots=True)
class TierRow:
    pair: TierPair
    words: str


@dataclass(frozen=True, slots=True)
class Node:
    name: str
    y: int
    text_y: int
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Link:
    path: str
    words: str
    tone: str  # in, out, moved


@dataclass(frozen=True, slots=True)
class Drawing:
    """Teams of A on the left, of B on the right; a line for everybody who sits elsewhere."""

    width: int
    height: int
    left: int
    right: int
    nodes: Sequence[Node]
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class SeatChange:
    name: str
    office: str
    before: str
    after: str
    tone: str


@dataclass(frozen=True, slots=True)
class VisitChange:
    name: str
    host: str
    before: str
    after: str
    bar_a: tuple[float, float] | None  # x and width of DAYS_WIDE
    bar_b: tuple[float, float] | None


def comparison_context(page: ComparePage) -> dict[str, Any]:
    is_compared = page.a is not None and page.b is not None and page.a.number != page.b.number
    return {
        "page": page,
        "is_compared": is_compared,
        "measures": [_measure(*line) for line in page.measures if any(line[1:])],
        "tiers": [TierRow(pair, tier_in_words(pair.measures)) for pair in page.tiers],
        "drawing": _drawing(page) if page.people else None,
        "people": [_seat_change(page, line) for line in page.people],
        "visits": [_visit_change(page, line) for line in page.units],
        "days_wide": DAYS_WIDE,
        "days_high": DAYS_HIGH,
        "better": sum(b < a for _, a, b in page.measures),
        "worse": sum(b > a for _, a, b in page.measures),
    }


def _measure(code: str, a: int, b: int) -> MeasureRow:
    most = max(a, b, 1)
    return MeasureRow(step_of(code, a, b), round(BAR * a / most), round(BAR * b / most))


# --- People ---------------------------------------------------------------------------------


def _drawing(page: ComparePage) -> Drawing:
    touched = {
        seat.team for line in page.people for seat in (line.before, line.after) if seat is not None
    }
    codes = [code for code in page.slots if code in touched]
    rows: Mapping[str | None, int] = {
        code: TOP + ROW * index for index, code in enumerate([*codes, None])
    }
    left, right = NAME_WIDE, WIDE - NAME_WIDE
    nodes = [
        Node(
            gettext("in no team") if code is None else page.names.get(code, code),
            y,
            y + ROW // 2 + 4,
            True,
        )
        for code, y in rows.items()
    ]
    links = [
        Link(
            _curve(left, rows[_team(line.before)], right, rows[_team(line.after)]), line.name, tone
        )
        for line in page.people
        for tone in (_tone(line.before, line.after),)
        if _team(line.before) != _team(line.after)
    ]
    return Drawing(WIDE, TOP * 2 + ROW * len(rows), left, right, nodes, links)


def _team(seat: SeatAt | None) -> str | None:
    return None if seat is None else seat.team


def _tone(before: SeatAt | None, after: SeatAt | None) -> str:
    if before is None:
        return "in"
    return "out" if after is None else "moved"


def _curve(x: int, y: int, to_x: int, to_y: int) -> str:
    a, b, middle = y + ROW // 2, to_y + ROW // 2, (x + to_x) // 2
    return f"M{x},{a} C{middle},{a} {middle},{b} {to_x},{b}"


def _seat_change(page: ComparePage, line: Any) -> SeatChange:
    return SeatChange(
        line.name,
        line.office,
        _seat_words(page, line.before),
        _seat_words(page, line.after),
        _tone(line.before, line.after),
    )


def _seat_words(page: ComparePage, seat: SeatAt | None) -> str:
    if seat is None:
        return gettext("in no team")
    return f"{page.names.get(seat.team, seat.team)} · {role_word(seat.role)}"


# --- Visits ---------------------------------------------------------------------------------


def _visit_change(page: ComparePage, line: UnitLine) -> VisitChange:
    return VisitChange(
        line.name,
        line.host,
        _visit_words(page, line.before),
        _visit_words(page, line.after),
        None if line.before is None else _bar(page, line.before.start, line.days),
        None if line.after is None else _bar(page, line.after.start, line.days),
    )


def _visit_words(page: ComparePage, visit: Any) -> str:
    if visit is None:
        return gettext("not visited")
    return f"{page.names.get(visit.team, visit.team)} · {day_words(visit.start)}"


def _bar(page: ComparePage, start: date, days: int) -> tuple[float, float]:
    """Where the visit lies in the round; its length in weeks of five days, roughly."""
    whole = (page.ends_on - page.starts_on).days + 1
    calendar_days = days + 2 * ((days - 1) // 5)
    x = DAYS_WIDE * (start - page.starts_on).days / whole
    return round(x, 1), round(max(4.0, DAYS_WIDE * calendar_days / whole), 1)
