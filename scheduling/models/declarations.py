"""What an office declares about its people for a round: ties, and that somebody cannot come.

Delivered to the leading office, and never changed: the reason stays home, a rule's code crosses.
A declaration is in force until its withdrawal, which is a row of its own.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from scheduling.models.rounds import InspectionRound
from tenancy.models import Delivered, Office
from tenancy.visibility import DeliveredQuerySet


class DeclarationQuerySet(DeliveredQuerySet["Declaration"]):
    def standing(self) -> Self:
        """Those that nobody has withdrawn."""
        return self.filter(withdrawals__isnull=True)


class Declaration(Delivered):
    """Office → leading office: this person may not (or should not) meet this unit, county, person.

    With `target` "round" the person cannot come at all: leave and a pending clearance look alike.
    People and units are named by their offices' own numbers, so that a declaration survives a
    second release.
    """

    class Target(models.TextChoices):
        UNIT = "unit", _("A unit")
        COUNTY = "county", _("A whole county")
        PERSON = "person", _("Another person")
        ROUND = "round", _("The whole round")

    class Severity(models.TextChoices):
        HARD = "hard", _("Must keep away")
        SOFT = "soft", _("Should keep away")

    round = models.ForeignKey(
        InspectionRound,
        models.PROTECT,
        related_name="declarations",
        db_constraint=False,
        db_index=False,
    )
    person_office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    person_number = models.CharField(max_length=50)
    target = models.CharField(max_length=10, choices=Target.choices)
    target_office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", null=True, db_index=False
    )
    target_code = models.CharField(
        max_length=50, blank=True, help_text="The unit's code, or the other person's number."
    )
    kind = models.CharField(
        max_length=40, help_text="The rule's code, or a code of scheduling.domain.vocabulary.TIES."
    )
    severity = models.CharField(max_length=10, choices=Severity.choices)
    weight = models.PositiveSmallIntegerField(default=1)
    roles = models.JSONField(default=list)  # the roles it binds in; [] is all
    declared_at = models.DateTimeField()

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="declaration_of_own_people_or_by_the_leading_office",
                condition=Q(person_office=F("sender")) | Q(tenant=F("sender")),
            ),
            models.CheckConstraint(
                name="declaration_names_what_its_target_needs",
                condition=Q(target="round", target_office__isnull=True, target_code="")
                | Q(target="county", target_office__isnull=False, target_code="")
                | (
                    Q(target__in=["unit", "person"], target_office__isnull=False)
                    & ~Q(target_code="")
                ),
            ),
            models.CheckConstraint(
                name="declaration_weighs_between_1_and_100",
                condition=Q(weight__gte=1, weight__lte=100),
            ),
            models.CheckConstraint(
                name="declaration_is_soft_about_units_only",
                condition=Q(severity="hard") | Q(severity="soft", target__in=["unit", "county"]),
            ),
        ]
        indexes = [
            models.Index(
                name="declaration_by_person",
                fields=["tenant", "round", "person_office", "person_number"],
            )
        ]


class DeclarationWithdrawal(Delivered):
    """Whoever declared takes it back. It never gives a seat back by itself."""

    declaration = models.ForeignKey(
        Declaration,
        models.PROTECT,
        related_name="withdrawals",
        db_constraint=False,
        db_index=False,
    )
    at = models.DateTimeField()

    objects = DeliveredQuerySet["DeclarationWithdrawal"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="declaration_withdrawn_once", fields=["tenant", "declaration"]
            )
        ]
