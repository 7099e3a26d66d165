"""The one Celery task: a worker is told a job's number."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_init
from django.conf import settings
from django.db import connections

from tenancy.checks import refuse_to_start
from tenancy.queue import Lease, job
from tenancy.relay import chore, prompt
from tenancy.runner import run_job
from tenancy.services import deliveries, mailing
from tenancy.services.idempotency import purge_keys
from tenancy.services.sessions import forget_sign_ins
from tenancy.services.token_keeping import remind_owners

chore(purge_keys)
chore(forget_sign_ins)
chore(deliveries.forget_deliveries)
chore(mailing.forget_mails)
chore(remind_owners)
prompt(deliveries.queue_deliveries)
prompt(mailing.queue_mails)


@job(deliveries.DELIVER, runs_for="webhook.manage")
def deliver_webhook(lease: Lease, *, delivery_number: int) -> None:
    """Send one message. Called again after its process died, it sends again, under the same id."""
    with lease.writing():
        parcel = deliveries.take(actor=lease.actor, number=delivery_number)
    if parcel is None:
        return
    answer = deliveries.send(parcel)
    with lease.writing():
        deliveries.note(actor=lease.actor, parcel=parcel, answer=answer)


@job(mailing.SEND, runs_for="self.read")
def send_mail(lease: Lease, *, message_number: int) -> None:
    """Send one letter. Called again after its process died, it sends again, under the same id."""
    with lease.writing():
        parcel = mailing.take(actor=lease.actor, number=message_number)
    if parcel is None:
        return
    fault = mailing.send(parcel)
    with lease.writing():
        mailing.note(actor=lease.actor, parcel=parcel, fault=fault)


# The message is kept until the job is over, so that a worker that dies gives it back. The time
# limit ends a worker that hangs; its job is then taken up again like that of a dead one.
@shared_task(
    name="jobs.run",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
    time_limit=settings.JOB_TIME_LIMIT_S,
)
def run(number: int) -> str:
    return run_job(number)


@worker_init.connect
def refuse_a_dangerous_role(**_: Any) -> None:
    """Before the first job. The connection is closed: the children must not inherit it."""
    try:
        refuse_to_start()
    except Exception as reason:
        # Celery logs what a signal's receiver raises and starts all the same; this it lets pass.
        raise SystemExit(f"The worker does not start. {reason}") from reason
    finally:
        connections.close_all()
