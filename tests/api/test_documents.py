"""Documents out and in: who gets them, what is not taken, and what is handed out once."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from scheduling.models.rounds import InspectionRound
from tenancy.actor import Actor
from tenancy.models import IdempotencyKey, Job
from tests.api.calling import Answer, Program, program_of
from tests.api.test_on_the_way import refused
from tests.integration.scheduling.world import CANARY, World, acting

REASON = {"reason": "核对回避结果，主任批准"}


@pytest.fixture
def round_(world: World) -> InspectionRound:
    return world.released_round()


def posted(program: Program, path: str, content: bytes, content_type: str = "") -> Answer:
    key = {"Idempotency-Key": str(uuid4())}
    return program.send("POST", path, content, content_type or "application/json", key)


def test_an_outside_plan_comes_as_a_form_or_as_the_body(
    world: World, round_: InspectionRound
) -> None:
    run = world.solve(round_)
    plan, here = world.plan_of(run).pk, f"/rounds/{round_.pk}/plans"
    chen, zhao = program_of(world.chen), program_of(world.zhao)
    document = chen.get(f"/plans/{plan}/document").body

    refused(zhao.get(f"/plans/{plan}/document"), 403, "kernel.act.not_allowed")
    refused(posted(zhao, here, document), 403, "kernel.act.not_allowed")
    other = json.dumps(json.loads(document) | {"problem_sha256": "0" * 64}).encode()
    refused(posted(chen, here, other), 422, "scheduling.plan.of_another_question")
    for odd in (b"", b"{", b"[]", b'{"a": 1, "a": 2}', b"\xff", document[:-9]):
        answer = posted(chen, here, odd)
        assert answer.status == 422, (odd[:20], answer)
    refused(posted(chen, here, document, "text/plain"), 415, "httpapi.body.format_not_read")
    refused(posted(chen, here, b"x" * 3_000_000), 413, "httpapi.body.too_large")
    as_body = posted(chen, here, document)
    file = SimpleUploadedFile("plan.json", document, "application/json")
    as_form = chen.upload(here, file=file)
    assert (as_body.status, as_form.status) == (201, 201)
    assert as_body.json == as_form.json
    number = as_body.json["number"]
    refused(chen.get(f"/plans/{number}/document"), 409, "scheduling.plan.not_verified")
    assert chen.get(f"/plans/{number}").status == 200


def test_the_same_body_with_the_same_key_is_the_same_reply(
    world: World, round_: InspectionRound
) -> None:
    plan, here = world.plan_of(world.solve(round_)).pk, f"/rounds/{round_.pk}/plans"
    program = program_of(world.chen)
    document = program.get(f"/plans/{plan}/document").body
    key = {"Idempotency-Key": str(uuid4())}

    first, again = (program.send("POST", here, document, headers=key) for _ in range(2))
    other = program.send("POST", here, document + b" ", headers=key)

    assert (first.status, again.body) == (201, first.body)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.status == 422


def test_nothing_leaves_before_it_is_frozen(world: World, round_: InspectionRound) -> None:
    here, program = f"/rounds/{round_.pk}", program_of(world.chen)

    refused(program.get(f"{here}/problem"), 409, "scheduling.round.nothing_frozen")
    refused(program_of(world.zhao).act(f"{here}/freeze"), 403, "kernel.act.not_allowed")
    assert program.act(f"{here}/freeze").status == 202


def test_the_unmasked_round_is_handed_out_once_and_its_reply_is_kept_nowhere(
    world: World, round_: InspectionRound, song: Actor
) -> None:
    here, officer = f"/rounds/{round_.pk}/sealed-exports", program_of(song)
    refused(program_of(world.chen).act(here, REASON), 403, "kernel.act.not_allowed")
    refused(officer.act(here, {"reason": " "}), 422, "httpapi.body.not_valid")
    asked = officer.act(here, REASON).json
    take, key = f"/sealed-exports/{asked['number']}/take", str(uuid4())
    refused(officer.act(take), 409, "scheduling.sealed_export.gone")
    with acting(song):
        job = Job.objects.get(pk=asked["job"])
    assert world.work(job) == "done"

    refused(program_of(world.zhao).act(take), 403, "kernel.act.not_allowed")
    assert CANARY in officer.act(take, key=key).body.decode()
    refused(officer.act(take, key=key), 409, "scheduling.sealed_export.gone")

    with acting(song):
        kept = [bytes(one.body).decode() for one in IdempotencyKey.objects.all()]
    assert not [body for body in kept if CANARY in body]
    assert officer.get(here).json["items"][0]["taken_at"] is not None


def test_a_roster_leaves_for_its_own_office_alone(world: World, round_: InspectionRound) -> None:
    for path in ("/people/workbook", "/units/workbook"):
        refused(program_of(world.chen).get(path), 403, "kernel.act.not_allowed")
        assert program_of(world.lin).get(path).status == 200
