"""What may leave a round, and what came in: the page of its documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.text import Text
from scheduling.access.handling import may_in_round
from scheduling.access.rounds import access_round
from scheduling.access.sealed import sealed_exports_visible_to
from scheduling.mapping.questions import masked_problem
from scheduling.models.plans import Plan
from scheduling.models.questions import FrozenQuestion
from scheduling.models.rounds import InspectionRound
from scheduling.models.sealed import SealedExport
from scheduling.selectors.readiness import gaps_of
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

NEWEST = 20  # plans and requests on the page


@dataclass(frozen=True, slots=True)
class ExchangePage:
    round: InspectionRound
    question: FrozenQuestion | None
    people: int
    units: int
    bars: int
    plans: Sequence[Plan]  # those that the verifier passed
    sealed: Sequence[SealedExport]
    gaps: Text | None
    may_export: bool
    may_import: bool
    may_unmask: bool


def exchange_page(actor: Actor, number: int) -> ExchangePage:
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    own = {"tenant_id": actor.tenant_id, "round": round_}
    question = FrozenQuestion.objects.filter(**own).order_by("-pk").first()
    problem = None if question is None else masked_problem(question)
    plans = Plan.objects.filter(**own).select_related("run").order_by("-pk")[:NEWEST]
    return ExchangePage(
        round=round_,
        question=question,
        people=0 if problem is None else len(problem.inspectors),
        units=0 if problem is None else sum(unit.inspectable for unit in problem.units),
        bars=0 if problem is None else len(problem.declared),
        plans=[plan for plan in plans if plan.is_usable],
        sealed=list(sealed_exports_visible_to(actor).filter(round=round_).order_by("-pk")[:NEWEST]),
        gaps=gaps_of(round_),
        may_export=actor.may(Permission.EXPORT_ROUND),
        may_import=may_in_round(actor, Permission.IMPORT_PLAN, number),
        may_unmask=actor.may(Permission.EXPORT_UNMASKED),
    )
