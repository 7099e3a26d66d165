"""The pictures of a plan say what the plan says."""

from __future__ import annotations

import pytest
from django.utils import translation

from portal import charts
from tests.portal_pages import a_plan


def test_a_county_has_the_same_colour_in_the_gantt_and_in_the_picture() -> None:
    plan = a_plan()

    in_gantt = {visit["host"]: visit["tone"] for visit in charts.gantt(plan)["visits"]}
    in_picture = {office["name"]: office["tone"] for office in charts.flows(plan)["offices"]}

    assert in_gantt == {"东县": 0, "西县": 1, "北县": 2}
    assert in_picture == in_gantt | {"市本级": None}


def test_the_gantt_has_every_team_and_every_visit_with_words_for_who_cannot_see_it() -> None:
    with translation.override("en"):
        drawn = charts.gantt(a_plan())

    assert [team["id"] for team in drawn["teams"]] == ["A", "B", "C"]
    assert len(drawn["visits"]) == 6
    assert drawn["visits"][0]["title"] == "第A组 at 西县教育局 (西县), 7 – 11 Sep 2026"


def test_a_band_of_days_off_ends_where_work_begins_again() -> None:
    with translation.override("en"):
        bands = charts.gantt(a_plan())["off"]

    assert bands == [
        {"start": "2026-09-12", "end": "2026-09-14", "name": ""},
        {"start": "2026-09-25", "end": "2026-09-26", "name": "Mid-Autumn Festival"},
    ]


def test_the_matrix_sums_to_the_people_that_are_sent() -> None:
    table = charts.matrix(a_plan())

    assert list(table.hosts) == ["东县", "西县", "北县"]
    assert {row.origin: row.people for row in table.rows} == {
        "市本级": 3,
        "东县": 2,
        "西县": 2,
        "北县": 2,
    }
    assert list(table.received) == [3, 3, 3]
    assert table.people == 9


def test_ones_own_county_is_no_number_in_the_matrix() -> None:
    table = charts.matrix(a_plan())
    east = next(row for row in table.rows if row.origin == "东县")

    assert [cell.people for cell in east.cells] == [None, 2, 0]


def test_one_person_is_shaded_and_nobody_is_not() -> None:
    table = charts.matrix(a_plan())
    city, east = table.rows[0], table.rows[1]

    assert city.cells[0].heat > 0
    assert east.cells[2].heat == 0
    assert east.cells[1].heat == charts.HEAT_STEPS


def test_the_line_over_time_goes_in_steps_and_holds_its_last_value_until_now() -> None:
    line = charts.spark([(0, 100, None), (10, 60, 20), (15, 60, 40)], horizon_s=20)

    assert line is not None
    assert line.value_points == "8.0,8.0 280.0,8.0 280.0,75.0 416.0,75.0 552.0,75.0"
    assert all(figure in line.words for figure in ("100", "60", "40"))


def test_a_run_that_was_over_at_once_still_has_a_line() -> None:
    with translation.override("en"):
        line = charts.spark([(0.2, 60, 60)], horizon_s=0.2)

    assert line is not None
    assert len(line.value_points.split()) == 2
    assert line.words.startswith("60 from the first plan on")


@pytest.mark.parametrize("points", [[], [(0.0, None, 3)]])
def test_without_a_plan_there_is_no_line(
    points: list[tuple[float, int | None, int | None]],
) -> None:
    assert charts.spark(points, horizon_s=10) is None
