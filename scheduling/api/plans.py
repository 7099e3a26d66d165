"""Plans, and their workbooks."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, Workbook, downloads, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, Said
from httpapi.language import spoken
from scheduling.api.runs import TierOut
from scheduling.models.plans import Plan, PlanState
from scheduling.selectors.plan_list import plans_part
from scheduling.selectors.plans import plan_page
from scheduling.services.exporting import export_plan
from tenancy.domain.roles import Permission


class PlansQuery(Input):
    round = Number(required=False, help_text="Of this round only.")


class PlanLineOut(Output):
    number = serializers.IntegerField(source="pk")
    round = serializers.IntegerField(source="round_id")
    round_name = serializers.CharField(source="round.name")
    run = serializers.IntegerField(source="run_id", allow_null=True)
    origin = serializers.ChoiceField(choices=Plan.Origin.values)
    based_on = serializers.IntegerField(source="based_on_id", allow_null=True)
    version = serializers.IntegerField()
    revision = serializers.IntegerField(help_text="Counts the edits.")
    state = serializers.ChoiceField(choices=PlanState.values)
    status = serializers.CharField(
        source="run.status", allow_null=True, help_text="The engine's word; null: not its plan."
    )
    holds = serializers.BooleanField(source="is_usable", help_text="The verifier found nothing.")
    found_at = serializers.DateTimeField()


class BreachOut(Output):
    code = serializers.CharField()
    title = Said()
    subjects = serializers.CharField()
    text = Said()


class VerdictOut(Output):
    holds = serializers.BooleanField()
    checked_at = serializers.DateTimeField(allow_null=True)
    teams = serializers.IntegerField()
    seats = serializers.IntegerField()
    visits = serializers.IntegerField()
    breaches = BreachOut(many=True)


class MeasureOut(Output):
    code = serializers.CharField()
    value = serializers.IntegerField()
    tier = serializers.IntegerField(allow_null=True)


class FlowOut(Output):
    origin = serializers.CharField()
    host = serializers.CharField()
    people = serializers.IntegerField()
    teams = serializers.IntegerField()


class SeatOut(Output):
    name = serializers.CharField()
    office_code = serializers.CharField()
    office_name = serializers.CharField()
    post = serializers.CharField()
    skills = serializers.ListField(child=serializers.CharField())
    rounds = serializers.IntegerField()
    is_host_seat = serializers.BooleanField()
    duties = serializers.ListField(child=serializers.CharField())


class VisitOut(Output):
    unit = serializers.CharField()
    unit_code = serializers.CharField()
    kind = serializers.CharField()
    host_code = serializers.CharField()
    host_name = serializers.CharField()
    start_on = serializers.DateField()
    end_on = serializers.DateField()
    working_days = serializers.IntegerField()
    risk = serializers.IntegerField()
    is_mandatory = serializers.BooleanField()


class TeamOut(Output):
    code = serializers.CharField()
    name = serializers.CharField()
    leader = SeatOut(allow_null=True, help_text="null: a draft that lacks one.")
    deputies = SeatOut(many=True)
    members = SeatOut(many=True)
    visits = VisitOut(many=True)


class UncoveredOut(Output):
    unit = serializers.CharField()
    host_name = serializers.CharField()
    priority = serializers.IntegerField()
    is_mandatory = serializers.BooleanField()


class PlanOut(Output):
    number = serializers.IntegerField()
    version = serializers.IntegerField()
    round = serializers.IntegerField(source="round_number")
    round_name = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    mode = serializers.CharField()
    status = serializers.CharField()
    made_at = serializers.DateTimeField()
    run = serializers.IntegerField(source="run_number", allow_null=True)
    seconds = serializers.FloatField(allow_null=True)
    is_outdated = serializers.BooleanField(help_text="The round or a release changed since.")
    verdict = VerdictOut()
    tiers = TierOut(many=True)
    gap = serializers.FloatField()
    measures = MeasureOut(many=True)
    flows = FlowOut(many=True)
    teams = TeamOut(many=True)
    uncovered = UncoveredOut(many=True)


class Plans(Endpoint):
    @lists("list_plans", Permission.VIEW_PLAN, gives=PlanLineOut, asks=PlansQuery)
    def get(self, call: Call) -> Any:
        """Every plan of the office, or of one round, newest first."""
        return plans_part(call.actor, call.window, round_number=call.asked.get("round"))


class OnePlan(Endpoint):
    @reads("read_plan", Permission.VIEW_PLAN, gives=PlanOut)
    def get(self, call: Call, number: int) -> Any:
        """A plan with its teams, visits, figures and the verifier's word."""
        return plan_page(call.actor, number)


class PlanWorkbook(Endpoint):
    @downloads("download_plan", Permission.EXPORT_PLAN)
    def get(self, call: Call, number: int) -> Any:
        """The plan as a workbook; for one that the verifier has passed."""
        plan = export_plan(actor=call.actor, number=number, language=spoken())
        return Workbook(plan.content, plan.file_name)
