"""Replies that were kept for one call, and shown to another one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from psycopg2.extensions import connection as Connection

from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tests.api.calling import Program, program_of, program_with, token_of

ROUND = {
    "name": "一轮",
    "starts_on": "2027-03-01",
    "ends_on": "2027-03-31",
    "mode": "ring",
    "slots": [
        {
            "code": "T01",
            "name": "第一组",
            "size_min": 5,
            "size_max": 7,
            "deputies_min": 1,
            "deputies_max": 1,
        }
    ],
}


@pytest.fixture
def key() -> str:
    return str(uuid4())


def test_a_narrower_token_of_the_same_person_does_not_get_the_reply(
    db: None, chen: Actor, key: str
) -> None:
    """A narrow token is for a program that is trusted with less."""
    wide, narrow = program_with(token_of(chen)), program_with(token_of(chen, Permission.EDIT_ROUND))
    assert wide.act("/rounds", ROUND, key=key).status == 201

    answer = narrow.act("/rounds", ROUND, key=key)
    assert (answer.status, answer.code) == (422, "tenancy.idempotency_key.used_for_another_call")

    for same in (wide, program_of(chen)):
        again = same.act("/rounds", ROUND, key=key)
        assert (again.status, again.headers["Idempotency-Replayed"]) == (201, "true")


def test_whoever_lost_the_seat_gets_no_kept_reply(
    committed_db: None, chen: Actor, key: str, connect_as: Callable[[str], Connection]
) -> None:
    programs: list[Program] = [program_of(chen), program_with(token_of(chen))]
    for number, program in enumerate(programs):
        body = {**ROUND, "name": f"第{number}轮"}
        assert program.act("/rounds", body, key=key[:-1] + str(number)).status == 201
    superuser = connect_as("superuser")
    with superuser.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_membership SET until_on = '2021-01-01' WHERE user_id = %s",
            [chen.user_id],
        )
    superuser.commit()

    for number, program in enumerate(programs):
        body = {**ROUND, "name": f"第{number}轮"}
        answer = program.act("/rounds", body, key=key[:-1] + str(number))
        assert answer.status in (401, 403)
        assert "Idempotency-Replayed" not in answer.headers
