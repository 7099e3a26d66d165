"""People make, look at and revoke the tokens of their own programs."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tenancy.actor import Actor
from tenancy.models import ApiToken, AuditEntry
from tests.integration.portal.desks import desk_of, seen, words
from tests.people import acting

FORM = {"name": "数据同步程序", "days": "30", "permissions": ["view_roster", "view_units"]}

pytestmark = pytest.mark.usefixtures("db")


def made(client: Client, **changes: object) -> str:
    """The secret, as the page shows it."""
    answer = client.post("/tokens/", FORM | changes)
    assert answer.status_code == 201
    found = re.findall(r"xc_[\w-]{43}", answer.content.decode())
    assert len(found) == 1
    return str(found[0])


def token_of(actor: Actor) -> ApiToken:
    with acting(actor):
        return ApiToken.objects.latest("pk")


def test_lin_makes_a_token_and_her_program_is_let_in(lin: Actor) -> None:
    secret = made(desk_of("lin"))

    answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})

    assert answer.json()["permissions"] == ["view_roster", "view_units"]
    with acting(lin):
        entry = AuditEntry.objects.get(action="tenancy.token.made")
    assert entry.data["permissions"] == ["view_roster", "view_units"]


def test_the_secret_is_on_that_one_answer_and_nowhere_else() -> None:
    client = desk_of("lin")
    secret = made(client)

    shown = client.get("/tokens/")

    assert secret not in shown.content.decode()
    assert f"{secret[:9]}" in words(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    assert secret not in seen(client, "/")


def test_only_what_one_may_oneself_can_be_given_away(lin: Actor) -> None:
    client = desk_of("lin")

    page = seen(client, "/tokens/")
    answer = client.post("/tokens/", FORM | {"permissions": ["solve_round"]})

    assert "抽调放行人员" in page
    assert "求解排期" not in page
    assert answer.status_code == 422
    with acting(lin):
        assert ApiToken.objects.count() == 0


@pytest.mark.parametrize(
    "fault", [{"days": "0"}, {"days": "366"}, {"name": ""}, {"permissions": []}], ids=str
)
def test_a_form_with_a_fault_makes_none(lin: Actor, fault: dict[str, object]) -> None:
    answer = desk_of("lin").post("/tokens/", FORM | fault)

    assert answer.status_code == 422
    with acting(lin):
        assert ApiToken.objects.count() == 0


def test_a_revoked_token_is_out_at_the_next_call(lin: Actor) -> None:
    client = desk_of("lin")
    secret = made(client)

    answer = client.post(f"/tokens/{token_of(lin).pk}/revoke/", follow=True)

    assert "令牌已停用" in words(answer)
    assert "已停用" in seen(client, "/tokens/")
    refused = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    assert refused.status_code == 401
    client.post(f"/tokens/{token_of(lin).pk}/revoke/")
    with acting(lin):
        assert AuditEntry.objects.filter(action="tenancy.token.revoked").count() == 1


@pytest.mark.parametrize("who", ["wu", "jiang"])
def test_nobody_sees_or_revokes_a_colleague_s(lin: Actor, who: str) -> None:
    secret = made(desk_of("lin"))
    other = desk_of(who)

    assert secret[:9] not in seen(other, "/tokens/")
    assert other.post(f"/tokens/{token_of(lin).pk}/revoke/").status_code == 404
    assert token_of(lin).revoked_at is None


def test_the_page_is_in_english_too() -> None:
    client = desk_of("lin")
    client.cookies["language"] = "en"

    assert "Make a token" in seen(client, "/tokens/")
