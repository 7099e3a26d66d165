"""Whoever stops the demo and starts it again gets the demo that is never stopped.

Here every start is stopped after its first commit that wrote something, in the midst of what is done
in one transaction, and while the round is being solved. The next start finds what there is.
"""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Callable, Container
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from scheduling.management import demo_round
from scheduling.models.publications import Publication
from scheduling.models.runs import RunStatus, SolveRun
from scheduling.services import publishing, solving
from scheduling.tasks import solving as solving_task
from sharing.management import demo_dictionaries, demo_team
from tenancy.lease import MAX_ATTEMPTS
from tenancy.models import AuditEntry, Job
from tenancy.runner import run_job
from tests.import_desk import media
from tests.integration.scheduling.world import RoleSwitch

__all__ = ["media"]

COMMANDS = ("load_demo", "solve_demo_round", "authorise_demo_team")
MANY = 300  # starts; a demo that never ends is noticed
# What there is more of, the oftener it was tried.
OF_THE_TRIES = {"AuditEntry", "Job", "SolveRun", "SolveInput"}


class Stopped(BaseException):
    """`kill -9`: no `except Exception` is asked."""


class Stopper:
    """Stops a start after so many commits that wrote something: one, until that leads nowhere."""

    def __init__(self) -> None:
        self.stops: Counter[str] = Counter()
        self._allowed, self._left = 1, 0
        self._place: Any = None
        self._is_armed = False

    def armed(self) -> None:
        """One more where the last start came no further: what it repeats is written again."""
        newest = AuditEntry.objects.order_by("-pk").values_list("action", "object_id").first()
        self._allowed = self._allowed + 1 if newest == self._place else 1
        self._place, self._left, self._is_armed = newest, self._allowed, True

    def disarmed(self) -> None:
        self._is_armed = False

    def committing(self, wrapper: BaseDatabaseWrapper, commit: Callable[[Any], None]) -> None:
        if not self._is_armed:
            commit(wrapper)
            return
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
            has_written = cursor.fetchone()[0]
        commit(wrapper)
        self._left -= has_written
        if self._left == 0:
            self.stop("commit")

    def stop(self, where: str) -> None:
        self.stops[where] += 1
        raise Stopped(where)


@pytest.fixture
def stopper(monkeypatch: pytest.MonkeyPatch) -> Stopper:
    made, commit = Stopper(), BaseDatabaseWrapper._commit  # type: ignore[attr-defined]
    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", lambda self: made.committing(self, commit))
    return made


@pytest.fixture
def a_worker_nearby(monkeypatch: pytest.MonkeyPatch, stopper: Stopper) -> None:
    """While a command waits, the jobs are done; those of a worker that died as well, its lease out."""

    def work(_seconds: float) -> None:
        was_armed, stopper._is_armed = stopper._is_armed, False
        Job.objects.filter(state=Job.State.RUNNING).update(lease_until="2020-01-01T00:00Z")
        under_way = Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
        for number in list(under_way.values_list("pk", flat=True)):
            run_job(number)
        stopper._is_armed = was_armed

    monkeypatch.setattr(time, "sleep", work)


def stopped_in(
    monkeypatch: pytest.MonkeyPatch, stopper: Stopper, owner: Any, name: str, at: Container[int]
) -> None:
    """Where the start is stopped: the calls of it that bear these numbers, and no other."""
    real, numbers = getattr(owner, name), itertools.count(1)

    def stopping(*args: Any, **given: Any) -> Any:
        if next(numbers) in at:
            stopper.stop(name)
        return real(*args, **given)

    monkeypatch.setattr(owner, name, stopping)


def started(command: str, stopper: Stopper) -> bool:
    """Whether it came to its end."""
    stopper.armed()
    try:
        call_command(command)
    except Stopped:
        return False
    finally:
        stopper.disarmed()
        connections.close_all()
    return True


def rows() -> dict[str, int]:
    """How many of everything."""
    models = [
        model
        for app in ("tenancy", "scheduling", "sharing")
        for model in apps.get_app_config(app).get_models()
    ]
    return {
        model.__name__: model._default_manager.count()
        for model in models
        if model.__name__ not in OF_THE_TRIES
    }


@pytest.fixture
def never_stopped(
    django_as: RoleSwitch,
    media: Path,
    a_worker_nearby: None,
    monkeypatch: pytest.MonkeyPatch,
    database_server: Any,
    database_name: str,
) -> dict[str, int]:
    """What stands at the end of a demo that nobody stops; then the ground is as new again."""
    monkeypatch.setattr(demo_round, "SOLVE_FOR_S", 3)
    with django_as("owner"):
        for command in COMMANDS:
            call_command(command)
        found = rows()
    connections.close_all()
    database_server.clone(database_name)
    return found


def test_stopped_anywhere_and_started_again_it_comes_to_the_same_end(
    never_stopped: dict[str, int],
    django_as: RoleSwitch,
    stopper: Stopper,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker_dies = range(1, MAX_ATTEMPTS + 1)
    for owner, name, at in (
        (demo_dictionaries, "adopt_categories", {2}),
        (solving_task, "followed", worker_dies),  # the run is given up; of the next one
        (solving, "keep", {1}),  # the worker dies with a plan in its hands
        (publishing, "publish_plan", {1}),
        (demo_team, "tell_story", {1}),
    ):
        stopped_in(monkeypatch, stopper, owner, name, at)

    with django_as("owner"):
        for command in COMMANDS:
            assert any(started(command, stopper) for _ in range(MANY)), command

        assert stopper.stops.pop("commit") >= 40
        assert stopper.stops == {
            "adopt_categories": 1,
            "followed": MAX_ATTEMPTS,
            "keep": 1,
            "publish_plan": 1,
            "tell_story": 1,
        }
        given_up, solved = SolveRun.objects.order_by("pk")
        assert given_up.status == RunStatus.FAILED
        assert Publication.objects.get().plan.run == solved
        assert rows() == never_stopped
