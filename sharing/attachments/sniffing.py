"""What a file is, by its content. What it is called never counts."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from kernel.text import Text
from sharing.attachments.kinds import ACCEPTED, MB, Kind
from sharing.attachments.refusals import (
    Damaged,
    EmptyFile,
    Encrypted,
    FileRefused,
    Macros,
    OldOffice,
    Recording,
    TooLarge,
    TwoKinds,
    UnknownKind,
)

_HEAD = 1024  # readers of PDF look this far for its beginning
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVE = Text(zh="压缩包", en="an archive")
_PROGRAM = Text(zh="可执行程序", en="a program")
_MARKUP = Text(zh="网页或 XML", en="a web page or XML")
_OLD_PICTURE = Text(zh="GIF、BMP 或 TIFF 图片", en="a GIF, BMP or TIFF picture")
_PHONE_PICTURE = Text(
    zh="手机 HEIC/AVIF 照片，请在手机上改存为 JPEG",
    en="a phone's HEIC or AVIF photograph: save it as JPEG there",
)

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"%PDF-", Kind.PDF),
)
_NOT_TAKEN: tuple[tuple[bytes, Text], ...] = (
    *((magic, _OLD_PICTURE) for magic in (b"GIF8", b"BM", b"II*\0", b"MM\0*")),
    *((magic, _ARCHIVE) for magic in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK", b"BZh")),
    *((magic, _PROGRAM) for magic in (b"MZ", b"\x7fELF", b"#!")),
    (b"{\\rtf", Text(zh="RTF 文档", en="an RTF document")),
)
_SOUND = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"OggS", b"fLaC", b"#!AMR")
_MARKS = re.compile(
    rb"\s*(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|svg|script|head|body|table)", re.I
)


def kind_of(content: bytes) -> Kind:
    """The kind; or the refusal that says in words what it is, and what to hand in instead."""
    if not content:
        raise EmptyFile
    kind = _kind(content)
    accepted = ACCEPTED[kind]
    if len(content) > accepted.most:
        raise TooLarge(kind=accepted.title, limit=accepted.most // MB)
    _must_be_one_thing(kind, content)
    return kind


def _kind(content: bytes) -> Kind:
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    if content.startswith(_OLE):
        is_encrypted = "EncryptedPackage".encode("utf-16-le") in content[: 4 * MB]
        raise Encrypted if is_encrypted else OldOffice
    refusal = _known_and_not_taken(content)
    if refusal is not None:
        raise refusal
    if not _is_text(content):
        raise UnknownKind(found=Text(zh="二进制文件", en="a binary file"))
    return Kind.TEXT


def _known_and_not_taken(content: bytes) -> FileRefused | None:
    if content.startswith(_SOUND) or content[:4] == b"RIFF" or content[:4] == b"\x1aE\xdf\xa3":
        return Recording()
    if content[4:8] == b"ftyp":
        is_picture = content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"hevc")
        return UnknownKind(found=_PHONE_PICTURE) if is_picture else Recording()
    for magic, found in _NOT_TAKEN:
        if content.startswith(magic) and not (magic == b"BM" and _is_text(content)):
            return UnknownKind(found=found)
    return UnknownKind(found=_MARKUP) if _MARKS.match(content[:_HEAD]) else None


def _kind_of_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as fault:
        raise Damaged(where=Text(zh="压缩包", en="the zip container")) from fault
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Macros
    if "word/document.xml" in names:
        return Kind.DOCX
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    raise UnknownKind(found=_named(names))


def _named(names: set[str]) -> Text:
    if "OFD.xml" in names:
        return Text(zh="OFD 版式文件，请导出为 PDF", en="an OFD document: export it to PDF")
    if "ppt/presentation.xml" in names:
        return Text(zh="演示文稿，请导出为 PDF", en="a presentation: export it to PDF")
    if "xl/workbook.bin" in names:
        return Text(zh="二进制工作簿 .xlsb", en="a binary workbook, .xlsb")
    if "mimetype" in names:
        return Text(zh="ODF 文档", en="an ODF document")
    return _ARCHIVE


def _must_be_one_thing(kind: Kind, content: bytes) -> None:
    """A file that two programs read as two things shows its cleaner one and its reader the other."""
    title = ACCEPTED[kind].title
    if kind is not Kind.PDF and b"%PDF-" in content[:_HEAD]:
        raise TwoKinds(first=title, second=ACCEPTED[Kind.PDF].title)
    is_zip = kind in (Kind.DOCX, Kind.XLSX)
    if not is_zip and zipfile.is_zipfile(BytesIO(content)):
        raise TwoKinds(first=title, second=_ARCHIVE)
    # An archive's directory is its end: what stands behind it is something else.
    end = content.rfind(b"PK\x05\x06")
    if is_zip and end + 22 + int.from_bytes(content[end + 20 : end + 22], "little") != len(content):
        raise TwoKinds(first=title, second=Text(zh="其他内容", en="something else"))


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text)
    return False
