"""Clocks: begun, paused, resumed, kept, stopped. Each subject calls these in its act's transaction.

A clock begins on the day on which it is said to, with the office's terms of that day. Whoever keeps
or stops it is somebody who may read the record; pauses are a director's, with a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sharing.access.deadlines import (
    Clocked,
    access_clocked,
    access_deadline,
    clocked_lives,
    terms_of,
)
from sharing.access.working_days import calendar_of
from sharing.domain.due_dates import Clock, Pause
from sharing.domain.life_cycle import Hand
from sharing.domain.terms import LONGEST_TERM
from sharing.errors.deadlines import (
    ClockNotPaused,
    ClockNotRunning,
    ClockRunsAlready,
    DayTurned,
    LateClockNotPaused,
    ReasonMissing,
)
from sharing.mapping.terms import pauses_from, terms_from
from sharing.models.deadlines import Deadline, DeadlinePause, TermProfile
from sharing.services.reckoning import reckon
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import ask, refused_as
from tenancy.domain.roles import Permission

_State = Deadline.State
# Between the look at the day and the statement it may become another one.
_TURNED = dict.fromkeys(
    ("deadline_not_backdated", "pause_from_today", "pause_ends_once"), DayTurned()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is waited for: a hand, somebody's account, or a unit by its name. Exactly one."""

    hand: Hand | None = None
    user: int | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        if sum((self.hand is not None, self.user is not None, bool(self.unit))) != 1:
            raise ValueError("A clock asks one: a hand, a person or a unit.")


@transaction.atomic
def start_clock(
    *,
    actor: Actor,
    life: str,
    number: int,
    clock: Clock,
    asked: Asked,
    title: str = "",
    days: int | None = None,
    until: date | None = None,
) -> Deadline:
    """Begin to wait, from today on.

    `life` and `number` name a record that the actor may read. `title` stands in lists; of sensitive
    lives neither it nor a unit's name is kept. `days`: of a letter that has its own; `until`: the
    day that the record names; neither: as the office's terms have it. Raises `ClockRunsAlready`,
    `NotVisible`; `ValueError`: no such term.
    """
    access_clocked(actor, life, number)
    waited = Waited(clock, asked, title, days, until)
    return wait_for(actor=actor, life=life, number=number, waited=waited)


@dataclass(frozen=True, slots=True)
class Waited:
    """What is waited for. `days` or `until`, or neither: the office's term."""

    clock: Clock
    asked: Asked
    title: str = ""
    days: int | None = None
    until: date | None = None


def wait_for(*, actor: Actor, life: str, number: int, waited: Waited) -> Deadline:
    """As `start_clock`, for a record on which the actor has just acted: nobody asks again whether
    they may read it."""
    on = _day()
    deadline = _begun(actor, life, number, waited, terms_of(actor.tenant_id), on)
    reckon(deadline, calendar_of(actor.tenant_id), (), on)
    with refused_as({"deadline_one_running_per_clock": ClockRunsAlready(), **_TURNED}):
        deadline.save(force_insert=True)
    _record(actor, "started", deadline, days=deadline.days)
    return deadline


def wait_for_all(*, actor: Actor, life: str, waited: Mapping[int, Waited]) -> None:
    """As `wait_for`, of many records by their numbers, whose one act has a line that counts them."""
    terms, calendar, on = terms_of(actor.tenant_id), calendar_of(actor.tenant_id), _day()
    deadlines = [_begun(actor, life, number, one, terms, on) for number, one in waited.items()]
    for deadline in deadlines:
        reckon(deadline, calendar, (), on)
    with refused_as({"deadline_one_running_per_clock": ClockRunsAlready(), **_TURNED}):
        Deadline.objects.bulk_create(deadlines, batch_size=500)


def _begun(
    actor: Actor, life: str, number: int, waited: Waited, terms: TermProfile | None, on: date
) -> Deadline:
    kind = clocked_lives()[life]
    return Deadline(
        tenant_id=actor.tenant_id,
        life=life,
        number=number,
        clock=waited.clock,
        title="" if kind.is_sensitive else waited.title[:200],
        asked_hand=waited.asked.hand or "",
        asked_user_id=waited.asked.user,
        asked_unit=_unit(kind, waited.asked),
        terms=terms,
        days=0 if waited.until else _term(terms, waited),
        until_on=waited.until,
        started_on=on,
        started_by_id=actor.user_id,
    )


def _term(terms: TermProfile | None, waited: Waited) -> int:
    days = terms_from(terms).days(waited.clock) if waited.days is None else waited.days
    if not 1 <= days <= LONGEST_TERM:
        raise ValueError(f"{days} working days are no term.")
    return days


def _unit(kind: Clocked, asked: Asked) -> str:
    if kind.is_sensitive and asked.unit:
        raise ValueError(f"A clock of a {kind.life} names no unit: ask a hand or a person.")
    return asked.unit[:200]


@transaction.atomic
def keep_clock(*, actor: Actor, life: str, number: int, clock: Clock) -> Deadline:
    """What was waited for has come. In time or late, the day says; a pause ends with it."""
    return _keep(actor, _open_clock(actor, life, number, clock))


