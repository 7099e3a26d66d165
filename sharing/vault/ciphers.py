"""Authenticated encryption under either of two ciphers: AES-256-GCM, and SM4-GCM (GB/T 32907, GB/T 36624).

A sealed text is nonce (12 bytes), ciphertext, tag (16 bytes). Each is sealed under a nonce drawn anew.
"""

from __future__ import annotations

import secrets
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher as _Cipher
from cryptography.hazmat.primitives.ciphers import algorithms, modes

from sharing.vault.key_service import SealIsBroken

NONCE, TAG = 12, 16


class Cipher(StrEnum):
    AES_GCM = "aes-256-gcm"
    SM4_GCM = "sm4-gcm"

    @property
    def key_bytes(self) -> int:
        return 32 if self is Cipher.AES_GCM else 16

    def new_key(self) -> bytes:
        return secrets.token_bytes(self.key_bytes)

    def sealed(self, key: bytes, content: bytes, bound_to: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        seal = _Cipher(self._algorithm(key), modes.GCM(nonce)).encryptor()
        seal.authenticate_additional_data(bound_to)
        return nonce + seal.update(content) + seal.finalize() + seal.tag

    def opened(self, key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
        """`SealIsBroken`: changed, moved to another place, or under another key."""
        if len(sealed) < NONCE + TAG:
            raise SealIsBroken
        nonce, content, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
        box = _Cipher(self._algorithm(key), modes.GCM(nonce, tag)).decryptor()
        box.authenticate_additional_data(bound_to)
        try:
            return box.update(content) + box.finalize()
        except InvalidTag as error:
            raise SealIsBroken from error

    def _algorithm(self, key: bytes) -> algorithms.AES | algorithms.SM4:
        if len(key) != self.key_bytes:
            raise ValueError(f"{self} takes a key of {self.key_bytes} bytes, not {len(key)}.")
        return algorithms.AES(key) if self is Cipher.AES_GCM else algorithms.SM4(key)
