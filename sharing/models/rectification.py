"""What was fed back to a unit, one item each: its three lists, what was reported, what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from sharing.domain.assignments import MOST_OF_AN_ISSUE
from sharing.domain.rectification import RECTIFICATION
from sharing.models.contacts import UnitDesk
from sharing.models.reports import InspectionReport
from sharing.models.steps import Living, Step
from tenancy.models import TenantOwned, User
from tenancy.visibility import OfficeQuerySet

BRIEF_CHARS = 60


class JointCase(TenantOwned):
    """A common problem (共性问题): items of several units that one county leader takes in charge."""

    title = models.CharField(max_length=200)
    leader = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    leader_name = models.CharField(max_length=100)
    departments = models.CharField(max_length=500, blank=True, help_text="Who works with them.")
    opened_by = models.CharField(max_length=100)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    conclusion = models.CharField(max_length=2000, blank=True)

    objects = OfficeQuerySet["JointCase"].as_manager()

    class Meta:
        indexes = [models.Index(name="joint_case_by_leader", fields=["tenant", "leader"])]

    def __str__(self) -> str:
        return self.title


class RectificationStep(Step):
    record = models.ForeignKey(
        "RectificationItem",
        models.PROTECT,
        db_column="record_id",
        related_name="acts",
        db_constraint=False,
        db_index=False,
    )

    objects = OfficeQuerySet["RectificationStep"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="rectification_step_once", fields=["tenant", "record", "number"]
            )
        ]


class RectificationItem(Living):
    """One problem as it was fed back (issue list), what is to be done (task list), and who answers
    for it until when (duty list).

    The issue stands as it was served. Plan columns are the unit's until the plan is accepted; the
    counters and `owed_on`, by the item's clocks, are the database's.
    """

    life = RECTIFICATION
    step_model = RectificationStep

    desk = models.ForeignKey(
        UnitDesk, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    round_name = models.CharField(max_length=100)
    position = models.PositiveIntegerField(help_text="Its place among those of unit and round.")
    issue = models.CharField(
        max_length=MOST_OF_AN_ISSUE, help_text="Word for word as it was fed back."
    )
    category = models.CharField(max_length=200)
    report = models.ForeignKey(
        InspectionReport, models.PROTECT, null=True, related_name="items", db_constraint=False,
        db_index=False, help_text="Whose feedback it is from; its findings point here.",
    )  # fmt: skip
    source_life = models.CharField(max_length=40, blank=True)
    source_number = models.BigIntegerField(null=True)
    served_on = models.DateField()
    leader = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    leader_name = models.CharField(max_length=100, blank=True)
    plan_due_on = models.DateField()
    concentrated_until = models.DateField()
    case = models.ForeignKey(
        JointCase, models.PROTECT, null=True, related_name="items", db_constraint=False,
        db_index=False,
    )  # fmt: skip

    goal = models.CharField(max_length=1000, blank=True)
    measures = models.CharField(max_length=5000, blank=True)
    lead = models.CharField(max_length=100, blank=True, help_text="Of the unit.")
    department = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)
    owed_on = models.DateField(null=True, help_text="Of the clock that runs for the unit.")
    head = models.CharField(max_length=100, blank=True, help_text="Who signed for the unit.")
    head_signed_on = models.DateField(null=True)

    withheld_because = models.CharField(max_length=500, blank=True, help_text="Not to disclose.")
    disclosure = models.CharField(max_length=2000, blank=True)

    claims = models.PositiveIntegerField(default=0)
    sent_back = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)

    objects = OfficeQuerySet["RectificationItem"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="rectification_item_once_of_a_source",
                fields=["tenant", "source_life", "source_number"],
                condition=~Q(source_life=""),
            ),
            models.UniqueConstraint(
                name="rectification_item_in_its_place",
                fields=["tenant", "desk", "round_name", "position"],
            ),
        ]
        indexes = [
            models.Index(name="rectification_by_state", fields=["tenant", "state", "-id"]),
            models.Index(
                name="rectification_by_owed_day",
                fields=["tenant", "owed_on"],
                condition=Q(owed_on__isnull=False),
            ),
            models.Index(name="rectification_by_desk", fields=["tenant", "desk", "-id"]),
            models.Index(name="rectification_by_leader", fields=["tenant", "leader", "-id"]),
            models.Index(name="rectification_by_case", fields=["tenant", "case"]),
            models.Index(name="rectification_by_report", fields=["tenant", "report"]),
            # All that the board counts: it reads nothing of the texts beside it.
            models.Index(
                name="rectification_counted",
                fields=["tenant", "id"],
                include=["desk", "leader_name", "state", "owed_on"],
            ),
            models.Index(
                name="rectification_by_leader_name", fields=["tenant", "leader_name", "-id"]
            ),
        ]

    @property
    def brief(self) -> str:
        """The beginning of the problem on one line, to choose by."""
        return Truncator(" ".join(self.issue.split())).chars(BRIEF_CHARS)

    def __str__(self) -> str:
        return f"{self.round_name} {self.position}"


class ItemNote(TenantOwned):
    """What the unit reported: progress, evidence, the result that it claims. Never taken back."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("Progress")
        EVIDENCE = "evidence", _("Evidence")
        RESULT = "result", _("Result")

    item = models.ForeignKey(
        RectificationItem, models.PROTECT, related_name="notes", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=5000)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    objects = OfficeQuerySet["ItemNote"].as_manager()

    class Meta:
        indexes = [models.Index(name="item_note_by_item", fields=["tenant", "item", "id"])]


