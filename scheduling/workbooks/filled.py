"""Rosters and lists of units as workbooks that the import reads back without a change.

Written from the layouts that read them, so headings, order and words fit. ID numbers are stored
nowhere, so their column is left out, and reading such a workbook leaves them as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduling.domain.vocabulary import (
    POOLS,
    POSITIONS,
    RELATIONS,
    SKILLS,
    STATUSES,
    SYSTEMS,
    TEAM_ROLES,
    UNIT_KINDS,
    Vocabulary,
    said,
)
from scheduling.workbooks.columns import Column, SheetLayout
from scheduling.workbooks.roster import ABSENCES, CAREER, INTERESTS, PEOPLE, RELATIVES, SERVED
from scheduling.workbooks.templates import new_sheet, saved
from scheduling.workbooks.units import UNITS
from scheduling.workbooks.writing import GRID, WRAPPED, put

Facts = Mapping[str, Any]
STILL = "至今"


def roster_workbook(people: Iterable[Facts]) -> bytes:
    """Everybody with every fact, as `scheduling.mapping.rosters.person_facts` names them."""
    everybody = list(people)
    book = Workbook()
    shown = replace(PEOPLE, columns=_without(PEOPLE, "id_number"))
    _fill(book, shown, [_person(facts) for facts in everybody], first=True)
    for layout, rows_of in _FACT_SHEETS:
        rows = [{**_whose(facts), **row} for facts in everybody for row in rows_of(facts)]
        _fill(book, layout, rows)
    return saved(book)


def units_workbook(units: Iterable[Facts]) -> bytes:
    """Every body with every fact, as `scheduling.mapping.rosters.unit_facts` names them."""
    book = Workbook()
    _fill(book, UNITS.main, [_unit(facts) for facts in units], first=True)
    return saved(book)


# --- One row ------------------------------------------------------------------------------


def _person(facts: Facts) -> Facts:
    pools = [name for name in ("leader", "deputy", "expert") if facts[f"is_{name}"]]
    return {
        **facts,
        "system": _word(SYSTEMS, facts["system"]),
        "pools": _words(POOLS, pools or ["cadre"]),
        "skills": _words(SKILLS, facts["skills"]),
        "status": _word(STATUSES, facts["status"]),
    }


def _unit(facts: Facts) -> Facts:
    return {
        **facts,
        "number": facts["code"],
        "parent": facts["parent_code"],
        "kind": _word(UNIT_KINDS, facts["kind"]),
        "system": _word(SYSTEMS, facts["system"]),
        "mandatory": _yes(facts["mandatory"]),
        "inspectable": _yes(facts["inspectable"]),
        "skills": _amounts(facts["skills"]),
        "wanted": _amounts(facts["wanted"]),
    }


def _whose(facts: Facts) -> dict[str, Any]:
    return {"number": facts["number"], "name": facts["name"]}


def _career(facts: Facts) -> list[Facts]:
    return [{**entry, "to": entry["to"] or STILL} for entry in facts["career"]]


def _relatives(facts: Facts) -> list[Facts]:
    return [
        {
            **entry,
            "relation": _word(RELATIONS, entry["relation"]),
            "position": _word(POSITIONS, entry["position"]),
        }
        for entry in facts["relatives"]
    ]


def _served(facts: Facts) -> list[Facts]:
    """Units visited, then counties led in: the sheet states both, each on rows of its own."""
    member, leader = (_word(TEAM_ROLES, role) for role in ("member", "leader"))
    return [
        *({**entry, "role": member} for entry in facts["visited"]),
        *({**entry, "role": leader} for entry in facts["led"]),
    ]


_FACT_SHEETS: Sequence[tuple[SheetLayout, Callable[[Facts], list[Facts]]]] = (
    (CAREER, _career),
    (RELATIVES, _relatives),
    (INTERESTS, lambda facts: facts["interests"]),
    (ABSENCES, lambda facts: facts["absences"]),
    (SERVED, _served),
)


# --- Cells --------------------------------------------------------------------------------


def _word(vocabulary: Vocabulary, code: str) -> str:
    return said(vocabulary, code).zh if code else ""


def _words(vocabulary: Vocabulary, codes: Iterable[str]) -> str:
    return "、".join(_word(vocabulary, code) for code in codes)


def _amounts(amounts: Mapping[str, int]) -> str:
    return "、".join(f"{_word(SKILLS, skill)}{count}" for skill, count in amounts.items())


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _without(layout: SheetLayout, key: str) -> tuple[Column, ...]:
    return tuple(column for column in layout.columns if column.key != key)


def _fill(
    book: Workbook, layout: SheetLayout, rows: Sequence[Facts], *, first: bool = False
) -> None:
    sheet: Worksheet = new_sheet(book, layout, first=first)
    for number, facts in enumerate(rows, start=2):
        for index, column in enumerate(layout.columns, start=1):
            cell = put(sheet, number, index, facts.get(column.key, ""))
            cell.border, cell.alignment = GRID, WRAPPED
            if column.as_text:
                cell.number_format = "@"
