"""Sealed boxes: whoever knows the public half of a key seals, and only its holder opens.

An X25519 key of one use meets the holder's; what both come to, with both public halves, makes the key of an
AES-256-GCM. A box is bound to words that are said again when it is opened: moved elsewhere it opens nothing.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sharing.vault.key_service import SealIsBroken

PUBLIC_BYTES = 32
# Each box has a key of its own, so that a fixed nonce is used once.
_NONCE = bytes(12)
# A box tells how long its content is by so many bytes at a time.
_BLOCK = 256


def sealed_to(public: bytes, content: bytes, bound_to: bytes) -> bytes:
    """`ValueError`: that is no public half of a key."""
    own = X25519PrivateKey.generate()
    half = own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    return half + AESGCM(_key(shared, half, public)).encrypt(_NONCE, _padded(content), bound_to)


def opened_with(private: bytes, box: bytes, bound_to: bytes) -> bytes:
    """`SealIsBroken`."""
    own = X25519PrivateKey.from_private_bytes(private)
    half = box[:PUBLIC_BYTES]
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(half))
        key = _key(shared, half, public_half(private))
        padded = AESGCM(key).decrypt(_NONCE, box[PUBLIC_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise SealIsBroken from error
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")]


def new_box_key() -> bytes:
    return X25519PrivateKey.generate().private_bytes_raw()


def public_half(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _key(shared: bytes, half: bytes, public: bytes) -> bytes:
    made = HKDF(hashes.SHA256(), 32, salt=None, info=b"sharing.corroboration.box" + half + public)
    return made.derive(shared)


def _padded(content: bytes) -> bytes:
    whole = len(content).to_bytes(4, "big") + content
    return whole + bytes(-len(whole) % _BLOCK)
