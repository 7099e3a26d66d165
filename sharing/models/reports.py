"""A team's report on a unit, and what is fed back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sharing.domain.reports import REPORT
from sharing.models.rooms import Room
from sharing.models.steps import Living, Step
from tenancy.models import TenantOwned, User
from tenancy.visibility import OfficeQuerySet


class ReportStep(Step):
    record = models.ForeignKey(
        "sharing.InspectionReport",
        models.PROTECT,
        related_name="done",
        db_column="record_id",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="report_step_numbered_once", fields=["tenant", "record", "number"]
            )
        ]


class InspectionReport(Living):
    """One for a team and a unit. Its texts stand in `ReportText`, its findings are its papers."""

    life = REPORT
    step_model = ReportStep

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="reports", db_constraint=False, db_index=False
    )
    unit_code = models.CharField(max_length=50)
    unit_name = models.CharField(max_length=200)
    begun_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["InspectionReport"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="report_once_per_unit", fields=["tenant", "room", "unit_code"]
            )
        ]
        indexes = [models.Index(name="report_by_state", fields=["tenant", "state", "-id"])]

    def __str__(self) -> str:
        return self.unit_name


class ReportText(TenantOwned):
    """The chapters of a report or of its feedback, as they were saved. Rows are added, never
    changed; number, who and when are the database's. The findings are the papers', word for word."""

    class Part(models.TextChoices):
        REPORT = "report", _("Report")
        FEEDBACK = "feedback", _("Feedback")

    report = models.ForeignKey(
        InspectionReport,
        models.PROTECT,
        related_name="texts",
        db_constraint=False,
        db_index=False,
    )
    part = models.CharField(max_length=10, choices=Part.choices)
    number = models.PositiveIntegerField()
    overview = models.TextField(max_length=10_000, blank=True)
    evaluation = models.TextField(max_length=10_000, blank=True)
    advice = models.TextField(max_length=10_000, blank=True)
    duty = models.TextField(
        max_length=5_000, blank=True, help_text="Of a feedback: what to report."
    )
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.CharField(max_length=100, default="")
    at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["ReportText"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="report_text_once", fields=["tenant", "report", "part", "number"]
            )
        ]
