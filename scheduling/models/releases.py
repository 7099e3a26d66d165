"""What crosses offices in a round. Every row is delivered: inserted by the sender, owned by
the receiver, and never changed by either (docs/decisions/0003-delivered-rows.md)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scheduling.models.rounds import InspectionRound
from tenancy.models import Delivered
from tenancy.visibility import DeliveredQuerySet


class ReleaseCall(Delivered):
    """City → county: release people and report units for this round, please.

    `round_id` is the *sender's* round. The receiver cannot read that row; what it needs to
    decide stands here.
    """

    round_id = models.BigIntegerField()
    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    mode = models.CharField(max_length=30)
    teams = models.PositiveSmallIntegerField()
    people_needed = models.PositiveSmallIntegerField(help_text="Asked of the receiver alone.")
    skills_needed = models.JSONField(default=dict)  # {skill: people asked of the receiver}
    asks_for_units = models.BooleanField(help_text="Whether the receiver's units take part.")
    answer_by = models.DateField(null=True)
    called_at = models.DateTimeField()

    objects = DeliveredQuerySet["ReleaseCall"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="release_call_once_per_round", fields=["tenant", "sender", "round_id"]
            )
        ]

    def __str__(self) -> str:
        return self.name


class CallNotice(Delivered):
    """City → county: releases for the call are closed (the round is being solved), or open again.

    The newest notice of a call counts.
    """

    class Kind(models.TextChoices):
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Open again")

    call = models.ForeignKey(
        ReleaseCall, models.PROTECT, related_name="notices", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()

    objects = DeliveredQuerySet["CallNotice"].as_manager()

    class Meta:
        indexes = [models.Index(name="call_notice_newest_first", fields=["tenant", "call", "-id"])]


class ReleaseQuerySet(DeliveredQuerySet["Release"]):
    def current(self) -> Self:
        """The newest version of each sender and round, withdrawals included."""
        newest = self.order_by("round_id", "sender_id", "-version").distinct(
            "round_id", "sender_id"
        )
        return self.filter(pk__in=newest.values("pk"))

    def standing(self) -> Self:
        """The current releases that were not withdrawn: what the engine works on."""
        return self.current().filter(is_withdrawal=False)


class Release(Delivered):
    """County → city: one act of release. The highest `version` of a sender counts.

    A withdrawal is a version without people and units.
    """

    round = models.ForeignKey(
        InspectionRound,
        models.PROTECT,
        related_name="releases",
        db_constraint=False,
        db_index=False,
    )
    version = models.PositiveIntegerField()
    is_withdrawal = models.BooleanField(default=False)
    content = models.CharField(
        max_length=64, help_text="Which people and units were picked: tells a repeat from a change."
    )
    released_by = models.CharField(max_length=100)
    released_at = models.DateTimeField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="release_version_taken_once",
                fields=["tenant", "round", "sender", "version"],
            )
        ]


class ReleasedPerson(Delivered):
    """County → city: the basic facts of a released person, as on the day of release."""

    release = models.ForeignKey(
        Release, models.PROTECT, related_name="people", db_constraint=False, db_index=False
    )
    round = models.ForeignKey(
        InspectionRound, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    number = models.CharField(
        max_length=50, help_text="The person's number in the sender's roster."
    )
    name = models.CharField(max_length=100)
    post = models.CharField(max_length=200)
    is_leader = models.BooleanField()
    is_deputy = models.BooleanField()
    skills = models.JSONField(default=list)
    rounds_served = models.PositiveSmallIntegerField()
    recent_days = models.PositiveSmallIntegerField()
    away = models.JSONField(default=list)  # [{"from": date, "to": date}], never with a reason

    objects = DeliveredQuerySet["ReleasedPerson"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="released_person_once_per_release", fields=["tenant", "release", "number"]
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReleasedFacts(Delivered):
    """County → the engine: what recusal is decided by.

    The web's database role may insert and not read; the worker's role may read. Places and
    bodies are names as the county wrote them; the engine's mapping resolves them.
    """

    person = models.ForeignKey(
        ReleasedPerson, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    home_unit = models.CharField(max_length=200, blank=True)
    system = models.CharField(max_length=50, blank=True)
    native_place = models.CharField(max_length=200, blank=True)
    grew_up_place = models.CharField(max_length=200, blank=True)
    posts = models.JSONField(default=list)
    relatives = models.JSONField(default=list)
    interests = models.JSONField(default=list)
    visited = models.JSONField(default=list)
    led = models.JSONField(default=list)

    objects = DeliveredQuerySet["ReleasedFacts"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="released_facts_once_per_person", fields=["tenant", "person"]
            )
        ]
        verbose_name_plural = "released facts"


class ReportedUnit(Delivered):
    """County → city: a body of the county, as on the day of the report.

    With `inspectable` false it is not up for inspection and only carries the tree of bodies.
    """

    release = models.ForeignKey(
        Release, models.PROTECT, related_name="units", db_constraint=False, db_index=False
    )
    round = models.ForeignKey(
        InspectionRound, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    code = models.CharField(max_length=50)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=50)
    system = models.CharField(max_length=50, blank=True)
    parent_code = models.CharField(max_length=50, blank=True)
    risk = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    mandatory = models.BooleanField()
    priority = models.PositiveSmallIntegerField()
    skills = models.JSONField(default=dict)
    wanted = models.JSONField(default=dict)
    inspectable = models.BooleanField()

    objects = DeliveredQuerySet["ReportedUnit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reported_unit_once_per_release", fields=["tenant", "release", "code"]
            ),
            models.CheckConstraint(
                name="reported_unit_risk_between_1_and_5", condition=Q(risk__gte=1, risk__lte=5)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StaleNotice(Delivered):
    """County → city: the roster of a released person changed after the release.

    It says that, and not what: which fact changed would itself be a reason of recusal.
    """

    person = models.ForeignKey(
        ReleasedPerson,
        models.PROTECT,
        related_name="stale_notices",
        db_constraint=False,
        db_index=False,
    )
    at = models.DateTimeField()

    objects = DeliveredQuerySet["StaleNotice"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="stale_notice_once_per_released_person", fields=["tenant", "person"]
            )
        ]
