"""Taking a package in: verified, looked at, then taken in whole or not at all.

Between the two the parts wait sealed under the office's own key; file and passphrase are kept nowhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from kernel.clock import now
from kernel.errors import NotVisible
from sharing.access.packages import (
    access_brought,
    access_received_record,
    office_code,
)
from sharing.errors.packages import (
    AnswerEmpty,
    BroughtMeanwhile,
    NotAnswerable,
    PackageFaulty,
    PackageKeyWaits,
    PackageKeyWithdrawn,
    PackageKnown,
)
from sharing.mapping.keys import key_service, record_cipher
from sharing.models.packages import (
    BroughtPackage,
    PackageAnswer,
    PartnerKey,
    ReceivedPackage,
    ReceivedRecord,
)
from sharing.packages.manifest import Row, as_json
from sharing.packages.parts import (
    ANSWERABLE,
    ANSWERS,
    ITEMS,
    LETTERS,
    title_of,
)
from sharing.packages.reading import Opened, opened
from sharing.selectors.brought_packages import parts_of, problems_of
from sharing.vault.envelopes import Place, seal
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.db import refused_as
from tenancy.domain.roles import Permission
from tenancy.models import Office


@sensitive_variables("passphrase", "content", "found", "envelope")
@transaction.atomic
def bring_package(*, actor: Actor, content: bytes, passphrase: str) -> BroughtPackage:
    """Verify it and keep what is in it, sealed, until it is taken in or dropped.

    Those of `sharing.packages.reading.opened`; `PackageKeyWithdrawn`, `PackageKeyWaits`,
    `PackageKnown`.
    """
    actor.must(Permission.TAKE_IN_PACKAGES)
    keys = {key.fingerprint: key for key in PartnerKey.objects.filter(tenant_id=actor.tenant_id)}
    found = opened(
        content,
        passphrase=passphrase,
        keys={
            mark: (key.office_code, Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public)))
            for mark, key in keys.items()
        },
        receiver=office_code(actor),
    )
    key = keys[found.signed_by]
    if key.withdrawn_at is not None:
        raise PackageKeyWithdrawn(key=key.fingerprint)
    if key.confirmed_at is None:
        raise PackageKeyWaits(key=key.fingerprint)
    _must_be_new(actor, found)
    brought = _keep(actor, found, key, hashlib.sha256(content).hexdigest())
    audit.record(
        actor,
        "sharing.package.brought",
        brought,
        package=brought.number,
        sender=brought.sender_code,
        sha256=brought.sha256,
    )
    return brought


@sensitive_variables("rows", "parts")
@transaction.atomic
def take_in_package(*, actor: Actor, number: int) -> ReceivedPackage:
    """Each row becomes a record that was received; an answer is tied to what it answers.

    `PackageFaulty`, `BroughtMeanwhile`.
    """
    brought = access_brought(actor, number)
    actor.must(Permission.TAKE_IN_PACKAGES)
    parts = parts_of(brought)
    if problems := problems_of(actor, brought, parts):
        raise PackageFaulty(count=len(problems))
    meanwhile = BroughtMeanwhile()
    names = (
        "received_package_once",
        "package_by_a_key_in_force",
        "package_taken_in_as_it_was_brought",
    )
    with refused_as(dict.fromkeys(names, meanwhile)):
        package = ReceivedPackage.objects.create(
            tenant_id=actor.tenant_id,
            number=brought.number,
            fingerprint=brought.fingerprint,
            purpose=brought.purpose,
            parts=brought.parts,
            sha256=brought.sha256,
            sender_code=brought.sender_code,
            sender_name=brought.sender_name,
            made_at=brought.made_at,
        )
    for part, rows in parts.items():
        _write(actor, package, part, rows)
    brought.delete()
    audit.record(
        actor,
        "sharing.package.taken_in",
        package,
        package=package.number,
        sender=package.sender_code,
        parts={part: len(rows) for part, rows in parts.items()},
        sha256=package.sha256,
    )
    return package


@transaction.atomic
def drop_package(*, actor: Actor, number: int) -> None:
    """Take nothing of it. It can be brought again."""
    brought = access_brought(actor, number)
    gone, _ = BroughtPackage.objects.filter(tenant_id=actor.tenant_id, pk=number).delete()
    if not gone:  # taken in meanwhile
        raise NotVisible(what="brought_package", number=number)
    audit.record(
        actor,
        "sharing.package.dropped",
        brought,
        package=brought.number,
        sender=brought.sender_code,
    )


@transaction.atomic
def write_answer(*, actor: Actor, number: int, kind: str, text: str = "") -> PackageAnswer:
    """What the office says on a letter or an item that it received; it goes back in a package.

    `NotAnswerable`, `AnswerEmpty`.
    """
    record = access_received_record(actor, number)
    actor.must(Permission.MAKE_PACKAGES)
    if kind not in ANSWERABLE.get(record.part, ()):
        raise NotAnswerable
    if kind != PackageAnswer.Kind.RECEIPT and not text.strip():
        raise AnswerEmpty
    answer = PackageAnswer.objects.create(
        tenant_id=actor.tenant_id, record=record, kind=kind, text=text.strip()
    )
    audit.record(actor, "sharing.package_answer.written", answer, record=record.pk, kind=kind)
    return answer


def forget_brought() -> None:
    """The chore: what nobody took in for as long as uploads wait is dropped."""
    before = now() - timedelta(days=settings.KEEP_IMPORTS_DAYS)
    for office in Office.objects.filter(closed_on__isnull=True).values_list("pk", flat=True):
        with in_office(office, None):
            stale = BroughtPackage.objects.filter(tenant_id=office, at__lt=before)
            for brought in stale:
                audit.record(
                    Actor.for_job(office, None),
                    "sharing.package.dropped",
                    brought,
                    package=brought.number,
                    sender=brought.sender_code,
                )
            stale.delete()


def _must_be_new(actor: Actor, found: Opened) -> None:
    same = {"sender_code": found.manifest.sender, "number": found.manifest.number}
    known = ReceivedPackage.objects.filter(tenant_id=actor.tenant_id, **same).first()
    if known is not None and known.at is not None:
        raise PackageKnown(on=known.at.date())
    BroughtPackage.objects.filter(tenant_id=actor.tenant_id, **same).delete()


def _keep(actor: Actor, found: Opened, key: PartnerKey, sha256: str) -> BroughtPackage:
    said = found.manifest
    place = Place(actor.tenant_id, "brought_package", f"{said.sender}/{said.number}")
    envelope = seal(key_service(), place, as_json(dict(found.parts)), record_cipher())
    meanwhile = BroughtMeanwhile()
    names = ("brought_package_once", "package_taken_in_once", "package_by_a_key_in_force")
    with refused_as(dict.fromkeys(names, meanwhile)):
        return BroughtPackage.objects.create(
            tenant_id=actor.tenant_id,
            number=said.number,
            fingerprint=found.signed_by,
            purpose=said.purpose.replace("\0", " ")[:200],
            parts=[
                {"name": one.name, "rows": one.rows, "sha256": one.sha256} for one in said.parts
            ],
            sha256=sha256,
            sender_code=said.sender,
            sender_name=key.office_name,
            made_at=datetime.fromisoformat(said.made_at),
            cipher=envelope.cipher,
            key=envelope.key,
            wrapped=envelope.wrapped,
            sealed=envelope.sealed,
        )


def _write(actor: Actor, package: ReceivedPackage, part: str, rows: Sequence[Row]) -> None:
    """Without asking for the rows back: a list may hold somebody of the very name of who brings it,
    who then keeps it and does not see it."""
    columns = "tenant_id, package_id, part, position, ref, title, content, letter_id, item_id"
    table = ReceivedRecord._meta.db_table
    values = []
    for place, row in enumerate(rows, start=1):
        ties = _ties(part, row)
        content = json.dumps(row, ensure_ascii=False)
        values.append(
            [
                actor.tenant_id,
                package.pk,
                part,
                place,
                row["ref"],
                title_of(part, row),
                content,
                *ties,
            ]
        )
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) "  # noqa: S608
            "VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s)",
            values,
        )


def _ties(part: str, row: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Of an answer the letter or the item that it answers."""
    if part != ANSWERS:
        return None, None
    return (
        row["record"] if row["part"] == LETTERS else None,
        row["record"] if row["part"] == ITEMS else None,
    )
