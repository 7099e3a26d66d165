"""The two ways in which a row belongs to an office."""

from __future__ import annotations

from django.db import models


class TenantOwned(models.Model):
    """A row of one office, seen and written by that office only.

    Its migration ends with `tenancy.rls.fence(...)`; start-up refuses a table without.
    """

    # No index of its own: the fence makes UNIQUE (tenant_id, id), which leads with it.
    tenant = models.ForeignKey(
        "tenancy.Office",
        models.PROTECT,
        db_column="tenant_id",
        db_index=False,
        related_name="+",
        editable=False,
    )

    class Meta:
        abstract = True


class Delivered(TenantOwned):
    """A row that one office (`sender`) hands to another (`tenant`), which owns it from then on.

    The sender may hand to itself, its parent and its children, and keeps reading what it
    sent. Its migration ends with `tenancy.rls.fence_delivered(...)`.
    """

    sender = models.ForeignKey("tenancy.Office", models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True
