"""Demand against supply, and what the rules bar: figures, never a reason."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Output, Said
from httpapi.language import spoken
from scheduling.selectors.surveys import SurveyPage, survey_page
from scheduling.services.surveying import request_survey
from tenancy.domain.roles import Permission


class OfficeFiguresOut(Output):
    name = serializers.CharField()
    people = serializers.IntegerField()
    leaders = serializers.IntegerField()
    pairs = serializers.IntegerField(help_text="Person and unit.")
    barred = serializers.IntegerField()


class SkillFiguresOut(Output):
    skill = Said()
    demand = serializers.IntegerField()
    supply = serializers.ListField(
        child=serializers.IntegerField(), help_text="In the order of `offices`."
    )
    total = serializers.IntegerField()
    usable = serializers.IntegerField(help_text="Free to serve somewhere.")


class RuleFiguresOut(Output):
    code = serializers.CharField()
    title = Said()
    barred = serializers.SerializerMethodField(help_text="In the order of `offices`.")
    total = serializers.IntegerField()

    def get_barred(self, line: Any) -> list[int]:
        return [cell.count for cell in line.cells]


class FiguresOut(Output):
    units = serializers.IntegerField()
    seats = serializers.ListField(child=serializers.IntegerField(), help_text="Least and most.")
    people = serializers.IntegerField()
    leaders = serializers.IntegerField()
    pairs = serializers.IntegerField()
    barred = serializers.IntegerField()
    offices = OfficeFiguresOut(many=True)
    skills = SkillFiguresOut(many=True)
    rules = RuleFiguresOut(many=True)


class SurveyFailureOut(Output):
    message = Said()
    remedy = Said()


class SurveyOut(Output):
    figures = FiguresOut(allow_null=True, help_text="null: nothing was counted yet.")
    computed_at = serializers.DateTimeField(allow_null=True)
    is_outdated = serializers.BooleanField(help_text="The round changed since.")
    is_counting = serializers.BooleanField()
    job = serializers.IntegerField(allow_null=True, help_text="The count under way.")
    failure = SurveyFailureOut(allow_null=True)
    gaps = serializers.CharField(allow_null=True, help_text="What is missing before a count.")


class RoundSurvey(Endpoint):
    @reads("read_survey", Permission.VIEW_ROUND, gives=SurveyOut)
    def get(self, call: Call, number: int) -> Any:
        """The last count, and whether one is under way."""
        return _shown(survey_page(call.actor, number))

    @acts("request_survey", Permission.EDIT_ROUND, gives=SurveyOut, status=202)
    def post(self, call: Call, number: int) -> Any:
        """Have a worker count. While it counts, asking again is the same count."""
        request_survey(actor=call.actor, number=number)
        return _shown(survey_page(call.actor, number))


def _shown(page: SurveyPage) -> dict[str, Any]:
    return {
        "figures": page.figures,
        "computed_at": page.survey and page.survey.computed_at,
        "is_outdated": page.is_outdated,
        "is_counting": page.is_counting,
        "job": page.job.pk if page.job is not None else None,
        "failure": page.failure,
        "gaps": page.gaps and page.gaps[spoken()],
    }
