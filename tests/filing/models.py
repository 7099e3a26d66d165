"""A folder: everybody of the office reads it, but for one that is kept by somebody."""

from __future__ import annotations

from django.db import models

from sharing.models.attachments import AttachedTo
from tenancy.models import TenantOwned


class Folder(TenantOwned):
    kept_by = models.ForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")


class FolderFile(AttachedTo):
    subject = models.ForeignKey(
        Folder, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="folder_file_once",
                fields=["tenant", "subject", "attachment"],
                condition=models.Q(detached_at__isnull=True),
            )
        ]
