"""Files of every kind in which whoever made them has left a trace: the word `PLANTED`, in each place
that programs are known to write to; and `KEPT`, which is what the file is there to say."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pikepdf
from openpyxl import Workbook
from openpyxl.comments import Comment
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, PngImagePlugin

TRACE = "PLANTED种下的痕迹"
MARK = b"PLANTED"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc>{TRACE}</dc></x:xmpmeta>'.encode()


def photograph(form: str = "JPEG") -> bytes:
    """With artist, place, thumbnail, XMP and comment; and a film behind its end, as phones do."""
    picture = Image.new("RGB", (64, 48), (200, 30, 30))
    exif = Image.Exif()
    exif[0x013B] = exif[0x9C9D] = exif[0x8298] = "PLANTED-artist"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 1.0, 7.0), 29: "PLANTED-gps"})
    out = BytesIO()
    extra: dict[str, Any] = {"exif": exif}
    if form == "JPEG":
        extra |= {"comment": b"PLANTED-comment", "xmp": _XMP}
    elif form == "WEBP":
        extra |= {"xmp": _XMP, "exif": exif.tobytes()}
    else:
        told = PngImagePlugin.PngInfo()
        told.add_text("Author", "PLANTED-author", zip=True)
        told.add_itxt("XML:com.adobe.xmp", _XMP.decode())
        extra |= {"pnginfo": told}
    picture.save(out, form, **extra)
    return out.getvalue() + (b"PLANTED-motion-photo" if form == "JPEG" else b"")


def pdf() -> bytes:
    made = Pdf.new()
    made.add_blank_page(page_size=(300, 300))
    page = made.pages[0].obj
    picture = made.make_stream(photograph())
    for key, value in {
        "/Type": Name.XObject,
        "/Subtype": Name.Image,
        "/Width": 64,
        "/Height": 48,
        "/ColorSpace": Name.DeviceRGB,
        "/BitsPerComponent": 8,
        "/Filter": Name.DCTDecode,
        "/PTEX.FileName": pikepdf.String("PLANTED/path"),
        "/Metadata": made.make_stream(_XMP),
    }.items():
        picture[key] = value
    drawn = made.make_stream(b"BT /F1 12 Tf 2 2 Td (KEPT form) Tj ET")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for key, value in {
        "/Type": Name.XObject,
        "/Subtype": Name.Form,
        "/BBox": Array([0, 0, 100, 20]),
        "/Resources": Dictionary(Font=Dictionary(F1=font)),
        "/LastModified": pikepdf.String("PLANTED-date"),
    }.items():
        drawn[key] = value
    page.Contents = made.make_stream(
        b"BT /F1 12 Tf 10 200 Td (KEPT page) Tj ET q 64 0 0 48 10 10 cm /A Do Q"
    )
    # A picture called /A: names of the author's own are none of the keys that tell.
    page.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary(A=picture))
    page["/PieceInfo"] = Dictionary(X=Dictionary(Private=pikepdf.String(TRACE)))
    script = Dictionary(S=Name.JavaScript, JS=pikepdf.String("PLANTED()"))
    page["/AA"] = Dictionary(O=script)
    box = [10, 100, 110, 120]
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=box)
    note["/Contents"], note["/T"] = pikepdf.String("KEPT note"), pikepdf.String(TRACE)
    note["/M"] = pikepdf.String("PLANTED-date")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box)
    link["/A"] = Dictionary(S=Name.URI, URI=pikepdf.String("http://PLANTED.example"))
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=box)
    field["/T"], field["/V"] = pikepdf.String("PLANTED-field"), pikepdf.String("KEPT form")
    field["/AP"] = Dictionary(N=drawn)
    page.Annots = Array([made.make_indirect(one) for one in (note, link, field)])
    made.Root.AcroForm = made.make_indirect(Dictionary(Fields=[page.Annots[2]]))
    made.Root["/OpenAction"] = script
    made.docinfo["/Author"] = made.docinfo["/Producer"] = TRACE
    with made.open_metadata() as xmp:
        xmp["dc:creator"] = [TRACE]
    made.attachments["PLANTED.txt"] = b"PLANTED-enclosed"
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["A3"] = "KEPT cell", "=1+1", "KEPT link"
    sheet["A1"].comment = Comment(f"{TRACE}:\nKEPT comment", TRACE)
    sheet["A3"].hyperlink = "http://PLANTED.example/"
    for name in ("creator", "lastModifiedBy", "title", "keywords", "description"):
        setattr(book.properties, name, TRACE)
    out = BytesIO()
    book.save(out)
    told = f"<Properties><Company>{TRACE}</Company></Properties>".encode()
    path = f'<x15ac:absPath xmlns:x15ac="urn:x" url="D:\\{TRACE}\\"/>'.encode()
    return rewritten(
        out.getvalue(),
        {"docProps/app.xml": told, "xl/printerSettings/printerSettings1.bin": b"PLANTED"},
        {"xl/workbook.xml": lambda part: part.replace(b"<sheets>", path + b"<sheets>")},
    )


def docx(**changes: bytes) -> bytes:
    """`changes`: parts of other content, by the names in `DOCX`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b""
        for name, content in {**docx_parts(), **changes}.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx_parts() -> dict[str, bytes]:
    rel = f'<Relationships xmlns="{_P}/relationships">{{}}</Relationships>'
    one = '<Relationship Id="{}" Type="' + _R + '/{}" Target="{}"{}/>'
    outside = ' TargetMode="External"'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{main}.{type_}+xml"/>'
        for name, type_ in (
            ("document", "document.main"), ("settings", "settings"), ("comments", "comments"),
            ("people", "people"),
        )
    )  # fmt: skip
    kinds = "".join(
        f'<Default Extension="{ending}" ContentType="{type_}"/>'
        for ending, type_ in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"), ("jpg", "image/jpeg"),
        )
    )  # fmt: skip
    by = f'w:author="{TRACE}" w:initials="PLANTED" w:date="2026-01-01T00:00:00Z"'
    body = (
        f'<w:p w:rsidR="00PLANTED"><w:r><w:t>KEPT text</w:t></w:r>'
        f'<w:ins w:id="1" {by}><w:r><w:t>KEPT change</w:t></w:r></w:ins>'
        f'<w:hyperlink r:id="rIdL"><w:r><w:t>KEPT link</w:t></w:r></w:hyperlink>'
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://'
        f'PLANTED" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>KEPT field</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        f'wordprocessingDrawing"><wp:extent cx="914400" cy="685800"/>'
        f'<wp:docPr id="7" name="PLANTED.jpg" descr="C:\\PLANTED.jpg"/>'
        f'<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="8" name="PLANTED.jpg"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rIdI"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="685800"/>'
        f'</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        f"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p><!-- PLANTED -->"
    )
    roots = f'xmlns:w="{_W}" xmlns:r="{_R}"'
    props = f"<p>{TRACE}</p>".encode()
    return {
        "[Content_Types].xml": f'<Types xmlns="{_P}/content-types">{kinds}{types}</Types>'.encode(),
        "_rels/.rels": rel.format(
            one.format("r1", "officeDocument", "word/document.xml", "")
            + one.format("r2", "extended-properties", "docProps/app.xml", "")
        ).encode(),
        "docProps/app.xml": props,
        "docProps/core.xml": props,
        "docProps/custom.xml": props,
        "docProps/thumbnail.jpeg": photograph(),
        "customXml/item1.xml": props,
        "word/document.xml": f"<w:document {roots}><w:body>{body}</w:body></w:document>".encode(),
        "word/_rels/document.xml.rels": rel.format(
            one.format("rIdI", "image", "media/PLANTED.jpg", "")
            + one.format("rIdS", "settings", "settings.xml", "")
            + one.format("rIdC", "comments", "comments.xml", "")
            + one.format("rIdP", "people", "people.xml", "")
            + one.format("rIdX", "customXml", "../customXml/item1.xml", "")
            + one.format("rIdL", "hyperlink", "http://PLANTED.example", outside)
        ).encode(),
        "word/media/PLANTED.jpg": photograph(),
        "word/people.xml": props,
        "word/settings.xml": (
            f'<w:settings {roots}><w:attachedTemplate r:id="rIdT"/><w:rsids><w:rsid w:val='
            f'"00PLANTED"/></w:rsids><w:docVars><w:docVar w:name="{TRACE}" w:val="x"/>'
            f'</w:docVars><w:zoom w:percent="100"/></w:settings>'
        ).encode(),
        "word/_rels/settings.xml.rels": rel.format(
            one.format("rIdT", "attachedTemplate", "file:///C:/PLANTED/Normal.dotm", outside)
        ).encode(),
        "word/comments.xml": (
            f'<w:comments {roots}><w:comment w:id="0" {by}><w:p><w:r><w:t>KEPT comment</w:t>'
            f"</w:r></w:p></w:comment></w:comments>"
        ).encode(),
    }


