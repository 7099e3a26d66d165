"""Files of what a unit claims: each hangs on the evidence of one claim."""

from __future__ import annotations

from django.db import models

from sharing.models.attachments import AttachedTo
from sharing.models.rectification import ItemNote
from tenancy.visibility import OfficeQuerySet


class NoteFile(AttachedTo):
    """Handed in with the claim or after it, until it was checked. Like what it hangs on, never taken back."""

    subject = models.ForeignKey(
        ItemNote, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    objects = OfficeQuerySet["NoteFile"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="note_file_once",
                fields=["tenant", "subject", "attachment"],
                condition=models.Q(detached_at__isnull=True),
            )
        ]
        indexes = [models.Index(name="note_file_of_a_file", fields=["tenant", "attachment"])]
