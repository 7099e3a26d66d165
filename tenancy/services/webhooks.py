"""Webhooks as people keep them: made, looked at, tested, rotated, ended; and the list of hosts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from kernel.clock import now
from kernel.errors import NotVisible
from tenancy import audit
from tenancy.access import access_webhook, webhooks_visible_to
from tenancy.actor import Actor
from tenancy.db import ask, refused_as
from tenancy.domain import webhooks as domain
from tenancy.domain.roles import Permission
from tenancy.errors import (
    TooManyWebhooks,
    WebhookAddressNotValid,
    WebhookEventsNotKnown,
    WebhookHostNotAllowed,
    WebhookHostNotValid,
    WebhookNotInForce,
)
from tenancy.events import Event, events
from tenancy.models import Webhook, WebhookDelivery, WebhookHost, WebhookSecret
from tenancy.sealed_secrets import sealed

MOST_WEBHOOKS = 10  # of one office, that are not ended
MOST_SHOWN = 50
_State = WebhookDelivery.State


@dataclass(frozen=True, slots=True)
class NewSecret:
    """`secret` is shown once; the web cannot read it later."""

    webhook: Webhook
    secret: str


def events_for(actor: Actor) -> list[Event]:
    """What the actor may choose: nobody has told to a program what they may not know."""
    return [one for one in events().values() if actor.may(one.permission)]


def allowed_hosts() -> list[str]:
    """Every line of the list, hosts before networks."""
    entries = WebhookHost.objects.values_list("entry", flat=True)
    return sorted(entries, key=lambda entry: ("/" in entry, entry))


@transaction.atomic
def make_webhook(*, actor: Actor, name: str, address: str, events: Collection[str]) -> NewSecret:
    actor.must(Permission.MANAGE_WEBHOOKS)
    place = _place(address)
    chosen = sorted(set(events))
    if not chosen or not set(chosen) <= {one.code for one in events_for(actor)}:
        raise WebhookEventsNotKnown
    if webhooks_visible_to(actor).filter(ended_at__isnull=True).count() >= MOST_WEBHOOKS:
        raise TooManyWebhooks(most=MOST_WEBHOOKS)
    unlisted = WebhookHostNotAllowed(host=place.authority)
    if not WebhookHost.objects.filter(entry=place.authority).exists():
        raise unlisted
    with refused_as({"webhook_to_listed_host": unlisted}):
        webhook = Webhook.objects.create(
            tenant_id=actor.tenant_id,
            name=name,
            address=str(place),
            events=chosen,
            created_by_id=actor.person_id,
            created_at=now(),
        )
    secret = _new_secret(webhook)
    audit.record(actor, "tenancy.webhook.made", webhook, entry=place.authority, events=chosen)
    return NewSecret(webhook, secret)


@transaction.atomic
def rotate_secret(*, actor: Actor, number: int) -> NewSecret:
    """Another secret; the one before it signs for a day more, those before that no longer."""
    webhook = _in_force(actor, number)
    before = WebhookSecret.objects.filter(tenant_id=actor.tenant_id, webhook_id=number)
    newest = before.order_by("-pk").values("pk")[:1]
    before.exclude(pk__in=newest).filter(ends_at__gt=now()).update(ends_at=now())
    before.filter(pk__in=newest).update(ends_at=now() + timedelta(hours=domain.ROTATION_H))
    secret = _new_secret(webhook)
    audit.record(actor, "tenancy.webhook.rotated", webhook)
    return NewSecret(webhook, secret)


@transaction.atomic
def end_webhook(*, actor: Actor, number: int) -> Webhook:
    """For good. What waits is not sent any more. Doing it twice does it once."""
    webhook = _locked(actor, number)
    if webhook.ended_at is None:
        webhook.ended_at = now()
        webhook.save(update_fields=["ended_at"])
        _deliveries(webhook).filter(state=_State.WAITING).update(state=_State.DROPPED)
        audit.record(actor, "tenancy.webhook.ended", webhook)
    return webhook


@transaction.atomic
def resume_webhook(*, actor: Actor, number: int) -> Webhook:
    """Of one that the system disabled: what happens from now on is sent again."""
    webhook = _locked(actor, number)
    if webhook.ended_at is not None:
        raise WebhookNotInForce
    if webhook.disabled_at is not None:
        webhook.disabled_at = webhook.failing_since = None
        webhook.save(update_fields=["disabled_at", "failing_since"])
        audit.record(actor, "tenancy.webhook.resumed", webhook)
    return webhook


@transaction.atomic
def send_test(*, actor: Actor, number: int) -> WebhookDelivery:
    webhook = _in_force(actor, number)
    delivery = WebhookDelivery.objects.create(
        tenant_id=actor.tenant_id,
        webhook=webhook,
        event=domain.TEST,
        happened_at=now(),
        next_at=now(),
    )
    audit.record(actor, "tenancy.webhook.tested", webhook, delivery=delivery.pk)
    return delivery


@transaction.atomic
def send_again(*, actor: Actor, number: int, delivery: int) -> None:
    """From the first try on, under the same id. What waits anyway is sent at once."""
    webhook = _in_force(actor, number)
    found = _deliveries(webhook).filter(pk=delivery)
    again = {"state": _State.WAITING, "tries": 0, "last_at": None, "next_at": now()}
    if found.update(**again) == 0:
        raise NotVisible(what="delivery", number=delivery)
    audit.record(actor, "tenancy.webhook.repeated", webhook, delivery=delivery)


def deliveries_of(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    """The newest."""
    return _deliveries(webhook).order_by("-pk")[:MOST_SHOWN]


def older_secret_until(webhook: Webhook) -> datetime | None:
    """Until when the secret before the last one signs as well; None: it does not."""
    before = WebhookSecret.objects.filter(tenant_id=webhook.tenant_id, webhook=webhook)
    return before.filter(ends_at__gt=now()).values_list("ends_at", flat=True).first()


# --- The installation's list ---------------------------------------------------------------------


@transaction.atomic
def allow_host(*, actor: Actor, entry: str) -> str:
    """One line more; what is there already stays. The database asks for the seat once more."""
    actor.must(Permission.KEEP_WEBHOOK_HOSTS)
    try:
        line = domain.entry_of(entry)
    except ValueError as error:
        raise WebhookHostNotValid(entry=entry[:60]) from error
    if ask("SELECT sec.allow_webhook_host(%s)", line):
        audit.record(actor, "tenancy.webhook_host.allowed", entry=line)
    return line


@transaction.atomic
def refuse_host(*, actor: Actor, entry: str) -> None:
    """Off the list: nothing is sent there from the next try on."""
    actor.must(Permission.KEEP_WEBHOOK_HOSTS)
    if ask("SELECT sec.refuse_webhook_host(%s)", entry):
        audit.record(actor, "tenancy.webhook_host.refused", entry=entry)


def _place(address: str) -> domain.Address:
    try:
        return domain.address_of(address, is_dev=settings.WEBHOOKS_AT_HOME)
    except domain.NotAnAddress as error:
        raise WebhookAddressNotValid from error


def _new_secret(webhook: Webhook) -> str:
    secret = domain.new_secret()
    WebhookSecret.objects.create(
        tenant_id=webhook.tenant_id, webhook=webhook, sealed=sealed(secret), made_at=now()
    )
    return secret


def _locked(actor: Actor, number: int) -> Webhook:
    access_webhook(actor, number)
    return Webhook.objects.select_for_update().get(tenant_id=actor.tenant_id, pk=number)


def _in_force(actor: Actor, number: int) -> Webhook:
    webhook = _locked(actor, number)
    if not webhook.is_in_force:
        raise WebhookNotInForce
    return webhook


def _deliveries(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(tenant_id=webhook.tenant_id, webhook=webhook)
