"""The sealed lists by which an office hands clues over to its discipline body."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sharing.models.office_clues import OfficeClue
from tenancy.models import TenantOwned, User
from tenancy.visibility import OfficeQuerySet


class HandOverList(TenantOwned):
    """Signed by the director, then by the discipline body with a numbered receipt.

    `document` is the text that was signed, `sha256` its hash. Numbers, signatures and days are the
    database's; of all this only the receipt is ever added.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(help_text="Of the office and year.")
    size = models.PositiveSmallIntegerField(help_text="How many clues it holds.")
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    signed_by_name = models.CharField(max_length=100, default="")
    signed_at = models.DateTimeField(null=True)
    receipt_number = models.PositiveIntegerField(
        null=True, help_text="Of the discipline body and year."
    )
    receipt_year = models.PositiveSmallIntegerField(null=True)
    acknowledged_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    acknowledged_by_name = models.CharField(max_length=100, default="")
    acknowledged_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["HandOverList"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hand_over_list_number_once", fields=["tenant", "year", "number"]
            ),
            models.UniqueConstraint(
                name="hand_over_receipt_once",
                fields=["tenant", "receipt_year", "receipt_number"],
            ),
            models.CheckConstraint(
                name="hand_over_list_holds_a_clue", condition=Q(size__gte=1, size__lte=200)
            ),
        ]
        indexes = [
            models.Index(name="hand_over_list_newest_first", fields=["tenant", "-signed_at", "-id"])
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class HandOverEntry(TenantOwned):
    """A clue on a list. One that was returned may be put on another."""

    list = models.ForeignKey(
        HandOverList, models.PROTECT, related_name="entries", db_constraint=False, db_index=False
    )
    clue = models.ForeignKey(
        OfficeClue, models.PROTECT, related_name="entries", db_constraint=False, db_index=False
    )
    place = models.PositiveSmallIntegerField()
    returned_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["HandOverEntry"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hand_over_place_once", fields=["tenant", "list", "place"]
            ),
            models.UniqueConstraint(
                name="clue_on_one_list_at_a_time",
                fields=["tenant", "clue"],
                condition=Q(returned_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(name="hand_over_entry_of_a_clue", fields=["tenant", "clue", "list"])
        ]


class HandOverUrging(TenantOwned):
    """A letter by which the director asks the discipline body after a list: for its receipt, or for
    what is overdue on it. Number, signature, text as it went out and hash are the database's; nothing
    of it is ever changed. One a day and list."""

    list = models.ForeignKey(
        HandOverList, models.PROTECT, related_name="urgings", db_constraint=False, db_index=False
    )
    on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True, help_text="Of the office and year.")
    reference = models.CharField(max_length=60, default="")
    document = models.TextField()
    sha256 = models.CharField(max_length=64, default="")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    signed_by_name = models.CharField(max_length=100, default="")
    signed_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["HandOverUrging"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hand_over_urging_number_once", fields=["tenant", "year", "number"]
            ),
            models.UniqueConstraint(
                name="hand_over_urged_once_a_day", fields=["tenant", "list", "on"]
            ),
        ]

    def __str__(self) -> str:
        return self.reference
