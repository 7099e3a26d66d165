"""The matcher's keys as files in a folder that no other process can read.

`box.key` opens what is sealed to the matcher, and `box.pub` is its public half, in hexadecimal, for the web.
`<class>-<version>.key` makes the tokens of one class; a class without a file is not compared. While two versions
lie there each identifier makes a token of both, and the operator removes the older file when no clue needs it.
`stop-list.txt`: what everybody has to do with, a line each: how it is read (`credit_code`, `phone`, …) and the value.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from sharing.vault.boxes import new_box_key, public_half
from sharing.vault.key_service import KeyServiceAway

KEY_BYTES = 32
BOX, PUBLIC, STOP_LIST = "box.key", "box.pub", "stop-list.txt"
_NAME = re.compile(r"([a-z_]+)-([1-9][0-9]{0,8})\.key")


def box_key(folder: Path) -> bytes:
    return _content(folder / BOX)


def secrets_of(folder: Path, token_class: str) -> Iterator[tuple[int, bytes]]:
    """Each version of a class's key, the oldest first; none: the class is not compared."""
    for version in sorted(_versions(folder, token_class)):
        yield version, _content(folder / f"{token_class}-{version}.key")


def stop_list(folder: Path) -> Iterator[tuple[str, str]]:
    """How each is read, and the value as it was written."""
    try:
        text = (folder / STOP_LIST).read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        kind, _, value = line.strip().partition(" ")
        if kind and not kind.startswith("#"):
            yield kind, value.strip()


def make_keys(folder: Path, classes: Iterable[str]) -> bytes:
    """What is missing of them, one of each class; gives the public half. What is there is not touched."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise KeyServiceAway from error
    _write_once(folder / BOX, new_box_key())
    public = public_half(_content(folder / BOX))
    _write_once(folder / PUBLIC, public.hex().encode(), permissions=0o644)
    for one in classes:
        if not _versions(folder, one):
            _write_once(folder / f"{one}-1.key", secrets.token_bytes(KEY_BYTES))
    return public


def renew_keys(folder: Path, classes: Iterable[str]) -> None:
    """The next version of each class that is compared, beside the ones that are there."""
    for one in classes:
        if there := _versions(folder, one):
            name = f"{one}-{max(there) + 1}.key"
            _write_once(folder / name, secrets.token_bytes(KEY_BYTES))


def public_key_in(folder: Path) -> bytes | None:
    """Where the keys' folder lies on the same machine; None: it does not."""
    try:
        return bytes.fromhex((folder / PUBLIC).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _versions(folder: Path, token_class: str) -> set[int]:
    try:
        names = [entry.name for entry in os.scandir(folder)]
    except OSError as error:
        raise KeyServiceAway from error
    found = (_NAME.fullmatch(name) for name in names)
    return {int(one[2]) for one in found if one is not None and one[1] == token_class}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyServiceAway from error


def _write_once(path: Path, content: bytes, permissions: int = 0o600) -> None:
    """Linking a finished file: of two at once one wins, whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, permissions)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    except OSError as error:
        raise KeyServiceAway from error
