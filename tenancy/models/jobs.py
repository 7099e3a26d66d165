"""Work that outlives a request. The row is the truth; the broker only rings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kernel.text import Language
from tenancy.models.owned import TenantOwned


class Job(TenantOwned):
    """One piece of work, queued in the transaction of the act that asked for it.

    A worker takes it under a lease and renews the lease while it lives. A lease that ran out
    is anybody's: the job is taken up again.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Stopped by a fault")
        CANCELLED = "cancelled", _("Cancelled")

    class Queue(models.TextChoices):
        JOBS = "jobs", _("Jobs")
        SOLVING = "solving", _("Solving")

    task = models.CharField(max_length=100)
    args = models.JSONField(default=dict, help_text="Numbers of rows, never their content.")
    queue = models.CharField(max_length=20, choices=Queue.choices, default=Queue.JOBS)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)

    attempt = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    cancel_requested_at = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(null=True, help_text="When the relay last rang for it.")
    rings = models.PositiveSmallIntegerField(default=0)

    progress = models.JSONField(default=dict)
    error = models.JSONField(null=True, help_text="code, and message and remedy in zh and en.")

    created_by = models.ForeignKey("tenancy.User", models.PROTECT, null=True, related_name="+")
    principal = models.ForeignKey(
        "tenancy.User",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Asked for in whose name.",
    )
    # The database's clock decides what is due and which lease ran out; so it also starts it.
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="job_runs_exactly_under_a_lease",
                condition=Q(state="running", lease_token__isnull=False, lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_token__isnull=True, lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_has_an_end_exactly_when_it_ended",
                condition=Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False)
                | Q(state__in=["queued", "running"], finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="job_says_why_exactly_when_it_failed",
                condition=Q(state="failed", error__isnull=False)
                | (~Q(state="failed") & Q(error__isnull=True)),
            ),
        ]
        indexes = [
            # The relay looks across all offices, at what is not over yet.
            models.Index(
                name="job_open",
                fields=["state", "lease_until"],
                condition=Q(state__in=["queued", "running"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    def fault(self, language: Language) -> tuple[str, str] | None:
        """Why it failed and what to do now, or None."""
        if self.error is None:
            return None
        return self.error["message"][language], self.error["remedy"][language]
