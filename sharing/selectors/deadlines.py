"""The board of deadlines, one deadline, and a month of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from kernel.clock import today
from kernel.text import Text
from scheduling.domain.working_days import Day
from sharing.access.deadlines import (
    access_deadline,
    clocked_lives,
    deadlines_visible_to,
    tellings_visible_to,
)
from sharing.access.due_days import days_of
from sharing.access.working_days import OfficeCalendar
from sharing.domain.days import FIRST_YEAR, LAST_YEAR
from sharing.domain.due_dates import CLOCK_TITLES, Clock, days_late
from sharing.domain.life_cycle import HAND_TITLES, Hand
from sharing.domain.terms import SENSITIVE_LIVES
from sharing.errors.days import MonthOutOfReach
from sharing.mapping.terms import terms_from
from sharing.models.deadlines import Deadline, DeadlinePause
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

MOST_COUNTED = 100  # beyond, it says “99+”
MOST_A_MONTH = 500
SENSITIVE_TITLE = Text(zh="直报登记中的一件事项", en="a matter in the direct register")
UNTITLED = Text(zh="（未命名事项）", en="(untitled)")
_State = Deadline.State
RUNNING = Q(state=_State.RUNNING)


class Which(StrEnum):
    """What of the board is looked at."""

    OPEN = "open"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    OVER = "over"


ORDERS: Mapping[Which, tuple[str, ...]] = {
    Which.OPEN: ("due_on", "pk"),
    Which.SOON: ("due_on", "pk"),
    Which.OVERDUE: ("due_on", "pk"),
    Which.PAUSED: ("-pk",),
    Which.OVER: ("-pk",),
}


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """`page`, `record`: the record's own page and its number there. `late`: working days since the
    term ended, until today or until it was done; `urgings`: letters that are owed by now."""

    number: int
    life: str
    life_title: Text
    title: Text
    clock: str
    clock_title: Text
    asked: Text
    started_on: date
    days: int
    until_on: date | None
    due_on: date | None
    ended_on: date | None
    state: str
    is_soon: bool
    late: int
    urgings: int
    page: str
    record: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Each at most `MOST_COUNTED`: then it may be more."""

    open: int
    soon: int
    overdue: int
    paused: int


@dataclass(frozen=True, slots=True)
class PauseLine:
    first: date
    until: date | None
    reason: str
    by: str
    resumed_by: str


@dataclass(frozen=True, slots=True)
class DeadlinePage:
    line: DeadlineLine
    pauses: Sequence[PauseLine]
    started_by: str
    terms_version: int | None
    may_pause: bool
    may_resume: bool


@dataclass(frozen=True, slots=True)
class MonthDay:
    """`day` None: of the month before or after."""

    day: Day
    is_today: bool
    lines: Sequence[DeadlineLine]


@dataclass(frozen=True, slots=True)
class Month:
    """`is_cut`: there are more deadlines in it than are shown."""

    first: date
    before: date
    after: date
    weeks: Sequence[Sequence[MonthDay | None]]
    is_cut: bool

    @property
    def days(self) -> list[MonthDay]:
        return [day for week in self.weeks for day in week if day is not None]


class Reader:
    """Turns rows into lines, by the office's calendar of today."""

    def __init__(self, actor: Actor) -> None:
        days = days_of(actor.tenant_id)
        self.calendar: OfficeCalendar = days.calendar
        self.on = today()
        self.last_worked = days.overdue_before

    @property
    def overdue(self) -> Q:
        """What is late by a working day at least."""
        return RUNNING & Q(due_on__lt=self.last_worked)

    @property
    def soon(self) -> Q:
        return RUNNING & Q(soon_on__lte=self.on, due_on__gte=self.last_worked)

    def which(self, which: Which) -> Q:
        return {
            Which.OPEN: RUNNING,
            Which.SOON: self.soon,
            Which.OVERDUE: self.overdue,
            Which.PAUSED: Q(state=_State.PAUSED),
            Which.OVER: Q(state__in=[_State.KEPT, _State.KEPT_LATE, _State.STOPPED]),
        }[which]

    def lines(self, rows: Iterable[Deadline]) -> list[DeadlineLine]:
        return [self.line(row) for row in rows]

    def line(self, row: Deadline) -> DeadlineLine:
        until = row.ended_on or self.on
        waited = row.state in (_State.RUNNING, _State.KEPT_LATE)
        late = days_late(row.due_on, until, self.calendar.is_worked) if waited else 0
        kind = clocked_lives()[row.life]
        is_soon = (
            row.state == _State.RUNNING
            and late == 0
            and row.soon_on is not None
            and row.soon_on <= self.on
        )
        return DeadlineLine(
            number=row.pk,
            life=row.life,
            life_title=kind.title,
            title=_title(row),
            clock=row.clock,
            clock_title=CLOCK_TITLES[Clock(row.clock)],
            asked=_asked(row),
            started_on=row.started_on,
            days=row.days,
            until_on=row.until_on,
            due_on=row.due_on,
            ended_on=row.ended_on,
            state=row.state,
            is_soon=is_soon,
            late=late,
            urgings=terms_from(row.terms).steps_owed(late) if row.is_open else 0,
            page=kind.page,
            record=row.number,
        )


