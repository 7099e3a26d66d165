"""Messages on their way: taken, sent, noted; by the worker, as the office's own housekeeping.

A try leaves no line in the record, the delivery's row tells of it; that a webhook was disabled does.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from kernel.clock import now
from tenancy import audit, outbound
from tenancy.actor import Actor
from tenancy.domain import webhooks as domain
from tenancy.events import events
from tenancy.models import Webhook, WebhookDelivery, WebhookHost, WebhookSecret
from tenancy.queue import ring
from tenancy.sealed_secrets import unsealed
from tenancy.telling import tell

DELIVER = "tenancy.deliver_webhook"
MOST_AT_ONCE = 200
_State = WebhookDelivery.State


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is needed to send one message; read before, so that no transaction waits for a net."""

    delivery: int
    webhook: int
    tries: int
    address: domain.Address
    message: str
    body: bytes
    secrets: tuple[str, ...]
    allowed: frozenset[str]


def queue_deliveries() -> int:
    """Make jobs of what is due, in all offices, and ring for them. How many the broker was told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.queue_deliveries(%s)", [MOST_AT_ONCE])
        numbers = [number for (number,) in cursor.fetchall()]
    return sum(ring(number, "jobs") for number in numbers)


def forget_deliveries(*, older_than_days: int = domain.KEPT_DAYS) -> int:
    """Remove what is long over, of all offices. How many they were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.forget_deliveries(%s)", [older_than_days])
        return int(cursor.fetchone()[0])


def take(*, actor: Actor, number: int) -> Parcel | None:
    """Begin a try; it counts from here, also where the process dies over it. None: nothing to do."""
    delivery = (
        WebhookDelivery.objects.select_for_update(of=("self",))
        .select_related("webhook")
        .filter(tenant_id=actor.tenant_id, pk=number, state=_State.WAITING, next_at__lte=Now())
        .first()
    )
    if delivery is None:
        return None
    if not delivery.webhook.is_in_force:
        _set(delivery, state=_State.DROPPED)
        return None
    if delivery.tries >= domain.MOST_TRIES:
        # The last one died with its process.
        _set(delivery, state=_State.FAILED)
        return None
    # `next_at` stays: a try that nobody notes is due again.
    _set(delivery, tries=F("tries") + 1, last_at=now())
    return _parcel(delivery)


def send(parcel: Parcel) -> outbound.Answer:
    headers = domain.headers_of(
        parcel.message, parcel.body, secrets_in_force=parcel.secrets, at=int(time.time())
    )
    more = {"Content-Type": "application/json", "User-Agent": "xuncha-webhooks/1"}
    return outbound.post(parcel.address, parcel.body, headers | more, allowed=parcel.allowed)


def note(*, actor: Actor, parcel: Parcel, answer: outbound.Answer) -> None:
    """What came of it; and of the webhook: failing, or not any more."""
    delivery = WebhookDelivery.objects.get(tenant_id=actor.tenant_id, pk=parcel.delivery)
    told = {"last_at": now(), "last_status": answer.status, "last_fault": answer.fault}
    webhook = Webhook.objects.filter(tenant_id=actor.tenant_id, pk=parcel.webhook)
    if domain.is_taken(answer.status):
        _set(delivery, state=_State.DELIVERED, **told)
        webhook.update(last_success_at=now(), failing_since=None)
        return
    pause = domain.pause_after(parcel.tries, chance=random.random())  # noqa: S311
    if pause is None:
        _set(delivery, state=_State.FAILED, **told)
    else:
        _set(delivery, next_at=now() + timedelta(seconds=pause), **told)
    webhook.filter(failing_since__isnull=True).update(failing_since=now())
    _disable_if_hopeless(actor, parcel.webhook, answer.status)


def _disable_if_hopeless(actor: Actor, number: int, status: int | None) -> None:
    """After some days without a success, or at once where the receiver says that it is gone."""
    long_ago: datetime = now() - timedelta(days=domain.GIVEN_UP_AFTER_DAYS)
    hopeless = Webhook.objects.filter(
        tenant_id=actor.tenant_id, pk=number, disabled_at__isnull=True, ended_at__isnull=True
    )
    if status != domain.GONE:
        hopeless = hopeless.filter(failing_since__lte=long_ago)
    if hopeless.update(disabled_at=now()) == 0:
        return
    webhook = Webhook.objects.get(tenant_id=actor.tenant_id, pk=number)
    webhook.deliveries.filter(tenant_id=actor.tenant_id, state=_State.WAITING).update(
        state=_State.DROPPED
    )
    audit.record(actor, "tenancy.webhook.disabled", webhook, status=status)
    tell(actor, "webhook_disabled", webhook.pk, host=webhook.host)


def _parcel(delivery: WebhookDelivery) -> Parcel:
    webhook = delivery.webhook
    known = events().get(delivery.event)
    url = None if known is None else known.url(delivery.number)
    return Parcel(
        delivery=delivery.pk,
        webhook=webhook.pk,
        tries=delivery.tries + 1,
        address=domain.address_of(webhook.address, is_dev=True),
        message=delivery.message_id,
        body=domain.body_of(
            delivery.event, number=delivery.number, at=delivery.happened_at, url=url
        ),
        secrets=tuple(_secrets(webhook)),
        allowed=frozenset(WebhookHost.objects.values_list("entry", flat=True)),
    )


def _secrets(webhook: Webhook) -> list[str]:
    """The newest, and the one before it while it is valid."""
    newest = WebhookSecret.objects.filter(tenant_id=webhook.tenant_id, webhook=webhook)
    return [
        unsealed(one.sealed)
        for one in newest.order_by("-pk")[:2]
        if one.ends_at is None or one.ends_at > now()
    ]


def _set(delivery: WebhookDelivery, **values: object) -> None:
    """Only what is named: of the other columns the worker may write none."""
    WebhookDelivery.objects.filter(tenant_id=delivery.tenant_id, pk=delivery.pk).update(**values)
