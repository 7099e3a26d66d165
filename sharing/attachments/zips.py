"""A zip of strangers: inflated piece by piece, counted, never by what it says of itself."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from kernel.text import Text
from sharing.attachments.refusals import Damaged, Encrypted, FileRefused, UnpacksTooLarge

MOST_UNPACKED = 120 * 1024 * 1024
MOST_XML = 24 * 1024 * 1024  # a tree takes some ten times as much memory
MOST_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024
MOST_PARTS = 3_000

_NAME = re.compile(r"[\w\[\] .()+,\-]+(/[\w\[\] .()+,\-]+)*", re.UNICODE)
_CONTAINER = Text(zh="压缩包", en="the zip container")
EPOCH = (1980, 1, 1, 0, 0, 0)


def unpacked(content: bytes) -> dict[str, bytes]:
    """Every part by its name. `Damaged`, `Encrypted`, `UnpacksTooLarge`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _judge_directory(archive)
            return _inflated(archive)
    except (FileRefused, MemoryError):
        raise
    except RuntimeError as fault:  # zipfile: "password required"
        raise Encrypted from fault
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as fault:
        raise Damaged(where=_CONTAINER) from fault


def packed(parts: dict[str, bytes]) -> bytes:
    """In the order given, at no time, by no system."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content)
    return out.getvalue()


def _judge_directory(archive: zipfile.ZipFile) -> None:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    names = [entry.filename.lower() for entry in entries]
    if len(entries) > MOST_PARTS:
        raise UnpacksTooLarge(found=Text(zh=f"{len(entries)} 个部件", en=f"{len(entries)} parts"))
    if len(set(names)) != len(names) or not all(map(_is_plain, names)):
        raise Damaged(where=Text(zh="部件名称", en="the names of its parts"))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Encrypted
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise UnpacksTooLarge(found=f"> {MOST_UNPACKED // 1024 // 1024} MB")


def _is_plain(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and ".." not in name.split("/")


def _inflated(archive: zipfile.ZipFile) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        allowed = min(left, max(RATIO_COUNTS_FROM, MOST_RATIO * max(entry.compress_size, 1)))
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            allowed = min(allowed, MOST_XML)
        with archive.open(entry) as stream:
            part = stream.read(allowed + 1)
        if len(part) > allowed:
            raise UnpacksTooLarge(found=f"{entry.filename.rpartition('/')[2]}")
        found[entry.filename] = part
        left -= len(part)
    return found
