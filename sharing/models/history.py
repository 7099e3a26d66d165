"""Figures of past terms, as they were published."""

from __future__ import annotations

from typing import Self

from django.db import models

from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import TenantOwned


class QuotedFigureQuerySet(models.QuerySet["QuotedFigure"]):
    def readable_by(self, actor: Actor) -> Self:
        """Own rows only. The policy says so too; this can be read, and tested, without it."""
        if not actor.may(Permission.VIEW_HISTORY):
            return self.none()
        return self.filter(tenant_id=actor.tenant_id)


class QuotedFigure(TenantOwned):
    """One figure of an archived term, with the words it was taken from.

    `value` is text, as it stands in the source (`30余`): the product shows it and never
    computes with it, because what such figures count overlaps and is not always said.
    """

    position = models.PositiveSmallIntegerField(help_text="Its place in the workbook.")
    term = models.CharField(max_length=200)
    topic = models.CharField(max_length=200, blank=True)
    figure = models.CharField(max_length=200)
    value = models.CharField(max_length=200)
    measure = models.CharField(max_length=200, blank=True, help_text="Unit of measure.")
    quote = models.CharField(max_length=1000)
    source = models.CharField(max_length=1000)
    caution = models.CharField(max_length=1000, blank=True, help_text="What to mind in reading it.")
    imported_at = models.DateTimeField()

    objects = QuotedFigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="quoted_figure_once_per_term", fields=["tenant", "term", "topic", "figure"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.value}"
