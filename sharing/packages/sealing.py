"""The outermost layer: a passphrase that travels by another way than the stick.

A sealed package is `MAGIC`, salt (16 bytes), nonce (12), AES-256-GCM ciphertext and tag. The key is
Argon2id's (RFC 9106, second recommended option: 64 MiB, 3 passes, 4 lanes); its cost is fixed by
the format, so that no file makes a reader spend more.
"""

from __future__ import annotations

import secrets
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kernel.text import Text
from sharing.errors.packages import PackageUnreadable, PassphraseTooShort, PassphraseWrong

MAGIC = b"XUNCHA-PACKAGE-1\n"
SALT, NONCE, TAG = 16, 12, 16
SHORTEST = 12
_NOT_OURS = Text(zh="开头不是数据包的标识", en="it does not begin as a package does")


def sealed(content: bytes, passphrase: str) -> bytes:
    """`PassphraseTooShort`."""
    words = _folded(passphrase)
    if len(words) < SHORTEST:
        raise PassphraseTooShort(least=SHORTEST).at("passphrase")
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    head = MAGIC + salt + nonce
    return head + AESGCM(_key(words, salt)).encrypt(nonce, content, head)


def unsealed(content: bytes, passphrase: str) -> bytes:
    """`PackageUnreadable`: no package; `PassphraseWrong`, which a changed byte is not told from."""
    at = len(MAGIC)
    if not content.startswith(MAGIC) or len(content) < at + SALT + NONCE + TAG:
        raise PackageUnreadable(what=_NOT_OURS)
    salt, nonce = content[at : at + SALT], content[at + SALT : at + SALT + NONCE]
    head, rest = content[: at + SALT + NONCE], content[at + SALT + NONCE :]
    try:
        return AESGCM(_key(_folded(passphrase), salt)).decrypt(nonce, rest, head)
    except InvalidTag as error:
        raise PassphraseWrong().at("passphrase") from error


def _folded(passphrase: str) -> str:
    """The same words, however a keyboard composes them."""
    return unicodedata.normalize("NFKC", passphrase)


def _key(words: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        words.encode(),
        salt,
        time_cost=3,
        memory_cost=64 * 1024,
        parallelism=4,
        hash_len=32,
        type=Type.ID,
    )
