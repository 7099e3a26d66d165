"""What makes two unsafe calls the same one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from rest_framework.request import Request

from httpapi.refusals import IdempotencyKeyMissing
from tenancy.services.idempotency import UnsafeCall, keyed

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
# Written out: Python's own reader takes braces, colons and half of the hyphens as well.
_KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def key_of(request: Request) -> UUID:
    shown = request.headers.get(HEADER, "")
    if not _KEY.fullmatch(shown):
        raise IdempotencyKeyMissing
    return UUID(shown)


def unsafe_call(request: Request) -> UnsafeCall:
    method, path = str(request.method), request.get_full_path()
    digest = hashlib.sha256()
    for part in (method.encode(), path.encode(), _permissions(request), *_body(request)):
        # Each with its length: no two different calls write the same bytes.
        digest.update(f"{len(part)}:".encode())
        digest.update(part)
    return UnsafeCall(key_of(request), method, path, keyed(digest.digest()))


def _permissions(request: Request) -> bytes:
    """A reply goes to whoever may what its first receiver might: a narrower token of the same
    person, or the person themselves after a change of seats, may see less."""
    actor = getattr(request._request, "actor", None)
    return " ".join(sorted(actor.permissions if actor else ())).encode()


def _body(request: Request) -> Iterator[bytes]:
    """A form by its fields: each sending of one draws another boundary between them."""
    if not request.FILES and not request.POST:
        yield request._request.body
        return
    for name in sorted(request.POST):
        for value in request.POST.getlist(name):
            yield from (name.encode(), value.encode())
    for name in sorted(request.FILES):
        file = request.FILES[name]
        yield from (name.encode(), (file.name or "").encode(), _content_hash(file))


def _content_hash(file: Any) -> bytes:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.digest()
