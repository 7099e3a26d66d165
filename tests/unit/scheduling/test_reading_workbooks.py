"""Rosters as people really write them."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from scheduling.workbooks.columns import ReadRow
from scheduling.workbooks.faulty import faulty_rows
from scheduling.workbooks.reading import BookLayout, Outline, open_book
from scheduling.workbooks.refusals import DamagedWorkbook, NoKnownSheet
from scheduling.workbooks.roster import ROSTER
from scheduling.workbooks.units import UNITS
from tests.workbook_files import (
    LIN,
    PEOPLE_HEAD,
    UNIT_HEAD,
    WU,
    book,
    csv_file,
    roster,
    saved,
    zipped,
)


def read(path: Path, layout: BookLayout = ROSTER) -> tuple[list[ReadRow], Outline]:
    with open_book(path, layout) as opened:
        return list(opened.rows()), opened.outline


def test_a_plain_roster_is_read(tmp_path: Path) -> None:
    [lin, wu], _ = read(roster(tmp_path))

    assert lin.values["number"] == "A001"
    assert lin.values["skills"] == ["finance"]
    assert lin.values["pools"] == ["leader"]
    assert wu.values["skills"] == ["law", "audit"]
    assert lin.faults == wu.faults == []


def test_titles_above_the_header_other_headings_and_any_order(tmp_path: Path) -> None:
    made = book(
        {
            "Sheet1": [
                ("某县巡察人才库",),
                (),
                ("填报单位：某县", None, None, "2026年8月"),
                ("序号", "所在单位", "姓　名", "籍贯（省市县）", "编号*", "专业特长"),
                (1, "甲县财政局", "林一", "浙江省", "A001", "财务,法律"),
            ]
        }
    )
    made["Sheet1"].merge_cells("A1:F1")

    [lin], outline = read(saved(made, tmp_path))

    assert lin.values["name"] == "林一"
    assert lin.values["native_place"] == "浙江省"
    assert lin.values["skills"] == ["finance", "law"]
    assert lin.number == 5
    assert any("序号" in remark.zh for remark in outline.remarks)


def test_full_width_characters_and_stray_spaces(tmp_path: Path) -> None:
    head = (*PEOPLE_HEAD, "参加轮次")
    row = ("Ａ００１　", " 林 一", None, "甲县\u200b财政局 ", "财　务", "组长库", "", "３轮")

    [lin], _ = read(saved(book({"人员": [head, row]}), tmp_path))

    assert (lin.values["number"], lin.values["name"]) == ("A001", "林一")
    assert lin.values["home_unit"] == "甲县财政局"
    assert lin.values["rounds_served"] == 3


def test_names_keep_their_middle_dot_and_rare_characters(tmp_path: Path) -> None:
    people = [("1", "买买提・艾力", None, "局"), ("2", "欧阳𠮷", None, "局")]

    rows, _ = read(saved(book({"人员": [PEOPLE_HEAD[:4], *people]}), tmp_path))

    assert [row.values["name"] for row in rows] == ["买买提·艾力", "欧阳𠮷"]


def test_marks_that_turn_text_round_are_dropped(tmp_path: Path) -> None:
    [row], _ = read(roster(tmp_path, ("1", "林\u202e一\u2066", None, "局", "", "", "")))

    assert row.values["name"] == "林一"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    path = csv_file(tmp_path, "人员编号,姓名,工作单位\n0012,林一,嵊泗县教育局\n", encoding)

    [lin], _ = read(path)

    assert (lin.values["number"], lin.values["home_unit"]) == ("0012", "嵊泗县教育局")


def test_csv_with_tabs_quotes_and_digits_kept_as_text(tmp_path: Path) -> None:
    text = '人员编号\t姓名\t工作单位\t专长\n="0012"\t林一\t"甲\t局"\t"财务,审计"\n'

    [lin], _ = read(csv_file(tmp_path, text, "utf-8"))

    assert lin.values["number"] == "0012"
    assert lin.values["skills"] == ["finance", "audit"]


def test_hidden_sheets_are_noted_and_not_read(tmp_path: Path) -> None:
    made = book({"人员": [PEOPLE_HEAD, LIN], "履历": [("姓名", "单位", "起", "止")]})
    made["履历"].sheet_state = "hidden"

    rows, outline = read(saved(made, tmp_path))

    assert [row.sheet for row in rows] == ["people"]
    assert any("隐藏" in remark.zh for remark in outline.remarks)


def test_a_sheet_of_no_known_kind_is_noted(tmp_path: Path) -> None:
    made = book({"人员": [PEOPLE_HEAD, LIN], "通讯录": [("甲", "乙"), (1, 2)]})

    _, outline = read(saved(made, tmp_path))

    assert any("通讯录" in remark.zh for remark in outline.remarks)


def test_every_fault_of_a_row_is_told_by_column_and_cell(tmp_path: Path) -> None:
    bad = ("A001", "", "123", "甲局", "占星", "组长库", "")

    [row], _ = read(roster(tmp_path, bad))

    assert [(fault.column, fault.cell) for fault in row.faults] == [
        ("姓名", "B2"),
        ("身份证号", "C2"),
        ("专长", "E2"),
    ]


def test_a_column_that_is_missing_states_nothing(tmp_path: Path) -> None:
    made = book({"人员": [("人员编号", "姓名", "工作单位"), ("A1", "林一", "甲局")]})

    [row], _ = read(saved(made, tmp_path))

    assert set(row.values) == {"number", "name", "home_unit"}


def test_facts_are_read_from_their_own_sheets(tmp_path: Path) -> None:
    facts: dict[str, Any] = {
        "工作履历": [
            ("编号", "姓名", "任职单位", "职务", "起始年月", "截止年月"),
            ("A001", "林一", "嵊泗县教育局", "科员", "2010.9", "2019年3月"),
            ("A001", "林一", "嵊泗县财政局", "科长", datetime(2019, 4, 1), "至今"),
        ],
        "亲属任职": [
            ("人员编号", "姓名", "亲属关系", "任职单位", "职务层次"),
            ("A001", "林一", "妻子", "嵊泗县教育局", "一把手"),
        ],
        "请假与外出": [
            ("人员编号", "姓名", "起日", "止日", "事由"),
            ("A001", "林一", "2026/9/1", 46280, "培训"),
        ],
        "历次巡察": [
            ("人员编号", "姓名", "距今轮次", "被巡察单位", "所在县区", "角色"),
            ("A001", "林一", "1", "嵊泗县教育局", "嵊泗县", "组长"),
        ],
    }

    rows, outline = read(roster(tmp_path, LIN, **facts))

    by_sheet: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        assert row.faults == []
        by_sheet.setdefault(row.sheet, []).append(row.values)
    assert [(c["from"], c["to"]) for c in by_sheet["career"]] == [
        ("2010-09", "2019-03"),
        ("2019-04", None),
    ]
    assert by_sheet["relatives"][0]["relation"] == "spouse"
    assert by_sheet["relatives"][0]["position"] == "head"
    assert by_sheet["absences"][0]["to"] == "2026-09-15"
    assert by_sheet["served"][0] == {
        "number": "A001", "name": "林一", "ago": 1, "body": "嵊泗县教育局", "county": "嵊泗县", "role": "leader",
    }  # fmt: skip
    assert outline.sheets == ["people", "career", "relatives", "absences", "served"]


def test_a_career_that_ends_before_it_starts_is_a_fault_and_its_twin_is_not(tmp_path: Path) -> None:
    head = ("姓名", "单位", "起", "止")
    career = [head, ("林一", "甲局", "2019.5", "2018.5"), ("林一", "甲局", "2018.5", "2019.5")]

    rows, _ = read(roster(tmp_path, LIN, 履历=career))

    assert [bool(row.faults) for row in rows if row.sheet == "career"] == [True, False]


@pytest.mark.parametrize("is_1904", [False, True])
def test_serial_numbers_follow_the_workbooks_own_epoch(tmp_path: Path, is_1904: bool) -> None:
    serial = 43525 - (1462 if is_1904 else 0)
    made = book(
        {
            "人员": [PEOPLE_HEAD, LIN],
            "履历": [("姓名", "单位", "起", "止"), ("林一", "甲局", serial, "")],
        }
    )
    if is_1904:
        made.epoch = CALENDAR_MAC_1904

    rows, _ = read(saved(made, tmp_path))

    assert rows[-1].values["from"] == "2019-03"


def test_units_with_needs_and_bounds(tmp_path: Path) -> None:
    made = book(
        {
            "名录": [
                (*UNIT_HEAD, "必备专长", "必巡", "优先级", "上级单位"),
                ("U1", "甲局", 5, "15天", "财务2人、审计", "√", None, ""),
                ("U2", "乙校", 6, 0, "占星1", "也许", 101, "U1"),
                ("U3", "丙校", 3, 10, "", "", 7, "U3"),
            ]
        }
    )

    [good, bad, own_parent], _ = read(saved(made, tmp_path), UNITS)

    assert good.faults == []
    assert good.values["skills"] == {"finance": 2, "audit": 1}
    assert (good.values["mandatory"], good.values["priority"], good.values["days"]) == (
        True,
        50,
        15,
    )
    assert [fault.column for fault in bad.faults] == [
        "风险等级",
        "驻点工作日",
        "必巡",
        "优先级",
        "必备专长",
    ]
    assert [fault.column for fault in own_parent.faults] == ["上级单位"]


def test_an_excel_error_is_a_fault_not_a_name(tmp_path: Path) -> None:
    [row], _ = read(roster(tmp_path, ("A1", "#N/A", None, "甲局", "", "", "")))

    assert [fault.column for fault in row.faults] == ["姓名"]


def test_blank_rows_between_are_skipped_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows, _ = read(saved(book({"人员": [PEOPLE_HEAD, LIN, (), ("  ",), WU]}), tmp_path))

    assert [row.number for row in rows] == [2, 5]


# --- What a clerk's file means, and must not quietly lose ----------------------------------------


@pytest.mark.parametrize("nothing", ["无", "—", "/", "暂无", "空"])
def test_a_word_for_nothing_does_not_fill_a_required_cell(tmp_path: Path, nothing: str) -> None:
    [row], _ = read(roster(tmp_path, (nothing, nothing, None, nothing, "", "", "")))

    assert [(fault.column, fault.cell) for fault in row.faults] == [
        ("人员编号", "A2"),
        ("姓名", "B2"),
        ("工作单位", "D2"),
    ]


def test_a_relative_of_no_kind_at_no_body_is_no_relative(tmp_path: Path) -> None:
    head = ("姓名", "亲属关系", "任职单位", "职务层次")

    rows, _ = read(roster(tmp_path, LIN, 亲属任职=[head, ("林一", "无", "无", "无")]))

    assert [fault.cell for fault in rows[-1].faults] == ["B2", "C2", "D2"]
    assert "删去这一行" in rows[-1].faults[0].text.zh


def test_line_ends_of_other_systems_are_no_part_of_a_name(tmp_path: Path) -> None:
    [row], _ = read(
        roster(tmp_path, ("A1", "林一_x000D_", None, "甲县_x000D_\n财政局", "", "", ""))
    )

    assert (row.values["name"], row.values["home_unit"]) == ("林一", "甲县财政局")


def test_a_character_that_was_lost_is_asked_for_again(tmp_path: Path) -> None:
    [row], _ = read(csv_file(tmp_path, "人员编号,姓名,工作单位\n1,林\ufffd,甲局\n", "utf-8"))

    assert [fault.cell for fault in row.faults] == ["B2"]


@pytest.mark.parametrize("end", ["", '好"的', "\n3,张三,丙局,\n"])
def test_a_quotation_mark_that_nothing_closes_swallows_no_rows(tmp_path: Path, end: str) -> None:
    """In a column that is not read, nobody would have missed the rows behind it."""
    text = f'人员编号,姓名,工作单位,备注\n1,林一,甲局,\n2,吴二,乙局,"{end}'

    with pytest.raises(DamagedWorkbook) as refused:
        read(csv_file(tmp_path, text, "utf-8"))

    assert "第 3 行" in refused.value.in_language("zh")[0]


@pytest.mark.parametrize(
    ("mark", "title"), [("\t", "某县，某县"), (";", "某县,2026年"), (",", "某县")]
)
def test_a_title_above_the_header_does_not_decide_what_parts_the_cells(
    tmp_path: Path, mark: str, title: str
) -> None:
    rows = (("人员编号", "姓名", "工作单位"), ("1", "林一", '"甲,局"'), ("2", "吴二", "乙局"))
    text = "\n".join([title, *(mark.join(row) for row in rows)])

    [lin, wu], _ = read(csv_file(tmp_path, text, "utf-16"))

    assert (lin.values["home_unit"], wu.values["home_unit"]) == ("甲,局", "乙局")


def test_a_header_repeated_on_each_printed_page_is_nobody(tmp_path: Path) -> None:
    head = ("人员编号", "姓名", "工作单位")
    people = [head, ("1", "林一", "甲局"), head, ("2", "吴二", "乙局")]

    rows, _ = read(saved(book({"人员": people}), tmp_path))

    assert [(row.number, row.values["name"]) for row in rows] == [(2, "林一"), (4, "吴二")]


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"9" * 400, b"1e300"])
def test_a_number_beyond_all_dates_is_a_fault_and_comes_back(tmp_path: Path, number: bytes) -> None:
    career = [("姓名", "单位", "起", "止"), ("林一", "甲局", 123456, "")]
    with zipfile.ZipFile(roster(tmp_path, LIN, 履历=career)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet2.xml"
    parts[sheet] = parts[sheet].replace(b"<v>123456</v>", b"<v>%b</v>" % number)
    path = zipped(parts, tmp_path)

    rows, _ = read(path)
    content = faulty_rows(path, ROSTER, {("履历", 2): "起"})

    assert [fault.cell for fault in rows[-1].faults] == ["C2"]
    assert openpyxl.load_workbook(BytesIO(content))["履历"]["D2"].value is not None


def test_a_hidden_main_sheet_is_seen_to_be_hidden(tmp_path: Path) -> None:
    made = book({"人员": [PEOPLE_HEAD, LIN], "说明": [("甲", "乙"), (1, 2)]})
    made["人员"].sheet_state = "hidden"

    with pytest.raises(NoKnownSheet) as refused:
        read(saved(made, tmp_path))

    assert "《人员》（隐藏）" in refused.value.in_language("zh")[0]


def test_a_speciality_that_is_needed_twice_is_not_counted_once(tmp_path: Path) -> None:
    rows = [(*UNIT_HEAD, "必备专长"), ("U1", "甲局", 3, 10, "财务1、财务2")]

    [row], _ = read(saved(book({"名录": rows}), tmp_path), UNITS)

    assert [fault.cell for fault in row.faults] == ["E2"]
