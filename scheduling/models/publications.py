"""A plan in force: frozen, numbered, and the people that it books."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from scheduling.models.plans import Plan
from scheduling.models.questions import Inspector
from scheduling.models.rounds import InspectionRound
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class PublicationQuerySet(OfficeQuerySet["Publication"]):
    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Publication(TenantOwned):
    """A round's plan as it was published. A correction is the next number, never a change.

    The database lets one in only when its plan is approved, the verifier found the very revision
    clean, and no seat of it is barred; and it refuses every later change of that plan's rows.
    """

    class Ending(models.TextChoices):
        SUPERSEDED = "superseded", _("Corrected by a later version")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    round = models.ForeignKey(
        InspectionRound,
        models.PROTECT,
        related_name="publications",
        db_constraint=False,
        db_index=False,
    )
    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="publications", db_constraint=False, db_index=False
    )
    number = models.PositiveIntegerField(help_text="Counts the round's published versions.")
    input_sha256 = models.CharField(max_length=64)
    rules_sha256 = models.CharField(max_length=64)
    engine = models.CharField(max_length=100)
    plan_sha256 = models.CharField(max_length=64, help_text="Of `document`.")
    document = models.TextField(help_text="The plan as round-plan/1.")
    difference = models.JSONField(null=True)  # against the version before
    published_by = models.CharField(max_length=100)
    published_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    ended_by = models.CharField(max_length=100, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="publication_once_per_plan", fields=["tenant", "plan"]),
            models.UniqueConstraint(
                name="publication_number_taken_once_in_its_round",
                fields=["tenant", "round", "number"],
            ),
            models.UniqueConstraint(
                name="publication_one_in_force_per_round",
                fields=["tenant", "round"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="publication_says_how_it_ended",
                condition=Q(ended_at__isnull=True, ending="")
                | Q(ended_at__isnull=False, ending__in=["superseded", "withdrawn"]),
            ),
        ]


class BookingQuerySet(OfficeQuerySet["Booking"]):
    def in_force(self) -> Self:
        return self.filter(released_at__isnull=True)


class Booking(TenantOwned):
    """A published seat's days, both included. The database books nobody twice, in any round.

    Written by the database with the publication, given free when the publication ends.
    """

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="bookings", db_constraint=False, db_index=False
    )
    inspector = models.ForeignKey(
        Inspector, models.PROTECT, related_name="bookings", db_constraint=False, db_index=False
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    released_at = models.DateTimeField(null=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="booking_once_per_publication", fields=["tenant", "publication", "inspector"]
            ),
            models.CheckConstraint(
                name="booking_ends_on_or_after_its_start",
                condition=Q(ends_on__gte=F("starts_on")),
            ),
        ]
