"""Real Celery workers on a real broker: killed, told twice, told nothing, cancelled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from celery import Celery
from pytest_django.fixtures import Settings

from launcher.broker import Broker
from tenancy.actor import Actor
from tenancy.models import AuditEntry, Job
from tenancy.queue import enqueue, request_cancel
from tests.integration.tenancy import probe_jobs
from tests.people import acting

PATIENCE_S = 60
STEPS = 12


@dataclass
class Site:
    """A broker, workers and a relay of this test's own."""

    broker: Broker
    environment: dict[str, str]
    log: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_broker(self) -> subprocess.Popen[bytes]:
        process = self._start(self.broker.command())
        self.broker.wait_until_alive()
        return process

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            [
                *(sys.executable, "-m", "celery", "-A", "config", "worker"),
                *("-Q", "jobs,solving", "-c", "1", "--loglevel", "INFO"),
                *("--without-gossip", "--without-mingle"),
                *("--include", probe_jobs.__name__),
            ]
        )

    def start_relay(self) -> subprocess.Popen[bytes]:
        return self._start([sys.executable, "manage.py", "relay_jobs"])

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """With all its children, at once, as a power cut does."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.running.remove(process)

    def end(self) -> None:
        for process in list(self.running):
            self.kill(process)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.running.append(process)
        return process


@pytest.fixture
def site_of_workers(
    process_environment: dict[str, str], tmp_path: Path, settings: Settings
) -> Iterator[Site]:
    broker = Broker(tmp_path / "broker")
    environment = process_environment | {
        "XUNCHA_ROLE": "worker",
        "JOB_LEASE_S": "3",
        "JOB_RING_AFTER_S": "1",
        "BROKER_URL": broker.url,
    }
    site = Site(broker, environment, tmp_path / "log")
    yield site
    site.end()


@pytest.fixture
def ring_for_real(site_of_workers: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Celery]:
    """This process rings at the test's broker, as the web process would."""
    doorbell = Celery("tests", broker=site_of_workers.broker.url, set_as_current=False)
    monkeypatch.setattr("tenancy.queue.current_app", doorbell)
    yield doorbell
    doorbell.close()


def job_now(actor: Actor, number: int) -> Job:
    with acting(actor):
        return Job.objects.get(pk=number)


