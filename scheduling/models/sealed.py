"""The unmasked question on its way out: asked for by the recusal officer, taken once."""

from __future__ import annotations

from django.db import models

from scheduling.models.rounds import InspectionRound
from tenancy.models import Job, TenantOwned
from tenancy.visibility import OfficeQuerySet


class SealedExport(TenantOwned):
    """A request for a round's unmasked document, with its reason. It can be taken once, soon."""

    round = models.ForeignKey(
        InspectionRound, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    job = models.ForeignKey(
        Job, models.PROTECT, related_name="+", null=True, db_constraint=False, db_index=False
    )
    reason = models.CharField(max_length=500)
    requested_by_id = models.BigIntegerField()
    requested_by = models.CharField(max_length=100)
    requested_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["SealedExport"].as_manager()


class SealedContent(TenantOwned):
    """The document, which the web's role cannot select: `sec.take_sealed_export` hands it out."""

    export = models.ForeignKey(
        SealedExport, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    content = models.TextField()

    objects = OfficeQuerySet["SealedContent"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sealed_content_once", fields=["tenant", "export"])
        ]
