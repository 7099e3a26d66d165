"""What stands outside of the text: page numbers, the mark of an export, pages turned for tables."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Twips
from docx.text.paragraph import Paragraph

from sharing.documents.imprint import Imprint
from sharing.documents.measures import (
    BELOW_PAGE_NUMBER,
    EDGE_TO_FOOT,
    EDGE_TO_TAKEN,
    PAGE_NUMBER_LINE,
    TURNED,
    UPRIGHT,
    Sheet,
    twips,
)
from sharing.documents.styles import Style
from sharing.documents.writing import indent, put

_ONE_CHARACTER = 280  # of size 4, in which page numbers are set

# The shape that Word itself writes for a watermark: readers of the format have known it since 2003.
_WATERMARK = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    "<w:rPr><w:noProof/></w:rPr><w:pict>"
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    '<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
    '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
    '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>'
    '<v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
    ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
    '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
    '<v:shape type="#_x0000_t136" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">'
    '<v:fill opacity=".5"/><v:textpath/></v:shape></w:pict></w:r>'
)
_TURNED_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<w:rPr><w:noProof/></w:rPr><w:pict><v:rect o:allowincell="f" filled="f" stroked="f">'
    '<v:textbox style="layout-flow:vertical" inset="0,0,0,0"><w:txbxContent/></v:textbox>'
    "</v:rect></w:pict></w:r>"
)
# As long as the text is high; its middle 28 mm from the edge that is the lower one when bound.
_TURNED_BOX_STYLE = (
    "position:absolute;z-index:1;"
    f"margin-left:{(twips(28) - PAGE_NUMBER_LINE / 2) / 20:.2f}pt;margin-top:{twips(TURNED.top) / 20:.2f}pt;"
    f"width:{PAGE_NUMBER_LINE / 20:.2f}pt;height:{twips(156) / 20:.2f}pt;"
    "mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
)
_VML = "{urn:schemas-microsoft-com:vml}"


def lay_out(document: Document, imprint: Imprint, *, first_is_other: bool = False) -> None:
    """Give the first section its page numbers and, for an export, its marks.

    Later sections go on with them. `first_is_other`: the first page bears no number.
    """
    section = document.sections[0]
    _set(section, UPRIGHT)
    section.different_first_page_header_footer = first_is_other
    heads = [section.header, section.even_page_header]
    if first_is_other:
        heads.append(section.first_page_header)
        _empty(section.first_page_footer)
    for number, head in enumerate(heads, start=1):
        _empty(head)
        paragraph = put(head, Style.TAKEN, imprint.mark)
        if imprint.mark:
            paragraph._p.append(_watermark(imprint.mark, number))
    for foot, outer in ((section.footer, "right"), (section.even_page_footer, "left")):
        _empty(foot)
        _number_line(foot, outer)
        put(foot, Style.PAGE_NUMBER).paragraph_format.line_spacing = Twips(BELOW_PAGE_NUMBER)


def turn_page(document: Document) -> None:
    """Go on upon turned pages, for wide tables."""
    _turn(document.add_section(WD_SECTION.NEW_PAGE))


def turned(document: Document) -> None:
    """Turn the pages of a document that has no upright ones."""
    _turn(document.sections[0])


def _turn(section: Section) -> None:
    """The page's number stays where it is in the bound volume: at the left, turned with the page (8)."""
    _set(section, TURNED)
    for foot, outer in ((section.footer, "right"), (section.even_page_footer, "left")):
        _empty(foot)
        line = _number_line(foot, outer)
        put(foot, Style.PAGE_NUMBER)._p.append(_turned_box(line, outer))


def _set(section: Section, sheet: Sheet) -> None:
    wide = sheet.wide > sheet.high
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(twips(sheet.wide)), Twips(twips(sheet.high))
    section.top_margin, section.bottom_margin = Twips(twips(sheet.top)), Twips(twips(sheet.bottom))
    section.left_margin, section.right_margin = Twips(twips(sheet.left)), Twips(twips(sheet.right))
    section.header_distance = Twips(EDGE_TO_TAKEN)
    section.footer_distance = Twips(twips(11) if wide else EDGE_TO_FOOT)


def _empty(place: Any) -> None:
    """A header or footer of its own, without the paragraph that python-docx puts in."""
    place.is_linked_to_previous = False
    for paragraph in list(place.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)


def _number_line(foot: Any, outer: str) -> Paragraph:
    """— 1 — at the outer edge, one character in (7.5)."""
    paragraph = put(foot, Style.PAGE_NUMBER)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if outer == "right" else WD_ALIGN_PARAGRAPH.LEFT
    indent(paragraph, **{outer: _ONE_CHARACTER})
    paragraph.add_run("— ")
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind == "":
            element: Any = OxmlElement("w:instrText")
            element.text = text
        elif kind == "text":
            continue
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
    paragraph.add_run(" —")
    return paragraph


def _turned_box(line: Paragraph, outer: str) -> Any:
    """A box beside the text of a turned page, in which `line` runs downwards."""
    run = parse_xml(_TURNED_BOX)
    box = run.find(f".//{_VML}rect")
    box.set("id", f"PageNumber-{outer}")
    box.set("style", _TURNED_BOX_STYLE)
    run.find(f".//{qn('w:txbxContent')}").append(line._p)
    return run


def _watermark(mark: str, number: int) -> Any:
    """The mark across the page, light and behind the text."""
    run = parse_xml(_WATERMARK)
    shape = run.find(f".//{_VML}shape")
    height = 34
    width = min(560, round(len(mark) * height * 0.72))
    shape.set("id", f"ExportMark{number}")
    shape.set("{urn:schemas-microsoft-com:office:office}spid", f"_x0000_s{2048 + number}")
    shape.set("alt", mark)
    shape.set(
        "style",
        f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;"
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin",
    )
    path = shape.find(f"{_VML}textpath")
    path.set("style", 'font-family:"宋体";font-size:1pt')
    path.set("string", mark)
    return run
