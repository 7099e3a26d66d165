"""A round's documents out, outside plans in, and workbooks to take away."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import (
    Call,
    Created,
    Document,
    Workbook,
    acts,
    downloads,
    hands_out,
    reads,
)
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output, Said
from httpapi.language import spoken
from scheduling.models.plans import Plan, PlanState
from scheduling.selectors.exchange import ExchangePage, exchange_page
from scheduling.services.exchange import (
    MOST_MB,
    export_masked,
    export_plan_document,
    import_plan,
    request_freeze,
)
from scheduling.services.exporting import export_roster, export_team_lists, export_units
from tenancy.domain.roles import Permission


class PlanFileIn(Input):
    file = serializers.FileField(
        allow_empty_file=True, help_text=f"A `round-plan/1`, up to {MOST_MB} MB."
    )


class FrozenOut(Output):
    problem_sha256 = serializers.CharField(
        source="masked_sha256", help_text="What a plan for it names."
    )
    rules_sha256 = serializers.CharField()
    engine = serializers.CharField()
    frozen_at = serializers.DateTimeField()


class ExchangeOut(Output):
    round = serializers.IntegerField(source="round.pk")
    frozen = FrozenOut(source="question", allow_null=True, help_text="The newest; null: none yet.")
    people = serializers.IntegerField()
    units = serializers.IntegerField(help_text="Those up for inspection.")
    bars = serializers.IntegerField()
    plans = serializers.ListField(
        child=serializers.IntegerField(), help_text="The newest that the verifier passed."
    )
    gaps = Said(allow_null=True, help_text="What is missing before it can be frozen.")


class JobStartedOut(Output):
    job = serializers.IntegerField(source="pk")


class TakenInOut(Output):
    number = serializers.IntegerField(source="pk")
    round = serializers.IntegerField(source="round_id")
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=PlanState.values)
    origin = serializers.ChoiceField(choices=Plan.Origin.values)


class RoundExchange(Endpoint):
    @reads("read_exchange", Permission.VIEW_ROUND, gives=ExchangeOut)
    def get(self, call: Call, number: int) -> Any:
        """What of a round can leave masked, and what is missing before it can."""
        return _shown(exchange_page(call.actor, number))


class FreezeRound(Endpoint):
    @acts("freeze_round", Permission.EXPORT_ROUND, gives=JobStartedOut, status=202)
    def post(self, call: Call, number: int) -> Any:
        """Have a worker freeze the round as it stands, so that it can leave masked."""
        return request_freeze(actor=call.actor, number=number)


class MaskedProblem(Endpoint):
    @hands_out("download_masked_problem", Permission.EXPORT_ROUND)
    def get(self, call: Call, number: int) -> Any:
        """The newest frozen question, masked: `round-problem/1`. No fact of recusal is in it."""
        made = export_masked(actor=call.actor, number=number)
        return Document(made.content, made.file_name)


class ImportPlan(Endpoint):
    @acts(
        "import_plan",
        Permission.IMPORT_PLAN,
        takes=PlanFileIn,
        gives=TakenInOut,
        status=201,
        takes_document=True,
    )
    def post(self, call: Call, number: int) -> Any:
        """Take an outside plan in as a candidate: a form's `file`, or the `round-plan/1` itself as
        the body. It is being checked whole then. The same plan again is the same candidate."""
        content = call.given["file"].read(MOST_MB * 2**20 + 1)
        plan = import_plan(actor=call.actor, number=number, file=content)
        return Created(plan, reverse("api:plan", args=[plan.pk]))


class PlanDocument(Endpoint):
    @hands_out("download_plan_document", Permission.EXPORT_ROUND)
    def get(self, call: Call, number: int) -> Any:
        """A verified plan as `round-plan/1`, for the masked question that it answers."""
        made = export_plan_document(actor=call.actor, number=number)
        return Document(made.content, made.file_name)


class TeamLists(Endpoint):
    @downloads("download_team_lists", Permission.EXPORT_PLAN)
    def get(self, call: Call, number: int) -> Any:
        """One sheet a team, for a plan that the verifier has passed."""
        made = export_team_lists(actor=call.actor, number=number, language=spoken())
        return Workbook(made.content, made.file_name)


class RosterWorkbook(Endpoint):
    @downloads("download_roster", Permission.EXPORT_ROSTER)
    def get(self, call: Call) -> Any:
        """The own office's roster, as its import reads it."""
        made = export_roster(actor=call.actor)
        return Workbook(made.content, made.file_name)


class UnitsWorkbook(Endpoint):
    @downloads("download_units", Permission.EXPORT_ROSTER)
    def get(self, call: Call) -> Any:
        """The own office's list of units, as its import reads it."""
        made = export_units(actor=call.actor)
        return Workbook(made.content, made.file_name)


def _shown(page: ExchangePage) -> dict[str, Any]:
    fields = ("round", "question", "people", "units", "bars", "gaps")
    return {field: getattr(page, field) for field in fields} | {
        "plans": [plan.pk for plan in page.plans]
    }
