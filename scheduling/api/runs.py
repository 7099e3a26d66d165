"""Asking the engine, and watching it work."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output, Said
from httpapi.language import spoken
from scheduling.models.runs import RunStatus
from scheduling.selectors.runs import RunPage, run_page, runs_part
from scheduling.services.solving import cancel_run, start_run
from tenancy.domain.roles import Permission
from tenancy.models import Job


class RunIn(Input):
    time_limit_s = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=0,
        max_value=10**6,
        help_text="Left out: as long as this installation allows.",
    )


class RunLineOut(Output):
    number = serializers.IntegerField(source="pk")
    status = serializers.ChoiceField(choices=RunStatus.values)
    time_limit_s = serializers.IntegerField()
    elapsed_s = serializers.FloatField()
    gap = serializers.FloatField(allow_null=True)
    requested_by = serializers.CharField()
    requested_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class TierOut(Output):
    number = serializers.IntegerField()
    value = serializers.IntegerField()
    bound = serializers.IntegerField(allow_null=True, help_text="null: nothing is proven.")
    measures = serializers.ListField(child=serializers.CharField())


class PointOut(Output):
    elapsed_s = serializers.FloatField()
    tier = serializers.IntegerField()
    value = serializers.IntegerField(allow_null=True)
    bound = serializers.IntegerField(allow_null=True)


class ConflictOut(Output):
    code = serializers.CharField()
    title = Said()
    subjects = serializers.CharField()
    text = Said()
    remedy = Said(allow_null=True)


class RunFailureOut(Output):
    message = serializers.CharField()
    remedy = serializers.CharField()


class RunOut(Output):
    number = serializers.IntegerField()
    round = serializers.IntegerField(source="round_number")
    state = serializers.ChoiceField(choices=Job.State.values, help_text="The job's.")
    status = serializers.CharField(allow_null=True, help_text="The engine's word; null: at work.")
    phase = serializers.CharField(allow_null=True)
    cancel_requested = serializers.BooleanField()
    time_limit_s = serializers.IntegerField()
    elapsed_s = serializers.FloatField()
    queued_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    tiers = TierOut(many=True)
    gap = serializers.FloatField(allow_null=True)
    history = PointOut(many=True)
    conflict = ConflictOut(many=True, help_text="Why there can be no plan, in the rules' words.")
    conflict_is_minimal = serializers.BooleanField(source="is_minimal")
    failure = RunFailureOut(allow_null=True)
    plan = serializers.IntegerField(source="plan_number", allow_null=True)


class RoundRuns(Endpoint):
    @lists("list_runs", Permission.VIEW_ROUND, gives=RunLineOut)
    def get(self, call: Call, number: int) -> Any:
        """Every run of a round, newest first."""
        return runs_part(call.actor, number, call.window)

    @acts("start_run", Permission.SOLVE_ROUND, takes=RunIn, gives=RunOut, status=201)
    def post(self, call: Call, number: int) -> Any:
        """Put the round to the engine. While one run is at work, this is that run. The first
        one closes the releases."""
        run = start_run(actor=call.actor, number=number, **call.given)
        page = run_shown(run_page(call.actor, run.pk))
        return Created(page, reverse("api:run", args=[run.pk]))


class OneRun(Endpoint):
    @reads("read_run", Permission.VIEW_ROUND, gives=RunOut)
    def get(self, call: Call, number: int) -> Any:
        """How far the engine is, or what it found."""
        return run_shown(run_page(call.actor, number))


class CancelRun(Endpoint):
    @acts("cancel_run", Permission.SOLVE_ROUND, gives=RunOut)
    def post(self, call: Call, number: int) -> Any:
        """Stop at the best plan so far. A run that is over stays as it is."""
        cancel_run(actor=call.actor, number=number)
        return run_shown(run_page(call.actor, number))


def run_shown(page: RunPage) -> dict[str, Any]:
    fields = ("number", "round_number", "state", "status", "phase", "cancel_requested",
              "time_limit_s", "elapsed_s", "queued_at", "started_at", "finished_at", "tiers",
              "gap", "history", "conflict", "is_minimal", "plan_number")  # fmt: skip
    words = page.refusal
    return {field: getattr(page, field) for field in fields} | {
        "failure": words and {"message": words[0][spoken()], "remedy": words[1][spoken()]}
    }
