"""The demo city is what docs and the demo round promise, and the script makes it again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from demo.city import AREAS, CITY, COUNTIES, bodies_of
from demo.make_demo import FOLDER, show_round, workbooks
from demo.people import NOBODYS_AREA
from scheduling.domain.rules import excluded
from scheduling.domain.supply import supply_figures
from scheduling.workbooks.identity import read_id_number
from scheduling.workbooks.reading import open_book
from scheduling.workbooks.roster import ROSTER
from scheduling.workbooks.units import UNITS
from tests.demo_city import DEMO, demo_problem, rows_of
from tests.demo_city import show_round as committed_round

ROSTERS = [f"{area.name}-人员名册.xlsx" for area in AREAS]


def test_the_script_makes_the_committed_bytes_again() -> None:
    made = workbooks()

    assert {path.name for path in FOLDER.glob("*.xlsx")} == set(made)
    for name, content in made.items():
        assert (FOLDER / name).read_bytes() == content, f"{name}: run python -m demo.make_demo"
    assert (DEMO / "show_round.json").read_text(encoding="utf-8") == show_round()


def test_the_pools_and_the_lists_have_their_sizes() -> None:
    pools = {name: len(rows_of(name, ROSTER)["people"]) for name in ROSTERS}
    units = {
        area.name: rows_of(f"{area.name}-被巡察单位名录.xlsx", UNITS)["units"] for area in AREAS
    }

    assert list(pools.values()) == [80, 75, 55, 45, 60]
    assert sum(pools.values()) == 315
    kinds = Counter(row["kind"] for rows in units.values() for row in rows)
    assert kinds["township"] == 36
    assert kinds["village"] == 40
    assert sum(kinds.values()) - kinds["village"] == 345
    assert sum(row["kind"] == "village" for row in units["嵊泗县"]) == 11
    leaders = sum(
        "leader" in row["pools"] for name in ROSTERS for row in rows_of(name, ROSTER)["people"]
    )
    assert leaders == 35


@pytest.mark.parametrize("name", ROSTERS)
def test_nobody_in_the_rosters_exists(name: str) -> None:
    numbers = [row["id_number"] for row in rows_of(name, ROSTER)["people"]]

    assert all(number.full.startswith(NOBODYS_AREA) for number in numbers)
    assert len({number.full for number in numbers}) == len(numbers)
    assert all(read_id_number(number.full) == number for number in numbers)


def test_the_round_has_sixteen_units_eight_teams_and_forty_days() -> None:
    problem = demo_problem()
    shown = [unit for unit in problem.units if unit.inspectable]

    assert Counter(unit.county for unit in shown) == {area.code: 4 for area in COUNTIES}
    assert all(unit.mandatory for unit in shown)
    assert len(problem.teams) == 8
    assert len(problem.calendar) == 40
    assert len(committed_round()["travel"]) == 2


def test_a_quarter_to_a_third_of_the_pairs_are_barred() -> None:
    """Those that are barred in every role, and those that the round's page counts: in any."""
    problem = demo_problem()
    shown = {unit.id for unit in problem.units if unit.inspectable}
    bars = list(excluded(problem))
    figures = supply_figures(problem, bars)
    outright = {
        (bar.inspector, bar.unit) for bar in bars if bar.unit in shown and "member" in bar.roles
    }

    assert figures.pairs == len(shown) * len(problem.inspectors) == 5040
    assert 0.25 <= len(outright) / figures.pairs <= 0.35
    assert 0.25 <= figures.barred / figures.pairs <= 0.35


def test_no_engineer_of_daishan_or_of_the_city_may_go_to_shengsis_education_bureau() -> None:
    """The arc that the engine has to explain. Putuo's engineers may, so a ring exists."""
    problem = demo_problem()
    bureau = committed_round()["impossible_arc"]["unit"]
    assert problem.unit_by_id[bureau].skills["engineering"] == 1
    barred = {
        bar.inspector for bar in excluded(problem) if bar.unit == bureau and "member" in bar.roles
    }

    free = Counter(
        person.office
        for person in problem.inspectors
        if "engineering" in person.skills and person.id not in barred
    )

    assert free["daishan"] == free["zhoushan"] == 0
    assert free["putuo"] > 0
    assert free["dinghai"] > 0


def test_units_of_one_area_have_names_and_codes_of_their_own() -> None:
    for area in (*COUNTIES, CITY):
        bodies = bodies_of(area)
        assert len({body.code for body in bodies}) == len(bodies)
        assert len({body.name for body in bodies}) == len(bodies)


def test_the_faulty_sample_has_faults_to_show() -> None:
    path = Path(FOLDER) / "嵊泗县-人员名册-有错误.xlsx"

    with open_book(path, ROSTER) as book:
        rows = list(book.rows())

    faults = [fault.column for row in rows for fault in row.faults]
    assert len(faults) == 7
    assert len(set(faults)) >= 6
