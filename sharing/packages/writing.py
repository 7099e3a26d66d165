"""Making a package: rows by part, a manifest, its signature, all sealed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sharing.packages.manifest import Manifest, as_json, part_of
from sharing.packages.sealing import sealed
from sharing.packages.signing import fingerprint, signature_of

MANIFEST, SIGNATURE, SUFFIX = "manifest.json", "signature.json", ".json"
# The oldest moment that a zip can say: the archive's own times tell nothing.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Cover:
    """What is written on the outside: who for whom, when and why. Codes of offices."""

    number: str
    sender: str
    receiver: str
    made_at: datetime
    purpose: str


def packaged(
    cover: Cover,
    parts: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    key: Ed25519PrivateKey,
    passphrase: str,
) -> bytes:
    """The file that is handed over. `PassphraseTooShort`; `ValueError`: a name that is no part's."""
    made = [part_of(name, rows) for name, rows in parts.items()]
    manifest = Manifest(
        number=cover.number,
        sender=cover.sender,
        receiver=cover.receiver,
        made_at=cover.made_at.isoformat(),
        purpose=cover.purpose,
        parts=tuple(part for part, _ in made),
    ).as_bytes()
    signature = {
        "key": fingerprint(key.public_key()),
        "signature": signature_of(key, manifest).hex(),
    }
    files = {MANIFEST: manifest, SIGNATURE: as_json(signature)}
    files |= {part.name + SUFFIX: content for part, content in made}
    return sealed(_zipped(files), passphrase)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()
