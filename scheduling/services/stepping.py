"""One step of a plan: the state, the signatures and the line in its history, as every step has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kernel.clock import now
from kernel.text import Text
from scheduling.domain.publishing import STATE_WORDS, Obstacle, joined, state_after
from scheduling.errors import PlanHeldUp, StepOutOfTurn
from scheduling.models.plans import Plan, PlanStep
from tenancy.actor import Actor

STEP_WORDS: Mapping[str, Text] = {
    "checked": Text(zh="重新核验", en="checked again"),
    "proposed": Text(zh="提请审核", en="proposed"),
    "taken_back": Text(zh="收回", en="taken back"),
    "returned": Text(zh="退回", en="returned"),
    "approved": Text(zh="批准", en="approved"),
    "published": Text(zh="公布", en="published"),
    "superseded": Text(zh="更正", en="corrected"),
    "withdrawn": Text(zh="撤回", en="withdrawn"),
}


def take_step(actor: Actor, plan: Plan, step: PlanStep.Kind, *, words: str = "") -> None:
    """Move a locked plan on, or refuse. The caller has checked who may and what stands in the way."""
    after = state_after(plan.state, step)
    if after is None:
        raise out_of_turn(plan, step)
    plan.state = after
    if step == PlanStep.Kind.PROPOSED:
        plan.proposed_by_id, plan.approved_by_id = actor.user_id, None
    elif step == PlanStep.Kind.APPROVED:
        plan.approved_by_id = actor.user_id
    elif after == "candidate":
        plan.proposed_by_id = plan.approved_by_id = None
    plan.save(update_fields=["state", "proposed_by_id", "approved_by_id"])
    PlanStep.objects.create(
        tenant_id=plan.tenant_id,
        plan=plan,
        kind=step,
        revision=plan.revision,
        by=actor.name,
        words=words.strip(),
        at=now(),
    )


def out_of_turn(plan: Plan, step: str) -> StepOutOfTurn:
    return StepOutOfTurn(version=plan.version, state=STATE_WORDS[plan.state], step=STEP_WORDS[step])


def held_up(plan: Plan, step: str, obstacles: Sequence[Obstacle]) -> PlanHeldUp:
    """The refusal that says everything at once: nobody likes to hear of one thing after the other."""
    return PlanHeldUp(
        version=plan.version,
        step=STEP_WORDS[step],
        obstacles=joined([obstacle.says for obstacle in obstacles]),
        codes=[obstacle.code for obstacle in obstacles],
    )
