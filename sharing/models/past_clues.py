"""The ledger of clues that an office kept in workbooks: a file on its way in, and what was taken.

Seen by who handles clues in that office alone; what was taken, by its discipline body, too. Keys are
drawn at random, as those of the register: no gap tells of anything.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sharing.domain.clues import Disposal
from sharing.domain.routing import ManagementLevel
from sharing.models.ledgers import LedgerImport, PastLine, StagedLine
from tenancy.visibility import OfficeQuerySet


class ClueImport(LedgerImport):
    objects = OfficeQuerySet["ClueImport"].as_manager()

    class Meta:
        indexes = [models.Index(name="clue_import_same_file", fields=["tenant", "sha256"])]


class StagedClue(StagedLine):
    upload = models.ForeignKey(
        ClueImport, models.PROTECT, related_name="rows", db_constraint=False, db_index=False
    )

    objects = OfficeQuerySet["StagedClue"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="staged_clue_once", fields=["tenant", "upload", "row_no"])
        ]


class PastClue(PastLine):
    """A clue that was handed over before the product was there. It is walked no more."""

    upload = models.ForeignKey(
        ClueImport, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    number = models.CharField(max_length=40, help_text="The office's own, as it was written.")
    subject_name = models.CharField(max_length=100)
    subject_unit = models.CharField(max_length=200, blank=True)
    management_level = models.CharField(max_length=20)
    gist = models.CharField(max_length=4000)
    handed_over_on = models.DateField()
    receipt_number = models.CharField(max_length=100, blank=True)
    disposal = models.CharField(max_length=20, blank=True)
    outcomes = models.JSONField(default=list, help_text="Codes of the subject.")
    result_on = models.DateField(null=True)

    objects = OfficeQuerySet["PastClue"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="past_clue_once", fields=["tenant", "key"]),
            models.CheckConstraint(
                name="past_clue_level_known",
                condition=Q(management_level__in=[one.value for one in ManagementLevel]),
            ),
            models.CheckConstraint(
                name="past_clue_disposal_known",
                condition=Q(disposal__in=["", *(one.value for one in Disposal)]),
            ),
        ]
        indexes = [
            models.Index(name="past_clue_newest", fields=["tenant", "-handed_over_on", "-id"])
        ]

    def __str__(self) -> str:
        return self.number
