"""What stands in the way before anything is solved: demand, supply, and bars as rule codes."""

from __future__ import annotations

from django.db import models

from scheduling.models.releases import ReleasedPerson, ReportedUnit
from scheduling.models.rounds import InspectionRound
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet

SURVEY_TASK = "scheduling.survey_round"  # the job that counts


class Survey(TenantOwned):
    """One count over a round's frozen facts, made by the worker. Figures only."""

    round = models.ForeignKey(
        InspectionRound, models.PROTECT, related_name="surveys", db_constraint=False, db_index=False
    )
    basis = models.CharField(
        max_length=64, help_text="What was counted over: differs once the round has changed."
    )
    figures = models.JSONField()
    seconds = models.FloatField()
    computed_at = models.DateTimeField()

    objects = OfficeQuerySet["Survey"].as_manager()

    class Meta:
        indexes = [models.Index(name="survey_newest_first", fields=["tenant", "round", "-id"])]


class Bar(TenantOwned):
    """One rule that keeps one person from one unit: the rule's code, never its reason."""

    survey = models.ForeignKey(
        Survey, models.CASCADE, related_name="bars", db_constraint=False, db_index=False
    )
    person = models.ForeignKey(
        ReleasedPerson, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    unit = models.ForeignKey(
        ReportedUnit, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    rule = models.CharField(max_length=40)
    roles = models.JSONField()  # the roles it binds in
    unless_host = models.BooleanField(help_text="A host seat is exempt.")

    objects = OfficeQuerySet["Bar"].as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="bar_by_person_and_unit", fields=["tenant", "survey", "person", "unit"]
            )
        ]
