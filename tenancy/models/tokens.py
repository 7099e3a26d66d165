"""What a program shows in place of a person's session, and the replies that it may ask for twice."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now

from tenancy.models.owned import TenantOwned

LONGEST_TOKEN_DAYS = 365


class ApiToken(TenantOwned):
    """Lets a program act for one person in one office, with some of that person's permissions.

    Of the secret there is only its digest: it is 32 random bytes, so nobody guesses it from
    that, and it needs no slow hash. What the person may no longer do, the token may not either.
    """

    user = models.ForeignKey("tenancy.User", models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=100, help_text="What it is for, in its owner's words.")
    prefix = models.CharField(max_length=12, help_text="How the secret begins: to recognise it by.")
    digest = models.BinaryField(max_length=32)
    permissions = models.JSONField(help_text="Codes of tenancy.domain.roles.Permission.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reads_only = models.BooleanField(
        db_default=Value(False), help_text="No unsafe call, whatever its permissions."
    )
    networks = models.JSONField(
        db_default=Value([], models.JSONField()),
        help_text="Where it holds, as CIDR; an empty list: everywhere.",
    )
    last_used_at = models.DateTimeField(null=True, help_text="To the minute.")
    last_used_from = models.GenericIPAddressField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_from = models.GenericIPAddressField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by_administrator = models.BooleanField(db_default=Value(False))
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="api_token_digest_once", fields=["tenant", "digest"]),
            models.CheckConstraint(
                name="api_token_ends_within_a_year",
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + timedelta(days=LONGEST_TOKEN_DAYS)),
            ),
        ]
        indexes = [
            # Whoever shows a token has not said for which office.
            models.Index(name="api_token_by_digest", fields=["digest"]),
            models.Index(name="api_token_by_person", fields=["tenant", "user", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class IdempotencyKey(TenantOwned):
    """One unsafe call that was answered: the same call with the same key gets the same reply.

    The row is inserted before the work and filled in after it, both in the work's transaction:
    a second call waits at the unique key until the first one is over.
    """

    user = models.ForeignKey("tenancy.User", models.PROTECT, db_index=False, related_name="+")
    key = models.UUIDField()
    method = models.CharField(max_length=10)
    path = models.CharField(max_length=2000)
    body_hash = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="idempotency_key_claimed_once", fields=["tenant", "user", "key"]
            )
        ]
        indexes = [
            # Old ones are looked for across all offices.
            models.Index(name="idempotency_key_by_age", fields=["created_at"]),
        ]

    def __str__(self) -> str:
        return str(self.key)
