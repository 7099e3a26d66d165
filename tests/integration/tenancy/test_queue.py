"""Jobs in the database: asked for, claimed, kept, lost, ended. Without worker processes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from kombu.exceptions import OperationalError as BrokerDown
from pytest_django.fixtures import Settings

from kernel.clock import today
from kernel.errors import NotVisible
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role
from tenancy.errors import JobIsOver
from tenancy.lease import MAX_ATTEMPTS, Claim, Lease, LeaseLost, claim
from tenancy.models import AuditEntry, Job, Membership
from tenancy.queue import enqueue, job, request_cancel
from tenancy.relay import ring_due_jobs
from tenancy.runner import run_job
from tests.integration.tenancy.probe_jobs import NoInk
from tests.people import acting

RoleSwitch = Callable[[str], AbstractContextManager[None]]
Rings = list[tuple[int, str]]


@pytest.fixture
def rings(monkeypatch: pytest.MonkeyPatch) -> Rings:
    """What the broker was told."""
    heard: Rings = []

    def send_task(name: str, args: list[int], queue: str, **_: Any) -> None:
        assert name == "jobs.run"
        heard.append((args[0], queue))

    monkeypatch.setattr("tenancy.queue.current_app.send_task", send_task)
    return heard


@pytest.fixture
def as_worker(django_as: RoleSwitch) -> Iterator[None]:
    with django_as("worker"):
        yield


def queued(actor: Actor, task: str = "probe.say_word", **numbers: int) -> Job:
    with acting(actor):
        return enqueue(actor, task, queue="jobs", **numbers)


def now_of(row: Job) -> Job:
    """The row as it is by now."""
    with acting_for(row):
        return Job.objects.get(pk=row.pk)


def acting_for(row: Job) -> AbstractContextManager[None]:
    return in_office(row.tenant_id)


def claimed(row: Job) -> Claim:
    held = claim(row.pk, row.tenant_id)
    assert held is not None
    return held


def expire(row: Job) -> None:
    """As if its worker had been silent for as long as the lease lasts."""
    with acting_for(row), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_job SET lease_until = now() - interval '1 second' WHERE id = %s",
            [row.pk],
        )


def words_said(actor: Actor) -> int:
    with acting(actor):
        return AuditEntry.objects.filter(action="probe.word.said").count()


# --- Asking for a job


def test_a_job_is_rung_for_when_its_transaction_commits(
    committed_db: None, rings: Rings, lin: Actor
) -> None:
    with acting(lin):
        row = enqueue(lin, "probe.count_steps", queue="solving", steps=2)
        assert rings == []

    assert rings == [(row.pk, "solving")]
    assert now_of(row).args == {"steps": 2}


def test_a_job_goes_with_the_act_that_asked_for_it(
    committed_db: None, rings: Rings, lin: Actor
) -> None:
    def act_and_fail() -> None:
        with acting(lin):
            enqueue(lin, "probe.say_word")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_and_fail()

    with acting(lin):
        assert not Job.objects.exists()
    assert rings == []


def test_a_dead_broker_does_not_reach_who_asks(
    committed_db: None, monkeypatch: pytest.MonkeyPatch, lin: Actor
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise BrokerDown("nobody is there")

    monkeypatch.setattr("tenancy.queue.current_app.send_task", refuse)

    assert now_of(queued(lin)).state == Job.State.QUEUED


def test_a_job_needs_a_transaction_a_handler_and_numbers(committed_db: None, lin: Actor) -> None:
    with pytest.raises(TransactionManagementError):
        enqueue(lin, "probe.say_word")
    with acting(lin):
        with pytest.raises(ValueError, match="No handler is called"):
            enqueue(lin, "probe.unheard_of")
        for content in ("a name", 1.5, None, True):
            with pytest.raises(TypeError, match="numbers of rows"):
                enqueue(lin, "probe.count_steps", steps=content)  # type: ignore[arg-type]


def test_one_name_has_one_handler() -> None:
    with pytest.raises(ValueError, match="Two handlers"):
        job("probe.say_word")(lambda lease: None)


# --- Claiming


def test_of_eight_workers_one_gets_the_job(committed_db: None, as_worker: None, lin: Actor) -> None:
    row = queued(lin)

    def attempt(_: int) -> bool:
        try:
            return claim(row.pk, row.tenant_id) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        won = list(workers.map(attempt, range(8)))

    assert won.count(True) == 1
    assert now_of(row).attempt == 1


def test_of_eight_workers_one_takes_over_from_a_dead_one(
    committed_db: None, as_worker: None, lin: Actor
) -> None:
    row = queued(lin)
    claimed(row)
    expire(row)

    def attempt(_: int) -> bool:
        try:
            return claim(row.pk, row.tenant_id) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        won = list(workers.map(attempt, range(8)))

    assert won.count(True) == 1
    assert now_of(row).attempt == 2


def test_a_held_job_is_left_alone(as_worker: None, lin: Actor) -> None:
    row = queued(lin)
    claimed(row)

    assert claim(row.pk, row.tenant_id) is None
    assert run_job(row.pk) == "left alone"


def test_a_job_told_twice_is_done_once(as_worker: None, lin: Actor) -> None:
    row = queued(lin)

    assert [run_job(row.pk), run_job(row.pk)] == ["done", "left alone"]
    assert words_said(lin) == 1


def test_a_number_of_nobody_is_left_alone(as_worker: None) -> None:
    assert run_job(404_404) == "unknown"


def test_a_job_acts_for_who_asked_in_their_office(as_worker: None, lin: Actor) -> None:
    row = queued(lin)

    lease = Lease(claimed(row), Actor.for_job(lin.tenant_id, lin.user_id))

    assert lease.actor == lin


def test_who_left_meanwhile_has_no_role_left(django_as: RoleSwitch, lin: Actor) -> None:
    with django_as("owner"):
        Membership.objects.filter(user__username="lin").update(until_on=today())
    with django_as("worker"):
        actor = Actor.for_job(lin.tenant_id, lin.user_id)

    assert (actor.user_id, actor.name, actor.roles) == (lin.user_id, lin.name, frozenset())


def test_housekeeping_is_nobodys_in_particular(db: None, lin: Actor) -> None:
    actor = Actor.for_job(lin.tenant_id, None)

    assert (actor.user_id, actor.office_name, actor.roles) == (None, lin.office_name, frozenset())


# --- Keeping


@pytest.fixture
def lease(as_worker: None, lin: Actor) -> Lease:
    return Lease(claimed(queued(lin)), lin)


def row_of(held: Lease, actor: Actor) -> Job:
    with acting(actor):
        return Job.objects.get(pk=held.job_number)


def test_progress_is_written_at_most_once_a_second(
    lease: Lease, lin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    beats = []
    monkeypatch.setattr(lease, "renew", lambda: beats.append(lease._noted))
    clock = time.monotonic()
    for seconds in (0.2, 0.5, 1.1, 1.2, 1.3):
        monkeypatch.setattr(time, "monotonic", lambda at=clock + seconds: at)
        lease.keep({"at": seconds})

    assert beats == [{"at": 1.1}, {"at": 1.2}, {"at": 1.3}]


def test_keeping_renews_the_lease_and_shows_the_progress(lease: Lease, lin: Actor) -> None:
    before = row_of(lease, lin)
    lease._kept_at -= 2

    lease.keep({"step": 3})

    after = row_of(lease, lin)
    assert after.progress == {"step": 3}
    assert before.lease_until is not None
    assert after.lease_until is not None
    assert after.lease_until > before.lease_until


def test_who_lost_the_lease_is_told_and_writes_nothing(lease: Lease, lin: Actor) -> None:
    row = row_of(lease, lin)
    expire(row)
    claimed(row)
    lease._kept_at -= 2

    with pytest.raises(LeaseLost):
        lease.keep()
    with pytest.raises(LeaseLost), lease.writing():
        Job.objects.filter(pk=row.pk).update(progress={"by": "the dead"})
    with pytest.raises(LeaseLost):
        lease.end(Job.State.DONE)

    assert now_of(row).state == Job.State.RUNNING
    assert now_of(row).progress == {}


def test_who_holds_the_lease_writes(lease: Lease, lin: Actor) -> None:
    with lease.writing():
        Job.objects.filter(pk=lease.job_number).update(progress={"by": "the living"})

    assert row_of(lease, lin).progress == {"by": "the living"}


def test_the_heart_beats_while_the_handler_is_deep_in_a_transaction(
    lease: Lease, lin: Actor, settings: Settings
) -> None:
    settings.JOB_LEASE_S = 1
    with lease.beating(), acting(lin):
        lease._kept_at -= 2
        lease.keep({"step": 7})  # Handed to the heart: this transaction shows nothing yet.
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and row_of(lease, lin).progress != {"step": 7}:
            time.sleep(0.02)
        first = row_of(lease, lin).heartbeat_at
        while time.monotonic() < deadline and row_of(lease, lin).heartbeat_at == first:
            time.sleep(0.02)
        assert row_of(lease, lin).progress == {"step": 7}
        assert row_of(lease, lin).heartbeat_at != first


# --- Ending


def test_a_refusal_is_kept_in_both_languages(as_worker: None, lin: Actor) -> None:
    row = queued(lin, "probe.refuse", number=3)

    assert run_job(row.pk) == "failed"

    after = now_of(row)
    assert after.error is not None
    assert after.error["code"] == NoInk.code
    assert after.fault("zh") == ("第 3 支笔没有墨水。", "请换一支笔。")
    assert after.fault("en") == ("Pen 3 is out of ink.", "Take another pen.")


def test_a_fault_is_logged_and_told_without_its_inside(
    as_worker: None, lin: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    row = queued(lin, "probe.break_down")

    assert run_job(row.pk) == "failed"

    error = now_of(row).error
    assert error is not None
    assert error["code"] == "tenancy.job.internal"
    assert "secret" not in str(error)
    assert "a secret of the inside" in caplog.text


def test_a_lost_database_leaves_the_job_to_be_resumed(as_worker: None, lin: Actor) -> None:
    row = queued(lin, "probe.lose_database")

    assert run_job(row.pk) == "to be resumed"

    assert now_of(row).state == Job.State.RUNNING
    expire(row)
    assert claim(row.pk, row.tenant_id) is not None


def test_a_job_whose_workers_die_is_given_up_in_words(as_worker: None, lin: Actor) -> None:
    row = queued(lin)
    for _ in range(MAX_ATTEMPTS):
        claimed(row)
        expire(row)

    assert run_job(row.pk) == "given up"

    after = now_of(row)
    assert (after.state, after.attempt) == (Job.State.FAILED, MAX_ATTEMPTS)
    assert after.fault("en") is not None
    assert "5 times" in str(after.fault("en"))
    assert run_job(row.pk) == "left alone"


# --- Cancelling


def test_a_job_that_nobody_began_is_cancelled_at_once(committed_db: None, lin: Actor) -> None:
    row = queued(lin)
    with acting(lin):
        assert request_cancel(lin, row.pk).state == Job.State.CANCELLED

    assert now_of(row).is_over


def test_a_running_job_is_asked_to_stop_and_ends_as_cancelled(
    django_as: RoleSwitch, lin: Actor
) -> None:
    row = queued(lin, "probe.count_steps", steps=1_000)
    with django_as("worker"):
        claimed(row)
    with acting(lin):
        assert request_cancel(lin, row.pk).state == Job.State.RUNNING
    expire_as_worker(django_as, row)

    with django_as("worker"):
        assert run_job(row.pk) == "cancelled"

    assert now_of(row).error is None


def expire_as_worker(django_as: RoleSwitch, row: Job) -> None:
    with django_as("worker"):
        expire(row)


def test_a_job_that_is_over_is_not_cancelled(as_worker: None, lin: Actor) -> None:
    row = queued(lin)
    run_job(row.pk)

    with acting(lin), pytest.raises(JobIsOver):
        request_cancel(lin, row.pk)

    assert now_of(row).state == Job.State.DONE


def test_nobody_cancels_another_offices_job(committed_db: None, lin: Actor, jiang: Actor) -> None:
    row = queued(lin)

    with acting(jiang), pytest.raises(NotVisible):
        request_cancel(jiang, row.pk)

    assert now_of(row).state == Job.State.QUEUED


# --- The relay


def age(row: Job, seconds: int) -> None:
    with acting_for(row), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_job SET created_at = now() - make_interval(secs => %s),"
            " rung_at = rung_at - make_interval(secs => %s) WHERE id = %s",
            [seconds, seconds, row.pk],
        )


def test_the_relay_rings_for_jobs_of_every_office_that_wait_unheard(
    as_worker: None, rings: Rings, lin: Actor, jiang: Actor
) -> None:
    rows = [queued(lin), queued(jiang)]
    rings.clear()
    assert ring_due_jobs() == 0, "too early: they have just been rung for"

    for row in rows:
        age(row, 11)

    assert ring_due_jobs() == 2
    assert sorted(rings) == sorted((row.pk, "jobs") for row in rows)


def test_the_relay_pauses_longer_each_time_and_never_longer_than_five_pauses(
    as_worker: None, rings: Rings, lin: Actor
) -> None:
    row = queued(lin)
    age(row, 11)
    assert ring_due_jobs() == 1

    pauses = []
    for _ in range(5):
        waited = 0
        while ring_due_jobs() == 0:
            age(row, 1)
            waited += 1
        pauses.append(waited)

    assert pauses == [20, 40, 50, 50, 50]


def test_the_relay_rings_for_a_dead_workers_job_and_not_for_a_living_ones(
    as_worker: None, rings: Rings, lin: Actor
) -> None:
    row = queued(lin)
    claimed(row)
    age(row, 60)
    assert ring_due_jobs() == 0

    expire(row)

    assert ring_due_jobs() == 1


def test_the_relay_leaves_what_is_over(as_worker: None, rings: Rings, lin: Actor) -> None:
    row = queued(lin)
    run_job(row.pk)
    age(row, 600)

    assert ring_due_jobs() == 0


def test_two_relays_at_once_ring_once_for_a_job(as_worker: None, rings: Rings, lin: Actor) -> None:
    for _ in range(20):
        age(queued(lin), 11)
    rings.clear()

    def relay(_: int) -> int:
        try:
            return ring_due_jobs()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as relays:
        assert sum(relays.map(relay, range(4))) == 20

    assert len(set(rings)) == len(rings) == 20


def test_a_message_carries_a_number_and_nothing_else(
    committed_db: None, monkeypatch: pytest.MonkeyPatch, chen: Actor
) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(
        "tenancy.queue.current_app.send_task",
        lambda name, **rest: sent.append({"name": name} | rest),
    )

    row = queued(chen, "probe.count_steps", steps=5)

    assert sent == [{"name": "jobs.run", "args": [row.pk], "queue": "jobs", "retry": False}]
    assert Role.SCHEDULER in chen.roles
    assert not transaction.get_connection().in_atomic_block
