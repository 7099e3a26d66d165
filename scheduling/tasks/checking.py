from __future__ import annotations

from scheduling.services import verifying
from tenancy.queue import Lease, job


@job(verifying.CHECK, runs_for="draft.edit")
def check_plan(lease: Lease, *, plan_number: int) -> None:
    """Judge once. Called again after its process died, it judges the rows of then."""
    with lease.writing():
        verifying.check_plan(actor=lease.actor, number=plan_number)
