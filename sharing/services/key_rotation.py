"""A new key for an office: whatever is sealed for it is wrapped anew, its contents stay as they are.

Every house of sealed rows registers how its own are wrapped anew (`rewraps`); one that forgot would
keep its rows under the old key, so a test holds the register against the models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from sharing.mapping.keys import key_service
from sharing.mapping.sealing import PLACES
from sharing.models.attachments import SealedDerivative, SealedOriginal
from sharing.models.digests import SealedDigest, place_of
from sharing.models.envelopes import Enveloped
from sharing.models.packages import BroughtPackage, SigningKey
from sharing.vault.ciphers import Cipher
from sharing.vault.envelopes import Envelope, Place, rewrapped
from sharing.vault.key_service import KeyService
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.models import Office

AT_ONCE = 200

PlaceOf = Callable[[Enveloped], Place]
# Wraps an office's rows of one table under its key of now: office, keys, that key; how many.
Rewrap = Callable[[int, KeyService, str], int]
_REWRAPPED: dict[str, Rewrap] = {}


@dataclass(frozen=True, slots=True)
class Rotated:
    """`rows`: how many were wrapped anew."""

    key: str
    rows: int


def rewraps(model: type[Enveloped], place_of: PlaceOf) -> None:
    """Have that table's rows wrapped anew at each rotation. The worker needs
    `SELECT, UPDATE (key, wrapped)` on it."""
    table = model._meta.db_table
    rewraps_by(table, lambda *asked: _rewrap_table(model, place_of, *asked))


def rewraps_by(table: str, rewrap: Rewrap) -> None:
    """Likewise, for a table that the worker must not read: by functions of the database's."""
    _REWRAPPED[table] = rewrap


def rewrapped_tables() -> frozenset[str]:
    return frozenset(_REWRAPPED)


def rotate_keys(*, office: int) -> Rotated:
    """Make a key and wrap everything of the office under it. Interrupted, it is called again with
    `finish_rotation`; meanwhile everything opens, each row under the key that it names."""
    key_service().rotate(office)
    return finish_rotation(office=office)


def finish_rotation(*, office: int) -> Rotated:
    """By the worker, some rows in a transaction."""
    keys = key_service()
    current = keys.current(office)
    rows = sum(rewrap(office, keys, current) for rewrap in _REWRAPPED.values())
    actor = Actor.for_job(office, None)
    with in_office(office, None):
        audit.record(actor, "sharing.key.rotated", Office(pk=office), rows=rows)
    return Rotated(current, rows)


def _rewrap_table(
    model: type[Enveloped], place_of: PlaceOf, office: int, keys: KeyService, current: str
) -> int:
    return sum(
        _rewrap_batch(office, model, numbers, place_of, keys)
        for numbers in _under_other_keys(office, model, current)
    )


def _under_other_keys(office: int, model: type[Enveloped], current: str) -> Iterator[list[int]]:
    after = 0
    while True:
        with in_office(office, None):
            rows = _rows(model, tenant_id=office, pk__gt=after).exclude(key=current)
            numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        if not numbers:
            return
        yield numbers
        after = numbers[-1]


def _rewrap_batch(
    office: int, model: type[Enveloped], numbers: list[int], place_of: PlaceOf, keys: KeyService
) -> int:
    with in_office(office, None), transaction.atomic():
        rows = list(_rows(model, tenant_id=office, pk__in=numbers).select_for_update(no_key=True))
        for row in rows:
            anew = rewrapped(keys, place_of(row), row.envelope(b""))
            row.key, row.wrapped = anew.key, anew.wrapped
            row.save(update_fields=["key", "wrapped"])
    return len(rows)


def _rows(model: type[Enveloped], **which: Any) -> QuerySet[Enveloped]:
    return model._default_manager.filter(**which)


def _of_attachment(row: Enveloped) -> Place:
    assert isinstance(row, SealedOriginal | SealedDerivative)  # noqa: S101
    return Place(row.tenant_id, PLACES[type(row)], str(row.attachment_id))


rewraps(SealedOriginal, _of_attachment)
rewraps(SealedDerivative, _of_attachment)


def _of_package(row: Enveloped) -> Place:
    assert isinstance(row, SigningKey | BroughtPackage)  # noqa: S101
    return row.place


rewraps(SigningKey, _of_package)
rewraps(BroughtPackage, _of_package)


def _rewrap_informants(office: int, keys: KeyService, current: str) -> int:
    """Of who gave a hint the worker is told the wrapped keys, and never what is under them."""
    done = after = 0
    while True:
        with in_office(office, None), connection.cursor() as cursor:
            cursor.execute(
                "SELECT number, code, key, wrapped FROM sec.informant_keys(%s, %s, %s)",
                [current, after, AT_ONCE],
            )
            rows = cursor.fetchall()
            for number, code, key, wrapped in rows:
                place = Place(office, "informant", code)
                # Its cipher is the content's own: what is wrapped is a key, whatever it is for.
                old = Envelope(Cipher.AES_GCM, key, bytes(wrapped), b"")
                anew = rewrapped(keys, place, old)
                cursor.execute(
                    "SELECT sec.rewrap_informant(%s, %s, %s, %s)",
                    [number, bytes(wrapped), anew.key, anew.wrapped],
                )
                done += 1
                after = number
        if not rows:
            return done


rewraps_by("sharing_informant", _rewrap_informants)


def _rewrap_digests(office: int, keys: KeyService, current: str) -> int:
    """A worker reads of a digest's counts the wrapped key alone; what it seals is told to no worker."""
    with in_office(office, None):
        rows = SealedDigest.objects.filter(tenant_id=office).exclude(key=current)
        found = list(rows.values_list("pk", "digest__period", "cipher", "key", "wrapped"))
        for number, period, cipher, key, wrapped in found:
            old = Envelope(Cipher(cipher), key, bytes(wrapped), b"")
            anew = rewrapped(keys, place_of(office, period), old)
            SealedDigest.objects.filter(pk=number).update(key=anew.key, wrapped=anew.wrapped)
    return len(found)


rewraps_by("sharing_sealeddigest", _rewrap_digests)
