"""A double click, a page loaded again: the form is done once, and answered the same."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from scheduling.models.rounds import InspectionRound
from tenancy.actor import Actor
from tenancy.models import ApiToken, IdempotencyKey
from tests.integration.portal.desks import desk_of, words
from tests.people import acting

ROUNDS = 300
NEW = {
    "name": "2026年第三轮",
    "starts_on": "2026-03-02",
    "ends_on": "2026-04-30",
    "mode": "ring",
    "teams": 1,
    "size_min": 3,
    "size_max": 4,
    "deputies_min": 1,
    "deputies_max": 1,
}
TOKEN = {"name": "同步", "days": "30", "permissions": ["view_roster"]}


def key_on(client: Client, address: str) -> str:
    """Of the page's own form, as the browser would send it."""
    keys = re.findall(r'name="form_key" value="([^"]+)"', client.get(address).content.decode())
    assert keys
    assert len(set(keys)) == len(keys), "each form its own"
    return str(keys[-1])


def rounds_of(actor: Actor) -> int:
    with acting(actor):
        return InspectionRound.objects.count()


def test_a_round_is_made_once_and_both_clicks_lead_to_it(db: None, chen: Actor) -> None:
    client = desk_of("chen")
    form = NEW | {"form_key": key_on(client, "/rounds/new/")}

    first, second = client.post("/rounds/new/", form), client.post("/rounds/new/", form)

    assert first.status_code == 302
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert second["Idempotency-Replayed"] == "true"
    assert rounds_of(chen) == 1


def test_without_its_key_the_second_click_would_do_it_again(db: None, chen: Actor) -> None:
    """The twin: what the form is kept from."""
    client = desk_of("chen")

    client.post("/rounds/new/", NEW)
    again = client.post("/rounds/new/", NEW)

    assert again.status_code == 409 or again.status_code == 422
    assert "Idempotency-Replayed" not in again.headers


def test_a_mended_form_may_carry_its_key_again(db: None, chen: Actor) -> None:
    client = desk_of("chen")
    form = NEW | {"form_key": key_on(client, "/rounds/new/")}

    assert client.post("/rounds/new/", form | {"ends_on": "2020-01-01"}).status_code == 422
    first = client.post("/rounds/new/", form)
    assert first.status_code == 302
    assert client.post("/rounds/new/", form)["Location"] == first["Location"]
    assert rounds_of(chen) == 1


def test_other_content_under_a_key_that_was_used_is_refused_in_words(db: None, chen: Actor) -> None:
    client = desk_of("chen")
    form = NEW | {"form_key": key_on(client, "/rounds/new/")}
    client.post("/rounds/new/", form)

    other = client.post("/rounds/new/", form | {"name": "2026年第四轮"})

    assert other.status_code == 409
    assert "这份表单已提交过，这次的内容与上次不同" in words(other)
    assert rounds_of(chen) == 1


def test_a_secret_is_made_once_and_its_answer_is_kept_nowhere(db: None, lin: Actor) -> None:
    client = desk_of("lin")
    key = key_on(client, "/tokens/")
    form = TOKEN | {"form_key": key}
    first, second = client.post("/tokens/", form), client.post("/tokens/", form)

    assert (first.status_code, second.status_code) == (201, 409)
    assert "只办理了一次" in words(second)
    with acting(lin):
        assert ApiToken.objects.count() == 1
        assert bytes(IdempotencyKey.objects.get(key=key).body) == b""


@pytest.mark.parametrize("key", ["", "x", "{6f1d0a52-93ab-4a0e-9d3c-3b9b7f1f2a10"])
def test_what_is_no_key_is_none(db: None, chen: Actor, key: str) -> None:
    assert desk_of("chen").post("/rounds/new/", NEW | {"form_key": key}).status_code == 302


def test_a_key_is_its_owner_s(db: None, lin: Actor, jiang: Actor) -> None:
    key = str(uuid4())
    for name, who in (("lin", lin), ("jiang", jiang)):
        assert desk_of(name).post("/tokens/", TOKEN | {"form_key": key}).status_code == 201
        with acting(who):
            assert ApiToken.objects.count() == 1


def test_two_clicks_at_once_do_it_once(committed_db: None, chen: Actor) -> None:
    """On connections of their own, at the same moment, again and again."""
    sessions = desk_of("chen").cookies
    forms = [NEW | {"name": f"第{number}轮", "form_key": str(uuid4())} for number in range(ROUNDS)]
    together = threading.Barrier(2, timeout=60)

    def clicking(_: int) -> list[tuple[int, Any, bool]]:
        client = Client()
        client.cookies.update(sessions)
        told = []
        try:
            for form in forms:
                together.wait()
                answer = client.post("/rounds/new/", form)
                was_told = "Idempotency-Replayed" in answer.headers
                told.append((answer.status_code, answer.headers.get("Location"), was_told))
        finally:
            connections.close_all()
        return told

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(clicking, range(2))

    broken = [
        (first, second)
        for first, second in zip(one, other, strict=True)
        if first[:2] != second[:2] or first[0] != 302 or first[2] == second[2]
    ]
    assert broken == []
    assert rounds_of(chen) == ROUNDS
