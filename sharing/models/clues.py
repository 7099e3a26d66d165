"""A clue as the team has it: in its direct room, from the first word until its leader has signed.

It lies in the tenancy of the city, past the host county. The city's office reads none of it: where a
clue goes, the office there gets a row of its own (`sharing.models.office_clues`), made by the database
when the leader signs.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sharing.domain.clues import CLUE, SourceKind
from sharing.domain.routing import ManagementLevel
from sharing.models.rooms import Room
from sharing.models.steps import Living, Step
from tenancy.models import Office, TenantOwned, User
from tenancy.visibility import OfficeQuerySet


class ClueText(models.Model):
    """What a clue says: the same with the team and in the office that it goes to."""

    subject_name = models.CharField(max_length=100)
    subject_post = models.CharField(max_length=200, blank=True)
    subject_unit = models.CharField(max_length=200)
    management_level = models.CharField(max_length=20)
    source_kind = models.CharField(max_length=20)
    is_urgent = models.BooleanField(default=False)
    gist = models.CharField(max_length=4000)
    evidence = models.JSONField(default=list, help_text="Descriptions, one a piece.")

    class Meta:
        abstract = True


class Clue(Living, ClueText):
    """`met_on`, `meeting_opinion`: of the team meeting that judged it."""

    life = CLUE

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="clues", db_constraint=False, db_index=False
    )
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    registered_by_name = models.CharField(max_length=100, default="")
    registered_at = models.DateTimeField(null=True)
    met_on = models.DateField(null=True)
    meeting_opinion = models.CharField(max_length=2000, blank=True)

    objects = OfficeQuerySet["Clue"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clue_level_known",
                condition=Q(management_level__in=[one.value for one in ManagementLevel]),
            ),
            models.CheckConstraint(
                name="clue_source_known",
                condition=Q(source_kind__in=[one.value for one in SourceKind]),
            ),
        ]
        indexes = [models.Index(name="clue_of_a_room", fields=["tenant", "room", "-id"])]

    def __str__(self) -> str:
        return self.subject_name


class ClueStep(Step):
    record = models.ForeignKey(
        Clue,
        models.PROTECT,
        related_name="walked",
        db_column="record_id",
        db_constraint=False,
        db_index=False,
    )

    objects = OfficeQuerySet["ClueStep"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="clue_step_in_order", fields=["tenant", "record", "number"]
            )
        ]


Clue.step_model = ClueStep


class ClueRoute(TenantOwned):
    """Where a signed clue went and how far it is: what the city knows of a county's. No text.

    The database writes it, when the leader signs and with each act of the office there.
    """

    clue = models.ForeignKey(
        Clue, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    office_clue = models.BigIntegerField(help_text="Its number there.")
    round_name = models.CharField(max_length=100)
    is_urgent = models.BooleanField()
    state = models.CharField(max_length=40)
    since = models.DateTimeField()

    objects = OfficeQuerySet["ClueRoute"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="clue_goes_one_way", fields=["tenant", "clue"]),
            models.UniqueConstraint(
                name="clue_route_of_one_clue", fields=["tenant", "office", "office_clue"]
            ),
        ]
        indexes = [models.Index(name="clue_route_newest_first", fields=["tenant", "-since", "-id"])]
