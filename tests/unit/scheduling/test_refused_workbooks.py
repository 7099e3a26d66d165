"""What is turned away before it is read: in words, and never with a traceback."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduling.workbooks import refusals
from scheduling.workbooks.guard import Format, Limits, inspect
from scheduling.workbooks.reading import open_book
from scheduling.workbooks.refusals import FileRefused
from scheduling.workbooks.roster import ROSTER
from tests.workbook_files import (
    LIN,
    PEOPLE_HEAD,
    book,
    csv_file,
    good_parts,
    in_sheet,
    roster,
    saved,
    spoilt,
    zipped,
)

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Trap = Callable[[Path], Path]


def _file(content: bytes, name: str = "名册.xlsx") -> Trap:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def _formula(folder: Path) -> Path:
    made = book({"人员": [PEOPLE_HEAD, LIN]})
    made["人员"]["D2"] = "=HYPERLINK(1,2)"
    return saved(made, folder)


def _cut(folder: Path) -> Path:
    path = roster(folder)
    path.write_bytes(path.read_bytes()[:-200])
    return path


def _bomb(folder: Path) -> Path:
    return spoilt(folder, "xl/media/blank.bin", b"\0" * (60 * 1024 * 1024))


def _ratio_bomb(folder: Path) -> Path:
    return spoilt(folder, SHEET, b"<worksheet>" + b" " * (20 * 1024 * 1024))


def _lying_bomb(folder: Path) -> Path:
    """The zip directory says 10 bytes; 20 MB come out."""
    path = _ratio_bomb(folder)
    data = bytearray(path.read_bytes())
    size = (20 * 1024 * 1024 + 11).to_bytes(4, "little")
    assert data.count(size) >= 1
    path.write_bytes(bytes(data).replace(size, (10).to_bytes(4, "little")))
    return path


def _many_rows(folder: Path) -> Path:
    return csv_file(folder, "人员编号,姓名,工作单位\n" + "A1,林一,甲局\n" * 100_001, "utf-8")


def _entities(folder: Path) -> Path:
    lol = b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
    parts = good_parts()
    return spoilt(folder, "xl/workbook.xml", lol + parts["xl/workbook.xml"])


def _two_rosters(folder: Path) -> Path:
    return saved(book({"人员": [PEOPLE_HEAD, LIN], "人员名册": [PEOPLE_HEAD, LIN]}), folder)


def _facts_without_headings(folder: Path) -> Path:
    return saved(
        book({"人员": [PEOPLE_HEAD, LIN], "履历": [("姓名", "职务"), ("林一", "科员")]}), folder
    )


def _strict(folder: Path) -> Path:
    """Excel's “Strict Open XML Spreadsheet”."""
    usual, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    parts = {
        name: content.replace(usual + b"spreadsheetml/2006/main", strict + b"spreadsheetml/main")
        for name, content in good_parts().items()
    }
    return zipped(parts, folder)


def _elsewhere(folder: Path) -> Path:
    """A workbook may keep its sheets where it likes."""
    formula = b'<row r="9"><c r="B9"><f>1+1</f><v>2</v></c></row></sheetData>'
    parts = {
        name.replace("worksheets/sheet1.xml", "leaves/one.xml"): content.replace(
            b"worksheets/sheet1.xml", b"leaves/one.xml"
        ).replace(b"</sheetData>", formula)
        for name, content in good_parts().items()
    }
    return zipped(parts, folder)


