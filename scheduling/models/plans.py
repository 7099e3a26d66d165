"""A staffed round: teams, seats, visits, what the verifier says of them, and how it was made."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from scheduling.models.declarations import Declaration
from scheduling.models.questions import FrozenQuestion
from scheduling.models.releases import ReleasedPerson, ReportedUnit
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import SolveRun
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class PlanState(models.TextChoices):
    """Where a plan is on its way to being in force. Only candidates are edited."""

    CANDIDATE = "candidate", _("Candidate")
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("In force")
    SUPERSEDED = "superseded", _("Corrected by a later version")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Plan(TenantOwned):
    """A plan for a round: the engine's, one made at the desk, or one from outside.

    It counts only once `verdict` is clean. `verdict`: {"clean", "revision", "checked_at",
    "seconds", "input_unchanged", "input_sha256", "rules_sha256", "engine", "basis",
    "round_changed_at", "newest_release", "teams", "people", "visits", "breaches": [{"code", "subjects", "names"}]}; null while nobody has looked. The
    worker alone can write it, and the database lets no other revision be published.
    """

    class Origin(models.TextChoices):
        RUN = "run", _("Solved")
        DESK = "desk", _("Made at the desk")
        OUTSIDE = "outside", _("From outside")

    round = models.ForeignKey(
        InspectionRound, models.PROTECT, related_name="plans", db_constraint=False, db_index=False
    )
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.RUN)
    run = models.ForeignKey(
        SolveRun, models.PROTECT, related_name="+", null=True, db_constraint=False, db_index=False
    )
    question = models.ForeignKey(
        FrozenQuestion,
        models.PROTECT,
        related_name="plans",
        null=True,
        db_constraint=False,
        db_index=False,
    )
    based_on = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, db_constraint=False, db_index=False
    )
    version = models.PositiveIntegerField(help_text="Counts the round's plans.")
    revision = models.PositiveIntegerField(
        default=1, help_text="Counts what its run has saved, or the edits at the desk."
    )
    state = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.CANDIDATE)
    tiers = models.JSONField(default=list)
    measures = models.JSONField(default=dict)
    uncovered = models.JSONField(default=list)  # numbers of reported units
    verdict = models.JSONField(null=True)
    made_by = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    found_at = models.DateTimeField(help_text="When this revision was found.")
    proposed_by_id = models.BigIntegerField(null=True)  # accounts, for four eyes
    approved_by_id = models.BigIntegerField(null=True)

    objects = OfficeQuerySet["Plan"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_one_per_run", fields=["tenant", "run"]),
            models.UniqueConstraint(
                name="plan_version_taken_once_in_its_round", fields=["tenant", "round", "version"]
            ),
            models.UniqueConstraint(
                name="plan_one_proposal_per_round",
                fields=["tenant", "round"],
                condition=Q(state__in=["proposed", "approved"]),
            ),
            models.CheckConstraint(
                name="plan_state_is_known", condition=Q(state__in=PlanState.values)
            ),
            models.CheckConstraint(
                name="plan_is_solved_where_it_says_so",
                condition=Q(origin="run", run__isnull=False)
                | Q(origin__in=["desk", "outside"], run__isnull=True),
            ),
            models.CheckConstraint(
                name="plan_approved_by_another_than_proposed_it",
                condition=Q(approved_by_id__isnull=True)
                | (Q(proposed_by_id__isnull=False) & ~Q(approved_by_id=F("proposed_by_id"))),
            ),
        ]

    @property
    def is_usable(self) -> bool:
        """Whether the verifier, run on the database's rows, found nothing in this revision."""
        return bool(
            self.verdict
            and self.verdict["clean"]
            and self.verdict.get("revision", self.revision) == self.revision
        )

    @property
    def is_editable(self) -> bool:
        """The engine's plans stay as they were found; what is proposed stands still."""
        return self.state == PlanState.CANDIDATE and self.origin != Plan.Origin.RUN


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
    duties = models.JSONField(default=list)  # codes of scheduling.domain.duties.DUTIES

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


class PlanEdit(TenantOwned):
    """One edit at the desk, with its price. `before` and `after` are the plan's teams as in the
    exchange format, each with its seats' duties, so that an edit can be undone to the letter."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="edits", db_constraint=False, db_index=False
    )
    revision = models.PositiveIntegerField(help_text="The revision that the edit made.")
    content = models.JSONField()  # {"edit": kind, …}: scheduling.mapping.edits
    words = models.JSONField()  # {"zh", "en"}
    price = models.JSONField()
    before = models.JSONField()
    after = models.JSONField()
    undoes = models.PositiveIntegerField(null=True, help_text="The revision that was undone.")
    made_by_id = models.BigIntegerField(null=True)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    objects = OfficeQuerySet["PlanEdit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="plan_edit_makes_one_revision", fields=["tenant", "plan", "revision"]
            )
        ]


class PlanStep(TenantOwned):
    """One step of a plan on its way: who, when, and why. Never changed."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        TAKEN_BACK = "taken_back", _("Taken back to the desk")
        CONFIRMED = "confirmed", _("Confirmed by an office")
        OBJECTED = "objected", _("Objected to by an office")
        RETURNED = "returned", _("Returned by the director")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Corrected by a later version")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="steps", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    revision = models.PositiveIntegerField()
    by = models.CharField(max_length=100)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    objects = OfficeQuerySet["PlanStep"].as_manager()

    class Meta:
        indexes = [models.Index(name="plan_step_in_order", fields=["tenant", "plan", "id"])]


class SeatSuspension(TenantOwned):
    """A person's seats in a plan that a hard declaration forbids since they were seated.

    Written by the database in the transaction of the declaration. It stands as long as the
    declaration does and the person still sits where it forbids; see `sec.barred_seats`.
    """

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="suspensions", db_constraint=False, db_index=False
    )
    person = models.ForeignKey(
        ReleasedPerson, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    declaration = models.ForeignKey(
        Declaration, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField()

    objects = OfficeQuerySet["SeatSuspension"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="seat_suspended_once_per_declaration",
                fields=["tenant", "plan", "person", "declaration"],
            )
        ]
