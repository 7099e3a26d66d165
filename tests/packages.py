"""Packages between two offices of the test city: keys compared, made, brought, taken in."""

from __future__ import annotations

from collections.abc import Sequence

from sharing.models.packages import BroughtPackage, PartnerKey, ReceivedPackage, SigningKey
from sharing.services.making_packages import Made, make_package
from sharing.services.package_keys import (
    confirm_partner_key,
    register_partner_key,
    renew_signing_key,
)
from sharing.services.taking_packages import bring_package, take_in_package
from tenancy.actor import Actor
from tests.people import acting

WORDS = "渔火 罗盘 石阶 abcd 盐场 2208"


def keyed(director: Actor) -> SigningKey:
    with acting(director):
        return renew_signing_key(actor=director)


def registered(director: Actor, key: SigningKey, code: str) -> PartnerKey:
    with acting(director):
        return register_partner_key(
            actor=director,
            office_code=code,
            office_name=f"{code}巡察办",
            public=key.public,
            fingerprint=key.fingerprint,
            compared="与对方主任电话核对",
        )


def trusted(director: Actor, group: Actor, key: SigningKey, code: str) -> PartnerKey:
    """Registered by the one and put in force by the other."""
    row = registered(director, key, code)
    with acting(group):
        return confirm_partner_key(actor=group, number=row.pk, fingerprint=key.fingerprint)


def made(
    director: Actor,
    receiver: str,
    records: Sequence[tuple[str, int]],
    purpose: str = "第三季度交接",
) -> Made:
    with acting(director):
        return make_package(
            actor=director,
            receiver=receiver,
            purpose=purpose,
            records=records,
            passphrase=WORDS,
            passphrase_again=WORDS,
        )


def brought(director: Actor, content: bytes) -> BroughtPackage:
    with acting(director):
        return bring_package(actor=director, content=content, passphrase=WORDS)


def taken_in(director: Actor, content: bytes) -> ReceivedPackage:
    waits = brought(director, content)
    with acting(director):
        return take_in_package(actor=director, number=waits.pk)
