"""Findings, items and clues of a city and its counties, drawn; many of them at the edges of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from kernel.clock import CHINA
from sharing.domain.rectification import RECTIFICATION
from tests.integration.sharing.digests import (
    CITY,
    COUNTIES,
    DINGHAI,
    HEADINGS,
    Lay,
    lay_clock,
    lay_clue,
    lay_item,
    lay_office,
    lay_paper,
    lay_room,
    lay_unit,
    step,
)

ELSEWHERE, FAR_COUNTY = 9101, 9102  # another city: nothing of it counts
OFFICES = (CITY, *COUNTIES, FAR_COUNTY)
OWN_ROUND = 9  # led by the county itself
KINDS = ("department", "township", "school", "a kind that nobody knows")
# The last: of no unit that is registered.
UNITS = (*(f"u-{kind[:6]}" for kind in KINDS), "gone")
# A county's own classes: under a heading of the city's, and under one that the city has not.
COUNTYS_OWN = {"U1": ("U1.B01",), "U9": ("U9.B01",)}
CLASSES = ("U1.01", "U1.02", "U2.01", "U1.B01", "U9.B01", None)
CODES = (
    "to_the_procuratorate", "party_expelled", "party_warning", "admin_demoted", "admin_warning",
    "reorganised", "admonition", "talk", "money_confiscated", "money_returned", "no_liability",
    "not_borne_out",
)  # fmt: skip
STATES = (*sorted(RECTIFICATION.states), *["closed_out"] * 3)
EDGES = tuple(date(year, month, 1) for year in (2025, 2026) for month in (1, 4, 7, 10))
# Six to eight in the morning is the day before in UTC; so is the first second after midnight.
HOURS = (0, 1, 3_600 * 7, 3_600 * 8, 3_600 * 12, 86_399)

Draw = st.DrawFn


@dataclass(frozen=True)
class Round:
    number: int
    starts_on: date
    state: str


@dataclass(frozen=True)
class Clock:
    started: date
    due: date | None
    ended: date | None = None


@dataclass(frozen=True)
class Finding:
    """`room`: 0, 1 and 2 of the city's rounds, 3 of the office's own. `clocks`: at most one runs."""

    office: int
    room: int
    unit: str
    category: str | None
    fed_back: datetime | None
    assigned: datetime | None
    steps: tuple[tuple[str, datetime], ...]
    clocks: tuple[Clock, ...]


@dataclass(frozen=True)
class ClueDrawn:
    office: int
    handed_over: datetime | None
    tellings: tuple[tuple[datetime, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Records:
    rounds: tuple[Round, ...]
    findings: tuple[Finding, ...]
    clues: tuple[ClueDrawn, ...]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What Hypothesis says of it; all of it would be too long."""
        printer.text(f"{len(self.findings)} findings, {len(self.clues)} clues")


def days() -> st.SearchStrategy[date]:
    """At the edge of a quarter, or anywhere from before the first to after the last."""
    near = st.builds(
        lambda edge, off: edge + timedelta(days=off), st.sampled_from(EDGES), st.integers(-1, 1)
    )
    return near | st.dates(date(2024, 11, 1), date(2026, 4, 30))


def due_days() -> st.SearchStrategy[date]:
    """At the end of a period so many days past, or any day."""
    late = st.sampled_from((0, 1, 30, 31, 90, 91))
    past = st.builds(
        lambda edge, by: edge - timedelta(days=1 + by), st.sampled_from(EDGES[2:]), late
    )
    return st.one_of(past, past, past, days())


def moments() -> st.SearchStrategy[datetime]:
    return st.builds(_at, days(), st.sampled_from(HOURS))


def _at(on: date, second: int) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=CHINA) + timedelta(seconds=second)


@st.composite
def _later(draw: Draw, than: datetime, most: int) -> tuple[datetime, ...]:
    """So many moments at most, each after the one before."""
    found = []
    for off in draw(st.lists(st.integers(0, 120), max_size=most)):
        than = _at(than.date() + timedelta(days=off), draw(st.sampled_from(HOURS)))
        found.append(than)
    return tuple(sorted(found))


@st.composite
def _clocks(draw: Draw) -> tuple[Clock, ...]:
    over = st.builds(Clock, days(), due_days(), days())
    runs = st.builds(Clock, days(), st.none() | due_days() | due_days())
    return (*draw(st.lists(over, max_size=2)), *draw(st.lists(runs, max_size=1)))


@st.composite
def findings(draw: Draw) -> Finding:
    fed_back = draw(st.one_of(moments(), moments(), moments(), st.none()))
    after = draw(_later(fed_back, 6)) if fed_back else ()
    states = draw(st.tuples(*(st.sampled_from(STATES) for _ in after[1:])))
    return Finding(
        draw(st.sampled_from(OFFICES)), draw(st.integers(0, 3)), draw(st.sampled_from(UNITS)),
        draw(st.sampled_from(CLASSES)), fed_back, after[0] if after else None,
        tuple(zip(states, after[1:], strict=True)), draw(_clocks()) if after else (),
    )  # fmt: skip


