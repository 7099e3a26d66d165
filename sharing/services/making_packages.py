"""Making a package: chosen records, signed by the office's key, sealed by a passphrase.

The file is handed over in the answer and kept nowhere; nor is the passphrase.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from kernel.clock import now
from sharing.access.packages import office_code, partners, sendable
from sharing.errors.packages import (
    NoSigningKey,
    PackageEmpty,
    PackageTooLarge,
    PassphraseGuessable,
    PassphrasesDiffer,
    PassphraseTooShort,
    ReceiverUnknown,
    RecordNotForPackage,
)
from sharing.mapping.parcels import BESIDE, ROWS
from sharing.models.packages import SentPackage, SentRecord
from sharing.packages import sealing
from sharing.packages.manifest import Row, part_of
from sharing.packages.parts import PARTS
from sharing.packages.reading import LARGEST_FILE, MIB
from sharing.packages.signing import fingerprint
from sharing.packages.writing import Cover, packaged
from sharing.services.package_keys import signing_pair
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.passwords import word_within
from tenancy.domain.roles import Permission

LEAST_DIFFERENT = 8


@dataclass(frozen=True, slots=True)
class Made:
    """`content`: the file, for this one answer."""

    package: SentPackage
    content: bytes

    @property
    def file_name(self) -> str:
        return f"{self.package.receiver_code}-{self.package.number[:12]}.xcpkg"


@sensitive_variables("passphrase", "passphrase_again", "pair", "content", "rows")
@transaction.atomic
def make_package(
    *,
    actor: Actor,
    receiver: str,
    purpose: str,
    records: Iterable[tuple[str, int]],
    passphrase: str,
    passphrase_again: str,
) -> Made:
    """`records`: part and number of each. In person: there is no call for it.

    `ReceiverUnknown`, `PackageEmpty`, `RecordNotForPackage`, `NoSigningKey`, `PassphraseTooShort`,
    `PassphraseGuessable`, `PassphrasesDiffer`, `PackageTooLarge`.
    """
    actor.must(Permission.MAKE_PACKAGES)
    known = partners(actor)
    if receiver not in known:
        raise ReceiverUnknown
    own = office_code(actor)
    _must_be_strong(passphrase, (own, actor.office_name, receiver, known[receiver], purpose))
    if passphrase != passphrase_again:
        raise PassphrasesDiffer
    rows = _rows(actor, receiver, records)
    pair = signing_pair(actor)
    cover = Cover(secrets.token_hex(16), own, receiver, now(), purpose.strip())
    content = packaged(cover, rows, key=pair, passphrase=passphrase)
    if len(content) > LARGEST_FILE:
        raise PackageTooLarge(
            what=f"{len(content) / MIB:.0f} MiB", limit=f"{LARGEST_FILE / MIB:.0f} MiB"
        )
    mark = fingerprint(pair.public_key())
    package = _keep(actor, cover, known[receiver], rows, content, mark)
    audit.record(
        actor,
        "sharing.package.made",
        package,
        package=package.number,
        receiver=receiver,
        parts={name: len(found) for name, found in rows.items()},
        sha256=package.sha256,
    )
    return Made(package, content)


def _must_be_strong(passphrase: str, words: Iterable[str]) -> None:
    if len(passphrase) < sealing.SHORTEST:
        raise PassphraseTooShort(least=sealing.SHORTEST).at("passphrase")
    if len(set(passphrase)) < LEAST_DIFFERENT or word_within(passphrase, words) is not None:
        raise PassphraseGuessable(least=LEAST_DIFFERENT)


def _rows(
    actor: Actor, receiver: str, records: Iterable[tuple[str, int]]
) -> Mapping[str, list[Row]]:
    """What was chosen, of what the actor reads now; one that is not of it is refused."""
    chosen: dict[str, set[int]] = {}
    for part, number in records:
        chosen.setdefault(part, set()).add(number)
    if not chosen:
        raise PackageEmpty
    offered = sendable(actor, receiver)
    if not set(chosen) <= set(offered):
        raise RecordNotForPackage
    rows: dict[str, list[Row]] = {}
    for part in PARTS:
        if part not in chosen:
            continue
        found = offered[part].filter(pk__in=chosen[part]).select_related(*BESIDE.get(part, ()))
        rows[part] = [ROWS[part](one) for one in found.order_by("pk")]
        if len(rows[part]) != len(chosen[part]):
            raise RecordNotForPackage
    return rows


def _keep(
    actor: Actor,
    cover: Cover,
    receiver_name: str,
    rows: Mapping[str, list[Row]],
    content: bytes,
    mark: str,
) -> SentPackage:
    said = [part_of(name, found)[0] for name, found in rows.items()]
    refusals = {
        "package_for_a_known_office": ReceiverUnknown(),
        "package_signed_by_the_key_of_now": NoSigningKey(),
    }
    with refused_as(refusals):
        package = SentPackage.objects.create(
            tenant_id=actor.tenant_id,
            number=cover.number,
            fingerprint=mark,
            purpose=cover.purpose,
            parts=[{"name": one.name, "rows": one.rows, "sha256": one.sha256} for one in said],
            sha256=hashlib.sha256(content).hexdigest(),
            receiver_code=cover.receiver,
            receiver_name=receiver_name,
            size=len(content),
        )
    with refused_as({"sent_list_to_whom_it_is_for": RecordNotForPackage()}):
        SentRecord.objects.bulk_create(
            SentRecord(tenant_id=actor.tenant_id, package=package, part=part, ref=row["ref"])
            for part, found in rows.items()
            for row in found
        )
    return package
