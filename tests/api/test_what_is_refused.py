"""What each change is refused for, in its service's own words; nothing of it stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from scheduling.models.imports import Import
from scheduling.workbooks.roster import ROSTER
from scheduling.workbooks.templates import template
from tenancy.actor import Actor
from tenancy.models import IdempotencyKey, Job
from tests.api.calling import Program, program_of
from tests.api.test_refusals import ROUND, SLOT
from tests.people import acting

UNIT = {"county": 9002, "code": "U1", "chosen": True, "mandatory": False, "priority": 50, "days": 5}
WINDOW = {key: ROUND[key] for key in ("name", "starts_on", "ends_on")}

# What is asked of a round without people and units: method, path, body, status, code.
OF_A_ROUND: dict[str, tuple[str, str, Any, int, str]] = {
    "dates the wrong way round": (
        "PUT", "window", WINDOW | {"ends_on": "2027-01-01"}, 422, "scheduling.round.dates_reversed",
    ),
    "a day outside": (
        "PUT", "calendar", {"overrides": [{"on": "2028-01-01", "works": True}]},
        422, "scheduling.round.day_outside",
    ),
    "more deputies than people": (
        "PUT", "slots", {"slots": [SLOT | {"deputies_min": 9, "deputies_max": 9}]},
        422, "scheduling.round.teams_out_of_order",
    ),
    "a policy with a gap": (
        "PUT", "policy", {"mode": "ring", "policy": {"native": "perhaps"}},
        422, "scheduling.round.policy_out_of_range",
    ),
    "a mode that is none": ("PUT", "mode", {"mode": "x"}, 422, "httpapi.body.not_valid"),
    "an office that is none": (
        "PUT", "distances", {"travel": [{"a": "x", "b": "dinghai", "km": 1}], "past_arcs": []},
        422, "scheduling.round.distance_out_of_range",
    ),
    "the latest before the earliest": (
        "PUT", "units",
        {"units": [UNIT | {"earliest": "2027-03-09", "latest": "2027-03-02"}]},
        422, "scheduling.round.unit_out_of_range",
    ),
    "nobody to call": (
        "POST", "calls", {"offices": [9], "people": 1}, 422, "scheduling.round.no_counties",
    ),
    "a speciality that is none": (
        "POST", "calls", {"offices": [9002], "people": 1, "skills": {"magic": 1}},
        422, "httpapi.body.not_valid",
    ),
    "a count of nobody": ("POST", "survey", None, 409, "scheduling.round.not_ready"),
    "a run about nobody": ("POST", "runs", None, 409, "scheduling.round.not_ready"),
    "a run without time": (
        "POST", "runs", {"time_limit_s": 0}, 422, "scheduling.run.out_of_range",
    ),
}  # fmt: skip


def made_round(program: Program) -> str:
    return str(program.act("/rounds", ROUND).headers["Location"])


def called_county(chen: Actor, lin: Actor) -> tuple[Program, str]:
    """Lin's program, and the call that came from the city."""
    city = program_of(chen)
    city.act(f"{made_round(city)}/calls", {"offices": [lin.tenant_id], "people": 3})
    program = program_of(lin)
    [line] = program.get("/release-calls").json["items"]
    return program, f"/release-calls/{line['number']}"


@pytest.mark.parametrize(
    ("method", "part", "body", "status", "code"), OF_A_ROUND.values(), ids=OF_A_ROUND
)
def test_a_round_refuses(
    db: None, chen: Actor, method: str, part: str, body: Any, status: int, code: str
) -> None:
    program = program_of(chen)
    here = made_round(program)
    before = program.get(here).body

    answer = program.act(f"{here}/{part}", body, method=method)

    assert (answer.status, answer.code) == (status, code)
    assert program.get(here).body == before
    with acting(chen):
        assert IdempotencyKey.objects.count() == 1


