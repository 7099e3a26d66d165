"""What a worker does with a number that it was told."""

from __future__ import annotations

import logging

from django.db import InterfaceError, OperationalError, connection

from kernel.errors import DomainError
from tenancy.actor import Actor
from tenancy.errors import JobFailed, JobGivenUp
from tenancy.lease import MAX_ATTEMPTS, Claim, Lease, LeaseLost, claim, give_up
from tenancy.models import Job
from tenancy.queue import handler_of

log = logging.getLogger(__name__)


def run_job(number: int) -> str:
    """Do the job, if it is there to be done. In one or two words, what came of it.

    Told twice: a job that is over, or held by a live worker, is left alone. Told after a worker
    died: the job is taken up again, at most `MAX_ATTEMPTS` times in all.
    """
    owner = _office_of(number)
    if owner is None:
        # Rung before its transaction committed, or by nobody of ours.
        return "unknown"
    tenant_id, user_id = owner
    held = claim(number, tenant_id)
    if held is None:
        gave_up = give_up(number, tenant_id, JobGivenUp(number=number, attempts=MAX_ATTEMPTS))
        return "given up" if gave_up else "left alone"
    return _carried_out(held, Lease(held, Actor.for_job(tenant_id, user_id, held.job.principal_id)))


def _carried_out(held: Claim, lease: Lease) -> str:
    number = held.job.pk
    try:
        refusal = _worked(held, lease)
        if refusal is not None:
            state = Job.State.FAILED
        else:
            state = Job.State.CANCELLED if lease.cancel_requested else Job.State.DONE
        lease.end(state, refusal)
    except LeaseLost:
        log.warning("Job %s: the lease was lost; whoever holds it now goes on.", number)
        return "lease lost"
    except (OperationalError, InterfaceError):
        # The database went away, or broke a deadlock. The lease runs out, and the job is taken
        # up again: the attempts are limited, so this is not for ever.
        log.exception("Job %s: the database did not answer.", number)
        return "to be resumed"
    return str(state)


def _worked(held: Claim, lease: Lease) -> DomainError | None:
    """Run the handler, no transaction open, the heart beating beside it."""
    number = held.job.pk
    try:
        with lease.beating():
            handler_of(held.job.task)(lease, **held.job.args)
    except DomainError as refusal:
        return refusal
    except (LeaseLost, OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("Job %s (%s) failed.", number, held.job.task)
        return JobFailed(number=number)
    return None


def _office_of(number: int) -> tuple[int, int | None] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_id, created_by_id FROM sec.office_of_job(%s)", [number])
        tenant_id, user_id = cursor.fetchone()
    return None if tenant_id is None else (tenant_id, user_id)
