"""Wrong tries, counted."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from tenancy.domain.lockout import Tier
from tenancy.models.people import User


class SignInTally(models.Model):
    """Wrong tries of one tier (`tenancy.domain.lockout`). No role reads or writes this table.

    `key` is a keyed digest: what was typed as a name is nowhere kept. `user` is whose name it is,
    if it is anybody's.
    """

    key = models.BinaryField(max_length=32)
    tier = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Tier])
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    network = models.CharField(max_length=50, blank=True)
    failures = models.IntegerField()
    first_at = models.DateTimeField(db_default=Now())
    last_at = models.DateTimeField(db_default=Now())
    held_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="tally_by_age")]
        constraints = [
            models.UniqueConstraint(name="tally_by_key", fields=["key"]),
            models.CheckConstraint(
                name="tally_of_a_tier",
                condition=models.Q(tier__in=[one.value for one in Tier]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier} {self.network}"
