"""The demo city as an engine problem, straight from its committed workbooks: no database."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import chinese_calendar

from scheduling.domain.bodies import Bodies, OfficeName, UnitName, area_of, resolve
from scheduling.domain.problem import (
    Away,
    HostSeats,
    Inspector,
    Led,
    Month,
    Office,
    Policy,
    Post,
    Problem,
    Relative,
    Round,
    TeamSlot,
    Unit,
    Visited,
)
from scheduling.workbooks.reading import BookLayout, open_book
from scheduling.workbooks.roster import ROSTER
from scheduling.workbooks.units import UNITS

DEMO = Path(__file__).parent.parent / "demo"
LOCATIONS = {
    "zhoushan": (122.21, 29.99),
    "dinghai": (122.11, 30.02),
    "putuo": (122.32, 29.97),
    "daishan": (122.23, 30.26),
    "shengsi": (122.45, 30.73),
}
STRICT_RING = Policy(
    home_offices=(1, 1),
    host_seats=HostSeats(),
    office_targets=1,
    office_sources=1,
    reciprocity="members",
    former_post_total_years=3,
)


@cache
def show_round() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DEMO / "show_round.json").read_text(encoding="utf-8"))
    return loaded


@cache
def demo_problem() -> Problem:
    """Everybody of the five pools and the sixteen units, under the strict ring's policy."""
    wanted = show_round()
    start, end = date.fromisoformat(wanted["starts_on"]), date.fromisoformat(wanted["ends_on"])
    units = tuple(_units())
    bodies = Bodies.of(
        [
            OfficeName(
                office["code"], office["name"], None if office["code"] == "zhoushan" else "zhoushan"
            )
            for office in wanted["offices"]
        ],
        [UnitName(unit.id, unit.name, unit.county) for unit in units],
    )
    return Problem(
        round=Round("demo", wanted["name"], start, end),
        calendar=tuple(chinese_calendar.get_workdays(start, end)),
        offices=tuple(
            Office(
                office["code"],
                office["name"],
                "city" if office["code"] == "zhoushan" else "county",
                LOCATIONS[office["code"]],
            )
            for office in wanted["offices"]
        ),
        units=units,
        inspectors=tuple(_inspectors(bodies)),
        teams=tuple(
            TeamSlot(f"T{n:02d}", (wanted["seats"], wanted["seats"]), (1, 1), max_units=2)
            for n in range(1, wanted["teams"] + 1)
        ),
        policy=STRICT_RING,
    )


def rows_of(name: str, layout: BookLayout) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {sheet.key: [] for sheet in layout.sheets}
    with open_book(DEMO / "workbooks" / name, layout) as book:
        for row in book.rows():
            assert row.faults == [], (name, row)
            found[row.sheet].append(row.values)
    return found


def _units() -> list[Unit]:
    """The units of the round, and all that stand above or below one of them."""
    made: list[Unit] = []
    for office in show_round()["offices"]:
        if office["code"] == "zhoushan":
            continue
        chosen = set(show_round()["units"][office["code"]])
        rows = rows_of(f"{office['name']}-被巡察单位名录.xlsx", UNITS)["units"]
        for row in rows:
            if row["number"] not in chosen and row["parent"] not in chosen:
                continue
            made.append(
                Unit(
                    id=row["number"],
                    name=row["name"],
                    county=office["code"],
                    kind=row["kind"],
                    risk=row["risk"],
                    days=row["days"],
                    mandatory=row["mandatory"],
                    priority=row["priority"],
                    parent=row["parent"] if row["parent"] in chosen else None,
                    system=row["system"] or None,
                    inspectable=row["number"] in chosen,
                    skills=row["skills"],
                    wanted=row["wanted"],
                )
            )
    return made


def _inspectors(bodies: Bodies) -> list[Inspector]:
    made: list[Inspector] = []
    for office in show_round()["offices"]:
        sheets = rows_of(f"{office['name']}-人员名册.xlsx", ROSTER)
        for row in sheets["people"]:
            facts = {
                key: [fact for fact in sheets[key] if fact["number"] == row["number"]]
                for key in ("career", "relatives", "interests", "absences", "served")
            }
            made.append(_inspector(row, facts, bodies, office["code"]))
    return made


def _inspector(
    row: dict[str, Any], facts: dict[str, list[dict[str, Any]]], bodies: Bodies, office: str
) -> Inspector:
    def place(text: str) -> dict[str, str]:
        meant = resolve(text, bodies, home=office)
        return {} if meant is None else {meant.kind: meant.id}

    home = place(row["home_unit"])
    return Inspector(
        id=row["number"],
        name=row["name"],
        office=office,
        leader="leader" in row["pools"],
        deputy="deputy" in row["pools"],
        skills=frozenset(row["skills"]),
        rounds=row["rounds_served"],
        recent_days=row["recent_days"],
        home_unit=home.get("unit", row["home_unit"]),
        system=row["system"] or None,
        native=area_of(row["native_place"], bodies) or row["native_place"],
        grew_up=area_of(row["grew_up_place"], bodies) or row["grew_up_place"],
        away=tuple(
            Away(date.fromisoformat(fact["from"]), date.fromisoformat(fact["to"]))
            for fact in facts["absences"]
        ),
        posts=tuple(
            Post(_month(fact["from"]), _month(fact["to"]) if fact["to"] else None, **where)
            for fact in facts["career"]
            if (where := place(fact["body"]))
        ),
        relatives=tuple(
            Relative(fact["relation"], fact["position"], **where)
            for fact in facts["relatives"]
            if (where := place(fact["body"]))
        ),
        interests=tuple(
            where["unit"] for fact in facts["interests"] if "unit" in (where := place(fact["body"]))
        ),
        visited=tuple(
            Visited(where["unit"], fact["ago"])
            for fact in facts["served"]
            if "unit" in (where := place(fact["body"]))
        ),
        led=tuple(
            Led(county, fact["ago"])
            for fact in facts["served"]
            if fact["role"] == "leader" and (county := area_of(fact["county"], bodies))
        ),
    )


def _month(text: str) -> Month:
    year, month = text.split("-")
    return Month(int(year), int(month))
