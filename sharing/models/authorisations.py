"""Authorising a published round's team: what the city proposes, and what the owner answers.

Both are delivered and stand as they were said: the database's functions alone write them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tenancy.models import Delivered, Office, TenantOwned, User
from tenancy.visibility import DeliveredQuerySet, OfficeQuerySet


class PersonAccount(TenantOwned):
    """Whose account somebody of the roster has. Said by the office's director, read by nobody else.

    It lets nobody in: opening a room asks it (`sec.account_of`), and finds an account that is open
    and holds no administrator's seat, or none.
    """

    person_number = models.CharField(max_length=50, help_text="The office's own, of its roster.")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    linked_by = models.CharField(max_length=100)
    linked_at = models.DateTimeField()

    objects = OfficeQuerySet["PersonAccount"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="person_account_once_per_person", fields=["tenant", "person_number"]
            ),
            models.UniqueConstraint(
                name="person_account_once_per_account", fields=["tenant", "user"]
            ),
        ]


class AuthorisationRequest(Delivered):
    """City → whose the records will be: please authorise this team for your units.

    `people`: [{origin, origin_name, number, name, post, role, is_local}], `units`: [{code, name,
    starts_on, ends_on}], both as published. The publication and the round are the sender's.
    """

    publication_id = models.BigIntegerField()
    publication = models.PositiveIntegerField(help_text="The published version.")
    published_on = models.DateField()
    round_number = models.BigIntegerField()
    round_name = models.CharField(max_length=100)
    mode = models.CharField(max_length=30)
    host = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    team_code = models.CharField(max_length=20)
    team_name = models.CharField(max_length=50)
    people = models.JSONField()
    units = models.JSONField()
    starts_on = models.DateField(help_text="As suggested.")
    until_on = models.DateField(help_text="As suggested: the first day on which nobody enters.")
    proposed_by_id = models.BigIntegerField()
    proposed_by = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()

    objects = DeliveredQuerySet["AuthorisationRequest"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="authorisation_request_ends_after_it_begins",
                condition=Q(until_on__gt=F("starts_on")),
            )
        ]
        indexes = [
            models.Index(
                name="authorisation_request_of_team",
                fields=["sender", "round_number", "host", "team_code", "-id"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_name} {self.team_name}"


class Authorisation(Delivered):
    """The owner → the city: granted under this document for this term, or refused with words."""

    request_number = models.BigIntegerField(help_text="Of the sender's request.")
    round_number = models.BigIntegerField()
    is_granted = models.BooleanField()
    document_number = models.CharField(max_length=100, blank=True)
    authorised_by = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    words = models.CharField(max_length=500, blank=True)
    answered_by_id = models.BigIntegerField()
    answered_by = models.CharField(max_length=100)
    answered_at = models.DateTimeField()

    objects = DeliveredQuerySet["Authorisation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="authorisation_answered_once", fields=["tenant", "sender", "request_number"]
            ),
            models.CheckConstraint(
                name="authorisation_has_a_document_and_a_term_or_words",
                condition=Q(
                    is_granted=True,
                    starts_on__isnull=False,
                    until_on__isnull=False,
                    until_on__gt=F("starts_on"),
                )
                & ~Q(document_number="")
                & ~Q(authorised_by="")
                | Q(is_granted=False, starts_on__isnull=True, until_on__isnull=True) & ~Q(words=""),
            ),
        ]
        indexes = [
            models.Index(
                name="authorisation_by_document", fields=["sender", "document_number", "tenant"]
            )
        ]
