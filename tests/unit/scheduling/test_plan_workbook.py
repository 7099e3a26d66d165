from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from scheduling.workbooks.plan import (
    FigureLine,
    PersonLine,
    PlanSheets,
    TeamLine,
    VisitLine,
    plan_workbook,
)

PLAN = PlanSheets(
    title="2026年第四轮交叉巡察",
    overview=[FigureLine("状态", "已证明最优")],
    teams=[TeamLine("第一组", "林海", ["吴平"], ["陈舟", "赵岛"], ["普陀区"], 1, 20)],
    visits=[
        VisitLine("第一组", "普陀区", "教育局", "部门", 4, date(2026, 9, 1), date(2026, 9, 28), 20)
    ],
    people=[PersonLine("第一组", "组长", "林海", "定海区", "四级调研员", ["纪检", "财务"], 3)],
    measures=[FigureLine("里程", 120)],
    uncovered=["科技馆"],
    verdict=[FigureLine("结论", "通过")],
    breaches=[],
)


def read(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def test_the_workbook_has_a_sheet_for_each_part_of_the_plan_in_the_reader_s_language() -> None:
    chinese, english = read(plan_workbook(PLAN, "zh")), read(plan_workbook(PLAN, "en"))

    assert chinese.sheetnames == ["概览", "巡察组", "进驻安排", "人员", "指标", "核验"]
    assert english.sheetnames == [
        "Overview",
        "Teams",
        "Visits",
        "People",
        "Measures",
        "Verdict",
    ]


def test_a_visit_carries_real_dates_that_a_spreadsheet_can_sort() -> None:
    sheet = read(plan_workbook(PLAN, "zh"))["进驻安排"]

    assert [cell.value for cell in sheet[2]] == [
        "第一组",
        "普陀区",
        "教育局",
        "部门",
        4,
        datetime(2026, 9, 1),
        datetime(2026, 9, 28),
        20,
    ]


@pytest.mark.parametrize("name", ["=cmd|'/C calc'!A0", "+1", "-2+3", "@SUM(A1)", "\t=1"])
def test_a_name_that_looks_like_a_formula_is_written_as_text(name: str) -> None:
    person = replace(PLAN.people[0], name=name)

    sheet = read(plan_workbook(replace(PLAN, people=[person]), "zh"))["人员"]

    cell = sheet["C2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", name, True)


def test_an_ordinary_name_is_written_without_the_quote_mark() -> None:
    cell = read(plan_workbook(PLAN, "zh"))["人员"]["C2"]

    assert (cell.value, cell.quotePrefix) == ("林海", False)


def test_a_control_character_in_a_name_does_not_spoil_the_file() -> None:
    person = replace(PLAN.people[0], name="林\x0b海")

    assert read(plan_workbook(replace(PLAN, people=[person]), "zh"))["人员"]["C2"].value == "林海"


def test_units_that_nobody_visits_are_named_beside_the_measures() -> None:
    sheet = read(plan_workbook(PLAN, "zh"))["指标"]

    assert [cell.value for cell in sheet[3]] == ["未安排的单位", "科技馆"]


def test_people_are_joined_as_the_language_does_it() -> None:
    chinese, english = read(plan_workbook(PLAN, "zh")), read(plan_workbook(PLAN, "en"))

    assert chinese["巡察组"]["D2"].value == "陈舟、赵岛"
    assert english["Teams"]["D2"].value == "陈舟, 赵岛"
