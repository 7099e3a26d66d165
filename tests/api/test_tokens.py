"""Programs come in by a token: whose it is, what it may, and that every other one is refused alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client
from psycopg2.extensions import connection as Connection

from kernel.clock import now, today
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.errors import (
    NetworkNotValid,
    TokenLifeOutOfRange,
    TokenPermissionNotHeld,
    TooManyTokens,
)
from tenancy.models import ApiToken, AuditEntry, Membership, User
from tenancy.services import tokens
from tests.api.calling import Program, program_of, program_with, token_of
from tests.api.test_refusals import ROUND
from tests.import_desk import RoleSwitch
from tests.integration.tenancy.raw import Raw
from tests.people import acting

NEVER_MADE = "xc_" + "A" * 43


def newest(actor: Actor) -> ApiToken:
    with acting(actor):
        return ApiToken.objects.filter(user=actor.user_id).latest("pk")


def aged(raw: Raw, **changes: Any) -> None:
    """What only time could do to a token."""
    columns = ", ".join(f"{name} = %s" for name in changes)
    raw.run(f"UPDATE tenancy_apitoken SET {columns}", *changes.values())
    raw.connection.commit()


@pytest.fixture
def raw(superuser_connection: Connection) -> Raw:
    return Raw(superuser_connection)


def test_a_program_acts_as_its_owner_in_its_owner_s_office(db: None, chen: Actor) -> None:
    program = program_with(token_of(chen))

    me = program.get("/me").json

    assert (me["name"], me["office"]["code"]) == (chen.name, "zhoushan")
    assert me["token"] == newest(chen).pk
    assert program.act("/rounds", ROUND).status == 201


def test_it_may_what_its_token_was_given_and_no_more(db: None, chen: Actor) -> None:
    program = program_with(token_of(chen, Permission.VIEW_ROUND))

    assert program.get("/me").json["permissions"] == ["view_round"]
    assert program.get("/rounds").status == 200
    assert program.act("/rounds", ROUND).code == "kernel.act.not_allowed"
    assert program.get("/plans").status == 403


def test_what_its_owner_may_no_longer_do_it_may_not_either(
    django_as: RoleSwitch, lin: Actor
) -> None:
    program = program_with(token_of(lin))
    assert "release_people" in program.get("/me").json["permissions"]

    with django_as("owner"):
        Membership.objects.filter(user_id=lin.person_id).update(until_on=date(2021, 1, 1))
        Membership.objects.create(
            tenant_id=lin.tenant_id,
            user_id=lin.person_id,
            role="county_clerk",
            since_on=date(2021, 1, 1),
        )

    assert "release_people" not in program.get("/me").json["permissions"]


def test_the_record_names_the_token_that_acted(db: None, chen: Actor) -> None:
    program_with(token_of(chen)).act("/rounds", ROUND)

    with acting(chen):
        entry = AuditEntry.objects.get(action="scheduling.round.created")
    assert (entry.user_id, entry.data["token"]) == (chen.user_id, newest(chen).pk)


def test_a_person_s_own_act_names_none(db: None, chen: Actor) -> None:
    program_of(chen).act("/rounds", ROUND)

    with acting(chen):
        assert "token" not in AuditEntry.objects.get(action="scheduling.round.created").data


def test_its_secret_is_nowhere_in_the_database(committed_db: None, lin: Actor, raw: Raw) -> None:
    secret = token_of(lin)

    [(row,)] = raw.rows("SELECT to_jsonb(t)::text FROM tenancy_apitoken t")
    [(entries,)] = raw.rows("SELECT string_agg(to_jsonb(a)::text, '') FROM tenancy_auditentry a")

    assert secret not in row + entries
    assert newest(lin).prefix == secret[:9]


def test_every_token_that_does_not_hold_is_refused_in_the_same_words(
    django_as: RoleSwitch,
    lin: Actor,
    jiang: Actor,
    ye: Actor,
    wu: Actor,
    raw: Raw,
) -> None:
    revoked, expired, seatless, closed = (token_of(one) for one in (lin, jiang, ye, wu))
    with acting(lin):
        tokens.revoke_token(actor=lin, number=newest(lin).pk)
    raw.run(
        "UPDATE tenancy_apitoken SET created_at = %s, expires_at = %s WHERE user_id = %s",
        now() - timedelta(days=9),
        now() - timedelta(days=1),
        jiang.user_id,
    )
    raw.connection.commit()
    with django_as("owner"):
        Membership.objects.filter(user__username="ye").update(until_on=today())
        User.objects.filter(username="wu").update(is_active=False)

    shown = [NEVER_MADE, revoked, expired, seatless, closed, "", "é"]
    answers = [
        Program(Client(REMOTE_ADDR=f"10.0.0.{n}"), {"Authorization": f"Bearer {one}"}).get("/me")
        for n, one in enumerate(shown)
    ]

    assert {(answer.status, answer.body, str(answer.headers)) for answer in answers} == {
        (401, answers[0].body, str(answers[0].headers))
    }
    assert answers[0].code == "tenancy.token.refused"
    assert answers[0].headers["WWW-Authenticate"].startswith("Bearer")
    recorded = raw.rows(
        "SELECT object_id, data->>'ip', data->>'because' FROM tenancy_auditentry"
        " WHERE tenant_id IS NULL ORDER BY seq"
    )
    owners = [None, lin.user_id, jiang.user_id, ye.user_id, wu.user_id, None, None]
    assert recorded == [
        (owner, f"10.0.0.{n}", "tenancy.token.refused") for n, owner in enumerate(owners)
    ]
    [(kept,)] = raw.rows("SELECT string_agg(data::text, '') FROM tenancy_auditentry")
    assert not any(secret in kept for secret in shown[:5])


def test_after_too_many_the_record_grows_no_more_and_one_that_holds_is_not_held_up(
    committed_db: None, lin: Actor, raw: Raw
) -> None:
    secret, most = token_of(lin), settings.AXES_FAILURE_LIMIT

    answers = [program_with(f"{NEVER_MADE}{n}").get("/me") for n in range(most + 3)]

    assert [answer.status for answer in answers] == [401] * most + [429] * 3
    assert answers[-1].code == "tenancy.token.too_many_tries"
    assert raw.one("SELECT count(*) FROM tenancy_auditentry WHERE tenant_id IS NULL") == most
    assert program_with(secret).get("/me").status == 200
    assert Client().post("/sign-in/", {"username": "lin", "password": "wrong"}).status_code == 422


def test_a_token_opens_the_api_and_no_page(db: None, lin: Actor) -> None:
    secret = token_of(lin)

    answer = Client().get("/roster/", headers={"Authorization": f"Bearer {secret}"})

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_where_a_token_is_shown_the_session_does_not_count(db: None, chen: Actor) -> None:
    program = program_of(chen)

    assert program.get("/me", Authorization=f"Bearer {NEVER_MADE}").status == 401
    assert program.get("/me", Authorization="Basic Y2hlbjp4").status == 200


def test_a_session_s_unsafe_call_must_not_be_forged_and_a_token_s_cannot_be(
    db: None, chen: Actor
) -> None:
    by_session, by_token = program_of(chen, is_checked=True), program_with(token_of(chen))

    assert by_session.get("/rounds").status == 200
    assert by_session.act("/rounds", ROUND).code == "httpapi.session.forged"
    assert by_token.act("/rounds", ROUND).status == 201


def test_a_session_s_call_with_the_page_s_token_is_no_forgery(db: None, chen: Actor) -> None:
    program = program_of(chen, is_checked=True)
    program.client.get("/")
    program.headers["X-CSRFToken"] = program.client.cookies[settings.CSRF_COOKIE_NAME].value

    assert program.act("/rounds", ROUND).status == 201


def test_whoever_has_not_chosen_an_office_is_told_so(db: None, chen: Actor) -> None:
    program = program_of(chen)
    session = program.client.session
    del session["office"]
    session.save()

    assert program.get("/rounds").code == "tenancy.session.office_not_chosen"


def test_its_last_use_is_noted_to_the_minute(committed_db: None, lin: Actor, raw: Raw) -> None:
    program = program_with(token_of(lin))
    assert newest(lin).last_used_at is None

    program.get("/me")
    first = newest(lin).last_used_at
    program.get("/me")
    assert first is not None
    assert newest(lin).last_used_at == first

    aged(raw, last_used_at=first - timedelta(minutes=2))
    program.get("/me")
    assert newest(lin).last_used_at > first  # type: ignore[operator]


@pytest.mark.parametrize("days", [0, 366, -1])
def test_a_token_lasts_a_year_at_most(db: None, lin: Actor, days: int) -> None:
    with acting(lin), pytest.raises(TokenLifeOutOfRange):
        tokens.make_token(actor=lin, name="x", permissions=[Permission.VIEW_ROSTER], days=days)


def test_nobody_gives_away_what_they_do_not_hold(db: None, lin: Actor) -> None:
    for permissions in ([], [Permission.SOLVE_ROUND]):
        with acting(lin), pytest.raises(TokenPermissionNotHeld):
            tokens.make_token(actor=lin, name="x", permissions=permissions, days=1)


def test_there_are_not_too_many(db: None, lin: Actor) -> None:
    with acting(lin):
        for _ in range(tokens.MOST_TOKENS):
            made = tokens.make_token(
                actor=lin, name="x", permissions=[Permission.VIEW_ROSTER], days=1
            )
        with pytest.raises(TooManyTokens):
            tokens.make_token(actor=lin, name="x", permissions=[Permission.VIEW_ROSTER], days=1)
        tokens.revoke_token(actor=lin, number=made.token.pk)
        tokens.make_token(actor=lin, name="x", permissions=[Permission.VIEW_ROSTER], days=1)


def test_the_database_itself_lets_none_last_longer_or_change_hands(
    db: None, app_connection: Connection
) -> None:
    app = Raw(app_connection)
    app.act_for(9002, 9003)
    insert = (
        "INSERT INTO tenancy_apitoken (tenant_id, user_id, name, prefix, digest, permissions,"
        " created_at, expires_at) VALUES (9002, 9003, 'x', 'x', 'x', '[]', now(), now() + %s)"
    )
    with app.refused("api_token_ends_within_a_year"):
        app.run(insert, "400 days")
    app.run(insert, "300 days")
    for column in ("user_id", "permissions", "expires_at", "digest", "last_used_at"):
        with app.refused("permission denied"):
            app.run(f"UPDATE tenancy_apitoken SET {column} = {column}")


def test_another_office_s_tokens_and_keys_are_not_there(
    committed_db: None, lin: Actor, jiang: Actor, connect_as: Callable[[str], Connection]
) -> None:
    program_with(token_of(lin)).act("/release-calls/1/withdraw")
    app = Raw(connect_as("app"))
    app.act_for(jiang.tenant_id, jiang.user_id)

    assert app.one("SELECT count(*) FROM tenancy_apitoken") == 0
    assert app.one("SELECT count(*) FROM tenancy_idempotencykey") == 0


def bound(actor: Actor, **bounds: Any) -> Program:
    with acting(actor):
        made = tokens.make_token(
            actor=actor, name="程序", permissions=actor.permissions, days=30, **bounds
        )
    return program_with(made.secret)


def test_a_token_that_only_reads_is_refused_every_unsafe_call(db: None, chen: Actor) -> None:
    program = bound(chen, reads_only=True)

    assert program.get("/rounds").status == 200
    refused = program.act("/rounds", ROUND)

    assert (refused.status, refused.code) == (403, "tenancy.token.reads_only")
    assert bound(chen).act("/rounds", ROUND).status == 201


def test_a_bound_token_shown_elsewhere_is_as_unknown_and_its_owner_sees_why(
    django_as: RoleSwitch, chen: Actor, raw: Raw
) -> None:
    here = bound(chen, networks=["127.0.0.0/8", "2001:db8::/32"])
    assert here.get("/me").status == 200
    assert newest(chen).last_used_from == "127.0.0.1"

    elsewhere = bound(chen, networks=["10.1.0.0/16"])
    refused = elsewhere.get("/me")
    unknown = program_with(NEVER_MADE).get("/me")

    assert (refused.status, refused.body) == (401, unknown.body)
    assert newest(chen).refused_from == "127.0.0.1"
    because = raw.rows(
        "SELECT data->>'because' FROM tenancy_auditentry WHERE data ? 'token_digest' ORDER BY id"
    )
    assert because == [("tenancy.token.shown_elsewhere",), ("tenancy.token.refused",)]


@pytest.mark.parametrize("network", ["10.1.2.3/16", "nowhere", ""])
def test_what_is_no_network_makes_no_token(db: None, chen: Actor, network: str) -> None:
    with pytest.raises(NetworkNotValid):
        bound(chen, networks=[network])


def test_a_revoked_token_stays_revoked_whoever_writes_it(
    django_as: RoleSwitch, chen: Actor
) -> None:
    bound(chen)
    with acting(chen):
        tokens.revoke_token(actor=chen, number=newest(chen).pk)
    with acting(chen), pytest.raises(IntegrityError, match="stays revoked"):
        ApiToken.objects.filter(user=chen.user_id).update(revoked_at=None)
