"""Questions put to the engine, and how far it has got."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scheduling.models.questions import FrozenQuestion
from scheduling.models.rounds import InspectionRound
from tenancy.models import Job, TenantOwned
from tenancy.visibility import OfficeQuerySet


class RunStatus(models.TextChoices):
    """`finished_at` says whether it is over; this says with what."""

    WAITING = "waiting", _("Waiting for a worker")
    SOLVING = "solving", _("Solving")
    OPTIMAL = "optimal", _("Proven best")
    FEASIBLE = "feasible", _("A plan, not proven best")
    INFEASIBLE = "infeasible", _("No plan can exist")
    UNKNOWN = "unknown", _("No plan found in time")
    FAILED = "failed", _("Stopped by a fault")


AT_WORK = (RunStatus.WAITING, RunStatus.SOLVING)
ENDED = (
    RunStatus.OPTIMAL,
    RunStatus.FEASIBLE,
    RunStatus.INFEASIBLE,
    RunStatus.UNKNOWN,
    RunStatus.FAILED,
)


class SolveRun(TenantOwned):
    """One question to the engine about one round."""

    round = models.ForeignKey(
        InspectionRound, models.PROTECT, related_name="runs", db_constraint=False, db_index=False
    )
    job = models.ForeignKey(
        Job, models.PROTECT, related_name="+", null=True, db_constraint=False, db_index=False
    )
    time_limit_s = models.PositiveIntegerField()
    seed = models.PositiveIntegerField()
    basis = models.CharField(
        max_length=64, help_text="What was asked about: differs once the round has changed."
    )
    input_sha256 = models.CharField(max_length=64, blank=True)
    question = models.ForeignKey(
        FrozenQuestion,
        models.PROTECT,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
    )
    baseline = models.JSONField(
        null=True, help_text="The teams of a plan to stay close to, as in the exchange format."
    )
    status = models.CharField(max_length=12, choices=RunStatus.choices, default=RunStatus.WAITING)
    phase = models.CharField(max_length=40, blank=True)
    tiers = models.JSONField(default=list)  # [{"value": n, "bound": n | null}]
    gap = models.FloatField(null=True)
    elapsed_s = models.FloatField(default=0)
    history = models.JSONField(default=list)  # [[seconds, tier, value, bound | null], …]
    conflict = models.JSONField(
        null=True
    )  # {"minimal": bool, "entries": [{rule, subjects, zh, en}]}
    was_cancelled = models.BooleanField(default=False)
    requested_by = models.CharField(max_length=100)
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["SolveRun"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="solve_run_one_running_per_round",
                fields=["tenant", "round"],
                condition=Q(finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="solve_run_is_finished_when_it_has_ended",
                condition=Q(finished_at__isnull=True, status__in=[s.value for s in AT_WORK])
                | Q(finished_at__isnull=False, status__in=[s.value for s in ENDED]),
            ),
        ]
        indexes = [models.Index(name="solve_run_newest_first", fields=["tenant", "round", "-id"])]

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None


class SolveInput(TenantOwned):
    """The frozen question, word for word. The worker's role alone may read it: it holds
    everything that the released facts hold."""

    run = models.ForeignKey(
        SolveRun, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    document = models.TextField()
    sha256 = models.CharField(max_length=64)

    objects = OfficeQuerySet["SolveInput"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="solve_input_once_per_run", fields=["tenant", "run"])
        ]
