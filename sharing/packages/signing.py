"""Keys that sign packages: Ed25519, one pair an office; known to others by a fingerprint."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from sharing.errors.packages import SignatureWrong

_CONTEXT = b"xuncha-package/1\0"


def fingerprint(key: Ed25519PublicKey) -> str:
    """32 hexadecimal digits in groups of four, to be read out over a telephone."""
    digest = hashlib.sha256(key.public_bytes_raw()).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def signature_of(key: Ed25519PrivateKey, manifest: bytes) -> bytes:
    return key.sign(_CONTEXT + manifest)


def must_be_signed(key: Ed25519PublicKey, manifest: bytes, signature: bytes) -> None:
    """`SignatureWrong`."""
    try:
        key.verify(signature, _CONTEXT + manifest)
    except InvalidSignature as error:
        raise SignatureWrong from error
