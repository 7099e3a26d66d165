"""Whom the system mails, and what became of each letter. The address itself is sealed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from tenancy.models.owned import TenantOwned


class MailAddress(TenantOwned):
    """Where somebody wants to be reminded, for their seats in one office. Nobody else reads it.

    `sealed` is encrypted; `shown` is what its owner knows it by. Until it is confirmed it holds a
    sealed code, which the letter says and the page asks for.
    """

    user = models.ForeignKey("tenancy.User", models.PROTECT, db_index=False, related_name="+")
    sealed = models.BinaryField()
    shown = models.CharField(max_length=260)
    code = models.BinaryField(null=True)
    code_ends_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="mail_address_once_a_person", fields=["tenant", "user"]),
            models.CheckConstraint(
                name="mail_address_is_confirmed_or_asked",
                condition=Q(confirmed_at__isnull=False, code__isnull=True)
                | Q(confirmed_at__isnull=True, code__isnull=False, code_ends_at__isnull=False),
            ),
        ]


class MailMessage(TenantOwned):
    """One letter to one person: never the address, never what it is about.

    `message` is the same over all tries, and makes the Message-ID. At most one waits unsent for a
    person: what happens meanwhile is told by it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    user = models.ForeignKey("tenancy.User", models.PROTECT, db_index=False, related_name="+")
    message = models.UUIDField(default=uuid.uuid4)
    about = models.CharField(max_length=10, help_text="code, or one of domain.mail.THINGS")
    notice_number = models.BigIntegerField(
        null=True, help_text="The first notice that it tells of."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    job_number = models.BigIntegerField(null=True)
    last_at = models.DateTimeField(null=True)
    last_fault = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(name="mail_message_once", fields=["tenant", "message"]),
            models.UniqueConstraint(
                name="mail_message_one_unsent_a_person",
                fields=["tenant", "user"],
                condition=Q(state="waiting", tries=0) & ~Q(about="code"),
            ),
        ]
        indexes = [
            models.Index(name="mail_message_newest", fields=["tenant", "user", "-id"]),
            # Looked for across all offices.
            models.Index(name="mail_message_due", fields=["next_at"], condition=Q(state="waiting")),
            models.Index(name="mail_message_by_age", fields=["created_at"]),
        ]
