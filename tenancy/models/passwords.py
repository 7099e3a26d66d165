"""Earlier passwords, and the links by which a forgotten one is replaced.

No role reads or writes these tables: the functions of their migration do, and show people their own.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from tenancy.models.people import User


class OldPassword(models.Model):
    """The hash of a password that somebody had before: it may not come again soon."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    hash = models.CharField(max_length=128)
    replaced_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="old_password_by_person")]

    def __str__(self) -> str:
        return f"{self.user_id}"


class PasswordReset(models.Model):
    """A link for somebody who forgot theirs. Who made it never learns what is chosen by it.

    Without `made_by` it was made at the console of the installation.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of the link's secret.")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="reset_by_person")]
        constraints = [
            models.UniqueConstraint(name="reset_by_digest", fields=["digest"]),
            models.UniqueConstraint(
                name="reset_once_per_person", fields=["user"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="reset_not_for_oneself", condition=~Q(user=models.F("made_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
