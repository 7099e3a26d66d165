"""What makes good for every message that was lost: the job rows are asked again and again."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from tenancy.queue import ring

AT_MOST = 500

log = logging.getLogger(__name__)

Chore = Callable[[], object]
_chores: list[Chore] = []
_prompts: list[Chore] = []


def chore(work: Chore) -> Chore:
    """Have the relay do this every few minutes: what has served its time is removed.

    It is done as the worker, for all offices at once, by a function of `sec` that tells nothing.
    """
    _chores.append(work)
    return work


def prompt(work: Chore) -> Chore:
    """Have the relay do this at every look, before it rings: what is due becomes jobs."""
    _prompts.append(work)
    return work


def do_prompts() -> None:
    for work in _prompts:
        work()


def do_chores() -> None:
    """Each by itself: one that fails says so in the log, is tried again in a few minutes, and keeps
    neither the others nor the ringing for jobs. A database that is away is the caller's to see."""
    for work in _chores:
        try:
            work()
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("The chore %s failed; it is tried again soon.", work.__name__)


def ring_due_jobs() -> int:
    """Ring for what is due, in all offices. How many the broker was told of.

    The rows are marked before the broker hears: one that is down is told again after the pause.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, queue FROM sec.due_jobs(%s, %s)", [settings.JOB_RING_AFTER_S, AT_MOST]
        )
        due = cursor.fetchall()
    return sum(ring(number, queue) for number, queue in due)
