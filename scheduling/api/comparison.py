"""Two plans of a round side by side."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from scheduling.domain.problem import ROLES
from scheduling.models.plans import Plan, PlanState
from scheduling.selectors.comparison import ComparePage, compare_page
from tenancy.domain.roles import Permission


class PairQuery(Input):
    a = Number(required=False, help_text="The number of a plan; none of both: the two newest.")
    b = Number(required=False)


class CandidateOut(Output):
    number = serializers.IntegerField()
    version = serializers.IntegerField()
    origin = serializers.ChoiceField(choices=Plan.Origin.values)
    state = serializers.ChoiceField(choices=PlanState.values)
    made_by = serializers.CharField(allow_blank=True)
    made_at = serializers.DateTimeField()
    based_on = serializers.IntegerField(allow_null=True, help_text="A version.")
    edits = serializers.IntegerField()
    holds = serializers.BooleanField(source="verdict.holds")
    gap = serializers.FloatField(allow_null=True, help_text="null: nobody has bounds for it.")


class MeasureOfBothOut(Output):
    code = serializers.CharField()
    a = serializers.IntegerField()
    b = serializers.IntegerField()


class TierOfBothOut(Output):
    number = serializers.IntegerField()
    measures = serializers.ListField(child=serializers.CharField())
    a = serializers.IntegerField()
    b = serializers.IntegerField()
    bound_a = serializers.IntegerField(allow_null=True)
    bound_b = serializers.IntegerField(allow_null=True)


class SeatInOut(Output):
    team = serializers.CharField(help_text="Its code.")
    role = serializers.ChoiceField(choices=list(ROLES))


class VisitInOut(Output):
    team = serializers.CharField(help_text="Its code.")
    start = serializers.DateField()


class PersonOfBothOut(Output):
    name = serializers.CharField()
    office = serializers.CharField()
    a = SeatInOut(source="before", allow_null=True)
    b = SeatInOut(source="after", allow_null=True)


class UnitOfBothOut(Output):
    name = serializers.CharField()
    host = serializers.CharField()
    a = VisitInOut(source="before", allow_null=True)
    b = VisitInOut(source="after", allow_null=True)
    days = serializers.IntegerField()


class TeamOfBothOut(Output):
    code = serializers.CharField()
    name = serializers.CharField()
    people_in = serializers.ListField(child=serializers.CharField())
    people_out = serializers.ListField(child=serializers.CharField())
    new_roles = serializers.ListField(child=serializers.CharField())
    units_in = serializers.ListField(child=serializers.CharField())
    units_out = serializers.ListField(child=serializers.CharField())
    other_days = serializers.ListField(child=serializers.CharField())


class ComparisonOut(Output):
    a = CandidateOut(allow_null=True)
    b = CandidateOut(allow_null=True)
    is_same_question = serializers.BooleanField(help_text="Both answer the same one.")
    measures = MeasureOfBothOut(many=True)
    tiers = TierOfBothOut(many=True)
    people = PersonOfBothOut(many=True, help_text="Those whose seats differ.")
    units = UnitOfBothOut(many=True, help_text="Those whose visits differ.")
    teams = TeamOfBothOut(many=True, help_text="Those that differ.")


class Comparison(Endpoint):
    @reads("compare_plans", Permission.VIEW_PLAN, gives=ComparisonOut, asks=PairQuery)
    def get(self, call: Call, number: int) -> Any:
        """Plans `a` and `b` of a round, weighed by one objective, and all that differs."""
        asked = call.asked
        return _shown(compare_page(call.actor, number, asked.get("a"), asked.get("b")))


def _shown(page: ComparePage) -> dict[str, Any]:
    fields = ("a", "b", "is_same_question", "tiers", "people", "units", "teams")
    return {field: getattr(page, field) for field in fields} | {
        "measures": [{"code": code, "a": a, "b": b} for code, a, b in page.measures]
    }
