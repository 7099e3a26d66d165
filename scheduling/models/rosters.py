"""What a county knows of its own people and its own bodies."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class PersonQuerySet(OfficeQuerySet["Person"]):
    def active(self) -> Self:
        """Those who may be released to a round."""
        return self.filter(status=Person.Status.ACTIVE)


class Person(TenantOwned):
    """Somebody in an office's talent pool, with the facts that recusal is decided by.

    Kin, place and career stay in this office; a release hands a snapshot to the engine.
    Bodies and places are names, as the county wrote them: they are resolved when a round is
    surveyed (`scheduling.domain.bodies`). Months are `YYYY-MM`, days `YYYY-MM-DD`.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("In the pool")
        PAUSED = "paused", _("Paused")
        LEFT = "left", _("Left the pool")

    number = models.CharField(max_length=50, help_text="The county's own; it identifies.")
    name = models.CharField(max_length=100)
    name_key = models.CharField(
        max_length=300, help_text="The name in pinyin, for order and search."
    )
    initials = models.CharField(
        max_length=100, help_text="First letters of the pinyin, for search."
    )
    shape_key = models.CharField(
        max_length=300, help_text="The name with look-alike characters folded; flags, never merges."
    )
    id_number_digest = models.CharField(
        max_length=64, blank=True, help_text="Keyed hash; the number itself is stored nowhere."
    )
    id_number_last4 = models.CharField(max_length=4, blank=True)

    home_unit = models.CharField(max_length=200)
    system = models.CharField(max_length=50, blank=True)
    post = models.CharField(max_length=200, blank=True)
    rank = models.CharField(max_length=200, blank=True)
    is_leader = models.BooleanField(default=False)
    is_deputy = models.BooleanField(default=False)
    is_expert = models.BooleanField(default=False)
    skills = models.JSONField(default=list)  # codes of scheduling.domain.vocabulary.SKILLS
    native_place = models.CharField(max_length=200, blank=True)
    grew_up_place = models.CharField(max_length=200, blank=True)
    rounds_served = models.PositiveSmallIntegerField(default=0)
    recent_days = models.PositiveSmallIntegerField(
        default=0, help_text="Working days on rounds in the last twelve months."
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)

    career = models.JSONField(default=list)  # [{body, post, from, to|null}]
    relatives = models.JSONField(default=list)  # [{body, relation, position}]
    interests = models.JSONField(default=list)  # [{body}]
    absences = models.JSONField(default=list)  # [{from, to, reason}]
    visited = models.JSONField(default=list)  # [{body, ago}]
    led = models.JSONField(default=list)  # [{county, ago}]

    fact_hash = models.CharField(max_length=64, help_text="Of all facts: tells a change.")
    updated_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="person_number_unique_in_its_office", fields=["tenant", "number"]
            ),
            models.UniqueConstraint(
                name="person_listed_once_by_id_number",
                fields=["tenant", "id_number_digest"],
                condition=~Q(id_number_digest=""),
            ),
        ]
        indexes = [
            models.Index(name="person_by_name_key", fields=["tenant", "name_key", "id"]),
            models.Index(name="person_by_shape_key", fields=["tenant", "shape_key"]),
        ]

    def __str__(self) -> str:
        return self.name


class InspectedUnitQuerySet(OfficeQuerySet["InspectedUnit"]):
    def inspectable(self) -> Self:
        return self.filter(inspectable=True)


class InspectedUnit(TenantOwned):
    """A body of the county: one that may be inspected, or one that recusal needs to know."""

    code = models.CharField(max_length=50, help_text="The county's own; it identifies.")
    name = models.CharField(max_length=200)
    name_key = models.CharField(
        max_length=600, help_text="The name in pinyin, for order and search."
    )
    kind = models.CharField(max_length=50)
    system = models.CharField(max_length=50, blank=True)
    parent_code = models.CharField(max_length=50, blank=True, help_text="The body above it.")
    risk = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField(help_text="Working days on site.")
    mandatory = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(default=50)
    skills = models.JSONField(default=dict)  # {skill: people needed}
    wanted = models.JSONField(default=dict)  # {skill: people wanted}
    inspectable = models.BooleanField(default=True)
    fact_hash = models.CharField(max_length=64)
    updated_at = models.DateTimeField()

    objects = InspectedUnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="inspected_unit_code_unique_in_its_office", fields=["tenant", "code"]
            ),
            models.CheckConstraint(
                name="inspected_unit_risk_between_1_and_5", condition=Q(risk__gte=1, risk__lte=5)
            ),
            models.CheckConstraint(
                name="inspected_unit_stays_a_day_at_least", condition=Q(days__gte=1)
            ),
            models.CheckConstraint(
                name="inspected_unit_priority_between_1_and_100",
                condition=Q(priority__gte=1, priority__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.name
