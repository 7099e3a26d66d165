from __future__ import annotations

from scheduling.selectors.proposals import PROPOSE
from scheduling.services import proposing
from tenancy.queue import Lease, job


@job(PROPOSE, runs_for="plan.propose")
def propose_plan(lease: Lease, *, plan_number: int) -> None:
    """Look, and propose. Called again after its process died, it finds the plan as it is."""
    with lease.writing():
        proposing.check_and_propose(actor=lease.actor, number=plan_number)
