"""The record of what was done: append-only, one record per office, in several hash chains (streams)."""

from __future__ import annotations

from django.db import models

from tenancy.domain.streams import READS
from tenancy.models.owned import TenantOwned


class AuditEntry(TenantOwned):
    """One act. Written by `tenancy.audit.record`; nobody changes or deletes it, the owner included.

    Callers give `tenant`, `action`, the object and `data`. A trigger fills the rest: who and
    for which office from the signed context, the next number of the chain, and the hashes.
    """

    # Null on the platform's own chain: a refused sign-in belongs to no office.
    tenant = models.ForeignKey(  # type: ignore[assignment]
        "tenancy.Office",
        models.PROTECT,
        db_column="tenant_id",
        db_index=False,
        related_name="+",
        editable=False,
        null=True,
    )
    stream = models.PositiveSmallIntegerField(
        default=0, db_default=0, editable=False, help_text="0: acts; the others: reads."
    )
    seq = models.BigIntegerField(editable=False)
    at = models.DateTimeField(editable=False)
    user = models.ForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey("tenancy.Office", models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=100)
    object_type = models.CharField(max_length=100)
    object_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    prev_hash = models.BinaryField(max_length=32, editable=False)
    hash = models.BinaryField(max_length=32, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="audit_entry_one_per_number",
                fields=["tenant", "stream", "seq"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="audit_entry_in_a_stream", condition=models.Q(stream__lte=READS[-1])
            ),
        ]
        # For the searches of the record: each ends with what its lines are put in order by.
        indexes = [
            models.Index(fields=["at", "id"], name="audit_by_time"),
            models.Index(fields=["user", "at", "id"], name="audit_by_person"),
            models.Index(fields=["tenant", "at", "id"], name="audit_by_office"),
            models.Index(fields=["action", "at", "id"], name="audit_by_act"),
            models.Index(fields=["object_type", "object_id", "at", "id"], name="audit_by_object"),
        ]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.stream}/{self.seq} {self.action}"


class AuditHead(models.Model):
    """Where a stream stands, so that a missing tail shows. Only the chain's trigger moves it on.

    A record has the heads of all its streams from its first line on: one that lacks was cut away.
    """

    pk = models.CompositePrimaryKey("chain", "stream")
    chain = models.BigIntegerField(help_text="The office's key; 0 is the platform's own chain.")
    stream = models.PositiveSmallIntegerField(default=0)
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.chain}/{self.stream}: {self.seq}"
