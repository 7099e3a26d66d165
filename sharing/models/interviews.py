"""The plan of a team's interviews: in its papers' room, of the post that interviews."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sharing.domain.interviews import State
from sharing.models.rooms import Room
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class InterviewStratum(TenantOwned):
    """A layer of people of one unit, and how many of them are to be heard."""

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    unit_code = models.CharField(max_length=50, help_text="Of a unit of the room.")
    title = models.CharField(max_length=60)
    target = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()

    objects = OfficeQuerySet["InterviewStratum"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="interview_stratum_once", fields=["tenant", "room", "unit_code", "title"]
            )
        ]

    def __str__(self) -> str:
        return self.title


class Interview(TenantOwned):
    """Whom the team wants to hear, by post and stratum; what they say is not kept.

    `interviewers`: keys of seats of the room, two at least; the database asks each for the post.
    """

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    stratum = models.ForeignKey(
        InterviewStratum, models.PROTECT, related_name="interviews", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    number = models.PositiveIntegerField(default=0)
    post = models.CharField(max_length=100)
    planned_on = models.DateField()
    interviewers = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=State.PLANNED.value)
    held_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    planned_by_name = models.CharField(max_length=100, default="")
    planned_at = models.DateTimeField(null=True)
    settled_by_name = models.CharField(max_length=100, default="")
    settled_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["Interview"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="interview_number_once", fields=["tenant", "room", "number"]
            ),
            models.CheckConstraint(
                name="interview_says_when_or_why",
                condition=Q(state="planned", held_on__isnull=True)
                | Q(state="held", held_on__isnull=False)
                | (Q(state="not_held", held_on__isnull=True) & ~Q(reason="")),
            ),
        ]
        indexes = [models.Index(name="interview_by_stratum", fields=["tenant", "stratum"])]

    def __str__(self) -> str:
        return self.post
