"""What is kept of a word that opens something."""

from __future__ import annotations

import hashlib


def secret_digest(secret: str) -> bytes:
    """Its SHA-256, 32 bytes. Such words are drawn at random and long: nobody finds one by trying,
    so that no slow hash is needed, and a row is found by it."""
    return hashlib.sha256(secret.encode()).digest()
