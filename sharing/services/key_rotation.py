"""A new key for an office: whatever is sealed for it is wrapped anew, its contents stay as they are.

Every house of sealed rows registers how its own are wrapped anew (`rewraps`); one that forgot would
keep its rows under the old key, so a test holds the register against the models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from sharing.mapping.keys import key_service
from sharing.mapping.sealing import PLACES
from sharing.models.attachments import SealedDerivative, SealedOriginal
from sharing.models.envelopes import Enveloped
from sharing.vault.envelopes import Place, rewrapped
from sharing.vault.key_service import KeyService
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.models import Office

AT_ONCE = 200

PlaceOf = Callable[[Enveloped], Place]
_REWRAPPED: dict[type[Enveloped], PlaceOf] = {}


@dataclass(frozen=True, slots=True)
class Rotated:
    """`rows`: how many were wrapped anew."""

    key: str
    rows: int


def rewraps(model: type[Enveloped], place_of: PlaceOf) -> None:
    """Have that table's rows wrapped anew at each rotation. The worker needs
    `SELECT, UPDATE (key, wrapped)` on it."""
    _REWRAPPED[model] = place_of


def rewrapped_models() -> frozenset[type[Enveloped]]:
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
    rows = sum(
        _rewrap_table(office, model, place_of, keys, current)
        for model, place_of in _REWRAPPED.items()
    )
    actor = Actor.for_job(office, None)
    with in_office(office, None):
        audit.record(actor, "sharing.key.rotated", Office(pk=office), rows=rows)
    return Rotated(current, rows)


def _rewrap_table(
    office: int, model: type[Enveloped], place_of: PlaceOf, keys: KeyService, current: str
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
