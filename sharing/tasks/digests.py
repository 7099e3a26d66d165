"""Making a digest: minutes of the solver, shown as they go, and given up without a trace when told to."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError

from kernel.errors import DomainError
from sharing.errors.digests import DigestOutOfTime, DigestStopped
from sharing.services import making_digests
from sharing.services.digests import MAKE
from tenancy.queue import Lease, LeaseLost, job

_TO_BE_RESUMED = (LeaseLost, OperationalError, InterfaceError)


class _Cancelled(Exception):
    """Whoever had it made has it stopped."""


@job(MAKE, runs_for="digest.publish")
def make_digest(lease: Lease, *, digest_number: int) -> None:
    """Count, choose, audit, seal. Killed half-way, the next one begins anew: nothing was kept."""
    try:
        _make(lease, digest_number)
    except _TO_BE_RESUMED:
        raise
    except _Cancelled:
        _refuse(lease, digest_number)
    except DomainError:
        _refuse(lease, digest_number)
        raise
    except Exception as fault:
        _refuse(lease, digest_number)
        raise DigestStopped from fault


def _make(lease: Lease, number: int) -> None:
    with lease.writing():
        task = making_digests.begin(actor=lease.actor, number=number)
    if task is None:
        return
    lease.keep({"phase": "counting"})
    made = making_digests.made(actor=lease.actor, task=task, before_each=_watched(lease))
    with lease.writing():
        making_digests.finish(actor=lease.actor, task=task, made=made)


def _watched(lease: Lease) -> Callable[[], None]:
    """Before each question to the solver: say how far it is, stop when told to, or when it is late."""
    ends_at = time.monotonic() + settings.SOLVER_TIME_LIMIT_S
    asked = 0

    def before_each() -> None:
        nonlocal asked
        asked += 1
        lease.keep({"phase": "checking", "questions": asked})
        if lease.cancel_requested:
            raise _Cancelled
        if time.monotonic() > ends_at:
            raise DigestOutOfTime(seconds=settings.SOLVER_TIME_LIMIT_S)

    return before_each


def _refuse(lease: Lease, number: int) -> None:
    with lease.writing():
        making_digests.refuse(actor=lease.actor, number=number)
