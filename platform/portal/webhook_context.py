"""A webhook's page: its messages in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.text import Text
from tenancy.domain.webhooks import TEST
from tenancy.events import events
from tenancy.models import Webhook, WebhookDelivery
from tenancy.services.webhooks import NewSecret, deliveries_of, older_secret_until

# Why there was no answer (tenancy.outbound).
FAULTS = {
    "not_allowed": _("not on the list of allowed hosts"),
    "private_network": _("stands for an address in a private network"),
    "no_such_host": _("no such host"),
    "certificate": _("its certificate does not hold"),
    "no_answer": _("no answer in time"),
    "no_connection": _("no connection"),
    "broken_off": _("broken off"),
}
# How a state is marked (webui's `mark`).
MARKS = {"waiting": "info", "delivered": "good", "failed": "bad", "dropped": "quiet"}


@dataclass(frozen=True, slots=True)
class Line:
    delivery: WebhookDelivery
    event: Text
    mark: str
    fault: str | Promise


def title_of(code: str) -> Text:
    """An event in words; one of a later or an earlier release by its code."""
    if code == TEST:
        return Text(zh="测试", en="Test")
    known = events().get(code)
    return Text(zh=code, en=code) if known is None else known.title


def page_of_webhook(webhook: Webhook, *, made: NewSecret | None = None) -> dict[str, Any]:
    lines = [
        Line(one, title_of(one.event), MARKS[one.state], FAULTS.get(one.last_fault, ""))
        for one in deliveries_of(webhook)
    ]
    return {
        "webhook": webhook,
        "made": made,
        "events": [title_of(code) for code in webhook.events],
        "lines": lines,
        "older_until": older_secret_until(webhook),
    }
