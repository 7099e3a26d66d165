"""What the calls on a plan's way are refused for, each with its allowed twin."""

from __future__ import annotations

from typing import Any

import pytest

from scheduling.models.plans import Plan
from scheduling.models.rounds import InspectionRound
from tenancy.actor import Actor
from tests.api.calling import program_of
from tests.integration.scheduling import way
from tests.integration.scheduling.world import World

HARD = {"target": "unit", "kind": "relative", "code": "U1"}


@pytest.fixture
def round_(world: World) -> InspectionRound:
    return world.released_round()


def refused(answer: Any, status: int, code: str) -> None:
    assert (answer.status, answer.code) == (status, code)


def solved(world: World, round_: InspectionRound) -> Plan:
    return world.plan_of(world.solve(round_))


# --- Plans ----------------------------------------------------------------------------------


def test_each_step_is_its_person_s_and_in_its_turn(world: World, round_: InspectionRound) -> None:
    here = f"/plans/{solved(world, round_).pk}"
    chen, zhao, lin = (program_of(actor) for actor in (world.chen, world.zhao, world.lin))

    refused(zhao.act(f"{here}/propose"), 403, "kernel.act.not_allowed")
    refused(zhao.act(f"{here}/approve"), 409, "scheduling.plan.step_out_of_turn")
    assert chen.act(f"{here}/propose").json["state"] == "proposed"
    refused(chen.act(f"{here}/approve"), 403, "kernel.act.not_allowed")
    refused(zhao.act(f"{here}/approve"), 409, "scheduling.plan.held_up")
    refused(zhao.act(f"{here}/publish"), 409, "scheduling.plan.step_out_of_turn")
    refused(zhao.act(f"{here}/return"), 422, "scheduling.plan.words_missing")
    way.confirm_all(world)
    assert zhao.act(f"{here}/approve").json["state"] == "approved"
    refused(lin.act(f"{here}/publish"), 403, "kernel.act.not_allowed")
    made = zhao.act(f"{here}/publish")
    assert made.status == 201
    again = zhao.act(f"{here}/publish")
    assert (again.status, again.headers["Location"]) == (201, made.headers["Location"])
    refused(chen.act(f"{here}/take-back"), 409, "scheduling.plan.step_out_of_turn")
    refused(chen.act(f"{made.headers['Location']}/withdraw"), 403, "kernel.act.not_allowed")
    refused(
        zhao.act(f"{made.headers['Location']}/withdraw", {"words": "x"}),
        409,
        "scheduling.publication.round_has_begun",
    )


def test_an_office_answers_its_own_request_while_it_stands(
    world: World, round_: InspectionRound
) -> None:
    here = f"/plans/{solved(world, round_).pk}"
    chen, lin, wu, jiang = map(program_of, (world.chen, world.lin, world.wu, world.jiang))
    assert chen.act(f"{here}/propose").json["state"] == "proposed"
    [asked] = lin.get("/confirmation-requests").json["items"]
    request = f"/confirmation-requests/{asked['number']}"

    refused(jiang.get(request), 404, "kernel.object.not_visible")
    refused(jiang.act(f"{request}/confirm"), 404, "kernel.object.not_visible")
    refused(wu.act(f"{request}/confirm"), 403, "kernel.act.not_allowed")
    assert wu.get(request).json["may_answer"] is False
    for objections, code in (({}, "words_missing"), ({"999": "x"}, "unknown_person")):
        answer = lin.act(f"{request}/object", {"objections": objections})
        assert (answer.status, answer.code.rpartition(".")[2]) == (422, code)
    person = lin.get(request).json["people"][0]["number"]
    assert lin.act(f"{request}/object", {"objections": {person: "有任务"}}).status == 200
    assert lin.act(f"{request}/confirm").json["answer"]["is_confirmed"] is True
    assert chen.act(f"{here}/take-back").json["state"] == "candidate"
    refused(lin.act(f"{request}/confirm"), 409, "scheduling.request.not_open")


# --- Declarations and pins ------------------------------------------------------------------


def test_each_declares_what_is_theirs_to_say(
    world: World, round_: InspectionRound, qiu: Actor
) -> None:
    call = f"/release-calls/{world.call_to('dinghai').pk}"
    chen, lin, body = program_of(world.chen), program_of(world.lin), program_of(qiu)
    tie = {"person": "001", "tie": HARD | {"office": world.offices["putuo"].pk}}

    refused(body.act(f"{call}/ties", tie), 403, "kernel.act.not_allowed")
    refused(chen.act(f"{call}/ties", tie), 404, "kernel.object.not_visible")
    refused(lin.act(f"{call}/ties", tie | {"person": "999"}), 422,
            "scheduling.declaration.person_unknown")  # fmt: skip
    assert lin.act(f"{call}/ties", tie).status == 201
    flag = body.act(f"{call}/unavailable", {"person": "002"}).json["number"]
    # The clerk's word on the same person is the same declaration, and tells them nothing.
    assert lin.act(f"{call}/unavailable", {"person": "002"}).json["number"] == flag
    refused(lin.act(f"/declarations/{flag}/withdraw"), 409,
            "scheduling.declaration.cannot_come_stands")  # fmt: skip
    refused(program_of(world.jiang).act(f"/declarations/{flag}/withdraw"), 404,
            "kernel.object.not_visible")  # fmt: skip
    assert body.act(f"/declarations/{flag}/withdraw").json["is_standing"] is False
    assert [line["kind"] for line in lin.get("/declarations").json["items"]] == ["relative"]
    assert body.get("/declarations").json["items"] == []


def test_a_pin_is_read_as_the_engine_reads_it(world: World, round_: InspectionRound) -> None:
    here, program = f"/rounds/{round_.pk}/pins", program_of(world.chen)

    for pin in ({}, {"inspector": "nobody", "out": True}, {"unit": "dinghai:U1"}, {"x": [1]}):
        refused(program.act(here, {"pin": pin}), 422, "scheduling.pin.unreadable")
    refused(program_of(world.zhao).act(here, {"pin": {}}), 403, "kernel.act.not_allowed")
    assert program.act(here, {"pin": {"inspector": "dinghai-001", "out": True}}).status == 201
    assert len(program_of(world.zhao).get(here).json["items"]) == 1


# --- Notices --------------------------------------------------------------------------------


def test_a_notice_is_its_office_s_and_is_new_to_each_once(
    world: World, round_: InspectionRound
) -> None:
    lin, wu, jiang = map(program_of, (world.lin, world.wu, world.jiang))
    [notice] = lin.get("/notices?new=true").json["items"]
    here = f"/notices/{notice['number']}/read"

    refused(jiang.act(here), 404, "kernel.object.not_visible")
    assert lin.act(here).json == {"unread": 0}
    assert lin.get("/notices?new=true").json["items"] == []
    assert [one["is_new"] for one in lin.get("/notices").json["items"]] == [False]
    assert [one["is_new"] for one in wu.get("/notices").json["items"]] == [True]