TRAPS: list[tuple[str, Trap, type[FileRefused]]] = [
    ("empty file", _file(b""), refusals.EmptyFile),
    ("old xls renamed", _file(OLE + b"Workbook" * 200), refusals.OldWorkbook),
    (
        "encrypted workbook",
        _file(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
        refusals.EncryptedWorkbook,
    ),
    ("pdf renamed", _file(b"%PDF-1.7 ..."), refusals.NotAWorkbook),
    ("picture renamed", _file(b"\x89PNG\r\n\x1a\n...."), refusals.NotAWorkbook),
    ("web page saved as xls", _file(b"<html><table><tr><td>1"), refusals.NotAWorkbook),
    ("xml spreadsheet 2003", _file(b'<?xml version="1.0"?><Workbook>'), refusals.NotAWorkbook),
    ("binary rubbish", _file(b"\x01\x02\x00\x03" * 300), refusals.NotAWorkbook),
    ("ordinary zip", lambda f: zipped({"a.txt": b"a"}, f), refusals.NotAWorkbook),
    ("word document", lambda f: zipped({"word/document.xml": b"<w/>"}, f), refusals.NotAWorkbook),
    ("xlsb", lambda f: zipped({"xl/workbook.bin": b"\0"}, f), refusals.NotAWorkbook),
    ("ods", lambda f: zipped({"mimetype": b"x", "content.xml": b"<o/>"}, f), refusals.NotAWorkbook),
    ("cut off", _cut, refusals.DamagedWorkbook),
    ("not a zip after PK", _file(b"PK\x03\x04 rubbish"), refusals.DamagedWorkbook),
    ("sheet is no xml", lambda f: spoilt(f, SHEET, b"<worksheet><a"), refusals.DamagedWorkbook),
    (
        "sheet missing",
        lambda f: zipped({k: v for k, v in good_parts().items() if k != SHEET}, f),
        refusals.NoKnownSheet,
    ),
    (
        "styles broken",
        lambda f: spoilt(f, "xl/styles.xml", b"<styleSheet><x>"),
        refusals.DamagedWorkbook,
    ),
    (
        "sheet in utf-16",
        lambda f: spoilt(f, SHEET, "<worksheet/>".encode("utf-16")),
        refusals.DamagedWorkbook,
    ),
    (
        "row number beyond excel",
        lambda f: in_sheet(f, b'<row r="2"', b'<row r="4000000000"'),
        refusals.DamagedWorkbook,
    ),
    ("macro part", lambda f: spoilt(f, "xl/vbaProject.bin", b"\xd0\xcf"), refusals.MacroWorkbook),
    (
        "excel 4 macro sheet",
        lambda f: spoilt(f, "xl/macrosheets/sheet1.xml", b"<m/>"),
        refusals.MacroWorkbook,
    ),
    (
        "macro-enabled type",
        lambda f: spoilt(
            f, "[Content_Types].xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        ),
        refusals.MacroWorkbook,
    ),
    (
        "external link",
        lambda f: spoilt(f, "xl/externalLinks/externalLink1.xml", b"<e/>"),
        refusals.ExternalLinks,
    ),
    ("data connection", lambda f: spoilt(f, "xl/connections.xml", b"<c/>"), refusals.ExternalLinks),
    ("entities", _entities, refusals.EntityDeclaration),
    ("formula", _formula, refusals.FormulaCell),
    (
        "formula with a namespace prefix",
        lambda f: in_sheet(
            f, b"<sheetData>", b'<sheetData xmlns:y="u"><y:c r="B9"><y:f>1+1</y:f></y:c>'
        ),
        refusals.FormulaCell,
    ),
    (
        "formula in csv",
        lambda f: csv_file(f, "姓名,工作单位\n=1+1,甲局\n", "utf-8"),
        refusals.FormulaCell,
    ),
    ("16,000 columns", lambda f: in_sheet(f, b'r="A2"', b'r="XFD2"'), refusals.TooManyColumns),
    ("zip bomb", _bomb, refusals.UnpacksTooLarge),
    ("ratio bomb", _ratio_bomb, refusals.UnpacksTooLarge),
    ("bomb with a lying directory", _lying_bomb, FileRefused),
    ("100,001 rows", _many_rows, refusals.TooManyRows),
    ("unknown encoding", _file(b"\xe5\xa7\xff\xff,\x81\n", "a.csv"), refusals.UnknownEncoding),
    ("csv in utf-16 cut in half", _file(b"\xff\xfea", "a.csv"), refusals.UnknownEncoding),
    (
        "another table",
        lambda f: saved(book({"工资": [("甲", "乙"), (1, 2)]}), f),
        refusals.NoKnownSheet,
    ),
    ("empty workbook", lambda f: saved(book({"Sheet1": []}), f), refusals.NoKnownSheet),
    ("strict open xml", _strict, refusals.NotAWorkbook),
    ("formula in a sheet that lies elsewhere", _elsewhere, refusals.FormulaCell),
    ("two rosters in one file", _two_rosters, refusals.SheetTwice),
    ("facts without headings", _facts_without_headings, refusals.MissingColumns),
]


@pytest.mark.parametrize(("trap", "refusal"), [t[1:] for t in TRAPS], ids=[t[0] for t in TRAPS])
def test_it_is_refused_in_words(trap: Trap, refusal: type[FileRefused], tmp_path: Path) -> None:
    path = trap(tmp_path)

    with pytest.raises(refusal) as refused, open_book(path, ROSTER) as opened:
        list(opened.rows())

    for language in ("zh", "en"):
        message, remedy = refused.value.in_language(language)
        assert message
        assert remedy
        assert "{" not in message + remedy


def test_a_good_workbook_is_let_through(tmp_path: Path) -> None:
    assert inspect(roster(tmp_path)) is Format.XLSX

    with open_book(roster(tmp_path), ROSTER) as opened:
        assert [row.values["name"] for row in opened.rows()] == ["林一", "吴二"]


def test_a_formula_is_named_by_its_cell_and_sheet(tmp_path: Path) -> None:
    with pytest.raises(refusals.FormulaCell) as refused:
        inspect(_formula(tmp_path))

    assert (refused.value.data["sheet"], refused.value.data["cell"]) == ("人员", "D2")


def test_text_that_begins_with_an_equals_sign_is_no_formula(tmp_path: Path) -> None:
    made = book({"人员": [PEOPLE_HEAD, ("A001", "=林", None, "甲局", "", "", "")]})
    made["人员"]["B2"].data_type = "s"

    with open_book(saved(made, tmp_path), ROSTER) as opened:
        [row] = opened.rows()

    assert row.values["name"] == "=林"


def test_drop_downs_that_point_at_cells_are_no_formulas(tmp_path: Path) -> None:
    extension = b"</sheetData><extLst><ext xmlns:xm='m'><xm:f>Sheet2!$A$1</xm:f></ext></extLst>"

    assert inspect(in_sheet(tmp_path, b"</sheetData>", extension)) is Format.XLSX


@pytest.mark.parametrize("bomb", [_bomb, _ratio_bomb, _lying_bomb])
def test_a_bomb_is_refused_within_a_second(bomb: Trap, tmp_path: Path) -> None:
    path = bomb(tmp_path)
    started = time.process_time()

    with pytest.raises(FileRefused):
        inspect(path)

    assert time.process_time() - started < 1


def test_the_limits_can_be_named_by_the_caller(tmp_path: Path) -> None:
    path = roster(tmp_path)

    with pytest.raises(refusals.UnpacksTooLarge):
        inspect(path, limits=Limits(unpacked=1000))


def test_an_encrypted_zip_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    path = roster(tmp_path)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        directory = archive.start_dir
    data[directory + 8] |= 0x1  # the first entry's "encrypted" flag
    path.write_bytes(bytes(data))

    with pytest.raises(refusals.EncryptedWorkbook):
        inspect(path)
