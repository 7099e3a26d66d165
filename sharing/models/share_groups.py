"""Groups of offices to share with. A grant names offices, never a group."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class ShareGroup(TenantOwned):
    """Offices to whom an office often grants together. Its members do not learn of it."""

    name = models.CharField(max_length=100)
    members = ArrayField(models.BigIntegerField(), default=list, help_text="Numbers of offices.")
    made_by_name = models.CharField(max_length=100, default="")
    made_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["ShareGroup"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="share_group_name_once", fields=["tenant", "name"])
        ]

    def __str__(self) -> str:
        return self.name


class ShareGroupUse(TenantOwned):
    """What was offered to a group, so that who joins later can be asked about."""

    group = models.ForeignKey(
        ShareGroup, models.PROTECT, related_name="uses", db_constraint=False, db_index=False
    )
    batch = models.UUIDField()

    objects = OfficeQuerySet["ShareGroupUse"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="share_group_use_once", fields=["tenant", "group", "batch"]
            )
        ]
