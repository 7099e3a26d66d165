"""Which question to each office stands for a plan, and what it has answered. The city's side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduling.models.dispatches import Confirmation, ConfirmationRequest
from scheduling.models.plans import Plan


@dataclass(frozen=True, slots=True)
class Asked:
    """One office's standing request and its newest answer. Who is not asked has an empty list."""

    request: ConfirmationRequest
    answer: Confirmation | None

    @property
    def is_confirmed(self) -> bool:
        return self.answer is not None and self.answer.is_confirmed

    @property
    def objections(self) -> int:
        return 0 if self.answer is None else len(self.answer.objections)


def asked_about(plan: Plan) -> Mapping[int, Asked]:
    """By office, as `sec.open_requests` has it: the request of the very revision, or else the
    newest of the round, which was kept because its list is still the same."""
    requests = (
        ConfirmationRequest.objects.filter(sender_id=plan.tenant_id, round_id=plan.round_id)
        .select_related("tenant")
        .order_by("pk")
    )
    standing: dict[int, ConfirmationRequest] = {}
    for request in requests:
        held = standing.get(request.tenant_id)
        if held is None or _is_of(request, plan) or not _is_of(held, plan):
            standing[request.tenant_id] = request
    answers = _newest_answers(plan, [request.pk for request in standing.values()])
    in_order = sorted(standing.values(), key=lambda request: request.tenant.name_key)
    return {request.tenant_id: Asked(request, answers.get(request.pk)) for request in in_order}


def _is_of(request: ConfirmationRequest, plan: Plan) -> bool:
    return (request.plan_id, request.revision) == (plan.pk, plan.revision)


def _newest_answers(plan: Plan, requests: Sequence[int]) -> Mapping[int, Confirmation]:
    given = (
        Confirmation.objects.filter(tenant_id=plan.tenant_id, request_id__in=requests)
        .order_by("request_id", "-pk")
        .distinct("request_id")
    )
    return {answer.request_id: answer for answer in given}
