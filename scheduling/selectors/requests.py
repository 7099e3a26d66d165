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
    return asked_about_each([plan])[plan.pk]


def asked_about_each(plans: Sequence[Plan]) -> Mapping[int, Mapping[int, Asked]]:
    """The same for plans of several rounds of one office, in two queries."""
    requests = list(
        ConfirmationRequest.objects.filter(
            sender_id__in={plan.tenant_id for plan in plans},
            round_id__in=[plan.round_id for plan in plans],
        )
        .select_related("tenant")
        .order_by("pk")
    )
    answers = _newest_answers([request.pk for request in requests])
    return {plan.pk: _standing(plan, requests, answers) for plan in plans}


def _standing(
    plan: Plan, requests: Sequence[ConfirmationRequest], answers: Mapping[int, Confirmation]
) -> Mapping[int, Asked]:
    standing: dict[int, ConfirmationRequest] = {}
    for request in requests:
        held = standing.get(request.tenant_id)
        if request.round_id == plan.round_id and (
            held is None or _is_of(request, plan) or not _is_of(held, plan)
        ):
            standing[request.tenant_id] = request
    in_order = sorted(standing.values(), key=lambda request: request.tenant.name_key)
    return {request.tenant_id: Asked(request, answers.get(request.pk)) for request in in_order}


def _is_of(request: ConfirmationRequest, plan: Plan) -> bool:
    return (request.plan_id, request.revision) == (plan.pk, plan.revision)


def _newest_answers(requests: Sequence[int]) -> Mapping[int, Confirmation]:
    given = Confirmation.objects.filter(request_id__in=requests).order_by("request_id", "-pk")
    return {answer.request_id: answer for answer in given.distinct("request_id")}
