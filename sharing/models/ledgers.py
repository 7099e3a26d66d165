"""The ledger of problems that an office kept in workbooks: a file on its way in, and what was taken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sharing.domain.ledgers import Fate, PastState
from sharing.models.contacts import UnitDesk
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class LedgerImport(TenantOwned):
    """A workbook as it was read: looked at first, then confirmed or cancelled. The file is kept nowhere.

    `counts`: lines by their fate. Who and when are the database's.
    """

    class State(models.TextChoices):
        DRY_RUN = "dry_run", _("Ready: look at it, then confirm")
        APPLIED = "applied", _("Taken in")
        CANCELLED = "cancelled", _("Cancelled")

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRY_RUN)
    rows_read = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    remarks = models.JSONField(default=list, help_text="[{zh, en}]")
    uploaded_by_name = models.CharField(max_length=100, default="")
    uploaded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name


class StagedLine(TenantOwned):
    """One row of a file, until the import is over.

    `said`: by the fields of the record that would be made of it; None where it could not be read.
    `quote`: its cells as they were written, [{heading, words}]. `faults`, `remarks`: [{column,
    cell, zh, en}].
    """

    row_no = models.PositiveIntegerField()
    sheet_name = models.CharField(max_length=100)
    fate = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Fate])
    gist = models.CharField(max_length=200, blank=True, help_text="What it is recognised by.")
    said = models.JSONField(null=True)
    quote = models.JSONField()
    faults = models.JSONField(default=list)
    remarks = models.JSONField(default=list)

    class Meta:
        abstract = True


class PastLine(TenantOwned):
    """A line of a ledger as it was taken in. It is history: nobody changes it, and it walks nowhere."""

    row_no = models.PositiveIntegerField()
    key = models.CharField(max_length=64, help_text="Lines with one key are the same line.")
    quote = models.JSONField(help_text="The cells as they were written: [{heading, words}].")
    imported_by_name = models.CharField(max_length=100, default="")
    imported_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class ProblemImport(LedgerImport):
    objects = OfficeQuerySet["ProblemImport"].as_manager()

    class Meta:
        indexes = [models.Index(name="problem_import_same_file", fields=["tenant", "sha256"])]


class StagedProblem(StagedLine):
    upload = models.ForeignKey(
        ProblemImport, models.PROTECT, related_name="rows", db_constraint=False, db_index=False
    )

    objects = OfficeQuerySet["StagedProblem"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="staged_problem_once", fields=["tenant", "upload", "row_no"]
            )
        ]
        indexes = [
            models.Index(name="staged_problem_by_fate", fields=["tenant", "upload", "fate", "id"])
        ]


class PastProblem(PastLine):
    """A problem of the years before. One that was still open goes on as a `RectificationItem` with
    `source_life` `past_problem`, which the database fills from here."""

    upload = models.ForeignKey(
        ProblemImport, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    desk = models.ForeignKey(
        UnitDesk, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    round_name = models.CharField(max_length=100)
    unit_name = models.CharField(max_length=200)
    issue = models.CharField(max_length=5000)
    category = models.CharField(max_length=100, blank=True)
    severity = models.CharField(max_length=10, blank=True)
    cents = models.BigIntegerField(null=True)
    lead = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=200, blank=True)
    measures = models.CharField(max_length=5000, blank=True)
    served_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10)
    closed_on = models.DateField(null=True)
    remark = models.CharField(max_length=2000, blank=True)

    objects = OfficeQuerySet["PastProblem"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="past_problem_once", fields=["tenant", "key"]),
            models.CheckConstraint(
                name="past_problem_state_known",
                condition=Q(state__in=[one.value for one in PastState]),
            ),
            models.CheckConstraint(
                name="past_problem_closed_when_done",
                condition=Q(closed_on__isnull=True) | Q(state="done"),
            ),
        ]
        indexes = [
            models.Index(name="past_problem_by_state", fields=["tenant", "state", "-id"]),
            models.Index(name="past_problem_by_unit", fields=["tenant", "unit_name", "-id"]),
            models.Index(name="past_problem_by_round", fields=["tenant", "round_name", "-id"]),
            models.Index(name="past_problem_newest", fields=["tenant", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.round_name} {self.unit_name}"
