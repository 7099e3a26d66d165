"""Who asked or interceded (打听、说情): past the host county, to the city alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sharing.domain.interference import Approach, Outcome
from sharing.models.rooms import Room
from tenancy.models import TenantOwned, User
from tenancy.visibility import OfficeQuerySet


class InterferenceEntry(TenantOwned):
    """`past_leader`: the team's leader, whom it may be about, reads nothing of it."""

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    registered_by_name = models.CharField(max_length=100, default="")
    registered_at = models.DateTimeField(null=True)
    who = models.CharField(max_length=100, help_text="Who asked.")
    post = models.CharField(max_length=200)
    approach = models.CharField(max_length=20)
    happened_on = models.DateField()
    how = models.CharField(max_length=200)
    about = models.CharField(max_length=2000)
    past_leader = models.BooleanField(default=False)
    outcome = models.CharField(max_length=20, blank=True, default="")
    outcome_by_name = models.CharField(max_length=100, default="")
    outcome_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["InterferenceEntry"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="interference_approach_known",
                condition=Q(approach__in=[one.value for one in Approach]),
            ),
            models.CheckConstraint(
                name="interference_outcome_known",
                condition=Q(outcome__in=["", *(one.value for one in Outcome)]),
            ),
        ]
        indexes = [models.Index(name="interference_newest_first", fields=["tenant", "-id"])]

    def __str__(self) -> str:
        return self.who
