"""The part of the story in which a county writes letters and a unit rectifies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tenancy.actor import Actor
from tests.api.witness import Office, Witness
from tests.teams import Team

Seated = Callable[[Actor], Office]
SERVED = "2026-03-02"


def rectify(county: Office, team: Team, seated: Seated) -> None:
    """qiao speaks for a unit, shen supervises it, bai is the leader in charge, tang leads the team."""
    who = {name: seated(team.actor(name)).program for name in ("qiao", "shen", "bai", "he", "tang")}
    lin, leader = county.program, f"leader:{team.actor('bai').user_id}"
    code = _contacts(lin, team)
    number = _letter(lin, who, f"unit:{code}")
    _urged(lin, who, f"unit:{code}")
    assert lin.ok(lin.get("/letters?state=closed"))["items"][0]["number"] == number
    item = _item(lin, who, code, leader)
    _beside(lin, who, code, leader, item)
    _look_back(lin, who, team, code, item)


def _contacts(lin: Witness, team: Team) -> str:
    desk = lin.ok(lin.get("/unit-contacts"))["items"][0]
    for capacity, person in (("speak", "qiao"), ("supervise", "shen")):
        asked = {"capacity": capacity, "person": team.actor(person).user_id}
        lin.ok(lin.act(f"/unit-contacts/{desk['number']}", asked))
    code: str = desk["unit_code"]
    return code


def _drafted(lin: Witness, to: str) -> int:
    made = lin.ok(lin.act("/letters", {"kind": "notification_letter", "to": to, "title": "函"}))
    number: int = made["letter"]["number"]
    return number


def _sent(lin: Witness, number: int) -> Any:
    for act in ("handed_in", "signed", "sent"):
        done = lin.ok(lin.act(f"/letters/{number}/acts", {"act": act}))
    return done


def _proof() -> SimpleUploadedFile:
    return SimpleUploadedFile("佐证.txt", "发票三张".encode())


def _letter(lin: Witness, who: dict[str, Witness], to: str) -> int:
    qiao, number = who["qiao"], _drafted(lin, to)
    here = f"/letters/{number}"
    lin.ok(lin.act(here, {"to": to, "title": "新标题", "body": "正文"}, method="put"))
    sent = _sent(lin, number)
    assert (sent["letter"]["reference"], len(sent["digest"])) == (sent["letter"]["reference"], 64)
    assert qiao.ok(qiao.get(f"{here}/document")).startswith(b"PK")
    [received] = qiao.ok(qiao.get("/inbox"))["items"]
    assert received["title"] == "新标题"
    qiao.ok(qiao.act(f"{here}/acts", {"act": "received"}))
    qiao.ok(qiao.act(f"{here}/replies", {"text": "已办"}))
    [reply] = qiao.ok(qiao.upload(f"{here}/reply-files", file=_proof()))["replies"]
    assert [one["name"] for one in reply["files"]] == ["佐证.txt"]
    lin.ok(lin.act(f"{here}/acts", {"act": "closed"}))
    assert [one["text"] for one in lin.ok(lin.get(here))["replies"]] == ["已办"]
    return number


def _urged(lin: Witness, who: dict[str, Witness], to: str) -> None:
    number = _drafted(lin, to)
    _sent(lin, number)
    urging = lin.ok(lin.act(f"/letters/{number}/urging"))["letter"]["number"]
    _sent(lin, urging)
    assert lin.ok(lin.get(f"/letters/{number}"))["letter"]["urged"] == 1


def _item(lin: Witness, who: dict[str, Witness], code: str, leader: str) -> int:
    qiao, shen = who["qiao"], who["shen"]
    asked = {"unit_code": code, "round_name": "第三轮", "served_on": SERVED, "leader": leader}
    issues = [{"text": "议事规则不健全", "category": "党的建设"}]
    [made] = lin.ok(lin.act("/items", asked | {"issues": issues}))["items"]
    here = f"/items/{made['number']}"
    assert qiao.ok(qiao.get("/my-items"))["items"][0]["number"] == made["number"]
    plan = {"goal": "x", "measures": "x", "lead": "甲", "department": "x", "due_on": "2026-04-01"}
    qiao.ok(qiao.act(f"{here}/plan", plan | {"head": "乙", "head_signed_on": SERVED}))
    assert qiao.ok(qiao.get(f"{here}/document")).startswith(b"PK")
    lin.ok(lin.act(f"{here}/acts", {"act": "plan_accepted"}))
    qiao.ok(qiao.act(f"{here}/progress", {"text": "过半"}))
    lin.ok(lin.act(f"{here}/deadline", {"due_on": "2026-05-01", "reason": "x"}))
    qiao.ok(qiao.act(f"{here}/claim", {"evidence": "x", "result": "x"}))
    qiao.ok(qiao.upload(f"{here}/claim-files", file=_proof()))
    [waiting] = shen.ok(shen.get("/supervised-items?state=claimed_done"))["items"]
    assert waiting["number"] == made["number"]
    shen.ok(shen.act(f"{here}/acts", {"act": "checked_done"}))
    rule = {"kind": "rule_made", "title": "办法", "on": SERVED}
    qiao.ok(qiao.act(f"{here}/outcomes", rule))
    assert lin.ok(lin.get("/outcomes"))["items"][0]["title"] == "办法"
    number: int = made["number"]
    return number


def _beside(lin: Witness, who: dict[str, Witness], code: str, leader: str, item: int) -> None:
    bai = who["bai"]
    case = lin.ok(lin.act("/joint-cases", {"title": "x", "leader": leader, "items": [item]}))
    here = f"/joint-cases/{case['case']['number']}"
    assert bai.ok(bai.get(here))["items"][0]["number"] == item
    assert bai.ok(bai.get("/led-items"))["items"][0]["number"] == item
    assert lin.ok(lin.get("/items?overdue=false"))["items"][0]["number"] == item
    lin.ok(lin.act(f"/items/{item}/acts", {"act": "closed_out"}))
    assert lin.ok(lin.get(f"/items/{item}"))["item"]["state"] == "closed_out"
    assert lin.ok(lin.act(here, {"conclusion": "x"}))["case"]["closed_on"]
    assert len(lin.ok(lin.get("/joint-cases"))["items"]) == 1
    talk = lin.ok(lin.get("/talks"))["items"][0]["number"]
    said = {"person": "x", "matter": "x", "held_on": SERVED, "held_by": "x", "commitment": "x"}
    lin.ok(lin.act(f"/talks/{talk}/record", said))
    assert lin.ok(lin.get(f"/talks/{talk}/document")).startswith(b"PK")
    cut = [{"part": "tasks", "points": 5, "reason": "x"}]
    sheet = {"unit_code": code, "round_name": "x", "deductions": cut, "false_items": 0}
    assert lin.ok(lin.act("/evaluations", sheet))["score"] == 95
    [judged] = lin.ok(lin.get("/evaluations"))["items"]
    assert judged["grade"] == "good"
    assert lin.ok(lin.get(f"/evaluations/{judged['number']}/document")).startswith(b"PK")
    assert lin.ok(lin.get("/rectification-board"))["units"][0]["closed"] == 1


def _look_back(lin: Witness, who: dict[str, Witness], team: Team, code: str, item: int) -> None:
    tang = who["tang"]
    here, found = _on_site(lin, who, team, [])
    refused = [
        tang.act(f"{here}/results", {"results": [found | {"item": number}]})
        for number in (item, 10**9)
    ]
    assert [answer.status for answer in refused] == [422, 422]
    assert {answer.code for answer in refused} == {"sharing.look_back.not_drawn"}

    here, found = _on_site(lin, who, team, [code])
    told = tang.ok(tang.act(f"{here}/results", {"results": [found | {"item": item}]}))
    assert told["look_back"]["state"] == "told"
    assert len(lin.ok(lin.get("/look-backs"))["items"]) == 2
    read = lin.ok(lin.get(here))
    assert (read["population"], read["units"]) == (["甲", "乙"], [code])
    assert lin.ok(lin.get(f"/items/{item}"))["item"]["reopened"] == 1


def _on_site(
    lin: Witness, who: dict[str, Witness], team: Team, units: list[str]
) -> tuple[str, dict[str, str]]:
    """Its path, and what is found at the one that was drawn, without an item."""
    asked = {"title": "x", "population": ["甲", "乙"], "count": 1, "seed": "7", "units": units}
    here = f"/look-backs/{lin.ok(lin.act('/look-backs', asked))['look_back']['number']}"
    [name] = lin.ok(lin.act(f"{here}/acts", {"act": "sampled"}))["look_back"]["drawn"]
    he, tang = who["he"], who["tang"]
    he.ok(he.act(f"{here}/acts", {"act": "approved"}))
    lin.ok(lin.act(f"{here}/team", {"room": team.papers.pk}))
    tang.ok(tang.act(f"{here}/acts", {"act": "begun"}))
    return here, {"name": name, "verdict": "false", "text": "x"}
