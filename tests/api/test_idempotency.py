"""The same call twice does it once, and is answered the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connections
from psycopg2.extensions import connection as Connection

from kernel.clock import now
from scheduling.models.imports import Import
from scheduling.models.rounds import InspectionRound
from scheduling.workbooks.roster import ROSTER
from scheduling.workbooks.templates import template
from tenancy.actor import Actor
from tenancy.models import AuditEntry, IdempotencyKey
from tests.api.calling import Answer, Program, program_of, program_with, tab_of, token_of
from tests.api.test_refusals import ROUND
from tests.import_desk import RoleSwitch
from tests.people import acting

KEYS_THAT_ARE_NONE = {
    "nothing": "",
    "a word": "retry-1",
    "braces": "{6f1d0a52-93ab-4a0e-9d3c-3b9b7f1f2a10}",
    "no hyphens": "6f1d0a5293ab4a0e9d3c3b9b7f1f2a10",
    "too long": "6f1d0a52-93ab-4a0e-9d3c-3b9b7f1f2a100",
}
ABOUT_EVERY_REPLY = ("Content-Type", "Location", "Content-Language")


def told(answer: Answer) -> tuple[Any, ...]:
    """What a program reads of it, but for whether it is a replay."""
    return (answer.status, answer.body, *(answer.headers.get(n) for n in ABOUT_EVERY_REPLY))


def rounds_of(actor: Actor) -> int:
    with acting(actor):
        return InspectionRound.objects.count()


@pytest.mark.parametrize("key", KEYS_THAT_ARE_NONE.values(), ids=KEYS_THAT_ARE_NONE)
def test_every_unsafe_call_needs_a_key(db: None, chen: Actor, key: str) -> None:
    program = program_of(chen)

    answer = program.call("POST", "/rounds", body=ROUND, headers={"Idempotency-Key": key})

    assert (answer.status, answer.code) == (400, "httpapi.idempotency_key.missing")
    assert rounds_of(chen) == 0


def test_a_repeat_gets_the_first_reply_to_the_byte(db: None, chen: Actor) -> None:
    program, key = program_of(chen), str(uuid4())

    first = program.act("/rounds", ROUND, key=key)
    second = program.act("/rounds", ROUND, key=key.upper())

    assert first.status == 201
    assert told(first) == told(second)
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert rounds_of(chen) == 1


def test_a_repeat_is_in_the_words_of_the_first(db: None, chen: Actor) -> None:
    program, key = program_of(chen), str(uuid4())
    first = program.act("/rounds", ROUND, key=key)

    program.headers["Accept-Language"] = "zh"

    assert told(program.act("/rounds", ROUND, key=key)) == told(first)


def test_another_key_is_another_call(db: None, chen: Actor) -> None:
    program = program_of(chen)

    program.act("/rounds", ROUND)

    assert program.act("/rounds", ROUND).code == "scheduling.round.name_taken"


@pytest.mark.parametrize("change", ["body", "path", "method", "query"])
def test_a_key_that_was_used_for_another_call_is_refused(
    db: None, chen: Actor, change: str
) -> None:
    program, key = program_of(chen), str(uuid4())
    number = program.act("/rounds", ROUND).json["number"]
    window = {key: ROUND[key] for key in ("name", "starts_on", "ends_on")}
    assert program.act(f"/rounds/{number}/window", window, method="PUT", key=key).status == 200

    answer = {
        "body": lambda: program.act(
            f"/rounds/{number}/window", window | {"name": "另一个"}, method="PUT", key=key
        ),
        "path": lambda: program.act(f"/rounds/{number + 1}/window", window, method="PUT", key=key),
        "method": lambda: program.act("/rounds", ROUND | {"name": "另一个"}, key=key),
        "query": lambda: program.act(f"/rounds/{number}/reopen", key=key),
    }[change]()

    assert (answer.status, answer.code) == (422, "tenancy.idempotency_key.used_for_another_call")
    assert rounds_of(chen) == 1


def test_a_refusal_keeps_nothing_so_that_the_mended_call_works(db: None, chen: Actor) -> None:
    program, key = program_of(chen), str(uuid4())

    refused = program.act("/rounds", ROUND | {"ends_on": "2020-01-01"}, key=key)
    mended = program.act("/rounds", ROUND, key=key)

    assert (refused.status, mended.status) == (422, 201)
    with acting(chen):
        assert IdempotencyKey.objects.count() == 1


def test_a_fault_after_the_work_undoes_it_and_the_repeat_does_it(
    db: None, chen: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, key = program_of(chen), str(uuid4())

    with monkeypatch.context() as broken:
        broken.setattr("httpapi.endpoint.keep_reply", lambda **_: 1 / 0)
        assert program.act("/rounds", ROUND, key=key).status == 500
    assert rounds_of(chen) == 0

    assert program.act("/rounds", ROUND, key=key).status == 201


def test_a_key_is_its_owner_s_alone(db: None, chen: Actor, zhao: Actor, lin: Actor) -> None:
    key = str(uuid4())
    program_of(chen).act("/rounds", ROUND, key=key)

    for actor in (zhao, lin):
        answer = program_of(actor).act("/release-calls/1/withdraw", key=key)
        assert answer.code == "kernel.object.not_visible"


def test_eight_at_once_have_one_effect_and_one_reply(committed_db: None, chen: Actor) -> None:
    """Over connections of their own, by session and by token."""
    secret, key = token_of(chen), str(uuid4())
    browser = program_of(chen)
    programs = [tab_of(browser) if n % 2 else program_with(secret) for n in range(8)]
    gate = threading.Barrier(8)

    def call(program: Program) -> Answer:
        try:
            gate.wait()
            return program.act("/rounds", ROUND, key=key)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(call, programs))

    assert {told(answer) for answer in answers} == {told(answers[0])}
    assert answers[0].status == 201
    assert sum("Idempotency-Replayed" in answer.headers for answer in answers) == 7
    assert rounds_of(chen) == 1
    with acting(chen):
        assert AuditEntry.objects.filter(action="scheduling.round.created").count() == 1


def test_whoever_waits_for_a_call_that_is_undone_does_the_work(
    committed_db: None, chen: Actor, connect_as: Callable[[str], Connection]
) -> None:
    """The first caller dies between its claim and its commit."""
    program, key = program_of(chen), str(uuid4())
    first = connect_as("superuser")
    with first.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenancy_idempotencykey (tenant_id, user_id, key, method, path, body_hash,"
            " headers, body) VALUES (%s, %s, %s, 'POST', '/', '', '{}', '')",
            [chen.tenant_id, chen.user_id, key],
        )

    def call() -> Answer:
        try:
            return program.act("/rounds", ROUND, key=key)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(call)
        _wait_until_somebody_waits(connect_as("superuser"))
        assert not waiting.done()
        first.rollback()
        assert waiting.result(timeout=30).status == 201


def test_a_form_is_the_same_whatever_stands_between_its_fields(
    committed_db: None, wu: Actor, media: Path
) -> None:
    program, key, content = program_of(wu), str(uuid4()), template(ROSTER)

    def upload(boundary: str, file: bytes) -> Answer:
        parts = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="kind"\r\n\r\nroster\r\n'
            f"--{boundary}\r\nContent-Disposition: form-data; "
            'name="file"; filename="r.xlsx"\r\n\r\n'
        )
        body = parts.encode() + file + f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        return program.send("POST", "/imports", body, kind, {"Idempotency-Key": key})

    first, second = upload("one", content), upload("two", content)

    assert first.status == 201
    assert told(first) == told(second)
    assert upload("one", content + b"x").code == "tenancy.idempotency_key.used_for_another_call"
    with acting(wu):
        assert Import.objects.count() == 1


def test_keys_are_kept_for_a_day_whatever_is_asked_and_then_removed(
    django_as: RoleSwitch, chen: Actor, connect_as: Callable[[str], Connection]
) -> None:
    program = program_of(chen)
    for name in ("甲", "乙", "丙"):
        program.act("/rounds", ROUND | {"name": name})
    with acting(chen):
        old, older, _ = IdempotencyKey.objects.order_by("pk").values_list("pk", flat=True)
    aged = connect_as("superuser")
    with aged.cursor() as cursor:
        for number, hours in ((old, 25), (older, 49)):
            cursor.execute(
                "UPDATE tenancy_idempotencykey SET created_at = %s WHERE id = %s",
                [now() - timedelta(hours=hours), number],
            )
    aged.commit()

    with django_as("worker"):
        assert said("purge_idempotency_keys") == "removed 1"
        assert said("purge_idempotency_keys", "--older-than", "0") == "removed 1"

    with acting(chen):
        assert IdempotencyKey.objects.count() == 1


def said(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue().strip()


def _wait_until_somebody_waits(watcher: Connection) -> None:
    """As the server itself says; a test that never sees it hangs and is ended from outside."""
    watcher.autocommit = True
    with watcher.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
            )
            if cursor.fetchone() != (0,):
                return
