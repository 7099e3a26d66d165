"""Tokens: a MAC over class, version and canonical value, under a key that only the matcher holds.

A key, because identifiers are few: all ID numbers of a county are hashed in minutes, and whoever has plain hashes
has the numbers. A token of another class, of another version or of other values has another message.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import Protocol

from cryptography.hazmat.primitives import hashes, hmac

from sharing.domain.corroboration.classes import CLASS_RULES, TokenClass
from sharing.domain.identifiers.identifier import Identifier, Kind
from sharing.domain.identifiers.names import sound_of

DOMAIN = b"sharing.corroboration.token"
FEWEST_KEY_BYTES = 32
_LENGTH_BYTES = 4


class KeyedMac(Protocol):
    """One version of one class's key, wherever it is kept: a file, or a cipher machine."""

    @property
    def version(self) -> int: ...

    def mac(self, message: bytes) -> bytes: ...


class Keyring(Protocol):
    def keys_of(self, token_class: TokenClass) -> Sequence[KeyedMac]:
        """The versions in use: one, or two while a new key takes over."""
        ...


class Algorithm(StrEnum):
    HMAC_SHA256 = "hmac-sha256"
    HMAC_SM3 = "hmac-sm3"  # GM/T 0004, GM/T 0042


@dataclass(frozen=True, slots=True)
class HmacKey:
    """A key in memory. `ValueError`: it is shorter than what it should protect."""

    version: int
    secret: bytes = field(repr=False)
    algorithm: Algorithm = Algorithm.HMAC_SHA256

    def __post_init__(self) -> None:
        if len(self.secret) < FEWEST_KEY_BYTES:
            raise ValueError(f"A key has {FEWEST_KEY_BYTES} bytes at least.")

    def mac(self, message: bytes) -> bytes:
        is_sm3 = self.algorithm is Algorithm.HMAC_SM3
        made = hmac.HMAC(self.secret, hashes.SM3() if is_sm3 else hashes.SHA256())
        made.update(message)
        return made.finalize()


@dataclass(frozen=True, slots=True, order=True)
class Token:
    token_class: TokenClass
    version: int
    digest: bytes = field(repr=False)


def message(token_class: TokenClass, version: int, parts: Sequence[Identifier]) -> bytes:
    """What is under the MAC: each field with its length before it, so that no value runs into the next."""
    kinds_and_values = (text for part in parts for text in (part.kind, part.canonical))
    fields = (str(token_class), str(version), *kinds_and_values)
    return b"".join(
        len(each).to_bytes(_LENGTH_BYTES, "big") + each
        for each in (DOMAIN, *(text.encode() for text in fields))
    )


def tokens_of(
    subject: Iterable[Identifier],
    keyring: Keyring,
    classes: Collection[TokenClass] = tuple(TokenClass),
) -> frozenset[Token]:
    """Every token of one person or organisation.

    Parameters
    ----------
    subject
        Identifiers that belong together: a name is paired with every unit among them, so those of two
        people are never given at once.
    keyring
        The matcher's. Each version in use makes a token of its own.
    classes
        Those that the installation compares; weak ones may be left out.
    """
    given = list(subject)
    given += [sound_of(one) for one in given if one.kind is Kind.PERSON_NAME]
    return frozenset(
        Token(each, key.version, key.mac(message(each, key.version, parts)))
        for each in classes
        for parts in _combinations(each, given)
        for key in keyring.keys_of(each)
    )


def _combinations(
    token_class: TokenClass, given: Sequence[Identifier]
) -> Iterator[tuple[Identifier, ...]]:
    parts = CLASS_RULES[token_class].parts
    return product(*([one for one in given if one.kind in kinds] for kinds in parts))
