"""Calls that may be repeated: the first one works, the others get its reply.

All in the transaction of the work. A second call with the same key waits at the unique key until
the first one is over: then there is a reply to give, or, where the first one was undone, the work
is its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from tenancy.actor import Actor
from tenancy.errors import KeyUsedForAnotherCall
from tenancy.models import IdempotencyKey

KEPT_H = 48  # a program that was away for a night and a day may still repeat its call
_LONGEST_PATH = 2000


def keyed(digest: bytes) -> bytes:
    """What is kept of a call. A plain digest would tell a guess from the right one: an identifier of a
    small space that was sent alone could be read off the table by whoever has it."""
    return bytes(salted_hmac("tenancy.idempotency", digest, algorithm="sha256").digest())


@dataclass(frozen=True, slots=True)
class UnsafeCall:
    """What makes two calls the same one. `body_hash` covers the path as well."""

    key: UUID
    method: str
    path: str
    body_hash: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What went out, byte for byte."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def claim(*, actor: Actor, call: UnsafeCall) -> Reply | None:
    """The reply that the call got before; None: it is new, and from now on this one's."""
    while not _insert(actor, call):
        # Not there any more: it was purged between the two statements.
        kept = _of(actor, call.key)
        if kept is not None:
            return _reply(kept, call)
    return None


def claim_again(*, actor: Actor, call: UnsafeCall) -> Reply | None:
    """As `claim`, and a key whose call came to nothing (`release`) may be claimed again: for
    forms, that are mended and sent once more."""
    while not _insert(actor, call):
        # Locked: of two that come back with a key that was let go, one claims it.
        kept = _of(actor, call.key, is_locked=True)
        if kept is None:
            continue
        if kept.status is not None:
            return _reply(kept, call)
        _own(actor, call.key).update(body_hash=call.body_hash)
        return None
    return None


def release(*, actor: Actor, call: UnsafeCall) -> None:
    """The call came to nothing, and what it did besides stays."""
    _own(actor, call.key).update(status=None, headers={}, body=b"")


def keep_reply(*, actor: Actor, call: UnsafeCall, reply: Reply) -> None:
    _own(actor, call.key).update(status=reply.status, headers=dict(reply.headers), body=reply.body)


def purge_keys(*, older_than_h: int = KEPT_H) -> int:
    """Remove what has served its time, of all offices. By the worker. How many they were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.purge_idempotency_keys(%s)", [older_than_h])
        return int(cursor.fetchone()[0])


def _insert(actor: Actor, call: UnsafeCall) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenancy_idempotencykey"
            " (tenant_id, user_id, key, method, path, body_hash, headers, body)"
            " VALUES (%s, %s, %s, %s, %s, %s, '{}', '')"
            " ON CONFLICT (tenant_id, user_id, key) DO NOTHING",
            [
                actor.tenant_id,
                actor.person_id,
                str(call.key),
                call.method,
                call.path[:_LONGEST_PATH],
                call.body_hash,
            ],
        )
        return bool(cursor.rowcount)


def _own(actor: Actor, key: UUID) -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(
        tenant_id=actor.tenant_id, user_id=actor.person_id, key=key
    )


def _of(actor: Actor, key: UUID, *, is_locked: bool = False) -> IdempotencyKey | None:
    found = _own(actor, key)
    return (found.select_for_update() if is_locked else found).first()


def _reply(kept: IdempotencyKey, call: UnsafeCall) -> Reply:
    is_same = kept.method == call.method and bytes(kept.body_hash) == call.body_hash
    if not is_same or kept.status is None:
        raise KeyUsedForAnotherCall
    return Reply(kept.status, kept.headers, bytes(kept.body))
