"""The proposals that wait for the worker's check."""

from __future__ import annotations

from scheduling.models.plans import Plan
from tenancy.models import Job

PROPOSE = "scheduling.propose_plan"  # the job's name


def newest_proposal_job(plan: Plan) -> Job | None:
    """The last time that the worker was to look before a proposal of this plan."""
    asked = Job.objects.filter(
        tenant_id=plan.tenant_id, task=PROPOSE, args={"plan_number": plan.pk}
    )
    return asked.order_by("-pk").first()


def proposal_under_way(plan: Plan) -> Job | None:
    job = newest_proposal_job(plan)
    return None if job is None or job.is_over else job
