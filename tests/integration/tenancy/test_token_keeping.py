"""Tokens near their end, and tokens of everybody."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from psycopg2.extensions import connection as Connection

from kernel.errors import NotAllowed
from scheduling.access.notices import notices_visible_to
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import ApiToken, AuditEntry
from tenancy.services.token_keeping import (
    remind_owners,
    revoke_for_owner,
    tokens_of_everybody,
)
from tenancy.services.tokens import make_token
from tests.import_desk import SignedIn, media, signed_in  # noqa: F401  (fixtures)
from tests.integration.portal.desks import desk_of, seen, words
from tests.integration.tenancy.administrators import (
    SECURITY,
    SYSTEM,
    administrator,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw
from tests.people import acting


@pytest.fixture
def raw(committed_db: None, connect_as: Callable[[str], Connection]) -> Raw:
    raw = Raw(connect_as("superuser"))
    seat_administrators(raw)
    raw.connection.commit()
    return raw


def made(actor: Actor, days: int, name: str = "保密的用途") -> str:
    with acting(actor):
        permissions = [Permission.VIEW_ROSTER]
        return make_token(actor=actor, name=name, permissions=permissions, days=days).secret


def told(actor: Actor) -> list[str]:
    with acting(actor):
        notices = notices_visible_to(actor).filter(kind="token_expiring")
        return [notice.about["prefix"] for notice in notices.order_by("pk")]


def test_the_owner_alone_is_told_once_two_weeks_before(
    raw: Raw, lin: Actor, wu: Actor, django_as: Callable[[str], Any]
) -> None:
    near, far, short = made(lin, 90), made(lin, 90), made(lin, 10)
    raw.run(
        "UPDATE tenancy_apitoken SET created_at = now() - interval '76 days 1 hour',"
        " expires_at = now() + interval '13 days 23 hours' WHERE prefix = %s",
        near[:9],
    )
    raw.connection.commit()

    with django_as("worker"):
        assert remind_owners() == 1
        assert remind_owners() == 0

    assert told(lin) == [near[:9]]
    assert told(wu) == [], "a colleague's is nobody else's"
    assert {far[:9], short[:9]}.isdisjoint(told(lin))
    page = seen(desk_of("lin"), "/tokens/")
    assert page.count("即将到期") == 2, "the near one and the short one"
    assert near[:9] in seen(desk_of("lin"), "/notices/")


def test_the_security_administrator_finds_and_revokes_and_sees_no_content(
    raw: Raw, signed_in: SignedIn, lin: Actor, jiang: Actor
) -> None:
    secret, other = made(lin, 90), made(jiang, 90)
    client, security = signed_in(administrator(SECURITY)), administrator(SECURITY)

    page = seen(client, "/tokens/everybody/")
    assert secret[:9] in page
    assert other[:9] in page
    assert "保密的用途" not in page
    assert "查看人员名册" not in page
    found = seen(client, f"/tokens/everybody/?begins={secret[:9]}")
    assert (secret[:9] in found, other[:9] in found) == (True, False)
    found = seen(client, "/tokens/everybody/?owner=jiang")
    assert (secret[:9] in found, other[:9] in found) == (False, True)
    assert "没有这样的令牌" in seen(client, "/tokens/everybody/?owner=nobody")

    with acting(lin):
        number = ApiToken.objects.get().pk
    for _ in range(2):
        answer = client.post("/tokens/everybody/revoke/", {"number": number}, follow=True)
        assert "令牌已停用" in words(answer)
    assert client.post("/tokens/everybody/revoke/", {"number": 10**9}).status_code == 404
    refused = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    holds = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {other}"})
    assert (refused.status_code, holds.status_code) == (401, 200)
    assert "已由安全保密管理员停用" in seen(desk_of("lin"), "/tokens/")
    with acting(security):
        [line] = AuditEntry.objects.filter(action="tenancy.token.revoked")
        assert line.data == {"office": lin.tenant_id, "owner": lin.user_id}
        assert AuditEntry.objects.filter(action="tenancy.token.searched").exists()


def test_nobody_else_does_not_even_by_sql(raw: Raw, lin: Actor, jiang: Actor) -> None:
    made(jiang, 90)
    for actor in (lin, administrator(SYSTEM)):
        with acting(actor):
            with pytest.raises(NotAllowed):
                tokens_of_everybody(actor=actor)
            with pytest.raises(NotAllowed):
                revoke_for_owner(actor=actor, number=1)
        raw.become("app")
        raw.act_for(actor.tenant_id, actor.user_id)
        assert raw.rows("SELECT * FROM sec.tokens_shown('', '')") == []
        raw.run("RESET ROLE")
        number = raw.one("SELECT max(id) FROM tenancy_apitoken")
        raw.become("app")
        assert raw.rows("SELECT * FROM sec.revoke_token(%s)", number) == []
        with raw.refused("permission denied"):
            raw.rows("SELECT * FROM sec.remind_of_tokens(14, 1)")
        raw.run("RESET ROLE")
    assert raw.one("SELECT count(*) FROM tenancy_apitoken WHERE revoked_at IS NOT NULL") == 0
    raw.become("app")
    raw.act_for(administrator(SECURITY).tenant_id, SECURITY)
    assert len(raw.rows("SELECT * FROM sec.tokens_shown('', '')")) == 1, "the allowed twin"
    raw.connection.rollback()
