"""Mutual corroboration, as each office has it: its own side alone (docs/architecture/corroboration.md).

Tokens, and which clues meet, lie in the schema `matcher`, which neither web nor worker may read.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sharing.domain.corroboration.asking import Suspicion
from sharing.domain.corroboration.classes import About
from sharing.domain.corroboration.consent import ANSWER
from sharing.models.office_clues import OfficeClue
from sharing.models.steps import Living, Step
from tenancy.models import Office, TenantOwned, User
from tenancy.visibility import OfficeQuerySet


class ClueParty(TenantOwned):
    """A person or organisation that a clue names, by identifiers that belong together.

    `sealed` can be opened by the matcher alone, and is gone from here once it was asked about. Keys
    of this and what follows are drawn at random: how many other offices have is nobody's to count.
    """

    clue = models.ForeignKey(
        OfficeClue, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    masks = models.JSONField(help_text="How each was written and its last characters.")
    rows = models.PositiveSmallIntegerField(
        help_text="How many tokens it makes: its share of the quota."
    )
    sealed = models.BinaryField(null=True)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    noted_by_name = models.CharField(max_length=100, default="")
    noted_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_by_name = models.CharField(max_length=100, default="")
    asked_at = models.DateTimeField(null=True)
    asked_on = models.DateField(null=True, help_text="The day in China, for the quota.")
    withdrawn_by_name = models.CharField(max_length=100, default="")
    withdrawn_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["ClueParty"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clue_party_makes_tokens", condition=Q(rows__gte=1, rows__lte=100)
            ),
        ]
        indexes = [
            models.Index(name="clue_party_of_a_clue", fields=["tenant", "clue", "noted_at"]),
            models.Index(
                name="clue_party_asked_on_a_day",
                fields=["tenant", "asked_on"],
                condition=Q(asked_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clue_id}/{self.pk}"


class HitNotice(Living):
    """What one owner is told: that another office may hold a related clue. It answers here.

    Written by the matcher at a fixed moment. Nothing of the other side is in it.
    """

    life = ANSWER

    clue = models.ForeignKey(
        OfficeClue, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    about = models.CharField(max_length=20)
    told_at = models.DateTimeField()
    answer_until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, help_text="Its own office took the clue back.")

    objects = OfficeQuerySet["HitNotice"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hit_notice_about_known",
                condition=Q(about__in=[one.value for one in About]),
            ),
        ]
        indexes = [
            models.Index(name="hit_notice_newest_first", fields=["tenant", "-told_at", "-id"]),
            models.Index(name="hit_notice_of_a_clue", fields=["tenant", "clue"]),
        ]

    def __str__(self) -> str:
        return f"{self.clue_id}/{self.pk}"


class HitNoticeStep(Step):
    record = models.ForeignKey(
        HitNotice, models.PROTECT, db_column="record_id", related_name="walked",
        db_constraint=False, db_index=False,
    )  # fmt: skip

    objects = OfficeQuerySet["HitNoticeStep"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hit_notice_step_in_order", fields=["tenant", "record", "number"]
            )
        ]


HitNotice.step_model = HitNoticeStep


class LedPartner(TenantOwned):
    """An office with which both consented: named to each of the two at the same moment.

    `reference` is the same on both sides, so that they can speak of the hit.
    """

    notice = models.ForeignKey(
        HitNotice, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    clue = models.ForeignKey(
        OfficeClue, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    partner = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    reference = models.CharField(max_length=12)
    led_at = models.DateTimeField()

    objects = OfficeQuerySet["LedPartner"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="led_partner_once", fields=["tenant", "reference"])
        ]
        indexes = [models.Index(name="led_partner_of_a_notice", fields=["tenant", "notice"])]


class ProbingAlert(TenantOwned):
    """Somebody asks as one who guesses. For their office's director and the city's; no figure of hits."""

    suspicion = models.CharField(max_length=20)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    person_name = models.CharField(max_length=100, default="")
    raised_at = models.DateTimeField()

    objects = OfficeQuerySet["ProbingAlert"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="probing_alert_known",
                condition=Q(suspicion__in=[one.value for one in Suspicion]),
            ),
        ]
        indexes = [
            models.Index(name="probing_alert_newest_first", fields=["tenant", "-raised_at", "-id"])
        ]
