"""Files of a reply to a letter."""

from __future__ import annotations

from django.db import models

from sharing.models.attachments import AttachedTo
from sharing.models.letters import LetterReply
from tenancy.visibility import OfficeQuerySet


class ReplyFile(AttachedTo):
    """Sent with the reply or after it, until the office dealt with it. Like the reply, never taken back."""

    subject = models.ForeignKey(
        LetterReply, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    objects = OfficeQuerySet["ReplyFile"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reply_file_once",
                fields=["tenant", "subject", "attachment"],
                condition=models.Q(detached_at__isnull=True),
            )
        ]
        indexes = [models.Index(name="reply_file_of_a_file", fields=["tenant", "attachment"])]
