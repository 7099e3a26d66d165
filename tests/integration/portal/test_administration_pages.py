"""The administrators' pages: invite, propose, decide, expire, abolish."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from psycopg2.extensions import connection as Connection

from tenancy.models import Membership
from tests.import_desk import SignedIn, media, signed_in  # noqa: F401  (fixtures)
from tests.integration.tenancy.administrators import (
    PLATFORM,
    SECOND,
    SECURITY,
    SYSTEM,
    administrator,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw
from tests.people import PASSWORD

DINGHAI, SHENGSI, LIN, JIANG = 9002, 9005, 9003, 9005


@pytest.fixture
def raw(connect_as: Callable[[str], Connection], committed_db: None) -> Raw:
    raw = Raw(connect_as("superuser"))
    seat_administrators(raw)
    raw.connection.commit()
    return raw


@pytest.fixture
def system(raw: Raw, signed_in: SignedIn) -> Client:
    return signed_in(administrator(SYSTEM))


@pytest.fixture
def security(raw: Raw, signed_in: SignedIn) -> Client:
    return signed_in(administrator(SECURITY))


def propose(client: Client, **changes: object) -> int:
    form = {"office": DINGHAI, "username": "jiang", "role": "county_clerk", "reason": "调任"}
    return client.post("/seats/", form | changes).status_code


def decide(client: Client, raw: Raw, verdict: str = "yes") -> int:
    raw.connection.rollback()
    change = raw.one("SELECT max(id) FROM tenancy_seatchange")
    return client.post(f"/seat-changes/{change}/decide/", {"verdict": verdict}).status_code


def test_an_account_comes_by_a_link_that_works_once(system: Client) -> None:
    answer = system.post("/accounts/", {"username": "tang", "display_name": "唐静姝"})
    [link] = re.findall(r"/invitation/[\w-]{43}/", answer.content.decode())
    person = Client()

    assert answer.status_code == 201
    assert "唐静姝" in person.get(link).content.decode()
    assert person.post(link, {"password": "1"}).status_code == 422
    assert person.post(link, {"password": "lighthouse-over-the-bay"}).status_code == 302
    assert person.get(link).status_code == 404
    assert person.get("/invitation/" + "x" * 43 + "/").status_code == 404
    taken = system.post("/accounts/", {"username": "tang", "display_name": "另一人"})
    assert taken.status_code == 422


def test_a_seat_is_proposed_by_one_and_put_in_force_by_another(
    raw: Raw, system: Client, security: Client
) -> None:
    assert propose(system) == 302
    assert propose(system) == 422 or propose(system) == 409
    assert decide(system, raw) == 403
    assert "江听澜" in security.get("/seats/").content.decode()
    assert decide(security, raw) == 302
    assert decide(security, raw) == 409
    raw.connection.rollback()
    held = "SELECT count(*) FROM tenancy_membership WHERE user_id = %s AND tenant_id = %s"
    assert raw.one(held, JIANG, DINGHAI) == 1


def test_who_proposed_sees_that_another_decides(raw: Raw, security: Client) -> None:
    assert propose(security) == 302
    assert decide(security, raw) == 403

    assert "须由另一名安全保密管理员处理" in security.get("/seats/").content.decode()


def test_nobody_proposes_for_themselves(system: Client) -> None:
    own = {"office": PLATFORM, "username": f"a{SYSTEM}", "role": "security_administrator"}

    assert propose(system, **own) in (403, 422)
    assert propose(system, username="nobody-at-all") == 422


def test_a_director_proposes_at_home_alone(raw: Raw, signed_in: SignedIn, lin: object) -> None:
    client = signed_in(lin)  # type: ignore[arg-type]

    assert propose(client) == 302
    assert propose(client, office=SHENGSI) == 422
    page = client.get("/seats/").content.decode()
    assert "定海区" in page
    assert f"管理员{SYSTEM}" not in page


def test_an_account_that_ran_out_signs_in_no_more(raw: Raw, system: Client) -> None:
    def enters() -> bool:
        form = {"username": "lin", "password": PASSWORD}
        return Client().post("/sign-in/", form).status_code == 302

    assert enters()
    for form in ({"is_open": "on", "expires_on": "2026-01-01"}, {"expires_on": ""}):
        assert system.post(f"/accounts/{LIN}/", form).status_code == 302
        assert not enters()
    assert system.post(f"/accounts/{LIN}/", {"is_open": "on"}).status_code == 302
    assert enters()


def test_the_last_administrator_of_a_kind_stays_open(system: Client) -> None:
    assert system.post(f"/accounts/{SECOND}/", {}).status_code == 302
    assert system.post(f"/accounts/{SECURITY}/", {}).status_code == 409


def test_an_account_is_found_by_a_part_of_its_names_and_shows_its_seats(system: Client) -> None:
    for part in ("知远", "lin", "LIN "):
        page = system.get("/accounts/", {"find": part}).content.decode()
        assert "林知远" in page
        assert "定海区 · 县（区）委巡察办主任" in page
        assert "江听澜" not in page
    assert "没有符合的账号" in system.get("/accounts/", {"find": "\0nobody%"}).content.decode()


def test_a_link_to_propose_fills_in_whom_and_where(system: Client) -> None:
    page = system.get(f"/seats/?username=jiang&office={DINGHAI}").content.decode()

    assert 'value="jiang"' in page
    assert f'<option value="{DINGHAI}" selected>' in page
    assert (
        '<option value="" selected>请选择</option>' in page
    )  # nobody gets the first seat of a list


def test_an_office_is_made_renamed_and_merged(raw: Raw, system: Client) -> None:
    new = {"code": "isle", "name": "海岛区委巡察办", "short_name": "海岛区", "kind": "county"}
    assert system.post("/offices/", new | {"parent": 9001}).status_code == 302
    assert system.post("/offices/", new | {"parent": 9001}).status_code == 422
    raw.connection.rollback()
    isle = raw.one("SELECT id FROM tenancy_office WHERE code = 'isle'")
    page = f"/offices/{isle}/"
    named = {"name": "大海岛区委巡察办", "short_name": "大海岛"}
    assert system.post(page, named).status_code == 302
    assert "大海岛" in system.get("/offices/").content.decode()

    abolish = f"/offices/{SHENGSI}/abolish/"
    unsure = system.post(abolish, {"successor": isle})
    assert unsure.status_code == 422
    assert "field-wrong" in unsure.content.decode()
    assert "已撤销" not in system.get(f"/offices/{SHENGSI}/").content.decode()
    assert system.post(abolish, {"successor": isle, "is_sure": "on"}).status_code == 302

    shown = system.get(f"/offices/{SHENGSI}/").content.decode()
    assert "已撤销" in shown
    assert "大海岛" in shown
    assert system.post("/offices/9001/abolish/", {"is_sure": "on"}).status_code == 409
    entering = Client().post("/sign-in/", {"username": "jiang", "password": PASSWORD})
    assert entering.status_code != 302
    assert not Membership.objects.exists()  # nothing is seen outside of any office


def test_somebody_moves_by_one_proposal_and_one_decision(
    raw: Raw, system: Client, security: Client, signed_in: SignedIn, lin: object
) -> None:
    form = {"username": "wu", "office": DINGHAI, "to_office": SHENGSI, "reason": "交流任职"}
    clerk = Client()
    clerk.post("/sign-in/", {"username": "wu", "password": PASSWORD})
    assert clerk.get("/").status_code == 200
    assert signed_in(lin).get("/transfers/").status_code == 403  # type: ignore[arg-type]
    assert system.post("/transfers/", form | {"role": "scheduler"}).status_code == 422
    answer = system.post("/transfers/", form | {"role": "county_clerk", "username": "ye"})
    assert "没有任职" in answer.content.decode()

    assert system.post("/transfers/", form | {"role": "county_clerk"}).status_code == 302

    page = security.get("/seats/").content.decode()
    assert "调至嵊泗县" in page
    assert "在定海区的全部岗位同时终止" in page
    assert decide(security, raw) == 302
    assert clerk.get("/")["Location"].endswith("because=moved")
    again = Client()
    again.post("/sign-in/", {"username": "wu", "password": PASSWORD})
    assert "嵊泗县" in again.get("/").content.decode()
