"""Opening a package: nothing of it is believed before its signature is, and nothing is unpacked
that the signed manifest does not name.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kernel.text import Text
from sharing.errors.packages import (
    PackageForAnother,
    PackageTooLarge,
    PackageUnreadable,
    SignatureWrong,
    SignerUnknown,
)
from sharing.packages.manifest import Manifest, ManifestFault, Part, Row, as_json
from sharing.packages.sealing import unsealed
from sharing.packages.signing import must_be_signed
from sharing.packages.writing import MANIFEST, SIGNATURE, SUFFIX

MIB = 1024 * 1024
LARGEST_FILE = 30 * MIB  # as much as an upload may have
LARGEST_MANIFEST = 1 * MIB
LARGEST_PART = 256 * MIB
MOST_ROWS = 100_000
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True, slots=True)
class Opened:
    """A package whose signature holds: what it says of itself, who signed, and its rows by part."""

    manifest: Manifest
    signed_by: str
    parts: Mapping[str, list[Row]]


def opened(
    content: bytes,
    *,
    passphrase: str,
    keys: Mapping[str, tuple[str, Ed25519PublicKey]],
    receiver: str,
) -> Opened:
    """`keys`: by fingerprint, the office that registered as its owner and the key. `receiver`: the
    code of the office that takes it in.

    `PackageTooLarge`, `PackageUnreadable`, `PassphraseWrong`, `SignerUnknown`, `SignatureWrong` (also
    where an office signs as another one), `PackageForAnother`.
    """
    if len(content) > LARGEST_FILE:
        raise PackageTooLarge(what=_mib(len(content)), limit=_mib(LARGEST_FILE))
    inside = unsealed(content, passphrase)
    try:
        archive = zipfile.ZipFile(io.BytesIO(inside))
    except _FAULTS as error:
        raise _unreadable("archive") from error
    with archive:
        said = _file(archive, MANIFEST, LARGEST_MANIFEST)
        signer, signature = _signature(_file(archive, SIGNATURE, LARGEST_MANIFEST))
        if signer not in keys:
            raise SignerUnknown(key=signer[:39])
        owner, key = keys[signer]
        must_be_signed(key, said, signature)
        manifest = _manifest(said)
        if manifest.sender != owner:
            raise SignatureWrong
        if manifest.receiver != receiver:
            raise PackageForAnother(receiver=manifest.receiver)
        names = {MANIFEST, SIGNATURE, *(part.name + SUFFIX for part in manifest.parts)}
        if sorted(archive.namelist()) != sorted(names):
            raise _unreadable("archive")
        if sum(part.rows for part in manifest.parts) > MOST_ROWS:
            raise PackageTooLarge(what=_rows(manifest), limit=MOST_ROWS)
        return Opened(
            manifest, signer, {part.name: _rows_of(archive, part) for part in manifest.parts}
        )


def _rows_of(archive: zipfile.ZipFile, part: Part) -> list[Row]:
    content = _file(archive, part.name + SUFFIX, LARGEST_PART)
    if hashlib.sha256(content).hexdigest() != part.sha256:
        raise SignatureWrong
    try:
        rows = json.loads(content)
        as_json(rows)  # half a character is read, and can be written nowhere
    except (ValueError, RecursionError) as error:
        raise _unreadable(part.name) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _unreadable(part.name)
    if len(rows) != part.rows:
        raise _unreadable(part.name)
    return rows


def _file(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """At most so much is unpacked, whatever the archive says of its sizes."""
    try:
        with archive.open(name) as file:
            content = file.read(largest + 1)
    except (KeyError, *_FAULTS) as error:
        raise _unreadable(name) from error
    if len(content) > largest:
        raise PackageTooLarge(what=name, limit=_mib(largest))
    return content


def _signature(content: bytes) -> tuple[str, bytes]:
    try:
        said = json.loads(content)
        return str(said["key"]), bytes.fromhex(said["signature"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable(SIGNATURE) from error


def _manifest(content: bytes) -> Manifest:
    try:
        return Manifest.from_bytes(content)
    except ManifestFault as error:
        raise _unreadable(f"{MANIFEST}: {error}") from error


def _unreadable(what: str) -> PackageUnreadable:
    return PackageUnreadable(what=Text(zh=f"“{what}” 有误", en=f"“{what}” is not as it should be"))


def _mib(size: int) -> str:
    return f"{size / MIB:.0f} MiB"


def _rows(manifest: Manifest) -> Text:
    count = sum(part.rows for part in manifest.parts)
    return Text(zh=f"{count} 行", en=f"{count} rows")
