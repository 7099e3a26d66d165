"""Jobs for the tests. Imported by the tests and, by `--include`, by real worker processes.

What a job has done shows in the audit record: it is all that the worker may write of its own. They
run for anybody with a seat, which each has to say, as the product's own do.
"""

from __future__ import annotations

import os
import time

from django.db import OperationalError

from kernel.errors import DomainError
from kernel.text import Text
from tenancy import audit
from tenancy.context import in_office
from tenancy.models import AuditEntry
from tenancy.queue import Lease, job

STEP_S = 0.2


class NoInk(DomainError):
    code = "probe.pen.empty"
    message = Text(zh="第 {number} 支笔没有墨水。", en="Pen {number} is out of ink.")
    remedy = Text(zh="请换一支笔。", en="Take another pen.")


def done_steps(lease: Lease) -> int:
    """Under one job's number: what this job has done already."""
    with in_office(lease.tenant_id, lease.actor.user_id):
        return AuditEntry.objects.filter(
            action="probe.step.done", data__job=lease.job_number
        ).count()


@job("probe.count_steps", runs_for="self.read")
def count_steps(lease: Lease, *, steps: int) -> None:
    """Do so many steps, each exactly once, however often the process dies in between."""
    for step in range(done_steps(lease) + 1, steps + 1):
        lease.keep({"step": step})
        time.sleep(STEP_S)
        if lease.cancel_requested:
            return
        with lease.writing():
            audit.record(
                lease.actor, "probe.step.done", job=lease.job_number, step=step, by=os.getpid()
            )


@job("probe.say_word", runs_for="self.read")
def say_word(lease: Lease) -> None:
    with lease.writing():
        audit.record(lease.actor, "probe.word.said", job=lease.job_number)


@job("probe.refuse", runs_for="self.read")
def refuse(lease: Lease, *, number: int) -> None:
    raise NoInk(number=number)


@job("probe.break_down", runs_for="self.read")
def break_down(lease: Lease) -> None:
    raise ZeroDivisionError("a secret of the inside")


@job("probe.lose_database", runs_for="self.read")
def lose_database(lease: Lease) -> None:
    raise OperationalError("server closed the connection unexpectedly")
