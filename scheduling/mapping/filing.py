"""Where uploaded workbooks lie: one folder an office, readable by the product's processes only.

An upload holds ID numbers in plain, so it is kept no longer than it is needed: until it was
refused or applied, and no longer than `KEEP_IMPORTS_DAYS`. So is the workbook of the rows that
were not taken.
"""

from __future__ import annotations

import hashlib
import math
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from scheduling.errors import ImportTooLarge, NoFileChosen
from scheduling.models.imports import Import


@dataclass(frozen=True, slots=True)
class Stored:
    name: str
    size: int  # bytes
    sha256: str


def folder_of(tenant_id: int) -> Path:
    folder = Path(settings.MEDIA_ROOT) / str(tenant_id)
    folder.mkdir(mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, parents=True, exist_ok=True)
    return folder


def path_of(upload: Import) -> Path:
    return folder_of(upload.tenant_id) / upload.stored_name


def faulty_path_of(upload: Import) -> Path:
    return path_of(upload).with_suffix(".faulty.xlsx")


def store(tenant_id: int, content: Iterable[bytes]) -> Stored:
    """Write an upload piece by piece, under a name that tells nothing, and hash it."""
    name = f"{uuid.uuid4().hex}.upload"
    path = folder_of(tenant_id) / name
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, settings.FILE_UPLOAD_PERMISSIONS),
            "wb",
        ) as file:
            for piece in content:
                size += len(piece)
                if size > settings.UPLOAD_MAX_BYTES:
                    raise ImportTooLarge(limit=settings.UPLOAD_MAX_BYTES // 1024 // 1024)
                digest.update(piece)
                file.write(piece)
        if size == 0:
            raise NoFileChosen
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Stored(name, size, digest.hexdigest())


def write_faulty(upload: Import, content: bytes) -> None:
    """Whole or not at all: a killed worker leaves no half workbook."""
    target = faulty_path_of(upload)
    draft = target.with_suffix(".draft")
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, settings.FILE_UPLOAD_PERMISSIONS),
        "wb",
    ) as file:
        file.write(content)
    draft.replace(target)


def old_faulty_workbooks(*, before: float) -> list[Path]:
    """Workbooks of rows that were not taken, of all offices, last written before that moment
    (seconds since 1970)."""
    found = Path(settings.MEDIA_ROOT).glob("*/*.faulty.xlsx")
    return [path for path in found if _written_at(path) < before]


def _written_at(path: Path) -> float:
    """Of one that another relay has removed meanwhile: never, so that it is left alone."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def forget(tenant_id: int, name: str) -> None:
    (folder_of(tenant_id) / name).unlink(missing_ok=True)