@st.composite
def clues(draw: Draw) -> ClueDrawn:
    handed = draw(st.one_of(moments(), moments(), moments(), st.none()))
    told = draw(_later(handed, 3)) if handed else ()
    codes = st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True)
    tellings = tuple((at, tuple(draw(codes))) for at in told)
    return ClueDrawn(draw(st.sampled_from(OFFICES)), handed, tellings)


@st.composite
def records(draw: Draw) -> Records:
    starts = st.dates(date(2023, 11, 1), date(2026, 2, 1))
    rounds = tuple(
        Round(n, draw(starts | days()), draw(st.sampled_from(("collecting", "closed", "drafting"))))
        for n in (1, 2)
    )  # the third is of a round that the city's registry has not
    few = draw(st.sampled_from((True, False, False, False)))
    least, most = (0, 4) if few else (30, 45)
    return Records(
        rounds,
        tuple(draw(st.lists(findings(), min_size=least, max_size=most))),
        tuple(draw(st.lists(clues(), min_size=least // 2, max_size=most // 2))),
    )


def of_each_kind() -> Records:
    """In the first quarter of 2025, and as it stands when the third is over: every age, every outcome."""
    fed_back, laid, told = (_at(date(2025, 2, on), 3_600) for on in (10, 11, 12))
    stands = (
        (0, "accepted"), (1, "in_progress"), (30, "assigned"), (31, "in_progress"),
        (90, "plan_drafted"), (91, "in_progress"), (92, "closed_out"), (93, ""),
    )  # fmt: skip
    ages = tuple(
        Finding(
            office, nth % 4, UNITS[nth % 5], CLASSES[nth % 6], fed_back, laid if state else None,
            ((state, told),) if state else (),
            (Clock(date(2025, 2, 11), date(2025, 9, 30) - timedelta(days=late)),) if state else (),
        )
        for office in OFFICES
        for nth, (late, state) in enumerate(stands)
    )  # fmt: skip
    outcomes = tuple(ClueDrawn(DINGHAI, fed_back, ((told, (code,)),)) for code in CODES)
    rounds = (Round(1, date(2025, 1, 6), "closed"), Round(2, date(2024, 12, 6), "closed"))
    fresh = tuple(
        replace(one, fed_back=_at(date(2025, 8, 10), 0), assigned=None, steps=(), clocks=())
        for one in ages
    )
    pending = ClueDrawn(DINGHAI, fed_back, ())
    return Records(rounds, (*ages, *fresh), (*outcomes, pending))


def lay_drawn(lay: Lay, drawn: Records) -> None:
    for one in drawn.rounds:
        lay_round(lay, one)
    grounds = {office: _ground(lay, office) for office in OFFICES}
    for finding in drawn.findings:
        _lay_finding(lay, finding, *grounds[finding.office])
    for clue in drawn.clues:
        lay_clue(
            lay, clue.office, clue.handed_over, [(at, [*codes]) for at, codes in clue.tellings]
        )


def lay_round(lay: Lay, one: Round) -> None:
    lay.row(
        "scheduling_inspectionround", id=one.number, tenant_id=CITY, name=f"第{one.number}轮",
        starts_on=one.starts_on, ends_on=one.starts_on + timedelta(days=60), mode="ring", policy="{}",
        calendar_overrides="{}", travel="[]", past_arcs="[]", state=one.state,
        created_at="2024-01-01", changed_at="2024-01-01",
    )  # fmt: skip


def _ground(lay: Lay, office: int) -> tuple[list[int], dict[str, int]]:
    """Of an office its rooms, and its classes by code."""
    words = HEADINGS if office == CITY else _with(HEADINGS, COUNTYS_OWN)
    classes = lay_office(lay, office, citys=words)
    lead = ELSEWHERE if office == FAR_COUNTY else CITY
    own = [(lead, 1), (lead, 2), (lead, 3), (office, OWN_ROUND)]
    host = next(iter(COUNTIES)) if office == CITY else office
    rooms = [lay_room(lay, office, host, lead=by, round_number=n) for by, n in own]
    if office != CITY:
        for kind in KINDS:
            lay_unit(lay, office, f"u-{kind[:6]}", kind)
    return rooms, classes


def _with(words: Any, more: Any) -> dict[str, tuple[str, ...]]:
    return {head: (*words.get(head, ()), *more.get(head, ())) for head in [*words, *more]}


def _lay_finding(lay: Lay, one: Finding, rooms: Sequence[int], classes: dict[str, int]) -> None:
    item = lay_item(lay, one.office, list(one.steps), None) if one.assigned else None
    for clock in one.clocks:
        lay_clock(lay, one.office, item or 0, clock.started, clock.due, clock.ended)
    room, category = rooms[one.room], classes.get(one.category or "")
    paper = lay_paper(lay, one.office, room, one.unit, category, item, year=2025)
    acts = (("fed_back", "fed_back", one.fed_back), ("assigned", "rectifying", one.assigned))
    for nth, (act, after, at) in enumerate(acts, start=1):
        if at is not None:
            step(lay, "paper", one.office, paper, nth, act, after, at)
