"""Letters on their way: taken, sent, noted; by the worker, as the office's own housekeeping.

Whether there is something for somebody is asked when the letter goes, by their rights of then: who
has seen it in the portal meanwhile, or may not any more, gets none.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from kernel.clock import now
from tenancy import mail_out
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain import mail as domain
from tenancy.models import MailAddress, MailMessage
from tenancy.news import has_news
from tenancy.queue import ring
from tenancy.sealed_secrets import unsealed

SEND = "tenancy.send_mail"
MOST_AT_ONCE = 200
_State = MailMessage.State


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is needed to send one letter; read before, so that no transaction waits for a net."""

    number: int
    tries: int
    address: str
    letter: domain.Letter
    message_id: str


def queue_mails() -> int:
    """Make jobs of what is due, in all offices, and ring for them. How many the broker was told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.queue_mails(%s)", [MOST_AT_ONCE])
        numbers = [number for (number,) in cursor.fetchall()]
    return sum(ring(number, "jobs") for number in numbers)


def forget_mails(*, older_than_days: int = domain.KEPT_DAYS) -> int:
    """Remove what is long over, of all offices. How many they were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.forget_mails(%s)", [older_than_days])
        return int(cursor.fetchone()[0])


def take(*, actor: Actor, number: int) -> Parcel | None:
    """Begin a try; it counts from here, also where the process dies over it. None: nothing to do."""
    message = (
        MailMessage.objects.select_for_update(of=("self",))
        .filter(tenant_id=actor.tenant_id, pk=number, state=_State.WAITING, next_at__lte=Now())
        .first()
    )
    if message is None:
        return None
    to = _wanted(message)
    if to is None:
        _set(message, state=_State.DROPPED)
        return None
    if message.tries >= domain.MOST_TRIES:
        # The last one died with its process.
        _set(message, state=_State.FAILED)
        return None
    # `next_at` stays: a try that nobody notes is due again.
    _set(message, tries=F("tries") + 1, last_at=now())
    (address, letter) = to
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    message_id = f"<{message.message.hex}@{host}>"
    return Parcel(message.pk, message.tries + 1, address, letter, message_id)


def send(parcel: Parcel) -> str:
    return mail_out.send(parcel.address, parcel.letter, parcel.message_id)


def note(*, actor: Actor, parcel: Parcel, fault: str) -> None:
    """What came of it. What a server refuses for good is not tried again."""
    message = MailMessage.objects.get(tenant_id=actor.tenant_id, pk=parcel.number)
    told = {"last_at": now(), "last_fault": fault}
    if fault == mail_out.SENT:
        _set(message, state=_State.SENT, **told)
        return
    pause = domain.pause_after(parcel.tries, chance=random.random())  # noqa: S311
    if pause is None or fault in mail_out.FOR_GOOD:
        _set(message, state=_State.FAILED, **told)
    else:
        _set(message, next_at=now() + timedelta(seconds=pause), **told)


def _wanted(message: MailMessage) -> tuple[str, domain.Letter] | None:
    """Where it goes and what it says; None: mail is off, the address is gone, or nothing is new."""
    if not mail_out.is_on():
        return None
    with in_office(message.tenant_id, message.user_id):
        own = MailAddress.objects.filter(
            tenant_id=message.tenant_id, user_id=message.user_id
        ).first()
        if own is None:
            return None
        address = unsealed(own.sealed)
        if message.about == domain.CODE:
            is_asked = own.code is not None and own.code_ends_at is not None
            if not is_asked or own.code is None or own.made_at > message.created_at:
                return None
            return address, domain.letter_with_code(unsealed(own.code))
        if own.confirmed_at is None:
            return None
        person = Actor.for_job(message.tenant_id, message.user_id)
        if not has_news(person, message.notice_number or 0):
            return None
        return address, domain.letter_about(message.about, mail_out.notices_link())


def _set(message: MailMessage, **values: object) -> None:
    """Only what is named: of the other columns the worker may write none."""
    MailMessage.objects.filter(tenant_id=message.tenant_id, pk=message.pk).update(**values)
