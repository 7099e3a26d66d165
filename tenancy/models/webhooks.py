"""Where an office has events sent, what its messages are signed with, and what became of each."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenancy.models.owned import TenantOwned


class WebhookHost(models.Model):
    """One line of the installation's list of allowed hosts: `host:port`, or a network.

    Of no office. Everybody who serves people reads it; `sec.allow_webhook_host` and
    `sec.refuse_webhook_host` write it, for the system administrator.
    """

    entry = models.CharField(max_length=300, unique=True)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.entry


class Webhook(TenantOwned):
    """An address, and the events that are sent there. Neither changes once it is made."""

    name = models.CharField(max_length=100, help_text="What it is for, in its maker's words.")
    address = models.CharField(max_length=500, help_text="scheme://host:port/path, the port too")
    events = models.JSONField(help_text="Codes of tenancy.events.")
    created_by = models.ForeignKey("tenancy.User", models.PROTECT, db_index=False, related_name="+")
    created_at = models.DateTimeField()
    last_success_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True, help_text="The first failure after a success.")
    disabled_at = models.DateTimeField(null=True, help_text="By the system: it failed too long.")
    ended_at = models.DateTimeField(null=True, help_text="By somebody, for good.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="webhook_goes_over_tls_or_stays_at_home",
                condition=Q(address__regex=r"^https://[^/@\s]+:[0-9]+/")
                | Q(address__regex=r"^http://(localhost|127\.0\.0\.1|\[::1\]):[0-9]+/"),
            )
        ]
        indexes = [models.Index(name="webhook_newest_first", fields=["tenant", "-id"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_force(self) -> bool:
        return self.ended_at is None and self.disabled_at is None

    @property
    def host(self) -> str:
        return self.address.split("/")[2].removesuffix(":443")

    @property
    def shown(self) -> str:
        """The address as people write it."""
        scheme, _, host, path = self.address.split("/", 3)
        return f"{scheme}//{host.removesuffix(':443')}/{path}"


class WebhookSecret(TenantOwned):
    """What messages are signed with, sealed. The web's role writes it and cannot read it back."""

    webhook = models.ForeignKey(
        Webhook, models.PROTECT, related_name="secrets", db_constraint=False, db_index=False
    )
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, help_text="Set when another takes its place.")

    class Meta:
        indexes = [models.Index(name="webhook_secret_newest", fields=["tenant", "webhook", "-id"])]


class WebhookDelivery(TenantOwned):
    """One message to one webhook. `message` is the same over all tries: who gets it twice can tell.

    It holds what is told and nothing else: the event, the office's own number, the time.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Not delivered")
        DROPPED = "dropped", _("Not sent any more")

    webhook = models.ForeignKey(
        Webhook, models.PROTECT, related_name="deliveries", db_constraint=False, db_index=False
    )
    message = models.UUIDField(default=uuid.uuid4)
    event = models.CharField(max_length=40)
    number = models.BigIntegerField(null=True)
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(help_text="When it is tried, or would have been.")
    job_number = models.BigIntegerField(null=True)
    last_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_fault = models.CharField(max_length=20, blank=True, help_text="Where there was no answer.")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="webhook_delivery_message_once", fields=["tenant", "message"]
            ),
            models.CheckConstraint(
                name="webhook_delivery_tells_when_it_was_tried",
                condition=Q(tries=0, last_at__isnull=True) | Q(tries__gt=0, last_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="webhook_delivery_newest", fields=["tenant", "webhook", "-id"]),
            # Looked for across all offices.
            models.Index(
                name="webhook_delivery_due", fields=["next_at"], condition=Q(state="waiting")
            ),
            models.Index(name="webhook_delivery_by_age", fields=["created_at"]),
        ]

    @property
    def message_id(self) -> str:
        return f"msg_{self.message.hex}"
