"""What the calls of the desk are refused for, each with its allowed twin."""

from __future__ import annotations

from typing import Any

import pytest

from scheduling.models.plans import Plan
from tenancy.actor import Actor
from tests.api.calling import Program, program_of
from tests.api.test_on_the_way import refused
from tests.integration.scheduling import desks
from tests.integration.scheduling.world import World


NOWHERE = (
    "why?person=nobody",
    "why-not?person=nobody&team=T01",
    "why-not?person=dinghai-001&unit=nothing",
    "why-not?team=T99&unit=dinghai:U1",
    "why-not?team=T01&unit=nothing",
    "who-else?person=nobody",
    "who-else?team=T99",
    "who-else",
    "where-else?person=nobody",
    "who-could-visit?unit=nothing",
)


@pytest.fixture
def draft(world: World) -> Plan:
    return desks.a_draft(world)


def members_of(program: Program, here: str) -> list[str]:
    """Of every team the last one, who is no leader."""
    board = program.get(here).json["board"]
    return [team["seats"][-1]["inspector"] for team in board["teams"]]


def unseat(person: str, seen: int = 1) -> dict[str, Any]:
    return {"edit": {"edit": "unseat", "inspector": person}, "seen": seen}


def test_an_edit_on_an_older_revision_hears_what_happened_meanwhile(
    world: World, draft: Plan
) -> None:
    here, chen = f"/plans/{draft.pk}/desk", program_of(world.chen)
    first, second, *_ = members_of(chen, here)
    done = chen.act(f"{here}/edits", unseat(first)).json

    late = chen.act(f"{here}/edits", unseat(second))

    refused(late, 409, "scheduling.plan.moved")
    assert late.json["data"]["meanwhile"] == f"陈砚秋: {done['words']}"
    assert chen.act(f"{here}/edits", unseat(second, done["revision"])).status == 200
    refused(chen.act(f"{here}/undo", {"seen": 1}), 409, "scheduling.plan.moved")
    refused(chen.act(f"{here}/usual-duties", {"seen": 1}), 409, "scheduling.plan.moved")


def test_only_drafts_are_edited_and_only_by_the_scheduler(
    world: World, draft: Plan, song: Actor
) -> None:
    assert draft.based_on_id is not None
    engine_s, here = f"/plans/{draft.based_on_id}/desk", f"/plans/{draft.pk}/desk"
    chen, zhao = program_of(world.chen), program_of(world.zhao)
    person = members_of(chen, here)[0]

    refused(chen.act(f"{engine_s}/edits", unseat(person)), 409, "scheduling.plan.of_the_engine")
    assert zhao.get(here).json["may_edit"] is False
    assert program_of(song).get(f"{here}/why?person={person}").status == 200
    refused(zhao.act(f"{here}/edits", unseat(person)), 403, "kernel.act.not_allowed")
    refused(zhao.act(f"/plans/{draft.based_on_id}/drafts"), 403, "kernel.act.not_allowed")
    refused(program_of(world.lin).get(here), 403, "kernel.act.not_allowed")
    again = chen.act(f"/plans/{draft.based_on_id}/drafts")
    assert (again.status, again.json["number"]) == (201, draft.pk)


def test_an_edit_that_cannot_be_is_refused_as_its_price_says(world: World, draft: Plan) -> None:
    here, program = f"/plans/{draft.pk}/desk", program_of(world.chen)
    odd: list[tuple[dict[str, Any], str]] = [
        ({"edit": "juggle"}, "scheduling.edit.unreadable"),
        ({"edit": "swap", "a": ["x"], "b": {}}, "scheduling.edit.unreadable"),
        ({"edit": "unseat", "inspector": "nobody-1"}, "scheduling.edit.impossible"),
    ]

    for edit, code in odd:
        refused(program.act(f"{here}/edits", {"edit": edit, "seen": 1}), 422, code)
    priced = program.get(f"{here}/price?edit=unseat&inspector=nobody-1").json
    assert priced["price"] is None and priced["refusal"]
    assert program.get(f"{here}/price?edit=juggle").status == 400
    assert program.get(here).json["revision"] == 1
    refused(program.act(f"{here}/undo", {"seen": 1}), 409, "scheduling.edit.nothing_to_undo")


def test_who_or_what_is_not_in_the_round_is_not_there(world: World, draft: Plan) -> None:
    program = program_of(world.chen)

    for question in NOWHERE:
        answer = program.get(f"/plans/{draft.pk}/desk/{question}")
        assert (answer.status, answer.code) == (404, "kernel.object.not_visible"), question


def test_a_question_needs_its_two_sides(world: World, draft: Plan) -> None:
    program, here = program_of(world.chen), f"/plans/{draft.pk}/desk/why-not"

    for asked in ("", "?person=dinghai-001", "?unit=dinghai:U1"):
        assert program.get(f"{here}{asked}").code == "httpapi.query.not_valid"
    assert program.get(f"{here}?person=dinghai-001&team=T01").status == 200


def test_a_pin_at_the_desk_names_what_is_there(world: World, draft: Plan) -> None:
    program, here = program_of(world.chen), f"/plans/{draft.pk}/desk/pins"

    for pin in ({}, {"unit": "nothing", "out": True}, {"inspector": ["x"], "out": True}):
        assert program.act(here, {"pin": pin}).code == "scheduling.pin.unknown"
    made = program.act(here, {"pin": {"unit": "dinghai:U1", "out": True}})
    assert made.status == 201
    refused(
        program.act(f"{here}/remove", {"number": made.json["number"] + 1}),
        409,
        "scheduling.pin.unknown",
    )
    assert program.act(f"{here}/remove", {"number": made.json["number"]}).status == 200


def test_whoever_is_barred_since_goes_home(world: World, draft: Plan) -> None:
    program, here = program_of(world.chen), f"/plans/{draft.pk}/desk"
    person = members_of(program, here)[0]
    nobody = program.act(f"{here}/barred-home", {"seen": 1})
    refused(nobody, 422, "scheduling.edit.unreadable")
    desks.declare_out(world, draft, person)

    assert program.act(f"{here}/barred-home", {"seen": 1}).status == 200
    assert program.get(here).json["barred"] == []


def test_plans_of_two_rounds_are_not_compared(world: World, draft: Plan) -> None:
    program = program_of(world.chen)
    other = world.make_round(name="另一轮")
    here = f"?a={draft.based_on_id}&b={draft.pk}"

    refused(program.get(f"/rounds/{other.pk}/comparison{here}"), 404, "kernel.object.not_visible")
    found = program.get(f"/rounds/{draft.round_id}/comparison{here}").json
    assert (found["people"], found["is_same_question"]) == ([], True)
