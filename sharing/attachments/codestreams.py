"""Pictures inside a PDF, without what stands beside their pixels: they are not drawn anew."""

from __future__ import annotations

from collections.abc import Iterator

_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_KEPT_APPS = {0xEE}  # Adobe's, which says how the colours are written


class NotACodestream(ValueError):
    """It is not what it says that it is."""


def bare_jpeg(content: bytes) -> bytes:
    """Without APPn (EXIF, XMP, thumbnails, profiles), comments, and what stands behind its end."""
    if content[:2] != b"\xff\xd8":
        raise NotACodestream
    out, at = bytearray(b"\xff\xd8"), 2
    while True:
        marker, at = _marker(content, at)
        if marker == 0xD9:
            return bytes(out + b"\xff\xd9")
        if marker in _STANDALONE:
            out += bytes((0xFF, marker))
            continue
        length = int.from_bytes(content[at : at + 2], "big")
        segment, at = content[at : at + length], at + length
        if length < 2 or len(segment) != length:
            raise NotACodestream
        is_kept = marker in _KEPT_APPS and segment[2:7] == b"Adobe" and length == 14
        if is_kept or not (0xE0 <= marker <= 0xEF or marker in (0xFE, *range(0xF0, 0xFE))):
            out += bytes((0xFF, marker)) + segment
        if marker == 0xDA:
            end = _end_of_scan(content, at)
            out += content[at:end]
            if end == len(content):
                # Scanners leave the last mark out; readers put up with it.
                return bytes(out + b"\xff\xd9")
            at = end


def _marker(content: bytes, at: int) -> tuple[int, int]:
    if content[at : at + 1] != b"\xff":
        raise NotACodestream
    while content[at : at + 1] == b"\xff":
        at += 1
    if at >= len(content):
        raise NotACodestream
    return content[at], at + 1


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is none of the scan's own."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] == 0xFF:
            at += 1
        elif content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def bare_jpeg2000(content: bytes) -> bytes:
    """The boxes that its pixels need, and the codestream without comments."""
    if content[:4] == b"\xff\x4f\xff\x51":
        return _bare_codestream(content)
    out = bytearray()
    for kind, body in _boxes(content):
        if kind == b"jp2c":
            body = _bare_codestream(body)
        elif kind not in (b"jP  ", b"ftyp", b"jp2h"):
            continue
        out += (len(body) + 8).to_bytes(4, "big") + kind + body
    if b"jp2c" not in out:
        raise NotACodestream
    return bytes(out)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        length, kind, head = (
            int.from_bytes(content[at : at + 4], "big"),
            content[at + 4 : at + 8],
            8,
        )
        if length == 1:
            length, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        end = len(content) if length == 0 else at + length
        if end < at + head or end > len(content):
            raise NotACodestream
        yield kind, content[at + head : end]
        at = end


def _bare_codestream(content: bytes) -> bytes:
    if content[:2] != b"\xff\x4f":
        raise NotACodestream
    out, at = bytearray(content[:2]), 2
    while content[at : at + 2] != b"\xff\x90":
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at : at + 1] != b"\xff" or length < 2 or at + 2 + length > len(content):
            raise NotACodestream
        if content[at + 1] != 0x64:
            out += content[at : at + 2 + length]
        at += 2 + length
    return bytes(out + content[at:])
