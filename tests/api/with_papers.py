"""Papers by programs: from the first word to feedback, for the story of every call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kernel.clock import today
from tenancy.actor import Actor
from tests.api.witness import Office
from tests.integration.sharing.county import County, take_in_unit_of_team
from tests.papers import class_of
from tests.teams import Team

Seated = Callable[[Actor], Office]
TEXT: dict[str, Any] = {
    "title": "党组会未按规定研究经费",
    "fact": "事实",
    "nature": "定性",
    "responsibility": "责任",
    "money_cents": 1_260_000_50,
    "disciplines": ["work"],
    "bases": [{"text_title": "党组工作条例", "article": "第十七条"}],
    "evidence": [{"kind": "minutes", "title": "党组会记录", "dated_on": "2024-05-06"}],
}
CHAPTERS = {"overview": "概述", "evaluation": "评价", "advice": "建议"}


def papers_to_feedback(team: Team, seated: Seated) -> None:
    mei, tang = (seated(team.actor(who)).program for who in ("mei", "tang"))
    wu, he, lin = (seated(team.actor(who)).program for who in ("wu", "he", "lin"))
    place = {"room": team.papers.pk, "unit": team.unit_code}
    made = mei.ok(mei.act("/papers", {**place, "title": "财务"}))
    assert set(made["lacks"]) >= {"fact", "bases"}
    here = f"/papers/{made['paper']['number']}"
    written = mei.ok(
        mei.act(f"{here}/versions", {**TEXT, "category": class_of(team), "based_on": 1})
    )
    assert (written["lacks"], written["open_acts"]) == ([], ["evidence_completed"])
    _hand_in_and_take_off(mei, here)
    changed = mei.ok(mei.get(f"{here}/comparison"))
    assert (changed["old"], changed["new"]) == (1, 2)
    mei.ok(mei.act(f"{here}/acts", {"act": "evidence_completed"}))
    met = {"act": "meeting_passed", "met_on": "2026-09-01", "opinion": "成立"}
    tang.ok(tang.act(f"{here}/acts", met))
    tang.ok(tang.act(f"{here}/acts", {"act": "signed"}))
    assert mei.ok(mei.get(f"{here}/document")).startswith(b"PK")
    report = _report(tang, place, made["paper"]["number"], here)
    [line] = wu.ok(wu.get("/findings"))["items"]
    finding = f"/findings/{line['number']}"
    assert wu.ok(wu.get(finding))["text"]["bases"][0]["article"] == "第十七条"
    said = wu.ok(wu.act(f"{finding}/comments", {"comment": "补充依据"}))
    assert said["comments"][0]["text"] == "补充依据"
    assert mei.ok(mei.get(here))["comments"]
    he.ok(he.act(f"{report}/acts", {"act": "approved", "heard_on": "2026-10-01"}))
    _feed_back(lin, tang, report)
    assert lin.ok(lin.get(f"{report}/document")).startswith(b"PK")
    _assign(wu, team, report)
    assert mei.ok(mei.get("/papers?state=rectifying"))["items"][0]["title"] == TEXT["title"]
    assert he.ok(he.get("/reports"))["items"][0]["state"] == "served"


def _hand_in_and_take_off(mei: Any, here: str) -> None:
    notes = SimpleUploadedFile("党组会记录.txt", "会议记录".encode())
    [line] = mei.ok(mei.upload(f"{here}/files", line=1, file=notes))["evidence"]
    [file] = line["files"]
    [line] = mei.ok(mei.act(f"{here}/files/off", {"attachment": file["number"]}))["evidence"]
    assert line["files"] == []


def _assign(wu: Any, team: Team, report: str) -> None:
    take_in_unit_of_team(County(team))
    [finding] = wu.ok(wu.get(report))["findings"]
    assert (finding["state"], finding["item"]) == ("fed_back", None)
    asked = {"findings": [finding["number"]]}
    [made] = wu.ok(wu.act(f"{report}/items", asked))["items"]
    assert wu.ok(wu.get(report))["findings"][0]["item"] == made["number"]
    assert wu.ok(wu.get(f"/items/{made['number']}"))["findings"] == asked["findings"]


def _report(tang: Any, place: dict[str, Any], paper: int, here: str) -> str:
    number = tang.ok(tang.act("/reports", place))["report"]["number"]
    report = f"/reports/{number}"
    tang.ok(tang.act(f"{here}/acts", {"act": "put_in_report", "report": number}))
    text = {"part": "report", "based_on": 0, **CHAPTERS}
    tang.ok(tang.act(f"{report}/texts", text))
    tang.ok(tang.act(f"{report}/acts", {"act": "submitted"}))
    [finding] = tang.ok(tang.get(report))["findings"]
    assert finding["number"] == paper
    return report


def _feed_back(lin: Any, tang: Any, report: str) -> None:
    text = {"part": "feedback", "based_on": 0, **CHAPTERS, "duty": "两个月内报告"}
    lin.ok(lin.act(f"{report}/texts", text))
    tang.ok(tang.act(f"{report}/acts", {"act": "head_told", "told_on": "2026-10-08"}))
    met = {"act": "meeting_held", "met_on": "2026-10-09", "attendance": "全体"}
    lin.ok(lin.act(f"{report}/acts", met))
    served = {"act": "served", "served_on": today().isoformat()}
    assert lin.ok(lin.act(f"{report}/acts", served))["report"]["state"] == "served"