@pytest.mark.parametrize(
    ("verb", "body", "code"),
    [
        ("release", {"people": [], "units": []}, "scheduling.release.nobody_picked"),
        ("release", {"people": [7]}, "scheduling.release.person_unavailable"),
        ("release", {"people": [], "units": [7]}, "scheduling.release.unit_unavailable"),
        ("release", {"people": [0]}, "httpapi.body.not_valid"),
        ("release", {"people": [10**30]}, "httpapi.body.not_valid"),
        ("withdraw", None, "scheduling.release.nothing_to_withdraw"),
    ],
)
def test_a_call_for_people_refuses(
    db: None, chen: Actor, lin: Actor, verb: str, body: Any, code: str
) -> None:
    program, here = called_county(chen, lin)

    assert program.act(f"{here}/{verb}", body).code == code
    assert program.get(here).json["release"] is None


def test_a_neighbour_s_call_is_not_there(db: None, chen: Actor, lin: Actor, jiang: Actor) -> None:
    _, here = called_county(chen, lin)
    neighbour = program_of(jiang)

    for answer in (neighbour.get(here), neighbour.act(f"{here}/release", {"people": [1]})):
        assert (answer.status, answer.code) == (404, "kernel.object.not_visible")


def roster(name: str = "r.xlsx", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, template(ROSTER) if content is None else content)


def test_a_file_that_is_none_or_too_large_is_not_taken(
    db: None, wu: Actor, media: Path, settings: Settings
) -> None:
    settings.UPLOAD_MAX_BYTES = 100
    program = program_of(wu)

    assert program.upload("/imports", kind="x", file=roster()).code == "httpapi.body.not_valid"
    assert program.upload("/imports", kind="roster").code == "httpapi.body.not_valid"
    empty = program.upload("/imports", kind="roster", file=roster(content=b""))
    assert empty.code == "scheduling.import.no_file"
    large = program.upload("/imports", kind="roster", file=roster())
    assert (large.status, large.code) == (413, "scheduling.import.too_large")
    as_json = program.act("/imports", {"kind": "roster"})
    assert as_json.code == "httpapi.body.format_not_read"
    assert list(media.rglob("*.upload")) == []


def test_an_import_goes_its_way_in_order(db: None, wu: Actor, media: Path) -> None:
    program = program_of(wu)
    made = program.upload("/imports", kind="roster", file=roster()).json
    here = f"/imports/{made['number']}"

    assert program.act(f"{here}/apply").code == "scheduling.import.not_ready"
    assert program.get(f"{here}/faulty-rows").code == "scheduling.import.no_faulty_rows"
    assert program.get(f"{here}/rows").json["items"] == []
    with acting(wu):
        Import.objects.update(state=Import.State.READING)
    assert program.act(f"{here}/cancel").code == "scheduling.import.not_cancellable"
    with acting(wu):
        Import.objects.update(state=Import.State.DRY_RUN)
    assert program.act(f"{here}/apply").code == "scheduling.import.nothing_to_apply"
    first = program.act(f"{here}/cancel").json
    again = program.act(f"{here}/cancel").json
    assert (first["state"], again) == ("refused", first)
    with acting(wu):
        assert Job.objects.filter(task="scheduling.discard_import").count() == 1
    assert program.act(f"{here}/apply").code == "scheduling.import.not_ready"


def test_the_same_file_again_is_the_same_import(db: None, wu: Actor, media: Path) -> None:
    program, content = program_of(wu), template(ROSTER)

    first = program.upload("/imports", kind="roster", file=roster("a.xlsx", content))
    second = program.upload("/imports", kind="roster", file=roster("b.xlsx", content))

    assert first.headers["Location"] == second.headers["Location"]
    assert "Idempotency-Replayed" not in second.headers


def test_an_import_is_its_office_s_and_a_job_its_owner_s(
    db: None, wu: Actor, lin: Actor, ye: Actor, media: Path
) -> None:
    made = program_of(wu).upload("/imports", kind="roster", file=roster()).json
    here, job = f"/imports/{made['number']}", f"/jobs/{made['job']}"

    assert program_of(lin).get(here).status == 200
    assert program_of(ye).get(here).status == 404
    assert program_of(ye).act(f"{here}/cancel").status == 404
    assert program_of(wu).get(job).status == 200
    for colleague in (lin, ye):
        assert program_of(colleague).get(job).code == "kernel.object.not_visible"


def test_a_template_of_a_kind_that_is_none(db: None, wu: Actor) -> None:
    answer = program_of(wu).get("/import-templates/x")

    assert (answer.status, answer.code) == (422, "scheduling.import.unknown_kind")
