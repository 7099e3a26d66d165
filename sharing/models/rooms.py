"""A team's working room (工作间), in the office that owns what is kept there."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tenancy.domain.roles import Permission
from tenancy.models import Office, TenantOwned, User
from tenancy.object_permissions import HandlerPermission
from tenancy.visibility import OfficeQuerySet


class RoomQuerySet(OfficeQuerySet["Room"]):
    def open_on(self, on: date) -> Self:
        """Whose term covers the day and which nobody closed before."""
        return self.filter(starts_on__lte=on, until_on__gt=on, closed_at__isnull=True)


class Room(TenantOwned):
    """Where a team works for one host county, for a term.

    A team has two: its *papers* in the office that owns them by the round's mode, and its *direct*
    room in the city, where clues and the interference register are kept from the first word, past
    the county (`docs/field.md`).
    """

    class Purpose(models.TextChoices):
        PAPERS = "papers", _("Papers and findings")
        DIRECT = "direct", _("Direct to the city")

    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    lead = models.ForeignKey(
        Office, models.PROTECT, related_name="+", help_text="Whose round it is."
    )
    round_number = models.BigIntegerField(help_text="The round's number in its leading office.")
    round_name = models.CharField(max_length=100)
    mode = models.CharField(max_length=30)
    publication = models.PositiveIntegerField(help_text="The published version authorised.")
    host = models.ForeignKey(
        Office, models.PROTECT, related_name="+", help_text="The county inspected."
    )
    team_code = models.CharField(max_length=20)
    team_name = models.CharField(max_length=50)
    request_number = models.BigIntegerField(
        null=True, help_text="Of the AuthorisationRequest: one for both rooms of the team."
    )
    document_number = models.CharField(max_length=100, help_text="Of the authorisation.")
    authorised_by = models.CharField(max_length=200, help_text="The body that authorised.")
    opened_by = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    starts_on = models.DateField()
    until_on = models.DateField(help_text="The first day on which nobody enters.")
    closed_at = models.DateTimeField(null=True, help_text="Before its term, with a reason.")
    closed_because = models.CharField(max_length=500, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        permissions = [("handle", "May handle it")]
        constraints = [
            models.UniqueConstraint(
                name="room_once_per_team_and_purpose",
                fields=["tenant", "lead", "round_number", "host", "team_code", "purpose"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="room_ends_after_it_begins", condition=Q(until_on__gt=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_name} {self.team_name}"

    def is_open_on(self, on: date) -> bool:
        return self.closed_at is None and self.starts_on <= on < self.until_on


class RoomUnit(TenantOwned):
    """A unit that the team inspects, as it was published."""

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="units", db_constraint=False, db_index=False
    )
    code = models.CharField(max_length=50, help_text="The host county's own.")
    name = models.CharField(max_length=200)
    starts_on = models.DateField(help_text="On site.")
    ends_on = models.DateField()

    objects = OfficeQuerySet["RoomUnit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="room_unit_once", fields=["tenant", "room", "code"])
        ]

    def __str__(self) -> str:
        return self.name


class RoomSeat(TenantOwned):
    """A seat of the team as it was published, and whose account sits there.

    `user` null: the person has no account yet, or their office has not said which it is. Whoever
    left the team keeps their line: `ended_on` is the first day without.
    `is_local`: of the host county; kept away from posts for outsiders (`docs/field.md`).
    """

    class Role(models.TextChoices):
        LEADER = "leader", _("Leader")
        DEPUTY = "deputy", _("Deputy leader")
        MEMBER = "member", _("Member")

    room = models.ForeignKey(
        Room, models.PROTECT, related_name="seats", db_constraint=False, db_index=False
    )
    origin = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    person_number = models.CharField(max_length=50, help_text="The origin's own.")
    name = models.CharField(max_length=100)
    post = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices)
    is_local = models.BooleanField()
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=500, blank=True, db_default="")

    objects = OfficeQuerySet["RoomSeat"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="room_seat_once_per_person",
                fields=["tenant", "room", "origin", "person_number"],
            )
        ]
        indexes = [
            # Which rooms somebody leads: asked on each of their pages.
            models.Index(name="room_seat_of_a_person", fields=["tenant", "user", "room"])
        ]

    def __str__(self) -> str:
        return self.name


class RoomMember(HandlerPermission):
    """Somebody who works in the room. Worth something together with a seat in force only."""

    needs = Permission.WORK_IN_ROOM

    # The name is guardian's.
    content_object = models.ForeignKey(
        Room, models.PROTECT, db_column="room_id", db_constraint=False, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="room_member_named_once",
                fields=["tenant", "content_object", "user", "permission"],
            )
        ]
        indexes = [
            # Where somebody works: asked on each of their pages.
            models.Index(name="room_member_by_person", fields=["tenant", "user", "content_object"])
        ]
