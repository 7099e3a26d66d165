from __future__ import annotations

import time

from django.conf import settings
from django.db import InterfaceError, OperationalError

from scheduling.domain.problem import Schedule
from scheduling.domain.solve import Progress, Search
from scheduling.services import solving
from scheduling.services.solving import Task
from tenancy.queue import Lease, LeaseLost, job

SAVE_EVERY_S = 1.0


@job(solving.SOLVE, runs_for="run.start")
def solve_run(lease: Lease, *, run_number: int) -> None:
    """Answer one staffing question.

    Delivered twice: a run that is over, or leased to a live worker, is left alone. Killed
    half-way: the best plan was saved when it was found, and the next delivery starts from it.
    No transaction is open while the engine works.
    """
    with lease.writing():
        task = solving.take_up(actor=lease.actor, number=run_number)
    if task is None:
        return
    try:
        search = followed(lease, task)
    except (LeaseLost, OperationalError, InterfaceError):
        # Another worker has the run, or the database was away: the queue has it resumed.
        raise
    except Exception:
        with lease.writing():
            solving.break_off(actor=lease.actor, number=run_number)
        raise
    with lease.writing():
        solving.finish(actor=lease.actor, task=task, outcome=search.outcome)


def followed(lease: Lease, task: Task) -> Search:
    """Follow the engine to its end, writing down how far it is at most once a second."""
    search = Search(
        task.problem,
        time_limit_s=task.rest_s,
        workers=settings.SOLVER_WORKERS,
        seed=task.run.seed,
        start=task.start,
        should_stop=lambda: lease.cancel_requested,
    )
    began = saved_at = time.monotonic()
    news: Progress | None = None
    unsaved: Schedule | None = None
    is_first = True
    for progress in search:
        lease.keep()
        if progress is not None:
            news, unsaved = progress, progress.schedule or unsaved
        # The first plan is shown at once; after that the pages look once a second.
        if time.monotonic() - saved_at < SAVE_EVERY_S and not (is_first and unsaved):
            continue
        with lease.writing():
            solving.keep(task, news, unsaved, elapsed_s=time.monotonic() - began)
        is_first = is_first and unsaved is None
        news, unsaved, saved_at = None, None, time.monotonic()
    return search
