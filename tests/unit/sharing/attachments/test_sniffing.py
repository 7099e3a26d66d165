"""What a file is, its content says; what is not taken in is told in words."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from sharing.attachments.kinds import ACCEPTED, Kind
from sharing.attachments.refusals import (
    REFUSALS,
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
from sharing.attachments.sniffing import kind_of
from tests.planted import FILES


def zip_of(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (FILES["PLANTED.jpg"], Kind.JPEG),
        (FILES["photo.png"], Kind.PNG),
        (FILES["photo.webp"], Kind.WEBP),
        (FILES["paper.pdf"], Kind.PDF),
        (FILES["paper.docx"], Kind.DOCX),
        (FILES["table.xlsx"], Kind.XLSX),
        ("举报信\n第二行".encode(), Kind.TEXT),
        ("举报信".encode("gb18030"), Kind.TEXT),
        ("举报信".encode("utf-16"), Kind.TEXT),
        ("\ufeff姓名,电话".encode(), Kind.TEXT),
        (b"BMW 320 was seen", Kind.TEXT),
    ],
)
def test_its_content_says_what_it_is(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyFile),
        (OLE + b"\0" * 600, OldOffice),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), Encrypted),
        (zip_of("word/document.xml", "word/vbaProject.bin"), Macros),
        (zip_of("OFD.xml"), UnknownKind),
        (zip_of("ppt/presentation.xml"), UnknownKind),
        (zip_of("a.txt"), UnknownKind),
        (b"PK\x03\x04 and no more", FileRefused),
        (b"\0\0\0\x18ftypheic" + b"\0" * 20, UnknownKind),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 20, Recording),
        (b"\0\0\0\x18ftypM4A " + b"\0" * 20, Recording),
        (b"ID3\x04" + b"\0" * 20, Recording),
        (b"RIFF\0\0\0\0WAVE", Recording),
        (b"GIF89a", UnknownKind),
        (b"MZ\x90\0", UnknownKind),
        (b"#!/bin/sh\n", UnknownKind),
        (b"  <!doctype html><p>", UnknownKind),
        (b"<svg xmlns='x'/>", UnknownKind),
        (b"{\\rtf1", UnknownKind),
        (bytes(range(256)), UnknownKind),
    ],
)
def test_what_is_not_taken_in_is_told_in_words(content: bytes, refusal: type[FileRefused]) -> None:
    with pytest.raises(refusal) as refused:
        kind_of(content)

    assert all(refused.value.in_language("zh"))
    assert refused.value.fields == ("file",)


@pytest.mark.parametrize(
    "content",
    [
        FILES["PLANTED.jpg"] + zip_of("x"),
        FILES["paper.pdf"] + zip_of("x"),
        FILES["photo.png"][:40] + b"%PDF-1.7" + FILES["photo.png"][40:],
        b"a text\n%PDF-1.7\n",
        FILES["paper.docx"] + b"<script>",
        "正文".encode() + zip_of("x"),
    ],
)
def test_what_is_two_things_at_once_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        kind_of(content)

    assert isinstance(refused.value, TwoKinds | UnknownKind)


def test_each_kind_has_its_own_size() -> None:
    most = ACCEPTED[Kind.TEXT].most
    assert kind_of(b"a" * most) is Kind.TEXT

    with pytest.raises(TooLarge) as refused:
        kind_of(b"a" * (most + 1))

    assert refused.value.data["limit"] == 5


def test_every_refusal_travels_by_its_code() -> None:
    assert {one.code for one in FileRefused.__subclasses__()} == set(REFUSALS)
