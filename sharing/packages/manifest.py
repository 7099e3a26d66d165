"""What a package says of itself: the signed part, which names every other part by its hash."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FORMAT = "xuncha-package/1"
_PART = re.compile(r"[a-z][a-z_]{0,39}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
_NUMBER = re.compile(r"[0-9a-f]{32}")

Row = dict[str, Any]


class ManifestFault(ValueError):
    """What a manifest says that it cannot say."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of rows: a file of that name with the suffix `.json`."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`number` names the package for good: 32 hexadecimal digits, drawn at random. `sender` and
    `receiver` are codes of offices; `purpose` is why it was made, in the sender's words."""

    number: str
    sender: str
    receiver: str
    made_at: str
    purpose: str
    parts: tuple[Part, ...]

    def as_bytes(self) -> bytes:
        """What is signed: one writing only."""
        return as_json(
            {
                "format": FORMAT,
                "number": self.number,
                "sender": self.sender,
                "receiver": self.receiver,
                "made_at": self.made_at,
                "purpose": self.purpose,
                "parts": [
                    {"name": part.name, "rows": part.rows, "sha256": part.sha256}
                    for part in self.parts
                ],
            }
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        """`ManifestFault`, also where it is written otherwise than `as_bytes` does."""
        try:
            said = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise ManifestFault("no JSON") from error
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            raise ManifestFault("another format")
        parts = said.get("parts")
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            raise ManifestFault("no parts")
        found = cls(
            number=_text(said, "number", _NUMBER),
            sender=_text(said, "sender", _CODE),
            receiver=_text(said, "receiver", _CODE),
            made_at=_moment(said),
            purpose=_text(said, "purpose"),
            parts=tuple(_part(part) for part in parts),
        )
        if len({part.name for part in found.parts}) != len(found.parts):
            raise ManifestFault("a part twice")
        try:
            same = found.as_bytes() == content
        except UnicodeEncodeError as error:
            raise ManifestFault("half a character") from error
        if not same:
            raise ManifestFault("something besides")
        return found


def as_json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def part_of(name: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Part, bytes]:
    """The part and its file. `ValueError`: no name of a part."""
    if not _PART.fullmatch(name):
        raise ValueError(f"{name!r} names no part.")
    content = as_json(list(rows))
    return Part(name, len(rows), hashlib.sha256(content).hexdigest()), content


def _part(said: Mapping[str, Any]) -> Part:
    rows = said.get("rows")
    if not isinstance(rows, int) or isinstance(rows, bool) or rows < 0:
        raise ManifestFault("rows")
    return Part(_text(said, "name", _PART), rows, _text(said, "sha256", _SHA256))


def _text(said: Mapping[str, Any], key: str, shape: re.Pattern[str] | None = None) -> str:
    value = said.get(key)
    if not isinstance(value, str) or len(value) > 1000:
        raise ManifestFault(key)
    if shape is not None and not shape.fullmatch(value):
        raise ManifestFault(key)
    return value


def _moment(said: Mapping[str, Any]) -> str:
    value = _text(said, "made_at")
    try:
        at = datetime.fromisoformat(value)
    except ValueError as error:
        raise ManifestFault("made_at") from error
    if at.tzinfo is None or not 2000 <= at.year < 3000:
        raise ManifestFault("made_at")
    return value
