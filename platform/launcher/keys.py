"""Generated secrets: made once, kept in files that only their owner can read."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Keyring:
    """A folder with one secret per file."""

    folder: Path

    def password(self, name: str) -> str:
        """URL-safe, so that it stands in a connection URL as it is."""
        return self._kept(name, lambda: secrets.token_urlsafe(24))

    def key(self, name: str) -> str:
        """32 random bytes in hexadecimal."""
        return self._kept(name, lambda: secrets.token_hex(32))

    def _kept(self, name: str, make: Callable[[], str]) -> str:
        path = self.folder / name
        if not path.exists():
            self._write_once(path, make())
        return path.read_text(encoding="ascii").strip()

    def _write_once(self, path: Path, value: str) -> None:
        """Linking a finished file: of two processes that start at once, one wins, whole."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(value + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            return
        finally:
            draft.unlink()
