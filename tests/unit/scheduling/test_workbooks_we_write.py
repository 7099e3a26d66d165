"""Templates fit their readers, and nothing that we write can be run."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from scheduling.workbooks.faulty import faulty_rows
from scheduling.workbooks.guard import Format, inspect
from scheduling.workbooks.reading import BookLayout, open_book
from scheduling.workbooks.roster import ROSTER
from scheduling.workbooks.templates import template
from scheduling.workbooks.units import UNITS
from tests.workbook_files import PEOPLE_HEAD, book, csv_file, saved, zipped

DANGEROUS = ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1"]


@pytest.mark.parametrize("layout", [ROSTER, UNITS], ids=lambda layout: layout.key)
def test_a_template_fits_its_reader(layout: BookLayout, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    path.write_bytes(template(layout))

    with open_book(path, layout) as opened:
        assert opened.outline.sheets == [sheet.key for sheet in layout.sheets]
        assert opened.outline.remarks == []
        assert list(opened.rows()) == []


def test_templates_offer_drop_downs_and_notes() -> None:
    sheet = openpyxl.load_workbook(BytesIO(template(ROSTER)))["人员"]

    assert len(sheet.data_validations.dataValidation) == 4
    assert sheet["A1"].comment is not None
    assert sheet["C5"].number_format == "@"


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_that_could_be_run_comes_back_as_text(text: str, tmp_path: Path) -> None:
    made = book({"人员": [PEOPLE_HEAD, ("A1", "", None, "甲局", "", "", "")]})
    made["人员"]["B2"].value = text
    made["人员"]["B2"].data_type = "s"
    back = tmp_path / "back.xlsx"

    back.write_bytes(faulty_rows(saved(made, tmp_path), ROSTER, {("人员", 2): "=HYPERLINK(1)"}))

    assert inspect(back) is Format.XLSX  # the guard finds no formula
    row = openpyxl.load_workbook(back)["人员"][2]
    assert [(cell.data_type, cell.quotePrefix) for cell in row[:1]] == [("s", True)]
    assert row[2].data_type == "s"
    assert row[2].quotePrefix


def test_faulty_rows_of_a_csv_come_back_as_a_workbook(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "人员编号,姓名,工作单位\n0012,,甲局\n0013,林一,甲局\n", "gbk")

    content = faulty_rows(path, ROSTER, {("CSV", 2): "姓名不能为空"})

    rows = list(openpyxl.load_workbook(BytesIO(content))["人员"].iter_rows(values_only=True))
    assert rows == [
        ("未导入原因", "人员编号", "姓名", "工作单位"),
        ("姓名不能为空", "0012", None, "甲局"),
    ]


@pytest.mark.parametrize("tab", ["人/员", "人员:2026[1]", "'人员'", "人" * 120])
def test_faulty_rows_come_back_though_excel_would_not_have_the_sheets_name(
    tab: str, tmp_path: Path
) -> None:
    """Other programs allow more in a tab's name."""
    people = [PEOPLE_HEAD, ("A1", "", None, "甲局", "", "", "")]
    with zipfile.ZipFile(saved(book({"人员甲": people}), tmp_path)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("人员甲".encode(), tab.encode())
    path = zipped(parts, tmp_path)
    back = tmp_path / "back.xlsx"
    with open_book(path, ROSTER) as opened:
        [row] = opened.rows()

    back.write_bytes(faulty_rows(path, ROSTER, {(row.sheet_name, row.number): "姓名"}))

    with open_book(back, ROSTER) as opened:
        assert [row.values["number"] for row in opened.rows()] == ["A1"]


def test_what_no_workbook_can_hold_is_left_out_of_the_one_that_comes_back(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "人员编号,姓名,工作单位\n1,吴\ufffe二\x07,\n", "utf-8")
    back = tmp_path / "back.xlsx"

    back.write_bytes(faulty_rows(path, ROSTER, {("CSV", 2): "工作单位"}))

    with open_book(back, ROSTER) as opened:
        assert [row.values["name"] for row in opened.rows()] == ["吴二"]
