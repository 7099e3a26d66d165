"""Write the demo city's workbooks: `python -m demo.make_demo` from the repository's root."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from demo.city import AREAS, CITY, COUNTIES, SHOW_UNITS, Body, bodies_of, full_name
from demo.faulty import faulty_roster
from demo.history import FIGURES
from demo.people import ROUND_END, ROUND_START, Person, PoolMaker
from demo.rules import RULES
from scheduling.domain.vocabulary import SKILLS, SYSTEMS, UNIT_KINDS
from scheduling.workbooks.columns import SheetLayout
from scheduling.workbooks.roster import ROSTER
from scheduling.workbooks.templates import new_sheet
from scheduling.workbooks.units import UNIT_SHEET
from scheduling.workbooks.writing import put
from sharing.workbooks.history import HISTORY_SHEET
from sharing.workbooks.rules import RULE_SHEET

SEED = 20260901
FOLDER = Path(__file__).parent / "workbooks"
_MOMENT = (2026, 8, 3, 9, 0, 0)  # the zip entries' time; the workbooks say the same


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, content in workbooks().items():
        (FOLDER / name).write_bytes(content)
        print(name, len(content))
    (Path(__file__).parent / "show_round.json").write_text(show_round(), encoding="utf-8")


def workbooks() -> dict[str, bytes]:
    """File name -> bytes. The same seed gives the same bytes."""
    made: dict[str, bytes] = {}
    for area in (*COUNTIES, CITY):
        people = PoolMaker(area, seed=SEED).pool()
        made[f"{area.name}-人员名册.xlsx"] = roster_workbook(people)
        made[f"{area.name}-被巡察单位名录.xlsx"] = unit_workbook(bodies_of(area))
        if area.code == "shengsi":
            made["嵊泗县-人员名册-有错误.xlsx"] = settled(faulty_roster(people))
    made["嵊泗县-历史数据.xlsx"] = settled(_filled([(HISTORY_SHEET, FIGURES)]))
    made["规则库.xlsx"] = settled(_filled([(RULE_SHEET, RULES)]))
    return made


def show_round() -> str:
    """What the demo round is made of, for `manage.py load_demo`."""
    units = {
        area.code: [
            body.code
            for body in bodies_of(area)
            if body.name in {full_name(area, name) for name in SHOW_UNITS[area.code]}
        ]
        for area in COUNTIES
    }
    wanted = {
        "name": "2026年第三轮县（区）交叉巡察",
        "starts_on": "-".join(f"{part:02d}" for part in ROUND_START),
        "ends_on": "-".join(f"{part:02d}" for part in ROUND_END),
        "mode": "ring",
        "teams": 8,
        "seats": 6,
        "offices": [{"code": area.code, "name": area.name} for area in AREAS],
        "units": units,
        "impossible_arc": {"from": "daishan", "to": "shengsi", "unit": units["shengsi"][0]},
        # Two legs by ferry: what the straight line says is too short.
        "travel": [
            {"a": "shengsi", "b": "daishan", "km": 120},
            {"a": "shengsi", "b": "zhoushan", "km": 160},
        ],
        "history": [
            {"from": "dinghai", "to": "putuo", "ago": 1},
            {"from": "shengsi", "to": "dinghai", "ago": 2},
        ],
    }
    return json.dumps(wanted, ensure_ascii=False, indent=2) + "\n"


def roster_workbook(people: Sequence[Person]) -> bytes:
    by_key = {
        "people": [person_row(person) for person in people],
        "career": [
            [p.number, p.name, term["body"], term["post"], month(term["from"]), month(term["to"])]
            for p in people
            for term in p.career
        ],
        "relatives": [
            [p.number, p.name, r["relation"], r["body"], r["position"]]
            for p in people
            for r in p.relatives
        ],
        "interests": [[p.number, p.name, body] for p in people for body in p.interests],
        "absences": [
            [p.number, p.name, day(a["from"]), day(a["to"]), a["reason"]]
            for p in people
            for a in p.absences
        ],
        "served": [
            [p.number, p.name, s["ago"], s["body"], s["county"], s["role"]]
            for p in people
            for s in p.served
        ],
    }
    return settled(_filled([(sheet, by_key[sheet.key]) for sheet in ROSTER.sheets]))


def person_row(person: Person) -> list[Any]:
    return [
        person.number,
        person.name,
        person.id_number,
        person.home_unit,
        SYSTEMS[person.system].text.zh,
        person.post,
        person.rank,
        "、".join(person.pools),
        "、".join(SKILLS[skill].text.zh for skill in person.skills),
        person.native,
        person.grew_up,
        person.rounds,
        person.recent_days,
        "在库",
    ]


def unit_workbook(bodies: Sequence[Body]) -> bytes:
    rows = [
        [
            body.code,
            body.name,
            UNIT_KINDS[body.kind].text.zh,
            SYSTEMS[body.system].text.zh,
            body.parent,
            body.risk,
            body.days,
            "是" if body.mandatory else "否",
            body.priority,
            needs(body.skills),
            needs(body.wanted),
            "是" if body.inspectable else "否",
        ]
        for body in bodies
    ]
    return settled(_filled([(UNIT_SHEET, rows)]))


def needs(amounts: dict[str, int]) -> str:
    return "、".join(f"{SKILLS[skill].text.zh}{amount}" for skill, amount in amounts.items())


def month(value: tuple[int, int] | None) -> str:
    return "至今" if value is None else f"{value[0]}年{value[1]}月"


def day(value: tuple[int, int, int]) -> str:
    return "{:04d}-{:02d}-{:02d}".format(*value)


def _filled(sheets: Sequence[tuple[SheetLayout, Sequence[Sequence[Any]]]]) -> Workbook:
    book = Workbook()
    for position, (layout, rows) in enumerate(sheets):
        sheet = new_sheet(book, layout, first=position == 0)
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                put(sheet, number, column, value)
    return book


def settled(book: Workbook) -> bytes:
    """Saved with nothing in it that depends on when: the same content is the same bytes."""
    raw = io.BytesIO()
    book.save(raw)
    target = io.BytesIO()
    with (
        zipfile.ZipFile(raw) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as settled_zip,
    ):
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-08-03T09:00:00Z", content
                )
            settled_zip.writestr(
                zipfile.ZipInfo(part.filename, _MOMENT), content, zipfile.ZIP_DEFLATED
            )
    return target.getvalue()


if __name__ == "__main__":
    main()
