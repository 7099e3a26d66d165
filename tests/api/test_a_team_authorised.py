"""A team by programs: its accounts, its authorisation, its rooms and weeks; and how it ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kernel.clock import today
from tenancy.actor import Actor
from tests.api.calling import program_of
from tests.api.witness import Witness
from tests.authorised import BODY, DOCUMENT, PEOPLE, Waiting
from tests.people import _office

# What the story of every call leaves to this one: its people sit in the same accounts.
OF_A_TEAM = frozenset(
    {
        "admit_member",
        "draft_weekly_report",
        "end_member",
        "follow_correction",
        "grant_authorisation",
        "link_account",
        "list_authorisations",
        "list_person_accounts",
        "list_rooms",
        "list_signed_weekly_reports",
        "list_weekly_reports",
        "propose_authorisation",
        "read_authorisation",
        "read_publication_teams",
        "read_room",
        "refuse_authorisation",
        "revoke_authorisation",
        "sign_weekly_report",
        "unlink_account",
    }
)


@pytest.fixture
def called() -> set[str]:
    return set()


@pytest.fixture
def seated(called: set[str]) -> Any:
    def of(actor: Actor) -> Witness:
        return Witness(program_of(actor).client, {}, called)

    return of


def test_a_team_is_let_in_works_and_is_taken_out(
    waiting: Waiting, seated: Any, called: set[str]
) -> None:
    jiang, lin, zhao = (seated(waiting.actor(who)) for who in ("jiang", "lin", "zhao"))
    _link(jiang, "tang")
    number = _propose(zhao, waiting)
    refused = lin.ok(lin.act(f"/authorisations/{number}/refuse", {"words": "组长须另派"}))
    assert (refused["state"], refused["words"]) == ("refused", "组长须另派")
    number = _propose(zhao, waiting)
    granted = _grant(lin, number)
    assert {one["name"]: one["state"] for one in granted["people"]} == {
        "唐思远": "in",
        "顾长风": "no_account",
        "梅若溪": "no_account",
    }
    _admit_and_end(lin, jiang, number)
    _work(seated(waiting.actor("tang")), lin, number)
    waiting.corrected(people=("tang", "gu"))
    followed = lin.ok(lin.act(f"/authorisations/{number}/follow"))
    assert followed["edition"] is None
    revoked = lin.ok(lin.act(f"/authorisations/{number}/revoke", {"words": "提前结束"}))
    assert (revoked["state"], revoked["words"]) == ("revoked", "提前结束")
    lin.ok(lin.act(f"/people/{_person(lin, '003', linked=True)}/account/unlink"))
    assert _person(lin, "003", linked=False)
    assert number in [one["number"] for one in lin.ok(lin.get("/authorisations"))["items"]]

    assert called == OF_A_TEAM


def _person(program: Witness, number: str, *, linked: bool) -> int:
    lines = program.ok(program.get(f"/person-accounts?linked={str(linked).lower()}"))["items"]
    [found] = [one["number"] for one in lines if one["roster_number"] == number]
    return int(found)


def _link(program: Witness, who: str) -> None:
    person = _person(program, PEOPLE[who][3], linked=False)
    line = program.ok(program.act(f"/people/{person}/account", {"username": who}))
    assert line["username"] == who


def _term() -> dict[str, Any]:
    last: date = today() + timedelta(days=30)
    return {"starts_on": today().isoformat(), "until_on": last.isoformat()}


def _propose(zhao: Witness, waiting: Waiting) -> int:
    teams = f"/publications/{waiting.publication}/teams"
    asked = {"host": _office("dinghai").pk, "team": "T1", **_term()}
    made = zhao.act(teams, asked)
    number: int = zhao.ok(made)["number"]
    assert made.headers["Location"].endswith(f"authorisations/{number}")
    [line] = zhao.ok(zhao.get(teams))["teams"]
    assert (line["authorisation"], line["state"]) == (number, "waiting")
    return number


def _grant(lin: Witness, number: int) -> dict[str, Any]:
    here = f"/authorisations/{number}"
    said = {"document_number": DOCUMENT, "authorised_by": BODY, **_term()}
    granted: dict[str, Any] = lin.ok(lin.act(f"{here}/grant", said))
    assert granted == lin.ok(lin.get(here))
    return granted


def _admit_and_end(lin: Witness, jiang: Witness, number: int) -> None:
    here, shengsi = f"/authorisations/{number}", _office("shengsi").pk
    _link(lin, "mei")
    _link(jiang, "gu")
    gu = {"origin": shengsi, "person": "002"}
    admitted = lin.ok(lin.act(f"{here}/admit", gu))
    assert [one["state"] for one in admitted["people"] if one["person"] == "002"] == ["in"]
    ended = lin.ok(lin.act(f"{here}/end", {**gu, "words": "另有任用"}))
    assert [one["state"] for one in ended["people"] if one["person"] == "002"] == ["ended"]


def _work(tang: Witness, lin: Witness, number: int) -> None:
    [room] = tang.ok(tang.get("/rooms"))["items"]
    here = f"/rooms/{room['number']}"
    assert [one["name"] for one in tang.ok(tang.get(here))["team"]] == ["唐思远", "梅若溪"]
    week = {"week": today().isoformat()}
    told = {**week, "talks": 3, "files": 40, "letters": 1, "visits": 2, "findings": "经费 2"}
    drafted = tang.ok(tang.act(f"{here}/weekly-reports", told))
    assert (drafted["talks"], drafted["signed_by"]) == (3, "")
    assert lin.ok(lin.get(f"/authorisations/{number}/weekly-reports"))["items"] == []
    signed = tang.ok(tang.act(f"{here}/weekly-reports/sign", week))
    assert tang.ok(tang.get(f"{here}/weekly-reports"))["items"] == [signed]
    [read] = lin.ok(lin.get(f"/authorisations/{number}/weekly-reports"))["items"]
    assert read["findings"] == "经费 2"
