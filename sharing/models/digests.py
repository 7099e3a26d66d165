"""The city digest: how it is made, what was asked for it, what was published and what lies behind it.

Who sees which of these, and what the database insists on: docs/architecture/digest.md.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sharing.domain.digest.periods import Length
from sharing.domain.digest.publications import LEAST_MINIMUM, MINIMUM
from sharing.domain.digest.rhythm import FIRST_YEAR
from sharing.models.envelopes import Enveloped
from sharing.vault.envelopes import Place
from tenancy.models import Delivered, TenantOwned
from tenancy.queue import Job
from tenancy.visibility import DeliveredQuerySet, OfficeQuerySet

MOST_MINIMUM = 20


class DigestRule(TenantOwned):
    """From which year on the city's digests have which length of period, and the minimum cell.

    The first row is the first digest's; until one was made it may be put right. Later rows change the
    length alone, from a year to come.
    """

    since_year = models.PositiveSmallIntegerField()
    length = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Length])
    minimum = models.PositiveSmallIntegerField(default=MINIMUM)
    set_by_name = models.CharField(max_length=100, default="")
    set_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["DigestRule"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="digest_rule_once_a_year", fields=["tenant", "since_year"]
            ),
            models.CheckConstraint(
                name="digest_rule_within_reason",
                condition=Q(
                    minimum__gte=LEAST_MINIMUM, minimum__lte=MOST_MINIMUM,
                    since_year__gte=FIRST_YEAR, length__in=[one.value for one in Length],
                ),
            ),
        ]  # fmt: skip


class Digest(TenantOwned):
    """One period of the city, once. What it says is shown to nobody before it is published."""

    class State(models.TextChoices):
        MAKING = "making"
        READY = "ready"
        REFUSED = "refused"
        PUBLISHED = "published"

    period = models.CharField(max_length=7, help_text="2026-Q3, 2026-H2, 2026.")
    begins_on = models.DateField()
    until_on = models.DateField(help_text="The first day after it.")
    appears_on = models.DateField(help_text="Not before this day.")
    minimum = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAKING)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    asked_by_name = models.CharField(max_length=100, default="")
    asked_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    published_by_name = models.CharField(max_length=100, default="")
    published_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, default="", help_text="Of what was published.")

    objects = OfficeQuerySet["Digest"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="digest_once_a_period", fields=["tenant", "period"]),
            models.CheckConstraint(
                name="digest_state_known",
                condition=Q(state__in=["making", "ready", "refused", "published"]),
            ),
        ]

    def __str__(self) -> str:
        return self.period


class SealedDigest(TenantOwned, Enveloped):
    """`document`: what will be read. `sealed`: the counts behind it, for the digests after it.

    The worker that made it adds it and reads it no more; the role for counting is told it by a function.
    """

    digest = models.ForeignKey(
        Digest, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField()

    objects = OfficeQuerySet["SealedDigest"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sealed_digest_once", fields=["tenant", "digest"])
        ]


def place_of(tenant_id: int, period: str) -> Place:
    """Where the counts behind a digest are sealed."""
    return Place(tenant_id, "digest", period)


class DigestCopy(Delivered):
    """The digest as an office reads it: the city's own row, and one for each of its counties.

    Made by the database when the digest is published, and never changed.
    """

    period = models.CharField(max_length=7)
    begins_on = models.DateField()
    until_on = models.DateField()
    published_at = models.DateTimeField()
    document = models.TextField()
    sha256 = models.CharField(max_length=64)

    objects = DeliveredQuerySet["DigestCopy"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="digest_copy_once", fields=["tenant", "sender", "period"])
        ]

    def __str__(self) -> str:
        return self.period


class DigestQuestion(TenantOwned):
    """One table asked of the counting functions: by whom, of which period, when. Only added to."""

    digest = models.ForeignKey(
        Digest, models.PROTECT, related_name="questions", db_constraint=False, db_index=False
    )
    table = models.CharField(max_length=40)
    cohort = models.CharField(max_length=7, help_text="The period whose records are counted.")
    asked_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    asked_by_name = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    asked_in = models.BigIntegerField(help_text="The transaction that asked: it is told nothing.")

    objects = OfficeQuerySet["DigestQuestion"].as_manager()

    class Meta:
        indexes = [models.Index(name="digest_question_newest", fields=["tenant", "digest", "-id"])]
