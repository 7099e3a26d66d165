"""Work to be done later, by a worker.

The job is a row, written in the transaction of the act that asks for it; the broker is told
its number and nothing else. A message that is lost is rung again by `manage.py relay_jobs`; one
that comes twice finds the job taken.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TypeVar

from celery import current_app
from django.db import connection, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now
from django.db.transaction import TransactionManagementError

from tenancy.access import access_job
from tenancy.actor import Actor
from tenancy.domain.matrix import Rule
from tenancy.errors import JobIsOver
from tenancy.lease import Lease, LeaseLost
from tenancy.models import Job

__all__ = [
    "Job",
    "Lease",
    "LeaseLost",
    "enqueue",
    "handler_of",
    "job",
    "request_cancel",
    "ring",
    "rules_of_jobs",
]

log = logging.getLogger(__name__)


# Does the work: `def solve_run(lease: Lease, *, run_number: int) -> None`. It may be called again
# after its process died, so it looks at what is there first.
Handler = TypeVar("Handler", bound=Callable[..., None])

_handlers: dict[str, Callable[..., None]] = {}
_rules: dict[str, tuple[Rule, ...]] = {}


def job(name: str, *, runs_for: str | None = None) -> Callable[[Handler], Handler]:
    """Register the handler of a job, in an app's `tasks`, under `app.verb_object`.

    `runs_for`: the rule of the table of roles by which somebody may ask for it (`plan.propose`;
    `a|b`: one of them).
    A handler without one fails the build.
    """

    def register(handler: Handler) -> Handler:
        if name in _handlers:
            raise ValueError(f"Two handlers are called {name}.")
        _handlers[name] = handler
        if runs_for is not None:
            _rules[name] = Rule.any_of(runs_for)
        return handler

    return register


def handler_of(task: str) -> Callable[..., None]:
    return _handlers[task]


def rules_of_jobs() -> Mapping[str, tuple[Rule, ...]]:
    """What each registered job runs for; nothing: its handler does not say."""
    return {name: _rules.get(name, ()) for name in _handlers}


def enqueue(actor: Actor, task: str, *, queue: str = "jobs", **numbers: int) -> Job:
    """Write the job into the current transaction; ring for it when that commits.

    `numbers` name rows of the actor's office: the job reads what they hold when it runs.
    """
    if task not in _handlers:
        raise ValueError(f"No handler is called {task}. Registered: {sorted(_handlers)}.")
    if not all(type(number) is int for number in numbers.values()):
        raise TypeError(f"A job is told numbers of rows and nothing else, not {numbers!r}.")
    if not connection.in_atomic_block:
        raise TransactionManagementError("A job and the act that asks for it are one transaction.")
    row = Job.objects.create(
        tenant_id=actor.tenant_id,
        task=task,
        args=numbers,
        queue=Job.Queue(queue),
        created_by_id=actor.user_id,
        principal_id=actor.on_behalf_of.user_id if actor.on_behalf_of else None,
    )
    transaction.on_commit(lambda: ring(row.pk, row.queue))
    return row


def ring(number: int, queue: str) -> bool:
    """Tell the broker that there is work. Whether it took it; the relay makes good if not."""
    try:
        current_app.send_task("jobs.run", args=[number], queue=queue, retry=False)
    except Exception:
        # Whatever ails the broker must not reach the person who has just saved their work.
        log.warning("The broker was not told of job %s; the relay will.", number, exc_info=True)
        return False
    return True


def request_cancel(actor: Actor, number: int) -> Job:
    """Ask that a job of the actor's office stop. One that nobody began is over at once.

    A running one sees it at its next `keep`, ends in its own way and keeps what it has.
    """
    waiting = Q(state=Job.State.QUEUED)
    asked = Job.objects.filter(
        waiting | Q(state=Job.State.RUNNING), pk=number, tenant_id=actor.tenant_id
    ).update(
        # Both columns read the row as it was before this one statement.
        state=Case(When(waiting, then=Value(Job.State.CANCELLED)), default=F("state")),
        finished_at=Case(When(waiting, then=Now()), default=F("finished_at")),
        cancel_requested_at=Now(),
    )
    current = access_job(actor, number)
    if asked == 0:
        raise JobIsOver(number=number)
    return current
