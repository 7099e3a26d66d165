"""What protects accounts. It belongs to people and to the installation, not to an office."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from tenancy.domain.security import BOUNDS
from tenancy.models.people import User


class SecurityPolicy(models.Model):
    """One row, made with the table. The web reads it, and changes it by one function."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    factor_roles = ArrayField(models.CharField(max_length=40))
    idle_minutes = models.PositiveSmallIntegerField()
    absolute_hours = models.PositiveSmallIntegerField()
    step_up_minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="security_policy_is_one_row", condition=Q(id=1)),
            *(
                models.CheckConstraint(
                    name=f"security_policy_{name}",
                    condition=Q(**{f"{name}__gte": least, f"{name}__lte": most}),
                )
                for name, (least, most) in BOUNDS.items()
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idle_minutes} min, {self.absolute_hours} h"


class SecondFactor(models.Model):
    """Somebody's authenticator. Until `confirmed_at` it opens nothing and asks for nothing.

    No role reads or writes this table or the next one: the functions of their migration do.
    """

    user = models.OneToOneField(User, models.PROTECT, primary_key=True, related_name="+")
    secret = models.BinaryField(help_text="Encrypted: tenancy.sealed_secrets. Empty after a reset.")
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(null=True, help_text="The last one used, never again.")
    reset_at = models.DateTimeField(null=True)
    reset_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="second_factor_confirmed_by_a_code",
                condition=Q(confirmed_at__isnull=True, last_step__isnull=True)
                | Q(confirmed_at__isnull=False, last_step__isnull=False),
            ),
            models.CheckConstraint(
                name="second_factor_reset_by_another",
                condition=Q(reset_by__isnull=True) | ~Q(reset_by=models.F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class RecoveryCode(models.Model):
    """Instead of a code of the authenticator, once."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of 80 random bits.")
    made_at = models.DateTimeField(db_default=Now())
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recovery_code_once", fields=["user", "digest"])
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
