"""The figures of GB/T 9704-2012, found in the files; and what a file says about where it is from."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from docx import Document as opened
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from sharing.documents.closings import Signature
from sharing.documents.heads import NOT_NUMBERED, DocumentNumber, Head
from sharing.documents.imprint import Imprint
from sharing.documents.letters import PAPERS, Paper, letter_docx
from sharing.documents.plain import width_em
from sharing.documents.styles import Style
from sharing.domain.letters import LetterKind
from tests.documents import (
    DOCUMENTS,
    MADE_AT,
    OFFICE,
    SENT,
    TAKEN,
    draft_of,
    letter,
)
from tests.unit.sharing.reading_docx import parts_of, relationships_of, words_of

EVERY = pytest.mark.parametrize("name", DOCUMENTS)
MM = 36000  # what python-docx counts a millimetre as

# In the order that the format demands; a reader may refuse a file that breaks it.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs snapToGrid "
    "spacing ind contextualSpacing jc textDirection outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b color spacing w kern position sz szCs noProof lang",
    "tblPr": "tblStyle tblpPr tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders vAlign",
    "sectPr": "reference type pgSz pgMar cols titlePg docGrid",
    "pBdr": "top left bottom right between",
}


def local(tag: str) -> str:
    return tag.split("}")[1]


@cache
def file_of(name: str, imprint: Imprint = SENT) -> bytes:
    return DOCUMENTS[name](imprint)


def document(name: str, imprint: Imprint = SENT) -> Document:
    return opened(BytesIO(file_of(name, imprint)))


def style_of(paragraph: Paragraph) -> str:
    return str(paragraph.style and paragraph.style.name)


def properties_of(paragraph: Paragraph) -> Any:
    return paragraph._p.pPr


def page_number_in(foot: Any) -> Paragraph:
    return next(
        Paragraph(p, foot) for p in foot._element.iter(qn("w:p")) if p.xpath("./w:r/w:fldChar")
    )


@EVERY
def test_a_page_has_the_margins_of_the_standard(name: str) -> None:
    for section in document(name).sections:
        sides = (
            section.top_margin,
            section.right_margin,
            section.bottom_margin,
            section.left_margin,
        )
        margins = [round((side or 0) / MM) for side in sides]
        if section.orientation == WD_ORIENT.LANDSCAPE:
            assert margins == [28, 37, 26, 35]
        else:
            assert margins == [37, 26, 35, 28]


@EVERY
def test_a_page_holds_22_lines_of_28_characters(name: str) -> None:
    made = document(name)
    grid = made.element.body.sectPr.find(qn("w:docGrid"))
    normal = made.styles["Normal"].element

    pitch = int(normal.find(qn("w:pPr")).find(qn("w:spacing")).get(qn("w:line")))
    tightened = int(normal.find(qn("w:rPr")).find(qn("w:spacing")).get(qn("w:val")))
    across, down = (210 - 28 - 26) * 1440 / 25.4, (297 - 37 - 35) * 1440 / 25.4

    assert down // pitch == 22
    assert across // (16 * 20 + tightened) == 28
    assert int(grid.get(qn("w:linePitch"))) == pitch
    assert across // (16 * 20 + int(grid.get(qn("w:charSpace"))) / 4096 * 20) == 28


@EVERY
def test_page_numbers_stand_between_dashes_at_the_outer_edge(name: str) -> None:
    made = document(name)

    for section in made.sections:
        for foot, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            paragraph = page_number_in(foot)
            indent = properties_of(paragraph).find(qn("w:ind"))
            assert paragraph.text == "— 1 —"
            assert properties_of(paragraph).style == Style.PAGE_NUMBER
            assert {local(key): value for key, value in indent.attrib.items()} == {side: "280"}
    assert made.settings.odd_and_even_pages_header_footer


@pytest.mark.parametrize("name", ["hand_over", "rectification_plan"])
def test_the_number_of_a_turned_page_is_turned_with_it(name: str) -> None:
    """So that it stands where all numbers stand when the volume is bound."""
    for section in document(name).sections:
        for foot in (section.footer, section.even_page_footer):
            boxes = foot._element.xpath(".//w:txbxContent")
            turned = section.orientation == WD_ORIENT.LANDSCAPE
            assert len(boxes) == turned
            assert all(box.getparent().get("style") == "layout-flow:vertical" for box in boxes)


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_goes_on_the_paper_of_its_kind(kind: LetterKind) -> None:
    section = document(kind.value).sections[0]
    body = [p.text for p in document(kind.value).paragraphs]

    if PAPERS[kind] is Paper.LETTER:
        assert OFFICE in [p.text for p in section.first_page_header.paragraphs]
        assert not any("—" in p.text for p in section.first_page_footer.paragraphs)
        assert f"{OFFICE}文件" not in body
    else:
        assert not section.different_first_page_header_footer
        assert body[0] == f"{OFFICE}文件"


def test_the_parts_of_a_document_stand_in_the_order_of_the_standard() -> None:
    said = [p.text for p in document("feedback").paragraphs]
    places = [
        said.index(words)
        for words in (
            f"{OFFICE}文件", "东屿巡办〔2026〕17号", "关于巡察东屿县渔港建设管理中心的反馈意见",
            "东屿县渔港建设管理中心：", "一、总体评价", "二、巡察发现的主要问题", OFFICE, "2026年11月25日",
        )
    ]  # fmt: skip

    assert places == sorted(places)


def test_titles_of_three_levels_are_set_in_three_types() -> None:
    made = document("feedback")
    styles = {p.text: style_of(p) for p in made.paragraphs}

    assert styles["一、总体评价"] == "公文一级标题"
    assert styles["（一）落实党的路线方针政策和决策部署方面"] == "公文二级标题"
    assert styles["1. 贯彻渔港安全生产部署不到位"] == "公文正文"


def test_the_red_line_is_as_wide_as_the_text_and_red() -> None:
    number = next(p for p in document("feedback").paragraphs if style_of(p) == "发文字号")
    line = properties_of(number).find(qn("w:pBdr")).find(qn("w:bottom"))

    assert line.get(qn("w:color")) == "FF0000"
    assert properties_of(number).find(qn("w:ind")) is None


def test_what_is_not_signed_yet_has_no_number() -> None:
    draft, to = draft_of(LetterKind.NOTIFICATION)
    head = Head(OFFICE, None, secrecy="秘密★1年", urgency="加急")

    made = letter_docx(replace(letter(draft, to), head=head), SENT)

    said = [p.text for p in opened(BytesIO(made)).paragraphs]
    assert said[0] == f"秘密★1年\t{NOT_NUMBERED}"
    assert said[1] == "加急"


def test_a_number_has_hexagonal_brackets_and_no_padding() -> None:
    assert str(DocumentNumber("东屿巡办", 2026, 7)) == "东屿巡办〔2026〕7号"


@pytest.mark.parametrize("signer", ["东屿县委巡察办", OFFICE, OFFICE * 9])
def test_a_name_stands_over_its_day_and_both_stay_on_the_page(signer: str) -> None:
    draft, to = draft_of(LetterKind.URGING)
    sent = replace(letter(draft, to), signature=Signature(signer, MADE_AT.date()))

    *_, name, day = opened(BytesIO(letter_docx(sent, SENT))).paragraphs

    right = [int(properties_of(p).find(qn("w:ind")).get(qn("w:right"))) / 316 for p in (name, day)]
    centres = [right[0] + len(signer) / 2, right[1] + width_em(day.text) / 2]
    assert right[0] >= 0
    assert right[1] + width_em(day.text) <= 28
    assert len(signer) > 28 or centres[0] == pytest.approx(centres[1], abs=0.1)


def test_copies_float_at_the_foot_of_the_last_page() -> None:
    made = document("feedback")
    table = made.tables[-1]
    place = table._tbl.tblPr.find(qn("w:tblpPr"))

    assert place.get(qn("w:tblpYSpec")) == "bottom"
    assert table.rows[0].cells[0].text == "抄送：县纪委监委，县委组织部，县委宣传部。"
    assert [cell.text for cell in table.rows[1].cells] == [OFFICE, "2026年11月25日印发"]
    assert made.element.body[-2].tag == qn("w:p")  # else there is nothing to float from


def test_without_copies_nothing_stands_at_the_foot() -> None:
    assert document("urging_letter").tables == []


def test_the_three_lists_stand_on_turned_pages() -> None:
    made = document("rectification_plan")

    assert [s.orientation for s in made.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert [p.text for p in made.paragraphs if style_of(p) == "附件标注"] == [
        "附件1", "附件2", "附件3",
    ]  # fmt: skip
    for table in made.tables:
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
        widths = [int(column.w or 0) // 635 for column in table._tbl.tblGrid.gridCol_lst]
        assert sum(widths) == pytest.approx(225 * 1440 / 25.4, abs=5)


def test_a_hand_over_has_room_for_both_signatures_and_the_receipt() -> None:
    form = document("hand_over").tables[-1]
    cells = [cell.text for row in form.rows for cell in row.cells]

    for label in ("移交人签字", "接收人签字", "移交日期", "接收日期", "回执编号"):
        assert label in cells
    assert "东屿纪收〔2026〕31号" in cells
    assert "    年  月  日" in cells  # not taken over yet: left to the hand


@EVERY
def test_an_export_says_on_every_page_who_took_it_away_and_when(name: str) -> None:
    section = document(name, TAKEN).sections[0]
    mark = f"{OFFICE} 林晓 2026-11-25 14:03 导出"
    heads = [section.header, section.even_page_header]
    if section.different_first_page_header_footer:
        heads.append(section.first_page_header)

    for head in heads:
        assert head.paragraphs[0].text == mark
        assert mark in [
            e.get("string") for e in head._element.iter("{urn:schemas-microsoft-com:vml}textpath")
        ]
    assert all(
        later.header.is_linked_to_previous for later in list(document(name, TAKEN).sections)[1:]
    )


@EVERY
def test_what_is_signed_and_sent_bears_no_mark(name: str) -> None:
    assert "导出" not in words_of(file_of(name))


@EVERY
def test_the_same_input_makes_the_same_bytes(name: str) -> None:
    later = Imprint(office=OFFICE, made_at=MADE_AT + timedelta(seconds=1))

    assert DOCUMENTS[name](SENT) == file_of(name)
    assert DOCUMENTS[name](later) != file_of(name)


@EVERY
def test_a_file_names_the_office_and_no_person_program_or_machine(name: str) -> None:
    made = file_of(name, TAKEN)
    about = opened(BytesIO(made)).core_properties

    assert (about.author, about.last_modified_by) == (OFFICE, OFFICE)
    assert about.created == about.modified == MADE_AT
    assert about.comments == about.keywords == about.subject == about.category == ""
    assert not any("docProps/app" in part or "thumbnail" in part for part in parts_of(made))
    assert b"python" not in b"".join(parts_of(made).values()).lower()
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(e.create_system, e.comment, e.extra) for e in package.infolist()} == {
            (0, b"", b"")
        }


@EVERY
def test_a_file_has_no_macro_and_reaches_for_nothing_outside(name: str) -> None:
    made = file_of(name, TAKEN)

    assert not any(
        word in part.lower()
        for part in parts_of(made)
        for word in ("vba", "embed", "media", "customxml")
    )
    assert {mode for mode, _ in relationships_of(made)} == {"Internal"}
    assert b"macro" not in parts_of(made)["[Content_Types].xml"].lower()
    assert all(target.endswith(".xml") for _, target in relationships_of(made))


@EVERY
def test_properties_stand_in_the_order_of_the_format(name: str) -> None:
    for part, content in parts_of(file_of(name, TAKEN)).items():
        if not part.startswith("word/") or not part.endswith(".xml"):
            continue
        for element in fromstring(content).iter():
            kind = local(element.tag)
            if kind in ORDERS:
                order = ORDERS[kind].split()
                names = [re.sub("^(header|footer)R", "r", local(child.tag)) for child in element]
                places = [order.index(name) for name in names]
                assert places == sorted(places), (part, kind, names)


def test_an_imprint_needs_to_know_which_moment_it_means() -> None:
    with pytest.raises(ValueError, match="aware"):
        Imprint(office=OFFICE, made_at=MADE_AT.replace(tzinfo=None))