def rewritten(content: bytes, more: Mapping[str, bytes], changed: Mapping[str, Any]) -> bytes:
    """A zip with further parts, and some changed by functions."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name not in more:
                new.writestr(name, changed[name](part) if name in changed else part)
        for name, part in more.items():
            new.writestr(name, part)
    return out.getvalue()


# name → content, and what of it must still be there
FILES: Mapping[str, bytes] = {
    "PLANTED.jpg": photograph("JPEG"),
    "photo.png": photograph("PNG"),
    "photo.webp": photograph("WEBP"),
    "paper.pdf": pdf(),
    "paper.docx": docx(),
    "table.xlsx": xlsx(),
}


def all_of(content: bytes) -> bytes:
    """Everything that stands in a file, uncompressed: parts of a zip, streams of a PDF."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            told = b"".join(entry.comment + entry.extra for entry in entries) + archive.comment
            names = "\n".join(entry.filename for entry in entries).encode()
            return told + names + b"".join(archive.read(entry) for entry in entries)
    if content.startswith(b"%PDF"):
        with Pdf.open(BytesIO(content)) as read:
            out = BytesIO()
            read.save(
                out,
                qdf=True,
                compress_streams=False,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            )
            return content + out.getvalue()
    if content.startswith(b"\x89PNG"):
        with Image.open(BytesIO(content)) as picture:
            picture.load()
            return content + repr(picture.info).encode()
    return content
