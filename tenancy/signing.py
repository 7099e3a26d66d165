"""The tenant context: who acts for which office, signed so that SQL alone cannot say it."""

from __future__ import annotations

import hashlib
import hmac
import time

# A page takes seconds; the longest transaction, applying 100,000 imported rows, a minute and a
# half. A context that leaked is of no use after this long.
LIFETIME_S = 300

_BLOCK = 64


def signed_context(
    key: bytes, *, tenant_id: int | None, user_id: int | None, lifetime_s: int = LIFETIME_S
) -> str:
    """The value of `app.context`. No tenant: somebody who is signing in, with their own seats.

    The expiry is compared with the database's clock, so a clock held still in tests is not asked.
    """
    expires = int(time.time()) + lifetime_s
    message = f"v1.{tenant_id or 0}.{user_id or 0}.{expires}"
    mac = hmac.new(key, message.encode("ascii"), hashlib.sha256).hexdigest()
    return f"{message}.{mac}"


def key_pads(key: bytes) -> tuple[bytes, bytes]:
    """The inner and the outer pad of HMAC-SHA256 (RFC 2104): all that a verifier needs."""
    block = hashlib.sha256(key).digest() if len(key) > _BLOCK else key
    block = block.ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)
