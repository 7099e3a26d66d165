"""Working papers (问题底稿) of a team, every text of each, and what was said of them."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sharing.domain.dictionary import Severity
from sharing.domain.findings import paper_mark
from sharing.domain.working_papers import WORKING_PAPER
from sharing.models.dictionary import FindingCategory
from sharing.models.rooms import Room
from sharing.models.rules import RuleArticle
from sharing.models.steps import Living, Step
from tenancy.models import TenantOwned, User
from tenancy.visibility import OfficeQuerySet


class PaperStep(Step):
    record = models.ForeignKey(
        "sharing.WorkingPaper",
        models.PROTECT,
        related_name="done",
        db_column="record_id",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="paper_step_numbered_once", fields=["tenant", "record", "number"]
            )
        ]


class WorkingPaper(Living):
    """One issue that a member of the team wrote down.

    What is said in it stands in its versions. The columns from `title` on repeat the newest one, for
    lists; like number, finder and place in a report they are the database's to write.
    """

    life = WORKING_PAPER
    step_model = PaperStep

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="papers", db_constraint=False, db_index=False
    )
    unit_code = models.CharField(max_length=50)
    unit_name = models.CharField(max_length=200)
    finder = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    finder_name = models.CharField(max_length=100, default="")
    year = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0, help_text="In its room, without a gap.")
    report = models.ForeignKey(
        "sharing.InspectionReport",
        models.PROTECT,
        null=True,
        related_name="papers",
        db_constraint=False,
        db_index=False,
    )
    finding_sequence = models.PositiveIntegerField(
        null=True,
        help_text="Among what its room put in reports: all that others than the team are told.",
    )
    item = models.ForeignKey(
        "sharing.RectificationItem",
        models.PROTECT,
        null=True,
        related_name="findings",
        db_constraint=False,
        db_index=False,
        help_text="What the unit does about it, once it was assigned.",
    )
    version = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200, default="")
    category = models.ForeignKey(
        FindingCategory,
        models.PROTECT,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    level = models.CharField(max_length=20, default="")
    class_name = models.CharField(max_length=200, default="")
    severity = models.CharField(max_length=10, default="")
    money_cents = models.BigIntegerField(null=True)
    people_count = models.PositiveIntegerField(null=True)
    disciplines = models.JSONField(default=list)
    begun_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["WorkingPaper"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="paper_numbered_once_in_its_room", fields=["tenant", "room", "sequence"]
            ),
            models.UniqueConstraint(
                name="finding_numbered_once_in_its_room",
                fields=["tenant", "room", "finding_sequence"],
            ),
            models.CheckConstraint(
                name="finding_assigned_with_its_item",
                condition=models.Q(item__isnull=True)
                | models.Q(state__in=["rectifying", "closed"]),
            ),
        ]
        indexes = [
            models.Index(name="paper_by_room", fields=["tenant", "room", "state", "-id"]),
            models.Index(name="paper_by_state", fields=["tenant", "state", "-id"]),
            models.Index(name="paper_by_unit", fields=["tenant", "unit_code", "-id"]),
            models.Index(name="paper_by_report", fields=["tenant", "report", "finding_sequence"]),
            models.Index(name="paper_by_item", fields=["tenant", "item"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def may_change_files(self) -> bool:
        """Whether the newest text is one that was never handed on."""
        last = self.done.order_by("-number").first()
        return self.state == "draft" and last is not None and last.act == "written"

    @property
    def mark(self) -> str:
        """The paper's number, in the team."""
        return paper_mark(self.year, self.room.round_number, self.room.team_code, self.sequence)

    @property
    def finding_mark(self) -> str:
        """The finding's number, for everybody else; empty until it was put in a report."""
        if self.finding_sequence is None:
            return ""
        room = self.room
        return paper_mark(self.year, room.round_number, room.team_code, self.finding_sequence)


class PaperVersion(TenantOwned):
    """A text as it was saved, whole. Rows are added, never changed; number, who and when are the
    database's, and so are the words of its class."""

    paper = models.ForeignKey(
        WorkingPaper,
        models.PROTECT,
        related_name="versions",
        db_constraint=False,
        db_index=False,
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    fact = models.TextField(max_length=20_000, blank=True)
    nature = models.TextField(max_length=5_000, blank=True)
    responsibility = models.TextField(max_length=5_000, blank=True)
    category = models.ForeignKey(
        FindingCategory,
        models.PROTECT,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    level = models.CharField(max_length=20, default="", help_text="The heading's code.")
    class_name = models.CharField(max_length=200, default="")
    severity = models.CharField(
        max_length=10, blank=True, choices=[(one.value, one.value) for one in Severity]
    )
    money_cents = models.BigIntegerField(null=True, validators=[MinValueValidator(0)])
    people_count = models.PositiveIntegerField(null=True)
    disciplines = models.JSONField(default=list)
    why = models.CharField(max_length=500, blank=True, help_text="Why it was written anew.")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.CharField(max_length=100, default="")
    at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["PaperVersion"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="paper_version_once", fields=["tenant", "paper", "number"])
        ]


class PaperBasis(TenantOwned):
    """What a version cites, as it was typed. `rule_article`: the very article, where the library has
    it; a later edition of the rule changes nothing of it."""

    version = models.ForeignKey(
        PaperVersion, models.PROTECT, related_name="bases", db_constraint=False, db_index=False
    )
    position = models.PositiveSmallIntegerField()
    text_title = models.CharField(max_length=200)
    article = models.CharField(max_length=100, blank=True)
    edition = models.CharField(max_length=100, blank=True, help_text="Of what year or revision.")
    rule_article = models.ForeignKey(
        RuleArticle,
        models.PROTECT,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    objects = OfficeQuerySet["PaperBasis"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="paper_basis_once", fields=["tenant", "version", "position"]
            )
        ]


class PaperEvidence(TenantOwned):
    """A document that was seen, as the paper describes it."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("Document")
        ACCOUNTS = "accounts", _("Accounts and vouchers")
        MINUTES = "minutes", _("Minutes")
        INTERVIEW = "interview", _("Record of an interview")
        SITE = "site", _("Record of a visit")
        DATA = "data", _("Comparison of data")

    version = models.ForeignKey(
        PaperVersion,
        models.PROTECT,
        related_name="evidence",
        db_constraint=False,
        db_index=False,
    )
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    dated_on = models.DateField(null=True)
    pages = models.PositiveIntegerField(null=True)
    kept_at = models.CharField(max_length=200, blank=True)

    objects = OfficeQuerySet["PaperEvidence"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="paper_evidence_once", fields=["tenant", "version", "position"]
            )
        ]


class PaperComment(TenantOwned):
    """What the office says of a paper in a report. It changes no text; who and when are the
    database's."""

    paper = models.ForeignKey(
        WorkingPaper,
        models.PROTECT,
        related_name="comments",
        db_constraint=False,
        db_index=False,
    )
    of_version = models.PositiveIntegerField(default=0)
    text = models.TextField(max_length=2_000)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.CharField(max_length=100, default="")
    at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["PaperComment"].as_manager()

    class Meta:
        indexes = [models.Index(name="comment_by_paper", fields=["tenant", "paper", "id"])]
