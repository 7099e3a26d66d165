"""Extracts of any plan, and any order of steps."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduling.domain.extracts import (
    ROLE_ORDER,
    SeatRow,
    Sheet,
    VisitRow,
    changes_between,
    extract_of,
    people_to_confirm,
)
from scheduling.domain.publishing import STANDING, STATE_WORDS, is_same_list, state_after

OFFICES = ("city", "east", "west", "north")
COUNTIES = OFFICES[1:]
TEAMS = ("A", "B", "C")
STEPS = ("proposed", "taken_back", "returned", "approved", "published", "superseded", "withdrawn")
FIRST = date(2026, 9, 7)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any plan: each person in one team, each unit visited once, in any county."""
    people = draw(st.lists(st.tuples(st.sampled_from(OFFICES), st.integers(1, 9)), unique=True))
    units = draw(
        st.lists(st.tuples(st.sampled_from(COUNTIES), st.integers(1, 5)), min_size=1, unique=True)
    )
    seats = [
        SeatRow(
            office,
            str(n),
            f"<{office}-{n}>",
            f"post of <{office}-{n}>",
            draw(st.sampled_from(ROLE_ORDER)),
            draw(st.sampled_from(TEAMS)),
        )
        for office, n in people
    ]
    visits = [_visit(draw, office, n) for office, n in units]
    return Sheet({team: f"Team {team}" for team in TEAMS}, seats, visits)


def _visit(draw: st.DrawFn, office: str, n: int) -> VisitRow:
    starts_on = FIRST + timedelta(days=draw(st.integers(0, 20)))
    ends_on = starts_on + timedelta(days=draw(st.integers(0, 9)))
    team = draw(st.sampled_from(TEAMS))
    return VisitRow(office, office, str(n), f"[{office}-{n}]", team, starts_on, ends_on)


@given(sheets(), st.sampled_from(OFFICES))
def test_every_row_of_an_extract_concerns_its_office(sheet: Sheet, office: str) -> None:
    extract = extract_of(sheet, office)

    assert all(f"<{office}-" in row["name"] for row in extract["going_out"])
    for row in extract["coming_in"]:
        assert row["visits"]
        assert all(f"[{office}-" in visit["unit"] for visit in row["visits"])


@given(sheets())
def test_together_the_extracts_hold_every_seat_and_every_visit(sheet: Sheet) -> None:
    extracts = [extract_of(sheet, office) for office in OFFICES]
    busy = {visit.team for visit in sheet.visits}

    going = [row["name"] for extract in extracts for row in extract["going_out"]]
    visited = [
        visit["unit"]
        for extract in extracts
        for row in extract["coming_in"]
        for visit in row["visits"]
    ]
    assert sorted(going) == sorted(row.name for row in sheet.seats if row.team in busy)
    assert sorted(visited) == sorted(visit.unit for visit in sheet.visits)


@given(sheets(), sheets(), st.sampled_from(COUNTIES))
def test_what_happens_between_others_changes_nothing_of_an_office_s_extract(
    sheet: Sheet, other: Sheet, office: str
) -> None:
    """Teams with nobody of the office that do not visit it may be anything."""
    own = {row.team for row in sheet.seats if row.office == office}
    own |= {visit.team for visit in sheet.visits if visit.office == office}
    changed = Sheet(
        sheet.teams,
        [row for row in sheet.seats if row.team in own]
        + [row for row in other.seats if row.team not in own and row.office != office],
        [visit for visit in sheet.visits if visit.team in own]
        + [visit for visit in other.visits if visit.team not in own and visit.office != office],
    )

    assert extract_of(changed, office) == extract_of(sheet, office)
    assert is_same_list(
        people_to_confirm(sheet).get(office, []), people_to_confirm(changed).get(office, [])
    )


@given(sheets(), sheets(), st.sampled_from(OFFICES))
def test_changes_lead_from_one_extract_to_the_other(a: Sheet, b: Sheet, office: str) -> None:
    before, after = extract_of(a, office), extract_of(b, office)

    changes = changes_between(before, after)

    rows = {row["number"]: row for row in before["going_out"]}
    for change in changes.going_out:
        row = change.after or change.before or {}
        rows.pop(row["number"], None)
        if change.after is not None:
            rows[row["number"]] = change.after
    assert sorted(rows) == sorted(row["number"] for row in after["going_out"])
    assert all(rows[row["number"]] == row for row in after["going_out"])
    assert changes.is_empty == (before == after)


@given(sheets())
def test_a_request_names_no_unit_no_county_and_nobody_of_another_office(sheet: Sheet) -> None:
    for office, people in people_to_confirm(sheet).items():
        said = str(people)
        assert "[" not in said.replace("[{", "").replace("}]", "")
        assert all(f"<{other}-" not in said for other in OFFICES if other != office)


@given(st.lists(st.sampled_from(STEPS), max_size=12))
def test_no_order_of_steps_leads_to_an_illegal_state(steps: list[str]) -> None:
    """Nothing is in force that was not approved, and what is over is over."""
    state, seen = "candidate", ["candidate"]
    for step in steps:
        state = state_after(state, step) or state
        seen.append(state)
        assert state in STATE_WORDS
    if "published" in seen:
        at = seen.index("published")
        assert {"proposed", "approved"} <= set(seen[:at])
        assert not set(seen[at:]) & {"candidate", *STANDING}
