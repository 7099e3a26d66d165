"""Keys that sign packages: the office's own pair, and the public keys of others.

Another office's key is in force when two people have compared its fingerprint with its owner, each
typing what they were told: a fingerprint that is only looked at is soon looked at by nobody.
"""

from __future__ import annotations

import re
import unicodedata

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from kernel.clock import now
from sharing.access.packages import access_partner_key, signing_keys
from sharing.errors.packages import (
    FingerprintDiffers,
    KeyNotAKey,
    NoSigningKey,
    PartnerKeyByTwo,
    PartnerKeyKnown,
    PartnerKeyWithdrawn,
    WithdrawalWantsAReason,
)
from sharing.mapping.keys import key_service, record_cipher
from sharing.models.packages import PartnerKey, SigningKey
from sharing.packages.signing import fingerprint
from sharing.vault.envelopes import Place, seal, unseal
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import Permission

_PUBLIC = re.compile(r"[0-9a-f]{64}")


@sensitive_variables("pair", "private", "envelope")
@transaction.atomic
def renew_signing_key(*, actor: Actor) -> SigningKey:
    """A new pair; the one before is retired. What it signed is still told by whoever registered it,
    until they withdraw it."""
    actor.must(Permission.KEEP_PACKAGE_KEYS)
    before = signing_keys(actor).select_for_update().filter(retired_at__isnull=True).first()
    if before is not None:
        before.retired_at = now()
        before.save(update_fields=["retired_at"])
    pair = Ed25519PrivateKey.generate()
    public = pair.public_key()
    mark = fingerprint(public)
    private = pair.private_bytes_raw()
    place = Place(actor.tenant_id, "signing_key", mark)
    envelope = seal(key_service(), place, private, record_cipher())
    made = SigningKey.objects.create(
        tenant_id=actor.tenant_id,
        fingerprint=mark,
        public=public.public_bytes_raw().hex(),
        cipher=envelope.cipher,
        key=envelope.key,
        wrapped=envelope.wrapped,
        sealed=envelope.sealed,
    )
    audit.record(actor, "sharing.signing_key.made", made, fingerprint=mark)
    return made


def signing_pair(actor: Actor) -> Ed25519PrivateKey:
    """For the length of one signature. `NoSigningKey`, those of the vault."""
    row = SigningKey.objects.filter(tenant_id=actor.tenant_id, retired_at__isnull=True).first()
    if row is None:
        raise NoSigningKey
    private = unseal(key_service(), row.place, row.envelope(bytes(row.sealed)))
    return Ed25519PrivateKey.from_private_bytes(private)


@transaction.atomic
def register_partner_key(
    *,
    actor: Actor,
    office_code: str,
    office_name: str,
    public: str,
    fingerprint: str,
    compared: str,
) -> PartnerKey:
    """`fingerprint`: as it was read out by its owner. In force once somebody else has compared it.

    `KeyNotAKey`, `FingerprintDiffers`, `PartnerKeyKnown`.
    """
    actor.must(Permission.KEEP_PACKAGE_KEYS)
    told = "".join(public.split()).lower()
    if not _PUBLIC.fullmatch(told):
        raise KeyNotAKey
    mark = fingerprint_of(told)
    if typed(fingerprint) != mark:
        raise FingerprintDiffers
    with refused_as({"partner_key_registered_once": PartnerKeyKnown()}):
        row = PartnerKey.objects.create(
            tenant_id=actor.tenant_id,
            office_code=office_code,
            office_name=office_name.strip(),
            public=told,
            fingerprint=mark,
            compared=compared.strip(),
        )
    audit.record(
        actor, "sharing.partner_key.registered", row, partner=office_code, fingerprint=mark
    )
    return row


@transaction.atomic
def confirm_partner_key(*, actor: Actor, number: int, fingerprint: str) -> PartnerKey:
    """By the leading group: somebody else than who registered it, who compared it anew.

    `FingerprintDiffers`, `PartnerKeyByTwo`, `PartnerKeyWithdrawn`.
    """
    row = access_partner_key(actor, number, lock=True)
    actor.must(Permission.CONFIRM_PACKAGE_KEYS)
    if typed(fingerprint) != row.fingerprint:
        raise FingerprintDiffers
    row.confirmed_at = now()
    refusals = {
        "partner_key_in_force_by_two": PartnerKeyByTwo(),
        "partner_key_stays_withdrawn": PartnerKeyWithdrawn(),
    }
    with refused_as(refusals):
        row.save(update_fields=["confirmed_at"])
    audit.record(actor, "sharing.partner_key.confirmed", row, partner=row.office_code)
    return row


@transaction.atomic
def withdraw_partner_key(*, actor: Actor, number: int, reason: str) -> PartnerKey:
    """From now on nothing that it signed is taken in; what was taken in before stands. By either
    of the two, alone. `WithdrawalWantsAReason`, `PartnerKeyWithdrawn`."""
    row = access_partner_key(actor, number, lock=True)
    if not reason.strip():
        raise WithdrawalWantsAReason
    row.withdrawn_at, row.withdrawn_because = now(), reason.strip()
    with refused_as({"partner_key_stays_withdrawn": PartnerKeyWithdrawn()}):
        row.save(update_fields=["withdrawn_at", "withdrawn_because"])
    audit.record(actor, "sharing.partner_key.withdrawn", row, partner=row.office_code)
    return row


def fingerprint_of(public: str) -> str:
    return fingerprint(Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)))


def typed(text: str) -> str:
    """A fingerprint however its groups were typed."""
    digits = "".join(one for one in unicodedata.normalize("NFKC", text).lower() if one.isalnum())
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