class Outcome(TenantOwned):
    """What a unit's rectification brought: a rule made, money recovered, somebody called to account."""

    class Kind(models.TextChoices):
        RULE_MADE = "rule_made", _("Rule made or amended")
        MONEY = "money_recovered", _("Money recovered")
        ACCOUNTABILITY = "accountability", _("Called to account")
        WIDER_FIX = "wider_fix", _("Wider fix")
        CAMPAIGN = "special_campaign", _("Special campaign")

    desk = models.ForeignKey(
        UnitDesk, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=500)
    cents = models.BigIntegerField(null=True, help_text="Of money alone.")
    people = models.PositiveIntegerField(null=True, help_text="Called to account: how many.")
    on = models.DateField()
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    objects = OfficeQuerySet["Outcome"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outcome_of_a_known_kind",
                condition=Q(
                    kind__in=[
                        "rule_made",
                        "money_recovered",
                        "accountability",
                        "wider_fix",
                        "special_campaign",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="outcome_of_money_has_its_sum",
                condition=Q(kind="money_recovered", cents__gt=0)
                | (~Q(kind="money_recovered") & Q(cents__isnull=True)),
            ),
            models.CheckConstraint(
                name="outcome_counts_people_called_to_account",
                condition=Q(kind="accountability", people__gt=0)
                | (~Q(kind="accountability") & Q(people__isnull=True)),
            ),
        ]
        indexes = [models.Index(name="outcome_by_kind", fields=["tenant", "kind", "-id"])]

    @property
    def yuan(self) -> str:
        """The sum as people write it; empty where it is none of money."""
        return "" if self.cents is None else f"{self.cents / 100:,.2f}"


class OutcomeCause(TenantOwned):
    """Which item an outcome came from; a rule can come from several."""

    outcome = models.ForeignKey(
        Outcome, models.PROTECT, related_name="causes", db_constraint=False, db_index=False
    )
    item = models.ForeignKey(
        RectificationItem, models.PROTECT, related_name="outcomes", db_constraint=False,
        db_index=False,
    )  # fmt: skip

    objects = OfficeQuerySet["OutcomeCause"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="outcome_of_an_item_once", fields=["tenant", "outcome", "item"]
            )
        ]
        indexes = [models.Index(name="outcome_cause_by_item", fields=["tenant", "item"])]


class Talk(TenantOwned):
    """An admonitory talk (约谈): in the queue after the feedback until it was held."""

    desk = models.ForeignKey(
        UnitDesk, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    round_name = models.CharField(max_length=100)
    post = models.CharField(max_length=100, help_text="In which post they are talked to.")
    person = models.CharField(max_length=100, blank=True)
    matter = models.CharField(max_length=500, blank=True)
    queued_on = models.DateField()
    held_on = models.DateField(null=True)
    held_by = models.CharField(max_length=100, blank=True)
    commitment = models.CharField(max_length=2000, blank=True)
    recorded_by = models.CharField(max_length=100, blank=True)

    objects = OfficeQuerySet["Talk"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="talk_once_in_a_post", fields=["tenant", "desk", "round_name", "post"]
            ),
            models.CheckConstraint(
                name="talk_held_with_its_record",
                condition=Q(held_on__isnull=True)
                | (~Q(person="") & ~Q(held_by="") & ~Q(commitment="")),
            ),
        ]


class Evaluation(TenantOwned):
    """The sheet on a unit's rectification: what was deducted, the score, the grade. Not changed; a
    later one follows it."""

    desk = models.ForeignKey(
        UnitDesk, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    round_name = models.CharField(max_length=100)
    parameters = models.JSONField(help_text="By which it was judged.")
    deductions = models.JSONField(help_text="Each with its part, points and reason.")
    false_items = models.PositiveIntegerField()
    score = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=20)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    objects = OfficeQuerySet["Evaluation"].as_manager()

    class Meta:
        indexes = [models.Index(name="evaluation_by_desk", fields=["tenant", "desk", "-id"])]
        constraints = [
            models.CheckConstraint(name="evaluation_of_a_hundred", condition=Q(score__lte=100))
        ]
