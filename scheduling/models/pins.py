"""Decisions that the scheduler has already taken: the engine plans around them."""

from __future__ import annotations

from django.db import models

from scheduling.models.rounds import InspectionRound
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class RoundPin(TenantOwned):
    """One pin of the exchange format, by its ids. It is part of the round's question.

    `key` is the pin's canonical text: the same decision stands once.
    """

    round = models.ForeignKey(
        InspectionRound, models.PROTECT, related_name="pins", db_constraint=False, db_index=False
    )
    content = models.JSONField()
    key = models.CharField(max_length=300)
    set_by = models.CharField(max_length=100)
    set_at = models.DateTimeField()

    objects = OfficeQuerySet["RoundPin"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="round_pin_stands_once", fields=["tenant", "round", "key"])
        ]
