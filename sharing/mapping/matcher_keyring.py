"""The matcher's keys as the rules want them. A cipher machine's class is named here, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from sharing.domain.corroboration.classes import TokenClass
from sharing.domain.corroboration.tokens import Algorithm, HmacKey, Token, tokens_of
from sharing.domain.identifiers.identifier import Fault
from sharing.domain.identifiers.reading import READINGS
from sharing.vault.matcher_keys import box_key, secrets_of, stop_list


class MatcherKeys:
    """A `Keyring`. Read once: a new key wants a new start."""

    def __init__(self, folder: Path, algorithm: Algorithm = Algorithm.HMAC_SHA256) -> None:
        self.folder = folder
        self._keys = {
            one: [HmacKey(version, key, algorithm) for version, key in secrets_of(folder, one)]
            for one in TokenClass
        }
        self.box_key = box_key(folder)

    def keys_of(self, token_class: TokenClass) -> Sequence[HmacKey]:
        return self._keys[token_class]


def matcher_keys() -> MatcherKeys:
    """`KeyServiceAway`."""
    return MatcherKeys(settings.MATCHER_KEYS_FOLDER, Algorithm(settings.MATCHER_ALGORITHM))


def stop_list_of(keys: MatcherKeys) -> frozenset[Token]:
    """Tokens of what everybody has to do with. `ValueError`: an entry does not read, by its number."""
    found: set[Token] = set()
    for number, (kind, value) in enumerate(stop_list(keys.folder), start=1):
        read = READINGS[kind](value) if kind in READINGS else None
        if read is None or isinstance(read, Fault):
            raise ValueError(f"Entry {number} of the stop-list is not what it says it is.")
        found |= tokens_of([read], keys)
    return frozenset(found)
