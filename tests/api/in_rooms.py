"""What a team keeps in its rooms, by programs: for the story of every call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kernel.clock import today
from sharing.models.contacts import UnitDesk
from sharing.services.contacts import name_contact
from tenancy.actor import Actor
from tests.api.witness import Office
from tests.people import acting
from tests.teams import UNIT_CODE, UNIT_NAME, Team

Seated = Callable[[Actor], Office]
SHENGSI = 9005


def kept_in_rooms(team: Team, seated: Seated) -> None:
    _posts(team, seated)
    _petitions(team, seated)
    _interviews(team, seated)
    _documents(team, seated)


def _posts(team: Team, seated: Seated) -> None:
    zhao, tang = (seated(team.actor(who)).program for who in ("zhao", "tang"))
    zhao.ok(zhao.put("/post-settings", {"post": "accounts", "for_outsiders": True}))
    said = zhao.ok(zhao.get("/post-settings"))["posts"]
    assert [one["for_outsiders"] for one in said] == [True] * 4
    here = f"/rooms/{team.papers.pk}/posts"
    mei = {"origin": SHENGSI, "person": "mei"}
    for post in ("interviews", "accounts"):
        tang.ok(tang.act(here, {"post": post, **mei}))
    ended = tang.ok(tang.act(f"{here}/end", {"post": "accounts", **mei}))
    assert ended == tang.ok(tang.get(here))
    assert [len(one["holders"]) for one in ended["posts"]] == [1, 0]


def _petitions(team: Team, seated: Seated) -> None:
    tang = seated(team.actor("tang", "zhoushan")).program
    here = f"/rooms/{team.direct.pk}/petitions"
    told = {
        "received_on": today().isoformat(),
        "way": "letter",
        "unit_name": UNIT_NAME,
        "subject": "money",
        "gist": "反映采购没有招标",
    }
    nth = tang.ok(tang.act(here, told))["nth"]
    handled = tang.ok(tang.act(f"{here}/handle", {"nth": nth, "handling": "paper"}))
    assert tang.ok(tang.get(here))["items"] == [handled]


def _interviews(team: Team, seated: Seated) -> None:
    mei = seated(team.actor("mei")).program
    room = f"/rooms/{team.papers.pk}"
    typed = {"unit": UNIT_CODE, "strata": "班子成员 2"}
    mei.ok(mei.put(f"{room}/interview-plan", typed))
    told: dict[str, Any] = {
        "unit": UNIT_CODE,
        "stratum": "班子成员",
        "post": "副局长",
        "on": today().isoformat(),
        "interviewers": [f"{SHENGSI}:mei", f"{SHENGSI}:tang"],
    }
    nth = mei.ok(mei.act(f"{room}/interviews", told))["nth"]
    said = {"nth": nth, "state": "held", "on": today().isoformat()}
    held = mei.ok(mei.act(f"{room}/interviews/settle", said))
    assert mei.ok(mei.get(f"{room}/interviews"))["items"] == [held]
    [unit] = mei.ok(mei.get(f"{room}/interview-plan"))["units"]
    assert [(one["held"], one["missing"]) for one in unit["strata"]] == [(1, 1)]


def _documents(team: Team, seated: Seated) -> None:
    lin = team.actor("lin")
    with team.django_as("superuser"):
        desk, _is_new = UnitDesk.objects.get_or_create(
            tenant_id=lin.tenant_id,
            unit_code=UNIT_CODE,
            defaults={"name": UNIT_NAME, "name_key": "x", "inspectable": True},
        )
    with acting(lin):
        name_contact(actor=lin, number=desk.pk, capacity="speak", person=9108)
    mei, qiao = (seated(team.actor(who)).program for who in ("mei", "qiao"))
    here = f"/rooms/{team.papers.pk}/document-requests"
    told = {"unit": UNIT_CODE, "what": "会议记录", "why": "核对", "days": 3, "handed_to": "某"}
    number = mei.ok(mei.act(here, told))["number"]
    [line] = qiao.ok(qiao.get("/document-requests"))["items"]
    assert [one["act"] for one in line["acts"]] == ["delivered", "not_held"]
    qiao.ok(qiao.act("/document-requests/acts", {"request": number, "act": "delivered"}))
    signed = {"request": number, "act": "received", "person": "某", "pieces": 2}
    received = mei.ok(mei.act("/document-requests/acts", signed))
    assert received["steps"][-1]["pieces"] == 2
    assert mei.ok(mei.get(here))["items"] == [received]
