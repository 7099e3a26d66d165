"""Clocks as services run them: begun, paused, resumed, kept, stopped; and who reads them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kernel.clock import today
from kernel.errors import NotAllowed, NotVisible
from sharing.access.deadlines import access_deadline, clocked, deadlines_visible_to
from sharing.access.working_days import calendar_of
from sharing.domain.due_dates import Clock, Pause, due_on
from sharing.domain.life_cycle import Hand
from sharing.errors.deadlines import (
    ClockNotPaused,
    ClockNotRunning,
    ClockRunsAlready,
    LateClockNotPaused,
    OfficeDayNotNeeded,
    OfficeDayPast,
    OfficeDayTooFar,
    ReasonMissing,
    TermsSetMeanwhile,
    TermsUnchanged,
    TermsUnfit,
)
from sharing.models.deadlines import Deadline, DeadlinePause
from sharing.services.deadlines import (
    Asked,
    keep_clock,
    pause_clock,
    resume_clock,
    stop_clock,
)
from sharing.services.terms import preview_terms, set_office_day, set_terms, unset_office_day
from tenancy.actor import Actor
from tenancy.models import AuditEntry
from tests.deadlines import DIRECTOR_S, MATTER, SENSITIVE, begun
from tests.integration.sharing.backdated import Backdate, backdate
from tests.people import acting

__all__ = ["backdate"]

PLAN = Clock.RECTIFICATION_PLAN
TERMS = {"profile": "reg_2017", "own": {}, "soon_days": 5, "steps": (1, 10), "reason": "x"}


def acts(actor: Actor) -> list[str]:
    rows = AuditEntry.objects.filter(tenant_id=actor.tenant_id, action__startswith="sharing.")
    return list(rows.order_by("pk").values_list("action", flat=True))


def test_a_clock_is_begun_with_the_office_s_terms_and_kept(db: None, lin: Actor, wu: Actor) -> None:
    with acting(wu):
        clock = begun(wu)

        assert clock.due_on is not None
        assert (clock.days, clock.state, clock.started_on) == (15, "running", today())
        assert clock.due_on >= today() + timedelta(days=15)
        assert clock.soon_on == clock.tell_on
        with pytest.raises(ClockRunsAlready):
            begun(wu)
        other = begun(wu, clock=Clock.NOTIFICATION_REPLY, days=7, asked=Asked(unit="某局"))
        assert (other.days, other.asked_unit) == (7, "某局")
        kept = keep_clock(actor=wu, life=MATTER, number=wu.person_id, clock=PLAN)
        assert (kept.state, kept.ended_on, kept.tell_on) == ("kept", today(), None)
        with pytest.raises(ClockNotRunning):
            keep_clock(actor=wu, life=MATTER, number=wu.person_id, clock=PLAN)
        begun(wu)
        assert stop_clock(actor=wu, life=MATTER, number=wu.person_id, clock=PLAN).state == "stopped"
        assert acts(wu) == [
            "sharing.deadline.started",
            "sharing.deadline.started",
            "sharing.deadline.kept",
            "sharing.deadline.started",
            "sharing.deadline.stopped",
        ]


def test_a_clock_of_a_record_that_one_may_not_read_is_not_there(
    db: None, lin: Actor, wu: Actor, jiang: Actor
) -> None:
    with acting(lin):
        matter, secret = begun(lin), begun(lin, life=DIRECTOR_S)
    with acting(wu):
        assert access_deadline(wu, matter.pk).pk == matter.pk
        for refused in (secret.pk, 10**9):
            with pytest.raises(NotVisible):
                access_deadline(wu, refused)
        assert [one.pk for one in deadlines_visible_to(wu)] == [matter.pk]
        with pytest.raises(NotVisible):
            keep_clock(actor=wu, life=DIRECTOR_S, number=lin.person_id, clock=PLAN)
        with pytest.raises(NotVisible):
            begun(wu, life="of_nobody")
        with pytest.raises(NotVisible):
            begun(wu, number=jiang.person_id)
    with acting(lin):
        assert {one.pk for one in deadlines_visible_to(lin)} == {matter.pk, secret.pk}
    with acting(jiang):
        assert not deadlines_visible_to(jiang).exists()
        assert not deadlines_visible_to(lin).exists(), "the fence holds without the filter"
        with pytest.raises(NotVisible):
            access_deadline(jiang, matter.pk)


def test_nobody_without_the_permission_reads_a_clock(db: None, lin: Actor, song: Actor) -> None:
    with acting(song):
        assert not deadlines_visible_to(song).exists()
    with acting(lin), pytest.raises(ValueError, match="said twice"):
        clocked(MATTER, title=None)(lambda actor: None)  # type: ignore[arg-type, type-var]


def test_of_a_sensitive_record_neither_title_nor_unit_is_kept(db: None, lin: Actor) -> None:
    with acting(lin):
        clock = begun(lin, life=SENSITIVE, title="某局局长", asked=Asked(hand=Hand.DISCIPLINE_BODY))

        assert (clock.title, clock.asked_unit) == ("", "")
        with pytest.raises(ValueError, match="names no unit"):
            begun(lin, life=SENSITIVE, clock=Clock.CLUE_RESULT, asked=Asked(unit="某局"))


def test_a_director_pauses_and_resumes_with_a_reason(
    committed_db: None, lin: Actor, wu: Actor, backdate: Backdate
) -> None:
    with acting(wu):
        clock = begun(wu)
        with pytest.raises(NotAllowed):
            pause_clock(actor=wu, number=clock.pk, reason="等待上级批复")
    with acting(lin):
        with pytest.raises(ReasonMissing):
            pause_clock(actor=lin, number=clock.pk, reason="  ")
        with pytest.raises(ClockNotPaused):
            resume_clock(actor=lin, number=clock.pk)
        paused = pause_clock(actor=lin, number=clock.pk, reason="等待上级批复")
        assert (paused.state, paused.due_on, paused.tell_on) == ("paused", None, None)
        with pytest.raises(ClockNotRunning):
            pause_clock(actor=lin, number=clock.pk, reason="x")
    # The pause lies ten days back, the clock's beginning eleven.
    backdate.clock(clock, started=11)
    backdate.pause(clock, first=10)
    with acting(wu), pytest.raises(NotAllowed):
        resume_clock(actor=wu, number=clock.pk)
    with acting(lin):
        resumed = resume_clock(actor=lin, number=clock.pk)
        assert resumed.state == "running"
        worked = calendar_of(lin.tenant_id).is_worked
        lain = Pause(today() - timedelta(days=10), today())
        assert resumed.due_on == due_on(today() - timedelta(days=11), 15, worked, [lain])
        pause = DeadlinePause.objects.get()
        assert (pause.until, pause.resumed_by_id) == (today(), lin.user_id)
        again = pause_clock(actor=lin, number=clock.pk, reason="再次等待")
        assert again.state == "paused"
        kept = keep_clock(actor=lin, life=MATTER, number=wu.person_id, clock=PLAN)
        assert kept.state == "kept", "what is done in a pause is done in time"
        assert kept.due_on is not None


def test_what_is_late_is_done_late_and_not_paused(
    committed_db: None, lin: Actor, backdate: Backdate
) -> None:
    with acting(lin):
        clock = begun(lin)
    backdate.late(clock, days=3)
    with acting(lin):
        with pytest.raises(LateClockNotPaused):
            pause_clock(actor=lin, number=clock.pk, reason="x")
        kept = keep_clock(actor=lin, life=MATTER, number=lin.person_id, clock=PLAN)
        assert kept.state == "kept_late"


def test_a_running_clock_keeps_the_terms_it_began_with(db: None, lin: Actor, wu: Actor) -> None:
    with acting(lin):
        before = begun(lin)
        row = set_terms(actor=lin, seen=0, **TERMS | {"own": {"rectification_plan": 5}})  # type: ignore[arg-type]
        after = begun(lin, life=DIRECTOR_S)

        assert (before.days, before.terms_id) == (15, None)
        assert (after.days, after.terms_id, row.version) == (5, row.pk, 1)
        assert Deadline.objects.get(pk=before.pk).days == 15
        with pytest.raises(TermsSetMeanwhile):
            set_terms(actor=lin, seen=0, **TERMS)  # type: ignore[arg-type]
        assert set_terms(actor=lin, seen=1, **TERMS).version == 2  # type: ignore[arg-type]
        with pytest.raises(TermsUnchanged):
            set_terms(actor=lin, seen=2, **TERMS)  # type: ignore[arg-type]
        with pytest.raises(ReasonMissing):
            set_terms(actor=lin, seen=2, **TERMS | {"soon_days": 4, "reason": " "})  # type: ignore[arg-type]
    with acting(wu), pytest.raises(NotAllowed):
        set_terms(actor=wu, seen=2, **TERMS | {"soon_days": 4})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"own": {"of_nobody": 3}}, "own.of_nobody"),
        ({"own": {"clue_result": 0}}, "own.clue_result"),
        ({"profile": "x"}, "profile"),
        ({"steps": (3,)}, "steps"),
        ({"soon_days": 0}, "soon_days"),
    ],
)
def test_unfit_terms_are_refused_at_their_field(
    db: None, lin: Actor, given: dict[str, object], field: str
) -> None:
    told = {"profile": "reg_2017", "own": {}, "soon_days": 5, "steps": (1,)} | given
    with acting(lin), pytest.raises(TermsUnfit) as refused:
        preview_terms(actor=lin, **told)  # type: ignore[arg-type]

    assert refused.value.fields == (field,)


def test_a_preview_says_what_would_change_and_writes_nothing(db: None, lin: Actor) -> None:
    with acting(lin):
        shown = preview_terms(
            actor=lin, profile="concentrated_2024", own={"clue_result": 63}, soon_days=3, steps=(1,)
        )

        assert [(one.clock, one.before, one.after) for one in shown.changes] == [
            (Clock.CONCENTRATED_PERIOD, 42, 126)
        ]
        assert shown.terms.own == {}, "what is the profile's is no term of one's own"
        assert acts(lin) == []


def test_another_calendar_moves_what_runs(db: None, lin: Actor, wu: Actor) -> None:
    with acting(lin):
        clock = begun(lin)
        assert clock.due_on is not None
        day = clock.due_on
        with pytest.raises(OfficeDayNotNeeded):
            set_office_day(actor=lin, on=day, is_worked=True, reason="x")
        set_office_day(actor=lin, on=day, is_worked=False, reason="全市停工")
        moved = Deadline.objects.get(pk=clock.pk).due_on
        assert moved is not None
        assert moved > day
        assert unset_office_day(actor=lin, on=day) is True
        assert unset_office_day(actor=lin, on=day) is False
        assert Deadline.objects.get(pk=clock.pk).due_on == day
        with pytest.raises(ReasonMissing):
            set_office_day(actor=lin, on=day, is_worked=False, reason="")
        with pytest.raises(OfficeDayPast):
            set_office_day(actor=lin, on=today() - timedelta(days=1), is_worked=False, reason="x")
        with pytest.raises(OfficeDayTooFar):
            set_office_day(actor=lin, on=today() + timedelta(days=900), is_worked=False, reason="x")
        told = AuditEntry.objects.filter(tenant_id=lin.tenant_id).order_by("pk")
        assert [one.data.get("moved") for one in told][-2:] == [1, 1]
    with acting(wu), pytest.raises(NotAllowed):
        set_office_day(actor=wu, on=day, is_worked=False, reason="x")


def test_a_clock_asks_exactly_one(db: None) -> None:
    several: list[dict[str, Any]] = [
        {},
        {"unit": "x", "user": 1},
        {"hand": Hand.UNIT, "unit": "x"},
    ]
    for given in several:
        with pytest.raises(ValueError, match="asks one"):
            Asked(**given)
