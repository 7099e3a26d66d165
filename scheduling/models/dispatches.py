"""What a plan says to the counties: whom to confirm, and, once it is published, what is theirs.

Every row is delivered: the leading office sends, the receiver owns, and nobody changes it.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenancy.models import Delivered
from tenancy.visibility import DeliveredQuerySet


class ConfirmationRequest(Delivered):
    """City → county: these of your people are to be sent; please confirm.

    Who and when, and no more: where they go and with whom is told with the publication.
    `round_id` and `plan_id` are the *sender's*.
    """

    round_id = models.BigIntegerField()
    plan_id = models.BigIntegerField()
    revision = models.PositiveIntegerField()
    round_name = models.CharField(max_length=100)
    people = models.JSONField()  # [{number, name, role, from, to}]
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()

    objects = DeliveredQuerySet["ConfirmationRequest"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="confirmation_asked_once_per_revision",
                fields=["tenant", "sender", "plan_id", "revision"],
            )
        ]


class Confirmation(Delivered):
    """County → city: yes, or no with words. The newest answer to a request counts."""

    request_id = models.BigIntegerField(help_text="The sender's request: its own row.")
    plan_id = models.BigIntegerField()
    revision = models.PositiveIntegerField()
    is_confirmed = models.BooleanField()
    objections = models.JSONField(default=list)  # [{number, words}]
    answered_by = models.CharField(max_length=100)
    answered_at = models.DateTimeField()

    objects = DeliveredQuerySet["Confirmation"].as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="confirmation_newest_first", fields=["tenant", "plan_id", "sender", "-id"]
            )
        ]


class ExtractQuerySet(DeliveredQuerySet["PublishedExtract"]):
    def current(self) -> Self:
        """The newest of each round: withdrawals included."""
        newest = self.order_by("sender_id", "round_id", "-id").distinct("sender_id", "round_id")
        return self.filter(pk__in=newest.values("pk"))


class PublishedExtract(Delivered):
    """City → county: what of a published plan is the receiver's. `round_id` is the sender's.

    `document`: {"going_out": [rows of own people], "coming_in": [rows that touch the county]}.
    The newest of a round counts; a withdrawal carries no rows.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("Published")
        CORRECTED = "corrected", _("Corrected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    round_id = models.BigIntegerField()
    round_name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    number = models.PositiveIntegerField(help_text="The version that was published.")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField()

    objects = ExtractQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="published_extract_newest", fields=["tenant", "sender", "round_id", "-id"]
            )
        ]
