"""One-time codes (RFC 6238) and recovery codes, without a database and without a clock."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime

import pyotp

STEP_S = 30
# A telephone's clock may be one step off, either way.
SLACK = (0, -1, 1)
MOST_RECOVERY_CODES = 10
_RECOVERY_BYTES = 10  # 80 bits: no slow hash is needed
_GROUP = 4


def new_secret() -> str:
    """160 bits, as authenticators read them."""
    return pyotp.random_base32(32)


def matching_step(secret: str, typed: str, *, at: datetime, after: int | None) -> int | None:
    """The step whose code was typed, or None. No step up to `after` counts: it was used."""
    code = digits(typed)
    now = int(at.timestamp()) // STEP_S
    totp = pyotp.TOTP(secret, interval=STEP_S)
    found = None
    for step in (now + slack for slack in SLACK):
        is_right = secrets.compare_digest(totp.generate_otp(step), code)
        if is_right and (after is None or step > after):
            found = step
    return found


def digits(typed: str) -> str:
    """Six digits as authenticators group them, without the gaps; otherwise nothing."""
    text = "".join(typed.split())
    return text if len(text) == 6 and text.isascii() and text.isdecimal() else ""


def address_for_app(secret: str, *, account: str, issuer: str) -> str:
    """What the QR code says."""
    return pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=account, issuer_name=issuer)


def new_recovery_codes() -> tuple[str, ...]:
    """In groups of four, as people copy them by hand."""
    return tuple(_grouped(secrets.token_bytes(_RECOVERY_BYTES)) for _ in range(MOST_RECOVERY_CODES))


def recovery_digest(typed: str) -> bytes:
    """Of a code however it was typed: with gaps, hyphens, in lower case."""
    bare = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    return hashlib.sha256(bare.encode()).digest()


def _grouped(raw: bytes) -> str:
    text = base64.b32encode(raw).decode()
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))
