"""From a workbook to a plan, by programs alone; and no call that this story leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from httpapi.declarations import XLSX
from httpapi.schema import document
from scheduling.workbooks.roster import ROSTER
from scheduling.workbooks.templates import template
from tenancy.actor import Actor
from tenancy.models import Job
from tests.api.at_the_desk import at_the_desk
from tests.api.calling import program_of, program_with, token_of
from tests.api.clues_by_programs import clues_by_programs
from tests.api.crowds import figures
from tests.api.dictionaries import keep_rules, name_contacts, sort_findings
from tests.api.in_rooms import kept_in_rooms
from tests.api.into_force import (
    declare,
    into_force,
    pin_and_unpin,
    read_a_file,
    take_the_plan_out_and_in,
    take_the_round_out,
    what_every_office_has,
    workbooks,
)
from tests.api.ledgers import take_in_ledgers
from tests.api.packages_by_programs import packages_by_programs
from tests.api.rectifying import rectify
from tests.api.sharing_views import share_views
from tests.api.test_a_team_authorised import OF_A_TEAM
from tests.api.waiting import what_is_waited_for
from tests.api.with_papers import papers_to_feedback
from tests.api.witness import Office, Witness, sheet_cells
from tests.integration.scheduling.world import World
from tests.people import acting
from tests.teams import Team

FAULTY = Path(__file__).parents[2] / "demo/workbooks/嵊泗县-人员名册-有错误.xlsx"
FORM = {"name": "2026年第三轮", "starts_on": "2026-09-07", "ends_on": "2026-09-25"}

Seated = Callable[[Actor], Office]


@pytest.fixture
def called() -> set[str]:
    return set()


@pytest.fixture
def county(world: World, media: Path, called: set[str]) -> Office:
    """Lin's program, by a token."""
    spoken = program_with(token_of(world.lin))
    return Office(world.lin, world, Witness(spoken.client, spoken.headers, called))


@pytest.fixture
def city(world: World, called: set[str]) -> Office:
    """Chen's, by his session."""
    return Office(world.chen, world, Witness(program_of(world.chen).client, {}, called))


@pytest.fixture
def seated(world: World, called: set[str]) -> Seated:
    """Somebody else's program, by their session."""
    return lambda actor: Office(actor, world, Witness(program_of(actor).client, {}, called))


def import_a_roster(office: Office) -> None:
    program = office.program
    made = program.ok(
        program.upload(
            "/imports", kind="roster", file=SimpleUploadedFile("r.xlsx", FAULTY.read_bytes())
        )
    )
    here = f"/imports/{made['number']}"
    assert program.ok(program.get(f"/jobs/{made['job']}"))["state"] == "queued"
    office.work(made["job"])
    read = program.ok(program.get(here))
    assert (read["state"], read["has_faulty_rows"]) == ("dry_run", True)
    assert read["counts"]["error"] > 0
    rows = program.ok(program.get(f"{here}/rows?state=error"))["items"]
    assert all(row["faults"][0]["message"] for row in rows)
    review = program.ok(program.get(f"{here}/rows?state=review"))["items"]
    assert sheet_cells(program.ok(program.get(f"{here}/faulty-rows")))
    applied = program.ok(
        program.act(f"{here}/apply", {"accepted": [row["number"] for row in review]})
    )
    assert applied["state"] == "applying"
    office.work(applied["job"])
    assert program.ok(program.get(here))["state"] == "applied"
    assert program.ok(program.get("/imports"))["items"][0]["number"] == made["number"]


def cancel_an_import(office: Office, media: Path) -> None:
    program = office.program
    empty = SimpleUploadedFile("leer.xlsx", template(ROSTER))
    made = program.ok(program.upload("/imports", kind="roster", file=empty))
    cancelled = program.ok(program.act(f"/imports/{made['number']}/cancel"))
    assert cancelled["state"] == "refused"
    assert "cancelled" in cancelled["refusal"]["message"]
    office.work(made["job"])
    office.work(cancelled["job"])
    kept = [path.name for path in media.rglob("*.upload")]
    assert kept == []


