"""Emergency access to what a county handed to the engine, and every record that was opened by it."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from scheduling.domain.emergencies import TERM, Access
from tenancy.models import Delivered
from tenancy.visibility import DeliveredQuerySet


class EmergencyAccess(Delivered):
    """The city (`sender`) asks to read the released facts of a county's people (`tenant`) in one
    of its rounds. Nobody writes here but `sec.ask_emergency`, `decide_emergency`, `end_emergency`.
    """

    class State(models.TextChoices):
        OPEN = "open"
        IN_FORCE = "in_force"
        REFUSED = "refused"

    round_id = models.BigIntegerField(help_text="The sender's round.")
    round_name = models.CharField(max_length=100)
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey("tenancy.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=500, default="")
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Before the term, by somebody.")

    objects = DeliveredQuerySet["EmergencyAccess"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="emergency_confirmed_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="emergency_has_a_term_exactly_when_confirmed",
                condition=Q(
                    state="open",
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                    expires_at__isnull=True,
                    ended_at__isnull=True,
                )
                | Q(
                    state="refused",
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    expires_at__isnull=True,
                    ended_at__isnull=True,
                )
                | Q(
                    state="in_force",
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    expires_at__gt=F("decided_at"),
                    expires_at__lte=F("decided_at") + timedelta(seconds=TERM.total_seconds()),
                ),
            ),
            models.UniqueConstraint(
                name="emergency_one_open_per_round",
                fields=["tenant", "sender", "round_id", "asked_by"],
                condition=Q(state="open"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_name} ({self.state})"

    @property
    def access(self) -> Access:
        return Access(
            asked_by=self.asked_by_id,
            asked_at=self.asked_at,
            decided_by=self.decided_by_id,
            expires_at=self.expires_at,
            is_refused=self.state == self.State.REFUSED,
            ended_at=self.ended_at,
        )


class EmergencyOpening(Delivered):
    """One record that somebody opened. Of the county whose person it is; the city reads it too."""

    emergency = models.ForeignKey(
        EmergencyAccess,
        models.PROTECT,
        related_name="openings",
        db_constraint=False,
        db_index=False,
    )
    person_number = models.CharField(max_length=50)
    person_name = models.CharField(max_length=100)
    opened_by = models.ForeignKey("tenancy.User", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())

    objects = DeliveredQuerySet["EmergencyOpening"].as_manager()

    class Meta:
        indexes = [models.Index(name="emergency_opening_in_turn", fields=["tenant", "emergency"])]

    def __str__(self) -> str:
        return self.person_number