def wait_until(site: Site, what: str, is_so: Callable[[], bool]) -> float:
    """How long it took; after a minute, the processes' log says why it did not."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > PATIENCE_S:
            pytest.fail(f"Not within {PATIENCE_S} s: {what}.\n{site.log.read_text()[-6000:]}")
        time.sleep(0.05)
    return time.monotonic() - began


def steps_done(actor: Actor) -> list[int]:
    with acting(actor):
        lines = AuditEntry.objects.filter(action="probe.step.done").order_by("seq")
        return [line.data["step"] for line in lines]


def count_steps(actor: Actor, steps: int = STEPS) -> int:
    with acting(actor):
        return enqueue(actor, "probe.count_steps", steps=steps).pk


@pytest.mark.usefixtures("ring_for_real")
def test_a_job_is_done_by_a_worker_that_was_rung_for(site_of_workers: Site, lin: Actor) -> None:
    site_of_workers.start_broker()
    site_of_workers.start_worker()

    number = count_steps(lin, 2)

    wait_until(site_of_workers, "done", lambda: job_now(lin, number).is_over)
    assert job_now(lin, number).state == Job.State.DONE
    assert steps_done(lin) == [1, 2]


@pytest.mark.usefixtures("ring_for_real")
def test_a_killed_workers_job_is_resumed_within_a_minute_and_each_step_is_done_once(
    site_of_workers: Site, lin: Actor
) -> None:
    site = site_of_workers
    site.start_broker()
    site.start_relay()
    first = site.start_worker()
    number = count_steps(lin)
    wait_until(site, "three steps", lambda: len(steps_done(lin)) >= 3)

    site.kill(first)
    before = len(steps_done(lin))
    site.start_worker()

    took = wait_until(site, "resumed", lambda: len(steps_done(lin)) > before)
    wait_until(site, "done", lambda: job_now(lin, number).is_over)
    assert took <= 60
    assert steps_done(lin) == list(range(1, STEPS + 1))
    assert (job_now(lin, number).state, job_now(lin, number).attempt) == (Job.State.DONE, 2)


@pytest.mark.usefixtures("ring_for_real")
def test_a_killed_child_of_a_worker_is_made_good_too(site_of_workers: Site, lin: Actor) -> None:
    site = site_of_workers
    site.start_broker()
    site.start_relay()
    site.start_worker()
    number = count_steps(lin)
    wait_until(site, "two steps", lambda: len(steps_done(lin)) >= 2)

    with acting(lin):
        line = AuditEntry.objects.filter(action="probe.step.done").first()
    assert line is not None
    os.kill(line.data["by"], signal.SIGKILL)

    wait_until(site, "done", lambda: job_now(lin, number).is_over)
    assert job_now(lin, number).state == Job.State.DONE
    assert steps_done(lin) == list(range(1, STEPS + 1))


def test_a_broker_that_lost_everything_loses_no_job(
    site_of_workers: Site, ring_for_real: Celery, lin: Actor
) -> None:
    site = site_of_workers
    broker = site.start_broker()
    numbers = [count_steps(lin, 1) for _ in range(3)]
    site.kill(broker)
    for file in sorted(site.broker.folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    ring_for_real.close()

    site.start_broker()
    site.start_worker()
    site.start_relay()

    wait_until(site, "all done", lambda: all(job_now(lin, number).is_over for number in numbers))
    assert {job_now(lin, number).state for number in numbers} == {Job.State.DONE}
    assert steps_done(lin) == [1, 1, 1]


@pytest.mark.usefixtures("ring_for_real")
def test_a_job_asked_for_while_the_broker_is_down_is_done_when_it_is_back(
    site_of_workers: Site, lin: Actor
) -> None:
    site = site_of_workers
    number = count_steps(lin, 1)

    site.start_relay()
    site.start_broker()
    site.start_worker()

    wait_until(site, "done", lambda: job_now(lin, number).is_over)
    assert job_now(lin, number).state == Job.State.DONE


def test_a_job_told_five_times_to_two_workers_is_done_once(
    site_of_workers: Site, ring_for_real: Celery, lin: Actor
) -> None:
    site = site_of_workers
    site.start_broker()
    number = count_steps(lin, 4)
    for _ in range(4):
        ring_for_real.send_task("jobs.run", args=[number], queue="jobs")
    site.start_worker()
    site.start_worker()

    wait_until(site, "done", lambda: job_now(lin, number).is_over)
    wait_until(site, "all heard", lambda: site.log.read_text().count("succeeded in") == 5)

    assert steps_done(lin) == [1, 2, 3, 4]
    assert job_now(lin, number).attempt == 1


@pytest.mark.usefixtures("ring_for_real")
def test_a_running_job_stops_soon_after_it_is_cancelled(site_of_workers: Site, lin: Actor) -> None:
    site = site_of_workers
    site.start_broker()
    site.start_worker()
    number = count_steps(lin, 1_000)
    wait_until(site, "a step", lambda: len(steps_done(lin)) >= 1)

    with acting(lin):
        request_cancel(lin, number)

    took = wait_until(site, "cancelled", lambda: job_now(lin, number).is_over)
    assert job_now(lin, number).state == Job.State.CANCELLED
    assert took <= 10


def test_a_worker_with_the_owners_login_does_not_start(site_of_workers: Site) -> None:
    site = site_of_workers
    site.environment["DATABASE_WORKER_URL"] = site.environment["DATABASE_OWNER_URL"]
    site.start_broker()

    worker = site.start_worker()

    assert worker.wait(PATIENCE_S) != 0
    site.running.remove(worker)
    assert "tenancy.E002" in site.log.read_text()