def say_who_handles(director: Office, number: int) -> None:
    """Naming the one who does changes nothing, nor does removing one who does not."""
    program, here = director.program, f"/rounds/{number}/handlers"
    [chen] = program.ok(program.get(here))["handlers"]
    assert program.ok(program.act(here, {"person": chen["number"]}))["handlers"] == [chen]
    nobody = program.ok(program.act(f"{here}/remove", {"person": 1}))
    assert (nobody["handlers"], nobody["may_name"]) == ([chen], True)


def set_up_a_round(office: Office) -> int:
    program = office.program
    slot = {"code": "T01", "name": "一组", "size_min": 3, "size_max": 4,
            "deputies_min": 1, "deputies_max": 1, "max_units": 2}  # fmt: skip
    slots = [slot | {"code": f"T{n:02d}", "name": f"第{n}组"} for n in range(1, 5)]
    made = program.act("/rounds", FORM | {"mode": "ring", "slots": slots[:2]})
    number: int = program.ok(made)["number"]
    here = made.headers["Location"]
    assert here == f"/api/v1/rounds/{number}"
    assert program.ok(program.get(here))["not_called"]
    assert program.ok(program.get("/rounds"))["items"][0]["number"] == number
    assert program.ok(program.put(f"{here}/slots", {"slots": slots}))["slots"][3]["name"] == "第4组"
    assert len(program.ok(program.get(f"{here}/slots"))["slots"]) == 4
    assert program.ok(program.put(f"{here}/window", FORM | {"name": "改名"}))["name"] == "改名"
    settle_details(program, here)
    offices = program.ok(program.get("/offices"))["items"]
    counties = [one["number"] for one in offices if one["kind"] == "county"]
    asked = {"offices": counties, "people": 6, "skills": {"finance": 2}, "answer_by": "2026-09-01"}
    assert len(program.ok(program.act(f"{here}/calls", asked))["answers"]) == 4
    return number


def settle_details(program: Witness, here: str) -> None:
    day = {"on": "2026-09-12", "works": True}
    worked = program.ok(program.put(f"{here}/calendar", {"overrides": [day]}))
    assert [d["on"] for d in worked["days"] if d["is_overridden"]] == ["2026-09-12"]
    assert program.ok(program.get(f"{here}/calendar")) == worked
    policy = program.ok(program.get(f"{here}/policy"))
    policy["policy"]["revisit_rounds"] = 1
    assert program.ok(program.put(f"{here}/policy", policy)) == policy
    assert (
        program.ok(program.put(f"{here}/mode", {"mode": "ring"}))["policy"]["revisit_rounds"] != 1
    )
    distances = {
        "travel": [{"a": "dinghai", "b": "shengsi", "km": 120}],
        "past_arcs": [{"origin": "putuo", "host": "daishan", "ago": 1}],
    }
    assert program.ok(program.put(f"{here}/distances", distances)) == distances
    assert program.ok(program.put(f"{here}/distances", {"travel": [], "past_arcs": []}))
    assert program.ok(program.get(f"{here}/distances"))["travel"] == []


def release_people(office: Office) -> None:
    program = office.program
    [line] = program.ok(program.get("/release-calls"))["items"]
    here = f"/release-calls/{line['number']}"
    assert program.ok(program.get(here))["people"] == []
    people = [one["number"] for one in program.ok(program.get("/people"))["items"]]
    units = [
        one["number"] for one in program.ok(program.get("/units"))["items"] if one["inspectable"]
    ]
    picked = {"people": people[:6], "units": units}
    given = program.ok(program.act(f"{here}/release", picked))
    assert (sorted(given["people"]), sorted(given["units"])) == (sorted(people[:6]), sorted(units))
    assert program.ok(program.act(f"{here}/withdraw"))["release"] is None
    assert program.ok(program.act(f"{here}/release", picked))["release"]["version"] == 3
    read = program.ok(program.get(f"/people/{people[0]}"))
    assert read["relatives"]


