"""Secrets that the system itself must read again, encrypted at rest.

The keys are derived from `SECRET_KEY` and its fallbacks: a copy of the database alone opens none.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def sealed(secret: str) -> bytes:
    return _box().encrypt(secret.encode())


def unsealed(token: bytes | memoryview) -> str:
    """As it was; `cryptography.fernet.InvalidToken` when it was changed or the key is another."""
    return _box().decrypt(bytes(token)).decode()


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    digest = hmac.new(force_bytes(key), b"tenancy.sealed_secrets.v1", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest)
