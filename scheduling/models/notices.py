"""What happened that somebody should look at."""

from __future__ import annotations

from django.db import models

from tenancy.models import Delivered, TenantOwned
from tenancy.visibility import DeliveredQuerySet, OfficeQuerySet


class Notice(Delivered):
    """One thing that happened, told to an office. `kind` is a key of scheduling.domain.notices.

    `about` fills the words: names of rounds and figures, never content.
    """

    kind = models.CharField(max_length=40)
    about = models.JSONField(default=dict)
    link = models.CharField(max_length=40, blank=True, help_text="The page that it leads to.")
    number = models.BigIntegerField(null=True, help_text="The receiver's own number on that page.")
    at = models.DateTimeField()

    objects = DeliveredQuerySet["Notice"].as_manager()

    class Meta:
        indexes = [models.Index(name="notice_newest_first", fields=["tenant", "-id"])]


class NoticeRead(TenantOwned):
    """Somebody has seen a notice."""

    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="reads", db_constraint=False, db_index=False
    )
    user_id = models.BigIntegerField()
    at = models.DateTimeField()

    objects = OfficeQuerySet["NoticeRead"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notice_read_once_per_person", fields=["tenant", "notice", "user_id"]
            )
        ]
