"""A worker's hold on a job.

A lease is a row's `lease_until` and a token that only its holder knows. All times are the
database's, so workers on machines with different clocks agree on what ran out.
"""

from __future__ import annotations

import json
import logging
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from kernel.errors import DomainError
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.models import Job

MAX_ATTEMPTS = 5
KEEP_EVERY_S = 1.0

log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Somebody else works on the job by now, or it is over. Stop; write nothing more."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a worker needs to begin."""

    job: Job
    token: uuid.UUID


def claim(number: int, tenant_id: int) -> Claim | None:
    """Take the job, if it is free: queued, or left by a worker whose lease ran out.

    One conditional UPDATE: of any number of workers that try at once, one gets it.
    """
    token = uuid.uuid4()
    with in_office(tenant_id):
        taken = (
            Job.objects.filter(_is_free(), pk=number, tenant_id=tenant_id)
            .filter(attempt__lt=MAX_ATTEMPTS)
            .update(
                state=Job.State.RUNNING,
                attempt=F("attempt") + 1,
                lease_token=token,
                lease_until=_lease_end(),
                heartbeat_at=Now(),
                started_at=Coalesce("started_at", Now()),
                rung_at=None,
                rings=0,
            )
        )
        if taken == 0:
            return None
        return Claim(Job.objects.get(pk=number, tenant_id=tenant_id), token)


def give_up(number: int, tenant_id: int, refusal: DomainError) -> bool:
    """End a job whose workers died once too often. Whether it was this call that ended it."""
    with in_office(tenant_id):
        ended = (
            Job.objects.filter(_is_free(), pk=number, tenant_id=tenant_id)
            .filter(attempt__gte=MAX_ATTEMPTS)
            .update(**_the_end(Job.State.FAILED), error=in_words(refusal))
        )
    return ended == 1


def in_words(refusal: DomainError) -> dict[str, Any]:
    """A refusal as a job keeps it: in both languages, for whoever looks."""
    said = {language: refusal.in_language(language) for language in ("zh", "en")}
    return {
        "code": refusal.code,
        "message": {language: message for language, (message, _) in said.items()},
        "remedy": {language: remedy for language, (_, remedy) in said.items()},
    }


class Lease:
    """What a job's handler works with. Outside of any transaction of its own."""

    def __init__(self, held: Claim, actor: Actor) -> None:
        self.job_number: int = held.job.pk
        self.tenant_id: int = held.job.tenant_id
        self.attempt: int = held.job.attempt
        self.actor = actor
        self.cancel_requested = held.job.cancel_requested_at is not None
        self._token = held.token
        self._is_lost = False
        self._kept_at = time.monotonic()
        self._noted: dict[str, Any] | None = None
        self._heart: Heart | None = None

    def keep(self, progress: dict[str, Any] | None = None) -> None:
        """Say that the work goes on, and how far it is; learn whether to stop.

        As often as one likes: it writes at most once a second. Within a transaction it hands
        the progress to the heart, whose own connection shows it to others at once.
        """
        if self._is_lost:
            raise LeaseLost(self.job_number)
        if progress is not None:
            self._noted = progress
        if time.monotonic() - self._kept_at < KEEP_EVERY_S:
            return
        if self._heart is not None and connection.in_atomic_block:
            self._heart.nudge()
        else:
            self.renew()
        if self._is_lost:
            raise LeaseLost(self.job_number)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction in the job's office that commits only while the lease is held.

        The row is locked for the moment of the commit, not before: the heart must get at it.
        """
        with in_office(self.tenant_id, self.actor.user_id):
            yield
            if not list(self._held().select_for_update().values_list("pk")):
                self._is_lost = True
                raise LeaseLost(self.job_number)

    def renew(self) -> None:
        """One beat. Does not raise when the lease is lost: the next `keep` does."""
        self._kept_at = time.monotonic()
        noted, self._noted = self._noted, None
        with in_office(self.tenant_id, self.actor.user_id), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE tenancy_job SET heartbeat_at = statement_timestamp(), "
                "lease_until = statement_timestamp() + make_interval(secs => %s), "
                "progress = COALESCE(%s::jsonb, progress) "
                "WHERE id = %s AND tenant_id = %s AND state = 'running' AND lease_token = %s "
                "RETURNING cancel_requested_at IS NOT NULL",
                [
                    settings.JOB_LEASE_S,
                    None if noted is None else json.dumps(noted, cls=DjangoJSONEncoder),
                    self.job_number,
                    self.tenant_id,
                    str(self._token),
                ],
            )
            row = cursor.fetchone()
        if row is None:
            self._is_lost = True
        else:
            self.cancel_requested = self.cancel_requested or row[0]

    def end(self, state: Job.State, refusal: DomainError | None = None) -> None:
        """The last word on the job, if it is still ours to say."""
        ending = _the_end(state)
        if self._noted is not None:
            ending["progress"] = self._noted
        if refusal is not None:
            ending["error"] = in_words(refusal)
        with in_office(self.tenant_id, self.actor.user_id):
            if self._held().update(**ending) == 0:
                raise LeaseLost(self.job_number)

    def beating(self) -> Heart:
        """The lease renewed from a thread of its own, for as long as the block lasts."""
        self._heart = Heart(self)
        return self._heart

    def _held(self) -> Any:
        return Job.objects.filter(
            pk=self.job_number,
            tenant_id=self.tenant_id,
            state=Job.State.RUNNING,
            lease_token=self._token,
        )


class Heart(threading.Thread):
    """Renews a lease at a third of its length, so that two beats may fail.

    A handler may be deep in one long transaction or one long call; its process lives, and the
    beat says so. A hung one is ended by the task's time limit, which stops the beat as well.
    """

    def __init__(self, lease: Lease) -> None:
        super().__init__(name=f"heart-of-job-{lease.job_number}", daemon=True)
        self._lease = lease
        self._nudged = threading.Event()
        self._is_stopped = False

    def run(self) -> None:
        while not self._is_stopped:
            self._nudged.wait(settings.JOB_LEASE_S / 3)
            self._nudged.clear()
            if not self._is_stopped:
                self._beat()

    def nudge(self) -> None:
        """Beat now."""
        self._nudged.set()

    def _beat(self) -> None:
        try:
            self._lease.renew()
        except DatabaseError:
            log.warning("Job %s: a beat failed.", self._lease.job_number, exc_info=True)
        finally:
            connection.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_stopped = True
        self.nudge()
        self.join()


def _is_free() -> Q:
    return Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=Now())


def _lease_end() -> Any:
    return Now() + timedelta(seconds=settings.JOB_LEASE_S)


def _the_end(state: Job.State) -> dict[str, Any]:
    return {"state": state, "lease_token": None, "lease_until": None, "finished_at": Now()}
