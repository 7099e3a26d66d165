"""A clue in the register of the office that it went to: the city's, or the county's own."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from sharing.domain.clues import CLUE, Disposal
from sharing.domain.outcomes import OutcomeCode
from sharing.models.clues import ClueText
from sharing.models.steps import Living, Step
from tenancy.models import TenantOwned, User
from tenancy.visibility import OfficeQuerySet

NEVER = date(9999, 12, 31)


class OfficeClue(Living, ClueText):
    """Made by the database when the team's leader signs; its text never changes.

    Its key is drawn at random and its number given at intake, office by office and year by year: a gap
    in either would tell that there is something which one is not shown.
    """

    life = CLUE

    round_name = models.CharField(max_length=100)
    team_name = models.CharField(max_length=50)
    signed_by = models.CharField(max_length=100, help_text="The team's leader.")
    signed_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True, help_text="Of the office and year.")
    handed_over_at = models.DateTimeField(null=True, help_text="To the discipline body, first.")
    disposal = models.CharField(max_length=20, blank=True, default="")
    disposal_due_on = models.DateField(null=True)
    result_due_on = models.DateField(null=True)
    next_due_on = models.DateField(default=NEVER, help_text="Of what is waited for now.")

    objects = OfficeQuerySet["OfficeClue"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="office_clue_number_once", fields=["tenant", "year", "number"]
            ),
            models.CheckConstraint(
                name="office_clue_disposal_known",
                condition=Q(disposal__in=["", *(one.value for one in Disposal)]),
            ),
        ]
        indexes = [
            models.Index(name="office_clue_by_due_day", fields=["tenant", "next_due_on", "id"]),
            models.Index(
                name="office_clue_by_state", fields=["tenant", "state", "next_due_on", "id"]
            ),
            models.Index(
                name="office_clue_to_hand_over",
                fields=["tenant", "-is_urgent", "year", "number", "id"],
                condition=Q(state="taken_in"),
            ),
            # Whoever bears the name sees neither the clue nor a list with it.
            models.Index(name="office_clue_by_subject", fields=["tenant", "subject_name"]),
        ]

    def __str__(self) -> str:
        return self.subject_name


class OfficeClueStep(Step):
    record = models.ForeignKey(
        OfficeClue,
        models.PROTECT,
        related_name="walked",
        db_column="record_id",
        db_constraint=False,
        db_index=False,
    )

    objects = OfficeQuerySet["OfficeClueStep"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="office_clue_step_in_order", fields=["tenant", "record", "number"]
            )
        ]


OfficeClue.step_model = OfficeClueStep


class ClueTie(TenantOwned):
    """Somebody has a tie to the subject: they see and handle the clue no more (R19).

    They declare it themselves; nobody else reads with whom they have a tie."""

    clue = models.ForeignKey(
        OfficeClue, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    declared_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["ClueTie"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="clue_tie_once", fields=["tenant", "clue", "user"])
        ]
        indexes = [models.Index(name="clue_tie_of_a_person", fields=["tenant", "user", "clue"])]


class ClueOutcome(TenantOwned):
    """One code for one person. `telling`: the office may ask for more; each telling stands."""

    clue = models.ForeignKey(
        OfficeClue, models.PROTECT, related_name="outcomes", db_constraint=False, db_index=False
    )
    telling = models.PositiveSmallIntegerField(default=0)
    person = models.PositiveSmallIntegerField(help_text="1: the subject.")
    code = models.CharField(max_length=30)
    told_by_name = models.CharField(max_length=100, default="")
    told_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["ClueOutcome"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="clue_outcome_once", fields=["tenant", "clue", "telling", "person", "code"]
            ),
            models.CheckConstraint(
                name="clue_outcome_is_a_code",
                condition=Q(code__in=[one.value for one in OutcomeCode]),
            ),
        ]