@transaction.atomic
def stop_clock(*, actor: Actor, life: str, number: int, clock: Clock) -> Deadline:
    """It is not waited for any more: the record was discarded, returned, or goes another way."""
    return _stop(actor, _open_clock(actor, life, number, clock))


def came(*, actor: Actor, life: str, number: int, clocks: Collection[Clock] = tuple(Clock)) -> None:
    """Keep what runs of these, on a record on which the actor has just acted."""
    for deadline in _running(actor, life, number, clocks):
        _keep(actor, deadline)


def waits_no_more(
    *, actor: Actor, life: str, number: int, clocks: Collection[Clock] = tuple(Clock)
) -> None:
    """Stop what runs of these, on a record on which the actor has just acted."""
    for deadline in _running(actor, life, number, clocks):
        _stop(actor, deadline)


def _keep(actor: Actor, deadline: Deadline) -> Deadline:
    on = _day()
    if deadline.state == _State.PAUSED:
        _end_of_pause(deadline, on)
    assert deadline.due_on is not None  # noqa: S101
    state = _State.KEPT if on <= deadline.due_on else _State.KEPT_LATE
    _end(deadline, state, on)
    _record(actor, "kept", deadline, is_late=state == _State.KEPT_LATE)
    return deadline


def _stop(actor: Actor, deadline: Deadline) -> Deadline:
    _end(deadline, _State.STOPPED, _day())
    _record(actor, "stopped", deadline)
    return deadline


@transaction.atomic
def pause_clock(*, actor: Actor, number: int, reason: str) -> Deadline:
    """From today on no day counts. `number` is the deadline's own. Directors alone."""
    deadline = access_deadline(actor, number)
    actor.must(Permission.PAUSE_DEADLINES)
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    deadline = _locked(deadline)
    if deadline.state != _State.RUNNING:
        raise ClockNotRunning
    if deadline.due_on is not None and deadline.due_on < _day():
        raise LateClockNotPaused
    # The database holds the clock with the pause's row.
    with refused_as(_TURNED):
        DeadlinePause.objects.create(
            tenant_id=actor.tenant_id,
            deadline=deadline,
            first=_day(),
            reason=reason[:500],
            paused_by_id=actor.person_id,
        )
    _record(actor, "paused", deadline)
    return access_deadline(actor, number)


@transaction.atomic
def resume_clock(*, actor: Actor, number: int) -> Deadline:
    """From today on days count again. Directors alone."""
    deadline = access_deadline(actor, number)
    actor.must(Permission.PAUSE_DEADLINES)
    deadline = _locked(deadline)
    if deadline.state != _State.PAUSED:
        raise ClockNotPaused
    on = _day()
    pauses = DeadlinePause.objects.filter(tenant_id=actor.tenant_id, deadline=deadline)
    with refused_as(_TURNED):
        pauses.filter(until__isnull=True).update(until=on, resumed_by_id=actor.person_id)
    deadline.state = _State.RUNNING
    reckon(deadline, calendar_of(actor.tenant_id), pauses_from(pauses), on)
    _write(deadline)
    _record(actor, "resumed", deadline)
    return access_deadline(actor, number)


def _day() -> date:
    """The database's, which holds every clock to it."""
    day: date = ask("SELECT (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date")
    return day


def _open_clock(actor: Actor, life: str, number: int, clock: Clock) -> Deadline:
    access_clocked(actor, life, number)
    running = _running(actor, life, number, [clock])
    if not running:
        raise ClockNotRunning
    return running[0]


def _running(actor: Actor, life: str, number: int, clocks: Collection[Clock]) -> list[Deadline]:
    own = Deadline.objects.select_for_update(of=("self",))
    own = own.filter(tenant_id=actor.tenant_id, life=life, number=number, clock__in=clocks)
    return list(own.filter(state__in=[_State.RUNNING, _State.PAUSED]).order_by("pk"))


def _locked(deadline: Deadline) -> Deadline:
    """As it is now, and as it stays until the transaction is over."""
    own = Deadline.objects.select_for_update(of=("self",)).select_related("terms")
    return own.get(tenant_id=deadline.tenant_id, pk=deadline.pk)


def _end_of_pause(deadline: Deadline, on: date) -> None:
    """The day on which it would have been due, had the pause ended today."""
    pauses = DeadlinePause.objects.filter(tenant_id=deadline.tenant_id, deadline=deadline)
    closed = [Pause(one.first, one.until or on) for one in pauses]
    reckon(deadline, calendar_of(deadline.tenant_id), closed, on)


def _end(deadline: Deadline, state: Deadline.State, on: date) -> None:
    deadline.state, deadline.ended_on, deadline.tell_on = state, on, None
    _write(deadline)


def _write(deadline: Deadline) -> None:
    """What may change; of the other columns the web may write none."""
    names = ("state", "ended_on", "due_on", "soon_on", "tell_on", "told", "known_until")
    own = Deadline.objects.filter(tenant_id=deadline.tenant_id, pk=deadline.pk)
    with refused_as(_TURNED):
        own.update(**{name: getattr(deadline, name) for name in names})


def _record(actor: Actor, act: str, deadline: Deadline, **more: int | bool) -> None:
    """The clock and its days; never whose record it is."""
    audit.record(actor, f"sharing.deadline.{act}", deadline, clock=str(deadline.clock), **more)
