"""Somebody's own mail reminders: an address asked for, confirmed by a code, given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare

from kernel.clock import now
from tenancy import audit, mail_out
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain import mail as domain
from tenancy.errors import (
    MailAddressNotValid,
    MailDomainNotAllowed,
    MailIsOff,
    TooManyMailCodes,
)
from tenancy.models import MailAddress, MailMessage
from tenancy.sealed_secrets import sealed, unsealed

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class MailPage:
    """`shown`: the address, masked; empty: none. `letters`: the newest that were sent or tried."""

    is_on: bool
    shown: str
    is_confirmed: bool
    code_ends_at: datetime | None
    letters: Sequence[MailMessage]


def mail_page(actor: Actor) -> MailPage:
    own = _own(actor)
    letters = MailMessage.objects.filter(tenant_id=actor.tenant_id, user_id=actor.person_id)
    return MailPage(
        is_on=mail_out.is_on(),
        shown="" if own is None else own.shown,
        is_confirmed=own is not None and own.confirmed_at is not None,
        code_ends_at=None if own is None else own.code_ends_at,
        letters=list(letters.order_by("-pk")[:MOST_SHOWN]),
    )


@transaction.atomic
def ask_for_mail(*, actor: Actor, address: str) -> None:
    """Send a code there. An address that was confirmed before is none from now on."""
    if not mail_out.is_on():
        raise MailIsOff
    try:
        place = domain.address_of(address, settings.EMAIL_DOMAINS)
    except domain.NotAnAddress as fault:
        if fault.why == "domain":
            raise MailDomainNotAllowed(domains=", ".join(settings.EMAIL_DOMAINS)) from fault
        raise MailAddressNotValid from fault
    MailAddress.objects.filter(tenant_id=actor.tenant_id, user_id=actor.person_id).delete()
    own = MailAddress.objects.create(
        tenant_id=actor.tenant_id,
        user_id=actor.person_id,
        sealed=sealed(place),
        shown=domain.masked(place),
        code=sealed(domain.new_code()),
        code_ends_at=now() + timedelta(minutes=domain.CODE_MINUTES),
    )
    too_many = TooManyMailCodes(most=domain.MOST_CODES_A_DAY)
    with refused_as({"mail_codes_a_day": too_many}):
        MailMessage.objects.create(
            tenant_id=actor.tenant_id, user_id=actor.person_id, about=domain.CODE, next_at=now()
        )
    audit.record(actor, "tenancy.mail.asked", own)


@transaction.atomic
def confirm_mail(*, actor: Actor, code: str) -> bool:
    """Whether it was the code, in time, within the tries. A wrong one is no refusal: what a refusal
    writes is undone, and the try counts."""
    is_right = _is_right(actor, code)
    if is_right:
        _confirm(actor)
    return is_right


@transaction.atomic
def end_mail(*, actor: Actor) -> None:
    """Nothing is sent any more, also what waits. Twice is once."""
    own = _own(actor)
    if own is None:
        return
    number = own.pk
    own.delete()
    audit.record(actor, "tenancy.mail.ended", MailAddress(pk=number))


def _own(actor: Actor) -> MailAddress | None:
    own = MailAddress.objects.filter(tenant_id=actor.tenant_id, user_id=actor.person_id)
    return own.first()


def _is_right(actor: Actor, code: str) -> bool:
    """Of several tries at once each is counted, one after the other."""
    own = (
        MailAddress.objects.select_for_update(of=("self",))
        .filter(tenant_id=actor.tenant_id, user_id=actor.person_id, confirmed_at__isnull=True)
        .first()
    )
    if own is None or own.code is None or own.code_ends_at is None:
        return False
    if own.code_ends_at <= now() or own.code_tries >= domain.MOST_CODE_TRIES:
        return False
    MailAddress.objects.filter(tenant_id=actor.tenant_id, pk=own.pk).update(
        code_tries=F("code_tries") + 1
    )
    return constant_time_compare(unsealed(own.code), code.strip())


def _confirm(actor: Actor) -> None:
    own = MailAddress.objects.filter(
        tenant_id=actor.tenant_id, user_id=actor.person_id, confirmed_at__isnull=True
    )
    if own.update(confirmed_at=now(), code=None, code_ends_at=None):
        found = _own(actor)
        assert found is not None  # noqa: S101
        audit.record(actor, "tenancy.mail.confirmed", found)
