"""A record under a key of its own, which the office's key wraps.

Both layers are bound to the place: office, kind and number of the record. Whoever moves a ciphertext
to another row, or to another office, has something that does not open.
"""

from __future__ import annotations

from dataclasses import dataclass

from sharing.vault.ciphers import Cipher
from sharing.vault.key_service import KeyService


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed content stands. `revision` grows with each change: an old one put back is
    told from the one of now."""

    office: int
    kind: str
    record: str
    revision: int = 1

    @property
    def as_bytes(self) -> bytes:
        return f"{self.office}|{self.kind}|{self.record}|{self.revision}".encode()


@dataclass(frozen=True, slots=True)
class Envelope:
    """As a row keeps it: nothing of it opens without the key service."""

    cipher: Cipher
    key: str
    wrapped: bytes
    sealed: bytes


def seal(
    keys: KeyService, place: Place, content: bytes, cipher: Cipher = Cipher.AES_GCM
) -> Envelope:
    """`KeyServiceAway`."""
    own = cipher.new_key()
    key = keys.current(place.office)
    wrapped = keys.wrap(key, own, place.as_bytes)
    return Envelope(cipher, key, wrapped, cipher.sealed(own, content, place.as_bytes))


def unseal(keys: KeyService, place: Place, envelope: Envelope) -> bytes:
    """`KeyServiceAway`, `KeyIsGone`, `SealIsBroken`."""
    own = keys.unwrap(envelope.key, envelope.wrapped, place.as_bytes)
    return envelope.cipher.opened(own, envelope.sealed, place.as_bytes)


def rewrapped(keys: KeyService, place: Place, envelope: Envelope) -> Envelope:
    """The same content under the office's key of now: after a rotation, before the old key goes."""
    own = keys.unwrap(envelope.key, envelope.wrapped, place.as_bytes)
    key = keys.current(place.office)
    wrapped = keys.wrap(key, own, place.as_bytes)
    return Envelope(envelope.cipher, key, wrapped, envelope.sealed)
