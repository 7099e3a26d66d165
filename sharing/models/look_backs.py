"""Look-backs: from which population, by which seed, who was drawn, and what was found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.text import Text
from sharing.domain.look_backs import LOOK_BACK
from sharing.models.rectification import RectificationItem
from sharing.models.rooms import Room
from sharing.models.steps import Living, Step
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class LookBackStep(Step):
    record = models.ForeignKey(
        "LookBack",
        models.PROTECT,
        db_column="record_id",
        related_name="acts",
        db_constraint=False,
        db_index=False,
    )

    objects = OfficeQuerySet["LookBackStep"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="look_back_step_once", fields=["tenant", "record", "number"]
            )
        ]


class LookBack(Living):
    """`population`: names of those covered. The database draws: `drawn` is written by nobody.
    `unit_codes`, of the office's registry, are set with it and stand."""

    life = LOOK_BACK
    step_model = LookBackStep

    title = models.CharField(max_length=200)
    population = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=0)
    seed = models.CharField(max_length=100, blank=True)
    drawn = models.JSONField(default=list)
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False,
        help_text="Of the team that visits.",
    )  # fmt: skip
    unit_codes = models.JSONField(
        default=list, help_text="Units whose closed items its team may look at."
    )
    made_by = models.CharField(max_length=100)
    made_on = models.DateField()

    objects = OfficeQuerySet["LookBack"].as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def state_title(self) -> Text:
        return self.life.states[self.state]


class LookBackResult(TenantOwned):
    """What was found at one that was drawn; where an item is named, whether its end was true."""

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        FALSE = "false", _("False rectification")
        NEW_FINDING = "new_finding", _("New finding")

    look_back = models.ForeignKey(
        LookBack, models.PROTECT, related_name="results", db_constraint=False, db_index=False
    )
    name = models.CharField(max_length=200, help_text="One of those drawn.")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    item = models.ForeignKey(
        RectificationItem, models.PROTECT, null=True, related_name="+", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    text = models.CharField(max_length=5000, blank=True)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    objects = OfficeQuerySet["LookBackResult"].as_manager()

    class Meta:
        indexes = [models.Index(name="look_back_result_by_one", fields=["tenant", "look_back"])]
        constraints = [
            models.CheckConstraint(
                name="look_back_finds_what_it_says",
                condition=Q(verdict="confirmed") | ~Q(text=""),
            ),
            models.CheckConstraint(
                name="look_back_finds_an_item_false",
                condition=~Q(verdict="false") | Q(item__isnull=False),
            ),
        ]
