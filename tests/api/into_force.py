"""The second half of the story: from a plan to what every office has of it, by programs alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from httpapi.declarations import OCTETS
from kernel.clock import frozen
from sharing.services.attaching import take_in
from tests.api.calling import Answer
from tests.api.witness import Office, Witness, sheet_cells
from tests.filing.models import Folder, FolderFile
from tests.integration.scheduling import way
from tests.people import acting

BEFORE = datetime(2026, 9, 6, 4, tzinfo=UTC)  # the day before the round begins
TIE = {"target": "county", "kind": "relative", "severity": "soft", "weight": 3}


def send_json(program: Witness, path: str, content: bytes) -> Answer:
    """The body is the document itself."""
    return program.send("POST", path, content, headers={"Idempotency-Key": str(uuid4())})


def numbers(program: Witness, path: str) -> Sequence[int]:
    return [line["number"] for line in program.ok(program.get(path))["items"]]


# --- Before the engine is asked -------------------------------------------------------------


def declare(county: Office, discipline: Office, city: Office, round_number: int) -> None:
    [call] = numbers(county.program, "/declarable-calls")
    people = county.program.ok(county.program.get("/declarable-people"))["items"]
    person = people[0]["person"]
    shengsi = county.world.offices["shengsi"].pk
    tie = {"person": person, "tie": TIE | {"office": shengsi}}
    declare_at_home(county.program, call, tie)
    away = discipline.program
    gone = away.ok(away.act(f"/release-calls/{call}/unavailable", {"person": person}))
    assert (gone["target"], gone["is_ours"]) == ("round", True)
    assert numbers(away, "/declarations") == [gone["number"]]
    told = city.program.ok(city.program.get(f"/rounds/{round_number}/declarations"))["items"]
    assert [(one["kind"], one["is_ours"]) for one in told] == [("unavailable", False)]
    assert away.ok(away.act(f"/declarations/{gone['number']}/withdraw"))["is_standing"] is False
    declare_for_the_round(city.program, round_number, county.actor.tenant_id, person)


def declare_at_home(program: Witness, call: int, tie: dict[str, Any]) -> None:
    made = program.ok(program.act(f"/release-calls/{call}/ties", tie))
    assert program.ok(program.act(f"/release-calls/{call}/ties", tie)) == made
    assert numbers(program, "/declarations") == [made["number"]]
    assert made["name"] != made["person"]
    assert program.ok(program.act(f"/declarations/{made['number']}/withdraw"))
    assert numbers(program, "/declarations") == []


def declare_for_the_round(program: Witness, number: int, office: int, person: str) -> None:
    said = {"office": office, "person": person, "tie": {"target": "round", "kind": "conduct"}}
    made = program.ok(program.act(f"/rounds/{number}/declarations", said))
    assert numbers(program, f"/rounds/{number}/declarations") == [made["number"]]
    assert program.ok(program.act(f"/declarations/{made['number']}/withdraw"))


def pin_and_unpin(office: Office, number: int) -> None:
    program, here = office.program, f"/rounds/{number}/pins"
    pin = {"pin": {"unit": "dinghai:U1", "out": True}}
    made = program.ok(program.act(here, pin))
    assert program.ok(program.get(here))["items"] == [made]
    assert made["is_gone"] is False
    assert program.ok(program.act(f"{here}/remove", pin)) == {"removed": True}
    assert program.ok(program.act(f"{here}/remove", pin)) == {"removed": False}


def take_the_round_out(city: Office, officer: Office, number: int) -> None:
    program = city.program
    job = program.ok(program.act(f"/rounds/{number}/freeze"))["job"]
    city.work(job)
    frozen = program.ok(program.get(f"/rounds/{number}/exchange"))["frozen"]
    masked = program.ok(program.get(f"/rounds/{number}/problem"))
    assert sha256(masked).hexdigest() == frozen["problem_sha256"]
    take_it_unmasked(officer, number)


def take_it_unmasked(officer: Office, number: int) -> None:
    program, here = officer.program, f"/rounds/{number}/sealed-exports"
    asked = program.ok(program.act(here, {"reason": "核对回避结果，主任批准"}))
    officer.work(asked["job"])
    [made] = program.ok(program.get(here))["items"]
    taken = program.act(f"/sealed-exports/{made['number']}/take")
    assert sha256(taken.body).hexdigest() == made["sha256"]


# --- The plan -------------------------------------------------------------------------------


def take_the_plan_out_and_in(office: Office, plan: int, number: int) -> None:
    program = office.program
    document = program.ok(program.get(f"/plans/{plan}/document"))
    assert sheet_cells(program.ok(program.get(f"/plans/{plan}/team-lists")))
    made = program.ok(send_json(program, f"/rounds/{number}/plans", document))
    assert (made["origin"], made["state"]) == ("outside", "candidate")
    lines = program.ok(program.get(f"/plans?round={number}"))["items"]
    assert [line["status"] for line in lines if line["number"] == made["number"]] == [None]


def workbooks(office: Office) -> None:
    for path in ("/people/workbook", "/units/workbook"):
        assert sheet_cells(office.program.ok(office.program.get(path)))


def read_a_file(office: Office) -> None:
    """Handed in where its record is; how far it is, and the copy, by its own address."""
    actor = office.actor
    with acting(actor):
        made = take_in(
            actor=actor,
            link=FolderFile,
            subject=Folder.objects.create(tenant_id=actor.tenant_id).pk,
            file_name="说明.txt",
            content=["说明".encode()],
        )
    program, here = office.program, f"/attachments/{made.pk}"
    assert program.ok(program.get(here))["is_at_work"]
    assert program.get(f"{here}/file").status == 409
    office.work(made.job_id or 0)
    read = program.ok(program.get(here))
    assert (read["state"], read["name"], read["lacks"]) == ("ready", "说明.txt", [])
    answer = program.get(f"{here}/file")
    assert answer.headers["Content-Type"] == OCTETS
    assert program.ok(answer) == "说明".encode()


def into_force(city: Office, director: Office, county: Office, plan: int) -> int:
    """Proposed, taken back, objected to, returned, confirmed, approved, published."""
    scheduler, head, here = city.program, director.program, f"/plans/{plan}"
    assert scheduler.ok(scheduler.get(f"{here}/suspended-seats"))["seats"] == []
    propose(city, plan)
    assert scheduler.ok(scheduler.act(f"{here}/take-back"))["state"] == "candidate"
    propose(city, plan)
    object_to_the_first(county)
    state = head.ok(head.get(f"{here}/state"))
    assert {"unconfirmed", "objection"} <= {one["code"] for one in state["obstacles"]}
    back = head.ok(head.act(f"{here}/return", {"words": "请与定海商量"}))
    assert (back["state"], back["steps"][-1]["words"]) == ("candidate", "请与定海商量")
    propose(city, plan)
    [asked] = numbers(county.program, "/confirmation-requests")
    confirmed = county.program.ok(county.program.act(f"/confirmation-requests/{asked}/confirm"))
    assert confirmed["answer"]["is_confirmed"]
    way.confirm_all(county.world)
    assert head.ok(head.act(f"{here}/approve", {"words": "同意"}))["may"] == ["publish", "return"]
    made = head.act(f"{here}/publish")
    return read_what_is_in_force(head, made)


def propose(city: Office, plan: int) -> None:
    program, here = city.program, f"/plans/{plan}"
    state = program.ok(program.act(f"{here}/propose"))
    if state["is_working"]:
        city.work(state["job"])
    assert program.ok(program.get(f"{here}/state"))["state"] == "proposed"


def object_to_the_first(county: Office) -> None:
    program = county.program
    [asked] = numbers(program, "/confirmation-requests")
    here = f"/confirmation-requests/{asked}"
    person = program.ok(program.get(here))["people"][0]["number"]
    no = program.ok(program.act(f"{here}/object", {"objections": {person: "已另有任务"}}))
    assert [one["objection"] for one in no["people"] if one["number"] == person] == ["已另有任务"]
    assert no["answer"]["is_confirmed"] is False


def read_what_is_in_force(program: Witness, made: Answer) -> int:
    published = program.ok(made)
    here = made.headers["Location"]
    number: int = published["number"]
    assert here == f"/api/v1/publications/{number}"
    assert program.ok(program.get(here)) == published
    assert numbers(program, f"/publications?round={published['round']}") == [number]
    document = program.ok(program.get(f"{here}/document"))
    assert sha256(document).hexdigest() == published["plan_sha256"]
    assert json.loads(document)["format"] == "round-plan/1"
    return number


def what_every_office_has(county: Office, director: Office, publication: int) -> None:
    program = county.program
    [line] = program.ok(program.get("/ours"))["items"]
    ours = program.ok(program.get(f"/ours/{line['number']}"))
    assert len(ours["going_out"]) == line["going_out"] > 0
    assert ours["newest"] == line["number"]
    new = program.ok(program.get("/notices?new=true"))["items"]
    assert {"leads_to": "extract", "target": line["number"]}.items() <= new[0].items()
    read = program.ok(program.act(f"/notices/{new[0]['number']}/read"))
    assert read["unread"] == len(new) - 1
    assert program.ok(program.act("/notices/read-all")) == {"unread": 0}
    with frozen(BEFORE):
        gone = director.program.act(f"/publications/{publication}/withdraw", {"words": "推迟"})
    assert director.program.ok(gone)["ending"] == "withdrawn"
    [line] = program.ok(program.get("/ours"))["items"]
    assert (line["kind"], line["going_out"]) == ("withdrawn", 0)
