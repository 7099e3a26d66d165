"""A workbook on its way into the roster or the list of units, and each of its rows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class ImportQuerySet(OfficeQuerySet["Import"]):
    pass


class Import(TenantOwned):
    """One uploaded file: read by a worker, compared with what is there, applied on a click.

    uploaded → reading → compared (the dry run) → applying → applied; or refused (the file is
    not accepted, in words), or failed (an internal fault; the file is kept). Nothing touches
    the roster before `applying`.
    """

    class Kind(models.TextChoices):
        ROSTER = "roster", _("Roster")
        UNITS = "units", _("List of units")

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waiting to be read")
        READING = "reading", _("Being read")
        DRY_RUN = "dry_run", _("Ready: look at it, then apply")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Stopped by a fault")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    file_name = models.CharField(max_length=200, help_text="As the clerk's machine called it.")
    stored_name = models.CharField(max_length=60, help_text="In this office's media folder.")
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)

    rows_read = models.PositiveIntegerField(default=0)
    outline = models.JSONField(default=dict)  # {sheets: [...], headings: {sheet: [...]}}
    remarks = models.JSONField(default=list)  # [{zh, en}]
    counts = models.JSONField(default=dict)  # {add, change, same, review, error, fact, kept}
    refusal = models.JSONField(null=True)  # {code, zh: [message, remedy], en: [...]}
    compared_with = models.BigIntegerField(
        null=True, help_text="The last applied import that the dry run knew; others came later."
    )

    job_number = models.BigIntegerField(null=True)
    uploaded_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    applied_by = models.ForeignKey(
        "tenancy.User", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="import_same_file", fields=["tenant", "kind", "sha256"]),
            models.Index(name="import_newest_first", fields=["tenant", "-id"]),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has something left to do on it."""
        return self.state in (self.State.UPLOADED, self.State.READING, self.State.APPLYING)

    @property
    def may_be_given_up(self) -> bool:
        """Whether nothing of it was taken, and nothing is being read or taken now."""
        return self.state in (self.State.UPLOADED, self.State.DRY_RUN, self.State.FAILED)

    def close(self, refusal: DomainError) -> None:
        """Nothing of it will be taken, for this reason; its page shows the words of today."""
        self.state = self.State.REFUSED
        self.refusal = {
            "code": refusal.code,
            "zh": list(refusal.in_language("zh")),
            "en": list(refusal.in_language("en")),
        }


class ImportRow(TenantOwned):
    """One row of the file as it was read, and what would become of it.

    An ID number is here only as digest and last four characters.
    """

    class State(models.TextChoices):
        READ = "read", _("Read")
        ADD = "add", _("To be added")
        CHANGE = "change", _("To be changed")
        SAME = "same", _("Unchanged")
        REVIEW = "review", _("To be looked at")
        FACT = "fact", _("Part of a person's facts")
        ERROR = "error", _("Not taken")

    upload = models.ForeignKey(
        Import, models.PROTECT, related_name="rows", db_constraint=False, db_index=False
    )
    sheet = models.CharField(max_length=20, help_text="The layout's key, such as `career`.")
    sheet_name = models.CharField(max_length=100)
    row_no = models.PositiveIntegerField()
    number = models.CharField(
        max_length=50, blank=True, help_text="Person's number or unit's code."
    )
    name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    payload = models.JSONField(default=dict)  # what the row says
    errors = models.JSONField(default=list)  # of reading: [{column, cell, zh, en}]
    remarks = models.JSONField(default=list)  # the same shape; nothing wrong, worth a look
    # What the comparison made of it; computed anew when the roster changed meanwhile.
    facts = models.JSONField(null=True)  # all facts as they would be afterwards
    diff = models.JSONField(default=dict)  # {field: [before, after]}
    objections = models.JSONField(default=list)  # why it is not taken, or to be looked at
    accepted = models.BooleanField(
        default=False, help_text="Of a row to be looked at: somebody did, and wants it taken."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="import_row_once_per_sheet", fields=["tenant", "upload", "sheet", "row_no"]
            ),
        ]
        indexes = [
            models.Index(name="import_row_by_state", fields=["tenant", "upload", "state", "id"]),
            models.Index(name="import_row_by_number", fields=["tenant", "upload", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_name} {self.row_no}"
