from __future__ import annotations

from scheduling.models.surveys import SURVEY_TASK
from scheduling.services import surveying
from tenancy.queue import Lease, job


@job(SURVEY_TASK, runs_for="round.prepare")
def survey_round(lease: Lease, *, round_number: int) -> None:
    """Count once. Called again after its process died, it counts afresh."""
    with lease.writing():
        surveying.survey(actor=lease.actor, number=round_number)
