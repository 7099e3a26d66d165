"""Signing the heads of the chains (Ed25519), and checking heads that were kept.

The key lies outside of the database: who can rewrite every row there still cannot sign. Whoever
checks needs the public half only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tenancy.domain.chain import Head
from tenancy.domain.heads import Signed, Statement


class NotSigned(ValueError):
    """A kept head is not what the holder of the key signed; says which."""


def public_half(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(_seed(seed)).public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """Names a key without showing it: the start of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def sign(
    heads: Iterable[tuple[tuple[int, int], Head]], *, seed: bytes, at: datetime
) -> list[Signed]:
    """One signed head for each ((chain, stream), head)."""
    key = Ed25519PrivateKey.from_private_bytes(_seed(seed))
    name = key_id(key.public_key().public_bytes_raw())
    said = [
        Statement(chain, head.seq, head.hash.hex(), at.isoformat(), name, stream)
        for (chain, stream), head in heads
    ]
    return [Signed(one, key.sign(one.text()).hex()) for one in said]


def check(found: Sequence[Signed], *, public: bytes) -> None:
    """Return when every head was signed with this key. Raises `NotSigned` for the first that
    was not: a head that anybody could have written proves nothing."""
    key, name = Ed25519PublicKey.from_public_bytes(public), key_id(public)
    for one in found:
        said = one.statement
        if said.key != name:
            raise NotSigned(
                f"The head of chain {said.chain} at line {said.seq} is signed with key {said.key},"
                f" and ours is {name}."
            )
        try:
            key.verify(bytes.fromhex(one.signature), said.text())
        except InvalidSignature:
            raise NotSigned(
                f"The head of chain {said.chain} at line {said.seq} was changed after signing."
            ) from None


def _seed(key: bytes) -> bytes:
    """32 bytes of whatever length the key has; a longer one loses nothing."""
    return key if len(key) == 32 else hashlib.sha256(key).digest()
