"""Standing in for somebody, through the portal: named, put in force, worn, seen, ended."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from psycopg2.extensions import connection as Connection

from kernel.clock import today
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Permission
from tenancy.errors import NotAsADeputy
from tenancy.services.tokens import make_token
from tests.import_desk import SignedIn, media, signed_in  # noqa: F401  (fixtures)
from tests.integration.tenancy.administrators import (
    SECURITY,
    SYSTEM,
    administrator,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw
from tests.people import PASSWORD

CITY, CHEN, ZHAO = 9001, 9001, 9002


@pytest.fixture
def raw(connect_as: Callable[[str], Connection], committed_db: None) -> Raw:
    raw = Raw(connect_as("superuser"))
    seat_administrators(raw)
    raw.connection.commit()
    return raw


def form(**changes: Any) -> dict[str, Any]:
    until = today() + timedelta(days=20)
    return {
        "person": CHEN,
        "until_on": until.isoformat(),
        "reason": "外出学习",
        "withheld": ["publish_plan"],
    } | changes


def seat_of(raw: Raw, person: int, *, as_deputy: bool = False) -> int:
    raw.connection.rollback()
    number: int = raw.one(
        "SELECT max(id) FROM tenancy_membership"
        " WHERE user_id = %s AND (principal_id IS NOT NULL) = %s",
        person,
        as_deputy,
    )
    return number


@pytest.fixture
def named(raw: Raw, signed_in: SignedIn, zhao: Actor) -> Client:
    """The director of the city has named the scheduler, and a security administrator agreed."""
    director = signed_in(zhao)
    seat = seat_of(raw, ZHAO)
    assert director.post("/deputies/", form(seat=seat)).status_code == 302
    raw.connection.rollback()
    change = raw.one("SELECT max(id) FROM tenancy_seatchange")
    security = signed_in(administrator(SECURITY))
    page = security.get("/seats/").content.decode()
    assert "代赵望舒" in page
    assert "不转移： 公布方案" in page
    decided = security.post(f"/seat-changes/{change}/decide/", {"verdict": "yes"})
    assert decided.status_code == 302
    return director


def deputy() -> Client:
    client = Client()
    client.post("/sign-in/", {"username": "chen", "password": PASSWORD})
    return client


def test_the_deputy_chooses_the_hat_and_sees_it_on_every_page(raw: Raw, named: Client) -> None:
    client = deputy()
    choice = client.get("/office/").content.decode()
    assert "代赵望舒（市委巡察办主任）" in choice
    client.post("/office/", {"seat": seat_of(raw, CHEN, as_deputy=True)})

    for path in ("/", "/rounds/", "/roster/"):
        assert "代赵望舒（市委巡察办主任）" in client.get(path).content.decode(), path
    client.post("/office/", {"seat": seat_of(raw, CHEN)})
    assert "代赵望舒" not in client.get("/").content.decode()


def test_the_record_says_on_whose_behalf(raw: Raw, named: Client) -> None:
    client = deputy()
    client.post("/office/", {"seat": seat_of(raw, CHEN, as_deputy=True)})

    assert client.get("/roster/xlsx/").status_code in (200, 404)
    raw.connection.rollback()
    lines = raw.rows(
        "SELECT user_id, data -> 'on_behalf_of' FROM tenancy_auditentry"
        " WHERE action = 'tenancy.session.opened' AND user_id = %s ORDER BY seq",
        CHEN,
    )
    assert lines[-1] == (CHEN, ZHAO)
    shown = named.get("/own-record/").content.decode()
    assert "陈砚秋（代赵望舒）" in shown


def test_a_deputy_may_less(raw: Raw, named: Client, signed_in: SignedIn, zhao: Actor) -> None:
    seat = seat_of(raw, CHEN, as_deputy=True)
    with in_office(CITY, CHEN):
        actor = Actor.wearing(seat, user_id=CHEN, tenant_id=CITY)
        assert actor is not None
        assert actor.may(Permission.APPROVE_PLAN)
        for kept in (Permission.PUBLISH_PLAN, Permission.PROPOSE_SEATS, Permission.NAME_DEPUTY):
            assert not actor.may(kept)
        with pytest.raises(NotAsADeputy):
            make_token(actor=actor, name="x", permissions=[Permission.VIEW_ROUND], days=1)
        # A program acts by one's own seats alone, a job by the hat that it was asked for in.
        own = Actor.seated(user_id=CHEN, tenant_id=CITY)
        assert own is not None
        assert not own.may(Permission.APPROVE_PLAN)
        assert own.on_behalf_of is None
    job = Actor.for_job(CITY, CHEN, ZHAO)
    assert job.may(Permission.APPROVE_PLAN)
    assert not job.may(Permission.PUBLISH_PLAN)

    client = deputy()
    client.post("/office/", {"seat": seat})
    for path in ("/seats/", "/deputies/", "/own-record/"):
        assert client.get(path).status_code == 403, path
    assert client.get("/rounds/").status_code == 200
    told = client.get("/who-may/").content.decode()
    whole = signed_in(zhao).get("/who-may/").content.decode()
    assert told.count("代理人") < whole.count("代理人")


def test_whom_they_stand_in_for_ends_it_at_once(
    raw: Raw, named: Client, signed_in: SignedIn, lin: Actor
) -> None:
    seat = seat_of(raw, CHEN, as_deputy=True)
    client = deputy()
    client.post("/office/", {"seat": seat})
    for other in (signed_in(lin), signed_in(administrator(SYSTEM))):
        assert other.post(f"/deputies/{seat}/revoke/").status_code in (403, 404)
    assert client.get("/").status_code == 200

    assert named.post(f"/deputies/{seat}/revoke/").status_code == 302

    assert client.get("/").status_code == 302
    assert named.post(f"/deputies/{seat}/revoke/").status_code == 404


def test_what_does_not_fit_is_said_at_its_field(
    raw: Raw, signed_in: SignedIn, zhao: Actor, lin: Actor
) -> None:
    director = signed_in(zhao)
    seat = seat_of(raw, ZHAO)
    late = (today() + timedelta(days=91)).isoformat()

    answer = director.post("/deputies/", form(seat=seat, until_on=late))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "最长 90 天" in page
    assert "外出学习" in page
    assert director.post("/deputies/", form(seat=seat, person=9004)).status_code == 422
    assert signed_in(lin).post("/deputies/", form(seat=seat)).status_code == 422
    system = signed_in(administrator(SYSTEM))
    typed = form(seat=seat, username="wu") | {"person": ""}
    assert "须自代理起始日起" in system.post("/deputies/", typed).content.decode()
    assert system.post("/deputies/", typed | {"username": "chen"}).status_code == 302


def test_a_clerk_names_the_director_and_no_other_seat(
    raw: Raw, signed_in: SignedIn, wu: Actor
) -> None:
    clerk = signed_in(wu)
    lins = seat_of(raw, 9003)

    assert clerk.post("/deputies/", form(seat=lins, person=9003)).status_code == 422
    own = form(seat=seat_of(raw, 9004), person=9003, withheld=[])
    assert clerk.post("/deputies/", own).status_code == 302
    assert "林知远" in clerk.get("/deputies/").content.decode()
