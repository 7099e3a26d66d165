"""What may be handed in, how large, and what a derivative of it is called and served as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text

MB = 1024 * 1024


class Kind(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Accepted:
    """`most`: bytes. `suffixes`: how it may be called; the first where it is called otherwise."""

    title: Text
    most: int
    suffixes: tuple[str, ...]
    content_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument"

ACCEPTED: Mapping[Kind, Accepted] = MappingProxyType(
    {
        Kind.JPEG: Accepted(
            Text(zh="照片（JPEG）", en="Photograph (JPEG)"),
            20 * MB,
            ("jpg", "jpeg"),
            "image/jpeg",
        ),
        Kind.PNG: Accepted(
            Text(zh="图片（PNG）", en="Picture (PNG)"), 20 * MB, ("png",), "image/png"
        ),
        Kind.WEBP: Accepted(
            Text(zh="图片（WebP）", en="Picture (WebP)"), 20 * MB, ("webp",), "image/webp"
        ),
        Kind.PDF: Accepted(Text(zh="PDF 文件", en="PDF"), 30 * MB, ("pdf",), "application/pdf"),
        Kind.DOCX: Accepted(
            Text(zh="Word 文档", en="Word document"),
            20 * MB,
            ("docx",),
            f"{_OFFICE}.wordprocessingml.document",
        ),
        Kind.XLSX: Accepted(
            Text(zh="Excel 工作簿", en="Excel workbook"),
            20 * MB,
            ("xlsx",),
            f"{_OFFICE}.spreadsheetml.sheet",
        ),
        Kind.TEXT: Accepted(
            Text(zh="纯文本", en="Plain text"), 5 * MB, ("txt", "csv"), "application/octet-stream"
        ),
    }
)
PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
LARGEST = max(one.most for one in ACCEPTED.values())


class Remark(StrEnum):
    """What a derivative lacks that its reader would look for."""

    FIRST_PICTURE_ONLY = "first_picture_only"
    LINKS_REMOVED = "links_removed"
    FILES_REMOVED = "files_removed"
    FORMS_FROZEN = "forms_frozen"
    NAMES_REMOVED = "names_removed"


REMARKS: Mapping[Remark, Text] = MappingProxyType(
    {
        Remark.FIRST_PICTURE_ONLY: Text(
            zh="文件含多幅画面，只保留第一幅", en="only the first of several pictures is kept"
        ),
        Remark.LINKS_REMOVED: Text(
            zh="已去掉指向外部的链接", en="links that lead outside are taken out"
        ),
        Remark.FILES_REMOVED: Text(
            zh="已去掉夹带在内的文件", en="files enclosed in it are taken out"
        ),
        Remark.FORMS_FROZEN: Text(
            zh="表单已固定为页面内容", en="its form is now part of the pages"
        ),
        Remark.NAMES_REMOVED: Text(
            zh="批注和修订已隐去姓名", en="comments and changes no longer say whose they are"
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A derivative: it shows what the original shows, and says nothing of who made it."""

    content: bytes
    remarks: frozenset[Remark] = frozenset()


def named_as(kind: Kind, name: str) -> str:
    """The name with an ending that says truly what it is; of text, `csv` stays."""
    suffixes = ACCEPTED[kind].suffixes
    stem, dot, ending = name.rpartition(".")
    if dot and stem and ending.lower() in suffixes:
        return f"{stem}.{ending.lower()}"
    return f"{name}.{suffixes[0]}"