def solve(office: Office, number: int) -> int:
    program, here = office.program, f"/rounds/{number}"
    units = program.ok(program.get(f"{here}/units"))["items"]
    names = ("county", "code", "chosen", "mandatory", "priority", "days")
    choices = [{name: unit[name] for name in names} | {"priority": 60} for unit in units]
    assert program.ok(program.put(f"{here}/units", {"units": choices}))["decided"] == len(units)
    counting = program.ok(program.act(f"{here}/survey"))
    assert counting["is_counting"]
    office.work(counting["job"])
    assert program.ok(program.get(f"{here}/survey"))["figures"]["barred"] > 0
    run = program.ok(program.act(f"{here}/runs", {"time_limit_s": 3}))
    assert program.ok(program.act(f"/runs/{run['number']}/cancel"))["state"] == "cancelled"
    assert program.ok(program.act(f"{here}/reopen"))["state"] == "collecting"
    run = program.ok(program.act(f"{here}/runs", {"time_limit_s": 3}))
    with acting(office.actor):
        job = Job.objects.latest("pk").pk
    office.work(job)
    solved = program.ok(program.get(f"/runs/{run['number']}"))
    assert solved["plan"] is not None, solved
    assert len(program.ok(program.get(f"{here}/runs"))["items"]) == 2
    read_the_plan(program, solved["plan"], number)
    plan: int = solved["plan"]
    return plan


def read_the_plan(program: Witness, plan: int, number: int) -> None:
    [line] = program.ok(program.get(f"/plans?round={number}"))["items"]
    assert (line["number"], line["holds"]) == (plan, True)
    read = program.ok(program.get(f"/plans/{plan}"))
    assert len(read["teams"]) == 4
    book = program.get(f"/plans/{plan}/workbook")
    assert book.headers["Content-Type"] == XLSX
    assert any(team["name"] in sheet_cells(program.ok(book)) for team in read["teams"])


def read_what_is_open_to_all(world: World, county: Office, city: Office) -> None:
    with world.django_as("superuser"):
        figures(1)
    for one in (county.program, city.program):
        assert one.ok(one.get("/me"))["office"]["name"]
    assert county.program.ok(county.program.get("/openapi.json"))
    assert county.program.ok(county.program.get("/history-figures"))["items"]
    assert sheet_cells(county.program.ok(county.program.get("/import-templates/roster")))


def test_from_a_workbook_to_a_plan_in_force(
    world: World,
    media: Path,
    county: Office,
    city: Office,
    seated: Seated,
    song: Actor,
    qiu: Actor,
    team: Team,
    called: set[str],
) -> None:
    director = seated(world.zhao)
    read_what_is_open_to_all(world, county, city)
    world.settle()
    import_a_roster(county)
    cancel_an_import(county, media)
    workbooks(county)
    read_a_file(county)
    number = set_up_a_round(city)
    release_people(county)
    for code in ("putuo", "daishan", "shengsi"):
        world.release(code)
    declare(county, seated(qiu), city, number)
    pin_and_unpin(city, number)
    take_the_round_out(city, seated(song), number)
    say_who_handles(director, number)
    plan = solve(city, number)
    take_the_plan_out_and_in(city, plan, number)
    publication = into_force(city, director, county, plan)
    what_every_office_has(county, director, publication)
    at_the_desk(city, plan, number)
    name_contacts(county, seated(qiu))
    sort_findings(director, county)
    keep_rules(director, county)
    clues_by_programs(team, seated)
    what_is_waited_for(county)
    rectify(county, team, seated)
    packages_by_programs(team, seated)
    papers_to_feedback(team, seated)
    kept_in_rooms(team, seated)
    take_in_ledgers(county)
    share_views(team, seated)

    told = {said["operationId"] for said in every_operation()}
    assert not called - told
    assert sorted(told - called - OF_A_TEAM) == [], "no story calls these"


def every_operation() -> Iterator[dict[str, Any]]:
    for methods in document()["paths"].values():
        yield from methods.values()
