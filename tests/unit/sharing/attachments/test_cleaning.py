"""What whoever made a file left in it is nowhere in what is handed on; what it says still is."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pikepdf
import pytest
from openpyxl import load_workbook
from PIL import Image

from sharing.attachments.cleaning import cleaned
from sharing.attachments.kinds import Kind, Remark, named_as
from sharing.attachments.office_names import MACROS
from sharing.attachments.refusals import (
    Damaged,
    Enclosed,
    Encrypted,
    External,
    FileRefused,
    Macros,
    NotCleanable,
    TooManyPixels,
    UnpacksTooLarge,
)
from sharing.attachments.sniffing import kind_of
from tests import planted
from tests.planted import FILES, MARK, all_of


def made(content: bytes) -> bytes:
    return cleaned(kind_of(content), content).content


@pytest.mark.parametrize("name", FILES)
def test_nothing_planted_is_left_and_it_was_there(name: str) -> None:
    before = all_of(FILES[name])

    after = all_of(made(FILES[name]))

    assert MARK in before
    assert MARK not in after
    assert "种下".encode() not in after
    assert "种下".encode("utf-16-be") not in after


@pytest.mark.parametrize("name", FILES)
def test_cleaned_twice_it_is_the_same(name: str) -> None:
    """Pixels apart, a derivative holds nothing that a second cleaning would change."""
    once = made(FILES[name])

    again = made(once)

    if name.endswith((".png", ".xlsx")):
        assert again == once
    assert kind_of(again) is kind_of(once)


def test_a_document_still_says_what_it_said() -> None:
    done = cleaned(Kind.DOCX, FILES["paper.docx"])

    text = all_of(done.content)

    for kept in (b"KEPT text", b"KEPT change", b"KEPT link", b"KEPT field", b"KEPT comment"):
        assert kept in text
    assert {Remark.LINKS_REMOVED, Remark.NAMES_REMOVED} <= done.remarks
    with zipfile.ZipFile(BytesIO(done.content)) as archive:
        [picture] = [name for name in archive.namelist() if "/media/" in name]
        # Upright, as the camera said it should be shown.
        assert Image.open(BytesIO(archive.read(picture))).size == (48, 64)
        assert not [name for name in archive.namelist() if name.startswith(("docProps", "custom"))]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_workbook_still_says_what_it_said() -> None:
    done = cleaned(Kind.XLSX, FILES["table.xlsx"])

    sheet = load_workbook(BytesIO(done.content)).active

    assert sheet is not None
    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == ["KEPT cell", "=1+1", "KEPT link"]
    assert sheet["A1"].comment.text == "KEPT comment"
    assert sheet["A3"].hyperlink is None


def test_a_pdf_still_says_what_it_said() -> None:
    done = cleaned(Kind.PDF, FILES["paper.pdf"])

    text = all_of(done.content)

    for kept in (b"KEPT page", b"KEPT note", b"KEPT form"):
        assert kept in text
    assert done.remarks == {
        Remark.LINKS_REMOVED,
        Remark.NAMES_REMOVED,
        Remark.FORMS_FROZEN,
        Remark.FILES_REMOVED,
    }
    with pikepdf.open(BytesIO(done.content)) as read:
        assert set(read.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in read.trailer
        picture = read.pages[0].obj.Resources.XObject["/A"]
        assert isinstance(picture, pikepdf.Stream)
        assert pikepdf.PdfImage(picture).as_pil_image().size == (64, 48)


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        *(("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("I;16", "PNG"), ("RGBA", "PNG")),
        *(("CMYK", "JPEG"), ("L", "JPEG"), ("RGBA", "WEBP")),
    ],
)
def test_a_picture_of_every_mode_is_drawn_anew(mode: str, form: str) -> None:
    out = BytesIO()
    Image.new(mode, (30, 20)).save(out, form)

    drawn = Image.open(BytesIO(made(out.getvalue())))

    assert (drawn.size, drawn.format) == ((30, 20), form)
    assert drawn.mode in ("L", "RGB", "RGBA")


def test_of_several_pictures_the_first_is_kept_and_it_is_said() -> None:
    out = BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])

    done = cleaned(Kind.PNG, out.getvalue())

    assert done.remarks == {Remark.FIRST_PICTURE_ONLY}
    assert getattr(Image.open(BytesIO(done.content)), "n_frames", 1) == 1


def test_a_bomb_of_pixels_is_refused_before_it_is_drawn() -> None:
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")

    with pytest.raises(TooManyPixels) as refused:
        made(out.getvalue())

    assert refused.value.data == {"found": 400, "limit": 64}


def part(name: str, content: bytes) -> bytes:
    return planted.docx(**{name: content})


def with_relationship(type_: str, target: str = "x.bin", mode: str = "") -> bytes:
    parts = planted.docx_parts()
    name = "word/_rels/document.xml.rels"
    external = f' TargetMode="{mode}"' if mode else ""
    one = (
        '<Relationship Id="rIdZ" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{type_}" Target="{target}"{external}/></Relationships>'
    )
    return part(name, parts[name].replace(b"</Relationships>", one.encode()))


def in_body(text: str) -> bytes:
    parts = planted.docx_parts()
    found = parts["word/document.xml"].replace(b"</w:body>", f"{text}</w:body>".encode())
    return part("word/document.xml", found)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (with_relationship("oleObject"), Enclosed),
        (with_relationship("package"), Enclosed),
        (with_relationship("aFChunk"), Enclosed),
        *((with_relationship(one), Macros) for one in sorted(MACROS)),
        (with_relationship("image", "http://x.example/p.png", "External"), External),
        (with_relationship("frame", "http://x.example/", "External"), External),
        (with_relationship("somethingNew"), NotCleanable),
        (part("word/media/PLANTED.jpg", b"\x01\0\0\0 EMF"), NotCleanable),
        (in_body('<w:object r:id="rIdNone"/>'), NotCleanable),
        (in_body('<w:p><w:fldSimple w:instr=" DDEAUTO cmd "/></w:p>'), External),
        (in_body("<w:p>"), Damaged),
        (part("word/settings.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), Damaged),
        (part("word/comments.xml", b"<x>" * 2_000 + b"</x>" * 2_000), Damaged),
        (part("word/settings.xml", b" " * 30_000_000), UnpacksTooLarge),
    ],
)
def test_what_cannot_be_cleaned_is_refused_in_words(
    content: bytes, refusal: type[FileRefused]
) -> None:
    with pytest.raises(refusal) as refused:
        made(content)

    for language in ("zh", "en"):
        message, remedy = refused.value.in_language(language)
        assert message
        assert "没有保存" in remedy or "Nothing was kept" in remedy


def test_formulas_that_call_home_are_refused_and_others_are_not() -> None:
    def with_formula(formula: bytes) -> bytes:
        return planted.rewritten(
            FILES["table.xlsx"],
            {},
            {"xl/worksheets/sheet1.xml": lambda one: one.replace(b"1+1", formula)},
        )

    assert made(with_formula(b"SUM(1,1)"))
    with pytest.raises(External):
        made(with_formula(b"WEBSERVICE(&quot;http://x&quot;)"))


def secret_pdf(**options: object) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(FILES["paper.pdf"])) as one:
        one.save(out, encryption=pikepdf.Encryption(R=6, **options))  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("options", [{"user": "x", "owner": "y"}, {"user": "", "owner": "y"}])
def test_an_encrypted_pdf_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(Encrypted):
        made(secret_pdf(**options))


@pytest.mark.parametrize("cut", [10, 200, 600])
def test_a_damaged_pdf_is_refused_or_mended_and_never_falls(cut: int) -> None:
    whole = FILES["paper.pdf"]
    try:
        after = made(whole[:-cut])
    except FileRefused:
        return
    assert MARK not in all_of(after)


@pytest.mark.parametrize(
    ("kind", "name", "called"),
    [
        (Kind.PDF, "a.pdf", "a.pdf"),
        (Kind.PDF, "a.PDF", "a.pdf"),
        (Kind.PDF, "a.exe", "a.exe.pdf"),
        (Kind.JPEG, "a.jpeg", "a.jpeg"),
        (Kind.TEXT, "a.csv", "a.csv"),
        (Kind.TEXT, "a.html", "a.html.txt"),
        (Kind.TEXT, ".csv", ".csv.txt"),
    ],
)
def test_a_derivative_is_called_what_it_is(kind: Kind, name: str, called: str) -> None:
    assert named_as(kind, name) == called
