"""A staffed round: teams, seats, visits, and what the verifier says of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from scheduling.models.releases import ReleasedPerson, ReportedUnit
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import SolveRun
from scheduling.models.visibility import OfficeQuerySet
from tenancy.models import TenantOwned


class Plan(TenantOwned):
    """The best plan of a run so far. It counts only once `verdict` is clean.

    `verdict`: {"clean", "checked_at", "seconds", "input_unchanged", "people", "visits",
    "breaches": [{"code", "subjects"}]}, null while the engine is still at work.
    """

    round = models.ForeignKey(
        InspectionRound, models.PROTECT, related_name="plans", db_constraint=False, db_index=False
    )
    run = models.ForeignKey(
        SolveRun, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    version = models.PositiveIntegerField(help_text="Counts the round's plans, one a run.")
    revision = models.PositiveIntegerField(
        default=1, help_text="Counts the improvements that its run has saved."
    )
    tiers = models.JSONField(default=list)
    measures = models.JSONField(default=dict)
    uncovered = models.JSONField(default=list)  # numbers of reported units
    verdict = models.JSONField(null=True)
    created_at = models.DateTimeField()
    found_at = models.DateTimeField(help_text="When this revision was found.")

    objects = OfficeQuerySet["Plan"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_one_per_run", fields=["tenant", "run"]),
            models.UniqueConstraint(
                name="plan_version_taken_once_in_its_round", fields=["tenant", "round", "version"]
            ),
        ]

    @property
    def is_usable(self) -> bool:
        """Whether the verifier, run on the database's rows, found nothing."""
        return bool(self.verdict and self.verdict["clean"])


class PlanTeam(TenantOwned):
    """A filled team. Code, name and order are copied: the round's slots may change later."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="teams", db_constraint=False, db_index=False
    )
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=50)
    position = models.PositiveSmallIntegerField()

    objects = OfficeQuerySet["PlanTeam"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="plan_team_fills_a_slot_once", fields=["tenant", "plan", "code"]
            )
        ]


class PlanSeat(TenantOwned):
    """A person in a team. The database books nobody twice and seats one leader a team."""

    class Role(models.TextChoices):
        LEADER = "leader", _("Leader")
        DEPUTY = "deputy", _("Deputy leader")
        MEMBER = "member", _("Member")

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="seats", db_constraint=False, db_index=False
    )
    team = models.ForeignKey(
        PlanTeam, models.CASCADE, related_name="seats", db_constraint=False, db_index=False
    )
    person = models.ForeignKey(
        ReleasedPerson, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    role = models.CharField(max_length=10, choices=Role.choices)

    objects = OfficeQuerySet["PlanSeat"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="plan_seat_one_team_per_person", fields=["tenant", "plan", "person"]
            ),
            models.UniqueConstraint(
                name="plan_seat_one_leader_per_team",
                fields=["tenant", "plan", "team"],
                condition=Q(role="leader"),
            ),
            models.CheckConstraint(
                name="plan_seat_role_is_known",
                condition=Q(role__in=["leader", "deputy", "member"]),
            ),
        ]


class PlanVisit(TenantOwned):
    """A team at a unit. `ends_on` is the last working day."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="visits", db_constraint=False, db_index=False
    )
    team = models.ForeignKey(
        PlanTeam, models.CASCADE, related_name="visits", db_constraint=False, db_index=False
    )
    unit = models.ForeignKey(
        ReportedUnit, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = OfficeQuerySet["PlanVisit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="plan_visit_once_per_unit", fields=["tenant", "plan", "unit"]
            ),
            models.CheckConstraint(
                name="plan_visit_ends_on_or_after_its_start",
                condition=Q(ends_on__gte=F("starts_on")),
            ),
        ]
