"""Who is signed in, from where, and how it ended."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kernel.text import Text
from tenancy.domain.sessions import ENDING_TITLES, Ending
from tenancy.models.people import User


class SignInSession(models.Model):
    """One sign-in. No role reads or writes this table: the functions of its migration do."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of what the session carries.")
    network = models.CharField(max_length=50)
    browser = models.CharField(max_length=60)
    opened_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now(), help_text="To half a minute.")
    proved_at = models.DateTimeField(db_default=Now(), help_text="The last password or code.")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(
        max_length=30, blank=True, choices=[(one.value, one.value) for one in Ending]
    )

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="session_by_person")]
        constraints = [
            models.UniqueConstraint(name="session_by_digest", fields=["digest"]),
            models.UniqueConstraint(
                name="session_once_per_person",
                fields=["user"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="session_ends_for_a_reason",
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(ended_at__isnull=False, ended_because__in=[one.value for one in Ending]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"

    @property
    def ending(self) -> Text | None:
        return ENDING_TITLES[Ending(self.ended_because)] if self.ended_because else None
