"""A sensitive act asks again who acts, and then goes on with what was asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kernel.clock import frozen
from portal.urls import urlpatterns
from tests.integration.tenancy.raw import Raw
from tests.people import PASSWORD

TOKENS = "/tokens/"
FORM = {"name": "花名册 <同步>", "permissions": ["view_round", "view_plan"], "days": 30}
MARKED = {
    "attachment-original",
    "authorisation-grant",
    "authorisation-revoke",
    "clue-sign",
    "custodian-confirm",
    "custodians",
    "emergency-decide",
    "hand-over-acknowledge",
    "hand-over-new",
    "informant-destroy",
    "informant-open",
    "locks",
    "package-key-confirm",
    "package-key-new",
    "package-key-renew",
    "package-new",
    "plan-approve",
    "plan-publish",
    "publication-withdraw",
    "round-unmasked",
    "sealed-take",
    "share-approve",
    "second-factor-begin",
    "second-factor-confirm",
    "second-factor-give-up",
    "second-factor-renew",
    "second-factor-reset",
    "security-policy",
    "tokens",
    "webhook-hosts",
    "webhook-rotate",
    "webhooks",
}


def chen(raw: Any, minutes: int) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": "chen", "password": PASSWORD})
    with raw.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_signinsession SET proved_at = proved_at - make_interval(mins => %s)",
            [minutes],
        )
    raw.commit()
    return client


def made(raw: Any) -> list[tuple[Any, ...]]:
    raw.rollback()
    return Raw(raw).rows("SELECT name FROM tenancy_apitoken")


def test_the_sensitive_addresses_are_marked() -> None:
    marked = {one.name for one in urlpatterns if getattr(one.callback, "needs_fresh_proof", False)}

    assert marked == MARKED


def test_a_fresh_proof_asks_nothing(committed_db: None, superuser_connection: Any) -> None:
    answer = chen(superuser_connection, 9).post(TOKENS, FORM)

    assert answer.status_code == 201


def test_an_old_one_asks_and_then_does_what_was_asked(
    committed_db: None, superuser_connection: Any
) -> None:
    client = chen(superuser_connection, 11)

    asked = client.post(TOKENS, FORM)

    assert asked.status_code == 403
    assert "花名册 &lt;同步&gt;" in asked.content.decode()
    assert made(superuser_connection) == []
    assert client.get(TOKENS).status_code == 200

    wrong = client.post(TOKENS, FORM | {"proof_password": "wrong"})
    assert wrong.status_code == 422
    assert "花名册 &lt;同步&gt;" in wrong.content.decode()
    assert "wrong" not in wrong.content.decode()
    assert wrong.content.decode().count("notice-refusal") == 1
    assert made(superuser_connection) == []

    assert client.post(TOKENS, FORM | {"proof_password": PASSWORD}).status_code == 201
    assert made(superuser_connection) == [(FORM["name"],)]
    assert client.post(TOKENS, FORM).status_code == 201


def test_guesses_are_counted_like_those_at_the_door(
    committed_db: None, superuser_connection: Any
) -> None:
    client = chen(superuser_connection, 11)
    for _ in range(5):
        client.post(TOKENS, FORM | {"proof_password": "wrong"})

    assert client.post(TOKENS, FORM | {"proof_password": PASSWORD}).status_code == 429
    assert made(superuser_connection) == []


def test_a_part_of_a_page_is_refused_in_words(
    committed_db: None, superuser_connection: Any
) -> None:
    answer = chen(superuser_connection, 11).post(TOKENS, FORM, headers={"HX-Request": "true"})

    assert answer.status_code == 403
    assert "须再次确认" in answer.content.decode()


@pytest.mark.parametrize("address", ["begin", "renew", "give-up"])
def test_where_the_database_s_clock_is_ahead_the_refusal_is_in_words(
    committed_db: None, superuser_connection: Any, address: str
) -> None:
    client = chen(superuser_connection, 15)

    with frozen(datetime.now(UTC) - timedelta(minutes=10)):
        answer = client.post(f"/second-factor/{address}/")

    assert answer.status_code == 403
    assert "再次确认是您本人" in answer.content.decode()
