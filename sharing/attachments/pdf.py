"""A PDF built anew from its pages alone: of the old document's own entries none is taken along."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Object, Page, Pdf

from kernel.text import Text
from sharing.attachments.kinds import Cleaned, Remark
from sharing.attachments.pdf_objects import sweep
from sharing.attachments.refusals import (
    Damaged,
    Encrypted,
    FileRefused,
    NotCleanable,
    UnpacksTooLarge,
)

MOST_PAGES = 3_000
MOST_OBJECTS = 300_000

_PAGE_KEYS = frozenset(
    [
        "/Type",
        "/Parent",
        "/Resources",
        "/MediaBox",
        "/CropBox",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/Contents",
        "/Rotate",
        "/Group",
        "/UserUnit",
        "/Annots",
    ]
)
# What shows something and does nothing. Files, sounds, films, links and windows are none of them.
_SHOWN = frozenset(
    [
        "/Text",
        "/FreeText",
        "/Line",
        "/Square",
        "/Circle",
        "/Polygon",
        "/PolyLine",
        "/Highlight",
        "/Underline",
        "/Squiggly",
        "/StrikeOut",
        "/Stamp",
        "/Caret",
        "/Ink",
    ]
)
_ANNOTATION_KEYS = frozenset(
    [
        "/Type",
        "/Subtype",
        "/Rect",
        "/Contents",
        "/AP",
        "/AS",
        "/F",
        "/C",
        "/IC",
        "/Border",
        "/BS",
        "/BE",
        "/QuadPoints",
        "/InkList",
        "/L",
        "/Vertices",
        "/DA",
        "/DS",
        "/Q",
        "/CA",
        "/LE",
        "/RD",
        "/Name",
        "/OC",
    ]
)
_FILES = frozenset(["/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"])
_INLINE_PICTURE = re.compile(rb"\bBI\b[^>]{0,400}?/(DCT|DCTDecode)\b")


def cleaned_pdf(content: bytes) -> Cleaned:
    """`FileRefused`."""
    remarks: set[Remark] = set()
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as source:
            if source.is_encrypted:
                raise Encrypted
            if len(source.pages) > MOST_PAGES or len(source.objects) > MOST_OBJECTS:
                raise UnpacksTooLarge(found=Text(zh="页或对象过多", en="pages or objects"))
            _freeze_form(source, remarks)
            _note_enclosed(source, remarks)
            drawn = _pages_alone(source, remarks)
        # Read again, it holds only what its pages reach.
        with pikepdf.open(BytesIO(drawn), suppress_warnings=True) as clean:
            for one in list(clean.objects):
                sweep(one)
            _must_hold_no_inline_photographs(clean)
            return Cleaned(_saved(clean), frozenset(remarks))
    except (FileRefused, MemoryError):
        raise
    except pikepdf.PasswordError as fault:
        raise Encrypted from fault
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError) as fault:
        raise Damaged(where=Text(zh="PDF 结构", en="the structure of the PDF")) from fault


def _freeze_form(source: Pdf, remarks: set[Remark]) -> None:
    """What was filled in becomes part of the page: a form of its own has names, scripts, actions."""
    if "/AcroForm" not in source.Root:
        return
    for key in ("/XFA", "/NeedAppearances"):
        if key in source.Root.AcroForm:
            del source.Root.AcroForm[key]
    others: list[tuple[Page, list[Object]]] = []
    for page in source.pages:
        found = _annotations(page)
        widgets = [one for one in found if one.get("/Subtype") == Name.Widget]
        if any(map(_is_undrawn, widgets)):
            # Drawn by us it would lose every character that is not Latin.
            raise NotCleanable(where=Text(zh="表单内容没有外观", en="a form that is not drawn"))
        if widgets:
            others.append((page, [one for one in found if one.get("/Subtype") != Name.Widget]))
            page.obj["/Annots"] = pikepdf.Array(widgets)
    if not others:
        return
    source.flatten_annotations("all")
    for page, kept in others:
        page.obj["/Annots"] = pikepdf.Array(kept)
    remarks.add(Remark.FORMS_FROZEN)


def _is_undrawn(widget: Object) -> bool:
    """Something was filled in, and the file does not say how it looks."""
    parent = widget.get("/Parent")
    value = widget.get("/V")
    if value is None and isinstance(parent, Dictionary):
        value = parent.get("/V")
    is_text = isinstance(value, pikepdf.String) and bool(str(value).strip())
    return is_text and "/N" not in widget.get("/AP", {})


def _note_enclosed(source: Pdf, remarks: set[Remark]) -> None:
    if len(source.attachments) or "/Collection" in source.Root:
        remarks.add(Remark.FILES_REMOVED)


def _pages_alone(source: Pdf, remarks: set[Remark]) -> bytes:
    clean = pikepdf.new()
    clean.pages.extend(source.pages)
    if "/OCProperties" in source.Root:
        # Without it layers that are switched off would show.
        layers = source.make_indirect(source.Root.OCProperties)
        clean.Root["/OCProperties"] = clean.copy_foreign(layers)
    for page in clean.pages:
        _bare_page(page, remarks)
    return _saved(clean)


def _bare_page(page: Page, remarks: set[Remark]) -> None:
    kept = [bare for one in _annotations(page) if (bare := _bare_annotation(one, remarks))]
    for key in set(page.obj.keys()) - _PAGE_KEYS:
        del page.obj[key]
    if kept:
        page.obj["/Annots"] = pikepdf.Array(kept)
    elif "/Annots" in page.obj:
        del page.obj["/Annots"]


def _bare_annotation(one: Object, remarks: set[Remark]) -> Object | None:
    """Where it is and what it shows; not whose it is, nor when it was made."""
    kind = str(one.get("/Subtype", ""))
    if kind == "/Link" and "/A" in one and one.A.get("/S") != Name.GoTo:
        remarks.add(Remark.LINKS_REMOVED)
    if kind in _FILES:
        remarks.add(Remark.FILES_REMOVED)
    if kind not in _SHOWN:
        return None
    if "/T" in one:
        remarks.add(Remark.NAMES_REMOVED)
    return Dictionary({key: one[key] for key in set(one.keys()) if key in _ANNOTATION_KEYS})


def _annotations(page: Page) -> list[Object]:
    found = page.obj.get("/Annots")
    if not isinstance(found, pikepdf.Array):
        return []
    return [one for one in found if isinstance(one, Dictionary)]


def _must_hold_no_inline_photographs(clean: Pdf) -> None:
    """A photograph written into a page's own text may carry what a camera wrote into it."""
    for one in clean.objects:
        if not isinstance(one, pikepdf.Stream) or ("/Subtype" in one and one.Subtype == Name.Image):
            continue
        if "/Length1" in one or one.get("/Type") == Name.XRef:
            continue
        try:
            drawn = one.read_bytes()
        except pikepdf.PdfError:
            continue
        if _INLINE_PICTURE.search(drawn):
            raise NotCleanable(where=Text(zh="页面内嵌照片", en="a photograph within a page"))


def _saved(pdf: Pdf) -> bytes:
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return out.getvalue()
