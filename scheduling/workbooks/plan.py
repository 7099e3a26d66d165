"""A plan as a workbook, to take to a meeting or to file: six sheets, no formula anywhere.

Every text comes from people, so every text cell is written as text: a name that begins with
`=`, `+`, `-` or `@` stays a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kernel.text import Language, Text
from scheduling.workbooks.writing import CENTRED, GRID, HEAD_FILL, HEAD_FONT, WRAPPED, put

Value = str | int | float | date | None

WIDTH_LIMITS = (8, 60)  # characters


@dataclass(frozen=True, slots=True)
class TeamLine:
    name: str
    leader: str
    deputies: Sequence[str]
    members: Sequence[str]
    counties: Sequence[str]
    units: int
    working_days: int


@dataclass(frozen=True, slots=True)
class VisitLine:
    team: str
    county: str
    unit: str
    kind: str
    risk: int
    starts_on: date
    ends_on: date
    working_days: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    team: str
    role: str
    name: str
    office: str
    post: str
    skills: Sequence[str]
    rounds_served: int


@dataclass(frozen=True, slots=True)
class FigureLine:
    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class PlanSheets:
    """All that the workbook says, already in the reader's language."""

    title: str
    overview: Sequence[FigureLine]
    teams: Sequence[TeamLine]
    visits: Sequence[VisitLine]
    people: Sequence[PersonLine]
    measures: Sequence[FigureLine]
    uncovered: Sequence[str]
    verdict: Sequence[FigureLine]
    breaches: Sequence[tuple[str, str]]  # rule, subjects


def plan_workbook(plan: PlanSheets, language: Language) -> bytes:
    """The finished xlsx file."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in _sheets(plan, language):
        _write(workbook.create_sheet(name), rows)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


Rows = list[Sequence[Value]]
Say = Callable[[str, str], str]


def _sheets(plan: PlanSheets, language: Language) -> list[tuple[str, Rows]]:
    def say(zh: str, en: str) -> str:
        return Text(zh=zh, en=en)[language]

    return [
        (say("概览", "Overview"), [(say("轮次", "Round"), plan.title), *_pairs(plan.overview)]),
        (say("巡察组", "Teams"), _teams(plan.teams, say)),
        (say("进驻安排", "Visits"), _visits(plan.visits, say)),
        (say("人员", "People"), _people(plan.people, say)),
        (say("指标", "Measures"), _measures(plan, say)),
        (say("核验", "Verdict"), _verdict(plan, say)),
    ]


def _pairs(lines: Sequence[FigureLine]) -> Rows:
    return [(line.label, line.value) for line in lines]


def _teams(teams: Sequence[TeamLine], say: Say) -> Rows:
    joint = say("、", ", ")
    header = (
        say("巡察组", "Team"),
        say("组长", "Leader"),
        say("副组长", "Deputies"),
        say("组员", "Members"),
        say("被巡察地", "Counties visited"),
        say("单位数", "Units"),
        say("工作日", "Working days"),
    )
    lines: Rows = [
        (
            team.name,
            team.leader,
            joint.join(team.deputies),
            joint.join(team.members),
            joint.join(team.counties),
            team.units,
            team.working_days,
        )
        for team in teams
    ]
    return [header, *lines]


def _visits(visits: Sequence[VisitLine], say: Say) -> Rows:
    header = (
        say("巡察组", "Team"),
        say("被巡察地", "County"),
        say("被巡察单位", "Unit"),
        say("类别", "Kind"),
        say("风险等级", "Risk"),
        say("开始日期", "First day"),
        say("结束日期", "Last day"),
        say("工作日", "Working days"),
    )
    lines: Rows = [
        (
            visit.team,
            visit.county,
            visit.unit,
            visit.kind,
            visit.risk,
            visit.starts_on,
            visit.ends_on,
            visit.working_days,
        )
        for visit in visits
    ]
    return [header, *lines]


def _people(people: Sequence[PersonLine], say: Say) -> Rows:
    joint = say("、", ", ")
    header = (
        say("巡察组", "Team"),
        say("组内职务", "Role"),
        say("姓名", "Name"),
        say("派出单位", "Office"),
        say("现任职务", "Post"),
        say("专长", "Specialities"),
        say("参加轮次", "Rounds served"),
    )
    lines: Rows = [
        (
            person.team,
            person.role,
            person.name,
            person.office,
            person.post,
            joint.join(person.skills),
            person.rounds_served,
        )
        for person in people
    ]
    return [header, *lines]


def _measures(plan: PlanSheets, say: Say) -> Rows:
    header = (say("指标", "Measure"), say("数值", "Value"))
    left = say("未安排的单位", "Unit not visited")
    return [header, *_pairs(plan.measures), *((left, unit) for unit in plan.uncovered)]


def _verdict(plan: PlanSheets, say: Say) -> Rows:
    return [(say("项目", "Item"), say("内容", "Value")), *_pairs(plan.verdict), *plan.breaches]


def _write(sheet: Worksheet, rows: Rows) -> None:
    for row_number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = put(sheet, row_number, column, value)
            cell.border = GRID
            if row_number == 1:
                cell.font, cell.fill, cell.alignment = HEAD_FONT, HEAD_FILL, CENTRED
            elif isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
            else:
                cell.alignment = WRAPPED
    for column, width in enumerate(_widths(rows), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _widths(rows: Rows) -> Iterable[float]:
    least, most = WIDTH_LIMITS
    for column in range(max(len(row) for row in rows)):
        longest = max(_breadth(row[column]) for row in rows if column < len(row))
        yield min(most, max(least, longest + 2))


def _breadth(value: Value) -> int:
    """Screen columns: a Chinese character takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in str(value or ""))
