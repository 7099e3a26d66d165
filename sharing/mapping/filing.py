"""Where sealed contents lie: one folder an office, under names that tell nothing.

A file is whole on the disk before the row that names it is committed, and goes only after the row
is gone. So no row lacks its file; a file that no row names is removed by a chore.
"""

from __future__ import annotations

import os
import re
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

FOLDER = "sealed"
# A transaction may be open for a while: younger files may still get their row.
ORPHAN_AFTER_S = 6 * 60 * 60
_NAME = re.compile(r"[0-9a-f]{32}\.sealed")


def keep(tenant_id: int, sealed: bytes) -> str:
    """Write it, through to the disk. Its name."""
    folder = _folder(tenant_id)
    name = f"{uuid.uuid4().hex}.sealed"
    handle = os.open(
        folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, settings.FILE_UPLOAD_PERMISSIONS
    )
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        _settle(folder)
    except BaseException:
        forget(tenant_id, name)
        raise
    return name


def read(tenant_id: int, name: str) -> bytes:
    return _path(tenant_id, name).read_bytes()


def forget(tenant_id: int, name: str) -> None:
    _path(tenant_id, name).unlink(missing_ok=True)


def old_files() -> Iterator[tuple[int, list[str]]]:
    """Of every office that has any: the names of what has lain here long enough to have a row."""
    before = time.time() - ORPHAN_AFTER_S
    for folder in Path(settings.MEDIA_ROOT).glob(f"*/{FOLDER}"):
        if not folder.parent.name.isdecimal():
            continue
        names = [
            path.name
            for path in folder.iterdir()
            if _NAME.fullmatch(path.name) and _written_at(path) < before
        ]
        if names:
            yield int(folder.parent.name), names


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _folder(tenant_id: int) -> Path:
    folder = Path(settings.MEDIA_ROOT) / str(tenant_id) / FOLDER
    folder.mkdir(mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, parents=True, exist_ok=True)
    return folder


def _path(tenant_id: int, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a sealed file.")
    return Path(settings.MEDIA_ROOT) / str(tenant_id) / FOLDER / name


def _settle(folder: Path) -> None:
    """The name too is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