def deadlines_part(
    actor: Actor,
    window: Window,
    *,
    which: Which = Which.OPEN,
    clock: Clock | None = None,
    told: int | None = None,
) -> Part[DeadlineLine]:
    """Running ones by the day on which they are due, the others newest first.

    `told`: those that a notice of that day speaks of.
    """
    actor.must(Permission.VIEW_DEADLINES)
    reader = Reader(actor)
    rows = _rows(actor).filter(reader.which(which))
    if clock is not None:
        rows = rows.filter(clock=clock)
    if told is not None:
        told_of = tellings_visible_to(actor).filter(batch=told)
        rows = rows.filter(pk__in=told_of.values("deadline_id"))
    part = part_of(rows, window, *ORDERS[which])
    return part.showing(reader.lines(part.lines))


def figures(actor: Actor) -> Figures:
    """How many, as far as one counts."""
    actor.must(Permission.VIEW_DEADLINES)
    reader, rows = Reader(actor), deadlines_visible_to(actor)

    def counted(which: Which) -> int:
        return rows.filter(reader.which(which)).values("pk")[:MOST_COUNTED].count()

    return Figures(*(counted(one) for one in (Which.OPEN, Which.SOON, Which.OVERDUE, Which.PAUSED)))


def has_any(actor: Actor) -> bool:
    """Whether there is, or was, anything that the actor may read."""
    return deadlines_visible_to(actor).exists()


def deadline_page(actor: Actor, number: int) -> DeadlinePage:
    row = access_deadline(actor, number)
    pauses = DeadlinePause.objects.filter(tenant_id=actor.tenant_id, deadline=row).order_by("pk")
    directs = actor.may(Permission.PAUSE_DEADLINES)
    line = Reader(actor).line(row)
    return DeadlinePage(
        line=line,
        pauses=[_pause(one) for one in pauses.select_related("paused_by", "resumed_by")],
        started_by="" if row.started_by is None else row.started_by.display_name,
        terms_version=None if row.terms is None else row.terms.version,
        may_pause=directs and row.state == _State.RUNNING and not _is_over(row),
        may_resume=directs and row.state == _State.PAUSED,
    )


def month_of(actor: Actor, day: date) -> Month:
    """The month in which the day lies, week by week, with what is due on each day of it.

    `MonthOutOfReach`.
    """
    actor.must(Permission.VIEW_DEADLINES)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise MonthOutOfReach(first=FIRST_YEAR, last=LAST_YEAR)
    reader = Reader(actor)
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    rows = _rows(actor).filter(RUNNING, due_on__gte=first, due_on__lt=after)
    found = list(rows.order_by("due_on", "pk")[: MOST_A_MONTH + 1])
    by_day: dict[date, list[DeadlineLine]] = {}
    for row in found[:MOST_A_MONTH]:
        assert row.due_on is not None  # noqa: S101
        by_day.setdefault(row.due_on, []).append(reader.line(row))
    days = [
        MonthDay(reader.calendar.day(on), on == reader.on, by_day.get(on, []))
        for on in (first + timedelta(days=n) for n in range((after - first).days))
    ]
    return Month(
        first=first,
        before=(first - timedelta(days=1)).replace(day=1),
        after=after,
        weeks=_weeks(days),
        is_cut=len(found) > MOST_A_MONTH,
    )


def _weeks(days: Sequence[MonthDay]) -> list[list[MonthDay | None]]:
    cells: list[MonthDay | None] = [None] * days[0].day.on.weekday()
    cells += days
    cells += [None] * (-len(cells) % 7)
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def _rows(actor: Actor) -> QuerySet[Deadline]:
    return deadlines_visible_to(actor).select_related("asked_user", "terms")


def _is_over(row: Deadline) -> bool:
    return row.due_on is not None and row.due_on < today()


def _title(row: Deadline) -> Text:
    if row.life in SENSITIVE_LIVES:
        return SENSITIVE_TITLE
    return Text(zh=row.title, en=row.title) if row.title else UNTITLED


def _asked(row: Deadline) -> Text:
    if row.asked_hand:
        return HAND_TITLES[Hand(row.asked_hand)]
    name = row.asked_unit or (row.asked_user.display_name if row.asked_user else "")
    return Text(zh=name, en=name)


def _pause(one: DeadlinePause) -> PauseLine:
    resumed_by = "" if one.resumed_by is None else one.resumed_by.display_name
    return PauseLine(one.first, one.until, one.reason, one.paused_by.display_name, resumed_by)
