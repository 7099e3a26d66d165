"""Letters of an office: what stands in them, to whom they go, what was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sharing.domain.letters import LETTER
from sharing.models.contacts import UnitDesk
from sharing.models.steps import Living, Step
from tenancy.models import TenantOwned, User
from tenancy.visibility import OfficeQuerySet


class LetterStep(Step):
    record = models.ForeignKey(
        "Letter",
        models.PROTECT,
        db_column="record_id",
        related_name="acts",
        db_constraint=False,
        db_index=False,
    )

    objects = OfficeQuerySet["LetterStep"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="letter_step_once", fields=["tenant", "record", "number"])
        ]


class Addressed(models.Model):
    """For whom: a unit, by whoever speaks for it; a county leader; a body beside the office; or who
    supervises a unit. `addressee`: the name as it stands on the letter."""

    class To(models.TextChoices):
        UNIT = "unit", _("A unit or department")
        LEADER = "leader", _("A county leader")
        BODY = "body", _("A body beside the office")
        SUPERVISORS = "supervisors", _("Who supervises a unit")

    goes_to = models.CharField(max_length=12, choices=To.choices)
    desk = models.ForeignKey(
        UnitDesk, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    role = models.CharField(max_length=40, blank=True)
    addressee = models.CharField(max_length=200)

    class Meta:
        abstract = True


ONE_ADDRESSEE = (
    Q(goes_to__in=["unit", "supervisors"], desk__isnull=False, person__isnull=True, role="")
    | Q(goes_to="leader", desk__isnull=True, person__isnull=False, role="")
    | (Q(goes_to="body", desk__isnull=True, person__isnull=True) & ~Q(role=""))
)


class Letter(Living, Addressed):
    """`reply_days`: working days for the reply, from the signature on.

    The database gives year and number at the signature and freezes the text with its digest;
    `owed_on` follows the letter's clock, `urged` counts the urging letters that were sent for it.
    """

    life = LETTER
    step_model = LetterStep

    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=20000, blank=True)
    reply_days = models.PositiveSmallIntegerField()
    due_on = models.DateField(null=True, help_text="The last day for the reply.")
    owed_on = models.DateField(null=True, help_text="Of the clock that runs for the reply.")
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    reference = models.CharField(max_length=60, blank=True)
    frozen = models.TextField(blank=True, help_text="The text as it was signed.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of it.")
    signed_on = models.DateField(null=True)
    urges = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="urgings", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    item = models.ForeignKey(
        "RectificationItem", models.PROTECT, null=True, related_name="letters",
        db_constraint=False, db_index=False,
    )  # fmt: skip
    case = models.ForeignKey(
        "JointCase", models.PROTECT, null=True, related_name="letters", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    urged = models.PositiveIntegerField(default=0)
    drafted_by = models.CharField(max_length=100)
    drafted_at = models.DateTimeField()

    objects = OfficeQuerySet["Letter"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="letter_numbered_once", fields=["tenant", "kind", "year", "number"]
            ),
            models.CheckConstraint(name="letter_has_one_addressee", condition=ONE_ADDRESSEE),
            models.CheckConstraint(
                name="letter_goes_to_who_answers", condition=~Q(goes_to="supervisors")
            ),
            models.CheckConstraint(
                name="letter_urges_something",
                condition=~Q(kind="urging_letter") | Q(urges__isnull=False) | Q(item__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_title_is_one_line", condition=~Q(title__regex=r"[\n\r]")
            ),
        ]
        indexes = [
            models.Index(name="letter_by_state", fields=["tenant", "state", "-id"]),
            models.Index(
                name="letter_by_owed_day",
                fields=["tenant", "owed_on"],
                condition=Q(owed_on__isnull=False),
            ),
            models.Index(name="letter_by_desk", fields=["tenant", "desk", "-id"]),
            models.Index(name="letter_by_person", fields=["tenant", "person", "-id"]),
            models.Index(name="letter_by_urged", fields=["tenant", "urges"]),
            models.Index(name="letter_by_item", fields=["tenant", "item"]),
            models.Index(name="letter_by_case", fields=["tenant", "case"]),
        ]

    def __str__(self) -> str:
        return self.reference or self.title


class LetterCopy(TenantOwned, Addressed):
    """Who gets a copy. Read, never answered."""

    letter = models.ForeignKey(
        Letter, models.PROTECT, related_name="copies", db_constraint=False, db_index=False
    )

    objects = OfficeQuerySet["LetterCopy"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="letter_copied_once",
                fields=["tenant", "letter", "goes_to", "desk", "person", "role"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="copy_has_one_addressee", condition=ONE_ADDRESSEE),
        ]


class LetterReply(TenantOwned):
    """What the addressee answered; one that was returned stays, and another follows it."""

    letter = models.ForeignKey(
        Letter, models.PROTECT, related_name="replies", db_constraint=False, db_index=False
    )
    text = models.CharField(max_length=10000)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    objects = OfficeQuerySet["LetterReply"].as_manager()

    class Meta:
        indexes = [models.Index(name="letter_reply_by_letter", fields=["tenant", "letter"])]


class LetterSeries(TenantOwned):
    """The last number of a kind in a year. Counted by the database, in the act of signing."""

    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="letter_series_once", fields=["tenant", "kind", "year"])
        ]
