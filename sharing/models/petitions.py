"""What a team receives by letter, call and visit: in its direct room, past the host county."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sharing.domain.petitions import TRACEABLE, Handling, Subject, Way
from sharing.models.clues import Clue
from sharing.models.rooms import Room
from tenancy.models import TenantOwned
from tenancy.visibility import OfficeQuerySet


class Petition(TenantOwned):
    """`number`: counted in the room, by the database. Who petitioned stands nowhere here."""

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    number = models.PositiveIntegerField(default=0)
    received_on = models.DateField()
    way = models.CharField(max_length=10)
    unit_name = models.CharField(max_length=200, help_text="Whom it is about.")
    subject = models.CharField(max_length=20)
    gist = models.CharField(max_length=2000)
    registered_by_name = models.CharField(max_length=100, default="")
    registered_at = models.DateTimeField(null=True)
    handling = models.CharField(max_length=20, blank=True, default="")
    clue = models.ForeignKey(
        Clue, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    note = models.CharField(max_length=500, blank=True, default="")
    handled_by_name = models.CharField(max_length=100, default="")
    handled_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet["Petition"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="petition_number_once", fields=["tenant", "room", "number"]
            ),
            models.CheckConstraint(
                name="petition_way_known", condition=Q(way__in=[one.value for one in Way])
            ),
            models.CheckConstraint(
                name="petition_subject_known",
                condition=Q(subject__in=[one.value for one in Subject]),
            ),
            models.CheckConstraint(
                name="petition_handling_known",
                condition=Q(handling__in=["", *(one.value for one in Handling)]),
            ),
            models.CheckConstraint(
                name="petition_names_nobody",
                condition=~Q(gist__regex=TRACEABLE)
                & ~Q(note__regex=TRACEABLE)
                & ~Q(unit_name__regex=TRACEABLE),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
