"""Whatever a call is refused for, it is answered with the same kind of document."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from kernel.clock import now
from scheduling.models.rounds import InspectionRound
from tenancy.actor import Actor
from tests.api.calling import PROBLEM, Program, program_of
from tests.people import acting

FOUR_THINGS = {"type", "title", "status", "code", "message", "remedy", "data"}
SLOT = {
    "code": "T01",
    "name": "一组",
    "size_min": 3,
    "size_max": 5,
    "deputies_min": 1,
    "deputies_max": 1,
}
ROUND: dict[str, object] = {
    "name": "春季轮次",
    "starts_on": "2027-03-01",
    "ends_on": "2027-03-31",
    "mode": "ring",
    "slots": [SLOT],
}


def test_a_refusal_of_a_service_says_four_things(db: None, chen: Actor) -> None:
    answer = program_of(chen).act("/rounds", ROUND | {"ends_on": "2027-02-01"})

    assert (answer.status, answer.headers["Content-Type"]) == (422, PROBLEM)
    assert answer.json == {
        "type": "urn:xuncha:problem:scheduling.round.dates_reversed",
        "title": "The content does not hold",
        "status": 422,
        "code": "scheduling.round.dates_reversed",
        "message": "The round would end on 1 Feb 2027, before it starts on 1 Mar 2027.",
        "remedy": "Correct the dates. Nothing was saved.",
        "data": {"starts_on": "2027-03-01", "ends_on": "2027-02-01"},
    }


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("", "zh-Hans", "没有找到"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans", "没有找到"),
        ("fr, en;q=0.5, zh;q=0.4", "en", "Not found"),
        ("en-GB", "en", "Not found"),
        ("fr", "zh-Hans", "没有找到"),
        ("-;q=x", "zh-Hans", "没有找到"),
    ],
)
def test_it_is_said_in_the_language_that_was_asked_for(
    db: None, chen: Actor, asked: str, language: str, title: str
) -> None:
    answer = program_of(chen).get("/rounds/77", Accept_Language=asked)

    assert answer.json["title"] == title
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]


def test_bad_input_is_named_by_the_path_of_its_field(db: None, chen: Actor) -> None:
    slot = SLOT | {"size_min": "many", "sizemax": 3}
    body = ROUND | {"starts_on": "yesterday", "slots": [SLOT, slot]}
    del body["name"]

    answer = program_of(chen).act("/rounds", body)

    assert answer.code == "httpapi.body.not_valid"
    assert {
        path: [f["code"] for f in faults] for path, faults in answer.json["errors"].items()
    } == {
        "name": ["required"],
        "starts_on": ["invalid"],
        "slots.1.sizemax": ["unknown"],
    }


def test_its_faults_are_said_in_chinese_too(db: None, chen: Actor) -> None:
    program = program_of(chen)
    program.headers["Accept-Language"] = "zh"

    answer = program.act("/rounds", {"name": "", "starts_on": 1, "mode": "x", "slots": [], "z": 1})

    said = [fault["message"] for faults in answer.json["errors"].values() for fault in faults]
    assert said
    program.headers["Accept-Language"] = "zh"
    answer = program.act("/rounds", {"name": "", "starts_on": 1, "mode": "x", "slots": 3})
    said += [fault["message"] for faults in answer.json["errors"].values() for fault in faults]
    assert [words for words in said if words.isascii()] == []


def test_not_yours_and_not_there_are_the_same_to_the_byte(
    db: None, chen: Actor, lin: Actor
) -> None:
    with acting(lin):
        InspectionRound.objects.create(
            tenant_id=lin.tenant_id,
            name="别人的轮次",
            starts_on="2027-03-01",
            ends_on="2027-03-02",
            mode="ring",
            policy={},
            created_at=now(),
            changed_at=now(),
        )
        foreign = InspectionRound.objects.get().pk
    program = program_of(chen)

    theirs, nobodys = program.get(f"/rounds/{foreign}"), program.get("/rounds/987654321")

    assert theirs.status == nobodys.status == 404
    assert theirs.body.replace(b"%d" % foreign, b"N") == nobodys.body.replace(b"987654321", b"N")
    assert theirs.headers | {"Content-Length": ""} == nobodys.headers | {"Content-Length": ""}


def test_a_number_that_no_row_can_have_is_not_there_either(db: None, chen: Actor) -> None:
    assert program_of(chen).get(f"/rounds/{10**30}").status == 404


def test_an_address_that_leads_nowhere_is_a_problem_and_no_page(db: None, chen: Actor) -> None:
    for program in (program_of(chen), Program()):
        answer = program.get("/nothing/here")

        assert (answer.status, answer.code) == (404, "kernel.object.not_visible")


def test_a_stranger_is_told_how_to_come_in(db: None) -> None:
    answer = Program().get("/rounds")

    assert (answer.status, answer.code) == (401, "tenancy.session.not_signed_in")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_whose_role_does_not_carry_it_is_refused_whatever_the_number(
    db: None, wu: Actor, chen: Actor
) -> None:
    assert program_of(wu).get("/rounds/1").code == "kernel.act.not_allowed"
    assert program_of(wu).act("/rounds", ROUND).status == 403
    assert program_of(chen).get("/people").status == 403


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/rounds/1", {"GET", "HEAD"}),
        ("PATCH", "/rounds", {"GET", "HEAD", "POST"}),
        ("OPTIONS", "/rounds", {"GET", "HEAD", "POST"}),
        ("GET", "/rounds/1/reopen", {"POST"}),
    ],
)
def test_a_method_that_is_not_there_names_those_that_are(
    db: None, chen: Actor, method: str, path: str, allowed: set[str]
) -> None:
    answer = program_of(chen).call(method, path)

    assert (answer.status, answer.code) == (405, "httpapi.method.not_there")
    assert set(answer.headers["Allow"].split(", ")) == allowed


def test_a_format_that_is_not_offered(db: None, chen: Actor) -> None:
    program = program_of(chen)

    assert program.get("/rounds", Accept="text/html").code == "httpapi.reply.format_not_offered"
    assert program.get("/rounds", Accept="application/json").status == 200
    assert program.get("/rounds?format=html").code == "httpapi.query.not_valid"


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "httpapi.body.unreadable"),
        (b"\xff\xfe{}", "application/json", 400, "httpapi.body.unreadable"),
        (b'{"name": NaN}', "application/json", 400, "httpapi.body.unreadable"),
        (b"<round/>", "application/xml", 415, "httpapi.body.format_not_read"),
        (b"a=1", "application/x-www-form-urlencoded", 415, "httpapi.body.format_not_read"),
        (b"[]", "application/json", 422, "httpapi.body.not_valid"),
        (b"", "application/json", 422, "httpapi.body.not_valid"),
        (b'"' + b"x" * 3_000_000 + b'"', "application/json", 413, "httpapi.body.too_large"),
    ],
    ids=["cut off", "no utf-8", "no number", "xml", "form", "a list", "nothing", "too large"],
)
def test_a_body_that_cannot_be_meant(
    db: None, chen: Actor, content: bytes, content_type: str, status: int, code: str
) -> None:
    key = {"Idempotency-Key": "6f1d0a52-93ab-4a0e-9d3c-3b9b7f1f2a10"}
    answer = program_of(chen).send("POST", "/rounds", content, content_type, key)

    assert (answer.status, answer.code) == (status, code)


def test_a_query_that_cannot_be_meant(db: None, chen: Actor) -> None:
    program = program_of(chen)

    for query in ("limit=0", "limit=201", "limit=x", "limt=3"):
        answer = program.get(f"/rounds?{query}")
        assert (answer.status, answer.code) == (400, "httpapi.query.not_valid")
        assert list(answer.json["errors"]) == [query.split("=")[0]]


def test_a_fault_says_nothing_of_the_inside_and_leaves_nothing_behind(
    db: None, chen: Actor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("scheduling.api.rounds._page", broken)
    program = program_of(chen)

    answer = program.act("/rounds", ROUND)

    assert (answer.status, answer.code) == (500, "httpapi.server.broken")
    assert b"secret" not in answer.body
    assert "the secret inside" in caplog.text
    assert program.get("/rounds").json["items"] == []


def test_every_answer_is_for_its_caller_alone(db: None, chen: Actor) -> None:
    program = program_of(chen)

    for answer in (program.get("/rounds"), program.get("/rounds/1"), Program().get("/me")):
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert set(answer.json) >= FOUR_THINGS or answer.status == 200
        assert json.loads(answer.body) is not None


def test_a_fault_before_any_endpoint_is_a_problem_too(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_shown: str) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr("tenancy.services.tokens.holder_of", broken)
    program = Program(Client(raise_request_exception=False), {"Authorization": "Bearer x"})

    answer = program.get("/me")

    assert (answer.status, answer.code) == (500, "httpapi.server.broken")
    assert b"database" not in answer.body
