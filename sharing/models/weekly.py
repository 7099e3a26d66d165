"""A team's weekly progress, in its papers' room."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sharing.models.rooms import Room
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class WeeklyReport(TenantOwned):
    """One a week: drafted by whoever of the team, signed by its leader, then read by the office.

    `findings`: [[class, number]], as the team counts them. Once signed it stands.
    """

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    week = models.DateField(help_text="Its Monday.")
    talks = models.PositiveIntegerField()
    files = models.PositiveIntegerField(help_text="Files read.")
    letters = models.PositiveIntegerField(help_text="Letters, calls and visits of petitioners.")
    visits = models.PositiveIntegerField(help_text="Places looked at.")
    findings = models.JSONField(default=list)
    next_week = models.CharField(max_length=2000, blank=True)
    drafted_by = models.CharField(max_length=100)
    drafted_at = models.DateTimeField()
    signed_by = models.CharField(max_length=100, blank=True, db_default="")
    signed_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["WeeklyReport"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="weekly_report_once_a_week", fields=["tenant", "room", "week"]
            ),
            models.CheckConstraint(
                name="weekly_report_of_a_monday", condition=Q(week__iso_week_day=1)
            ),
        ]

    def __str__(self) -> str:
        return self.week.isoformat()
