"""Files of working papers: each hangs on one line of the evidence of one version."""

from __future__ import annotations

from django.db import models

from sharing.models.attachments import AttachedTo
from sharing.models.papers import PaperEvidence
from tenancy.visibility import OfficeQuerySet


class EvidenceFile(AttachedTo):
    """Hung by the finder while the text is not handed on; a further version takes it along."""

    subject = models.ForeignKey(
        PaperEvidence, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    objects = OfficeQuerySet["EvidenceFile"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="evidence_file_once",
                fields=["tenant", "subject", "attachment"],
                condition=models.Q(detached_at__isnull=True),
            )
        ]
        indexes = [models.Index(name="evidence_file_of_a_file", fields=["tenant", "attachment"])]
