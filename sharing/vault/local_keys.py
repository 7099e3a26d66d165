"""Keys of offices as files in a folder that the database's machine need not have.

One file a key, made once and never written again: `<office>-<number>.key`. The current key of an
office is the one with the largest number. A destroyed key leaves `<office>-<number>.gone`, so that its
number is not given again.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from sharing.vault.ciphers import Cipher
from sharing.vault.key_service import KeyIsGone, KeyServiceAway, SealIsBroken

_NAME = re.compile(r"([1-9][0-9]{0,18})-([1-9][0-9]{0,8})")


class LocalKeys:
    """A `KeyService`. Several processes may use one folder at a time."""

    def __init__(
        self, folder: Path, cipher: Cipher = Cipher.AES_GCM, permissions: int = 0o600
    ) -> None:
        """`cipher`: of keys that are made from now on; those that are there tell by their length.
        `permissions`: of their files, where two accounts share the folder by a group."""
        self.folder = folder
        self.cipher = cipher
        self.permissions = permissions

    def current(self, office: int) -> str:
        there = self._numbers(office, "key")
        return f"{office}-{max(there)}" if there else self.rotate(office)

    def wrap(self, key: str, secret: bytes, bound_to: bytes) -> bytes:
        cipher, own = self._read(key)
        return cipher.sealed(own, secret, bound_to)

    def unwrap(self, key: str, wrapped: bytes, bound_to: bytes) -> bytes:
        cipher, own = self._read(key)
        return cipher.opened(own, wrapped, bound_to)

    def rotate(self, office: int) -> str:
        """Of two at once one makes the key, and both use it."""
        taken = self._numbers(office, "key") | self._numbers(office, "gone")
        name = f"{office}-{max(taken, default=0) + 1}"
        draft = self.folder / f".{name}.{os.getpid()}.{os.urandom(4).hex()}"
        try:
            with os.fdopen(
                os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, self.permissions), "wb"
            ) as file:
                file.write(self.cipher.new_key())
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, self.folder / f"{name}.key")
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        except OSError as error:
            raise KeyServiceAway from error
        return name

    def destroy(self, key: str) -> None:
        path = self._path(key)
        try:
            path.with_suffix(".gone").touch(mode=0o600)
            path.unlink(missing_ok=True)
        except OSError as error:
            raise KeyServiceAway from error

    def _read(self, key: str) -> tuple[Cipher, bytes]:
        path = self._path(key)
        try:
            found = path.read_bytes()
        except FileNotFoundError as error:
            # A folder that is not mounted has neither: that is no destruction.
            raise (KeyIsGone if path.with_suffix(".gone").exists() else KeyServiceAway) from error
        except OSError as error:
            raise KeyServiceAway from error
        for cipher in Cipher:
            if len(found) == cipher.key_bytes:
                return cipher, found
        raise KeyServiceAway

    def _path(self, key: str) -> Path:
        """A name comes from a row: it is never a way out of the folder."""
        if not _NAME.fullmatch(key):
            raise SealIsBroken
        return self.folder / f"{key}.key"

    def _numbers(self, office: int, suffix: str) -> set[int]:
        try:
            names = [entry.name for entry in os.scandir(self.folder)]
        except OSError as error:
            raise KeyServiceAway from error
        found = re.compile(rf"{office}-([1-9][0-9]{{0,8}})\.{suffix}")
        return {int(match[1]) for name in names if (match := found.fullmatch(name))}
