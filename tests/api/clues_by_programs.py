"""The part of the story that is about clues: from the register to the end, by programs alone."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

from kernel.clock import now, today
from sharing.models.corroboration import HitNotice
from tests.api.witness import Witness
from tests.matching import ID_NUMBER
from tests.teams import Team

CLUE = {
    "subject_name": "骆怀川",
    "subject_unit": "定海区教育局",
    "management_level": "county_managed",
    "source_kind": "files",
    "gist": "校舍修缮工程未经招标。",
    "evidence": ["合同复印件"],
}
APPROACH = {
    "who": "卓某",
    "post": "某局副局长",
    "approach": "interceded",
    "happened_on": "2026-01-05",
    "how": "电话",
    "about": "询问巡察发现",
}


def clues_by_programs(team: Team, seated: Any) -> None:
    mei = seated(team.actor("mei", "zhoushan")).program
    tang = seated(team.actor("tang", "zhoushan")).program
    lin, luo, zhao = (seated(team.actor(who)).program for who in ("lin", "luo", "zhao"))
    for _ in range(3):
        a_signed_clue(mei, tang)
    kept = [one["number"] for one in lin.ok(lin.get("/clue-ledger"))["items"]]
    assert zhao.ok(zhao.get("/clue-routes"))["items"][0]["state"] == "leader_signed"
    first, second, third = (f"/clue-ledger/{number}" for number in kept)
    for one in (first, second):
        assert lin.ok(lin.act(f"{one}/take-in"))["state"] == "taken_in"
    lin.ok(lin.act(f"{third}/tie"))
    assert lin.get(third).status == 404
    handed_over(lin, luo, kept[:2])
    luo.ok(luo.act(f"{second}/return", {"reason": "证据不足"}))
    compared(lin, first)
    a_hit_is_answered(team, lin, luo, kept[0])
    to_the_end(lin, luo, first)
    interference(mei, zhao)


def a_signed_clue(mei: Witness, tang: Witness) -> None:
    number = mei.ok(mei.act("/clues", CLUE))["number"]
    here = f"/clues/{number}"
    assert mei.ok(mei.get("/clues"))["items"][0]["number"] == number
    mei.ok(mei.put(here, CLUE | {"gist": "补充"}))
    judged = {"judgement": "screened", "met_on": today().isoformat()}
    tang.ok(tang.act(f"{here}/judgement", judged))
    tang.ok(tang.act(f"{here}/send-back", {"reason": "补充证据"}))
    tang.ok(tang.act(f"{here}/judgement", judged))
    assert tang.ok(tang.act(f"{here}/signature")) == {"number": number, "state": "leader_signed"}
    assert mei.ok(mei.get(here))["gist"] == "补充"


def handed_over(lin: Witness, luo: Witness, clues: list[int]) -> None:
    made = lin.ok(lin.act("/hand-over-lists", {"clues": clues}))
    here = f"/hand-over-lists/{made['number']}"
    assert luo.ok(luo.get("/hand-over-lists"))["items"][0]["size"] == 2
    text = luo.ok(luo.get(f"{here}/text"))
    assert sha256(text).hexdigest() == made["sha256"]
    assert len(json.loads(text)["clues"]) == 2
    assert lin.ok(lin.act(f"{here}/urge"))["reference"].endswith("1号")
    assert len(luo.ok(luo.get(here))["urgings"]) == 1
    assert luo.ok(luo.act(f"{here}/receipt"))["receipt_number"] == 1
    assert luo.ok(luo.get(f"{here}/document")).startswith(b"PK")
    assert lin.ok(lin.get(here))["is_whole"]


def to_the_end(lin: Witness, luo: Witness, here: str) -> None:
    luo.ok(luo.act(f"{here}/disposal", {"disposal": "preliminary_check"}))
    luo.ok(luo.act(f"{here}/begin"))
    lin.ok(lin.act(f"{here}/urge", {"letter": "定巡办函〔2026〕9号"}))
    told = {"outcomes": [{"nth": 1, "code": "admonition"}]}
    luo.ok(luo.act(f"{here}/result", told))
    lin.ok(lin.act(f"{here}/ask-again", {"reason": "请补充"}))
    luo.ok(luo.act(f"{here}/result", told))
    assert lin.ok(lin.act(f"{here}/close"))["state"] == "closed"
    assert [one["telling"] for one in lin.ok(lin.get(here))["outcomes"]] == [2, 1]


def compared(lin: Witness, clue: str) -> None:
    """Whatever other offices hold, the answer is that it is queued."""
    here = f"{clue}/parties"
    party = lin.ok(lin.act(here, {"person_name": "骆怀川", "id_number": ID_NUMBER}))
    named = {"party": party["number"]}
    assert [one["mask"] for one in party["identifiers"]] == ["骆…", "…0013"]
    assert lin.ok(lin.act(f"{here}/ask", named)) == {"queued": True}
    shown = lin.ok(lin.get(here))
    assert (shown["left"], shown["parties"][0]["state"], shown["is_on"]) == (9, "asked", True)
    assert lin.ok(lin.act(f"{here}/withdraw", named)) == {"withdrawn": True}
    assert lin.ok(lin.get("/probing-alerts")) == {"alerts": []}


def a_hit_is_answered(team: Team, lin: Witness, luo: Witness, clue: int) -> None:
    """Told as the matcher tells it."""
    with team.django_as("owner"):
        HitNotice.objects.create(
            pk=clue + 1,
            tenant_id=team.actor("lin").tenant_id,
            clue_id=clue,
            about="person",
            told_at=now() - timedelta(days=1),
            answer_until=now() + timedelta(days=59),
        )
    [hit] = lin.ok(lin.get("/hits"))["items"]
    here = f"/hits/{hit['number']}"
    assert lin.ok(lin.act(f"{here}/acts", {"act": "proposed"}))["phase"] == "proposed"
    assert luo.ok(luo.act(f"{here}/acts", {"act": "confirmed"}))["phase"] == "consented"
    assert luo.ok(luo.get(here))["partners"] == []


def interference(mei: Witness, zhao: Witness) -> None:
    number = mei.ok(mei.act("/interference", APPROACH))["number"]
    here = f"/interference/{number}"
    assert mei.ok(mei.get("/interference"))["items"][0]["number"] == number
    zhao.ok(zhao.act(f"{here}/outcome", {"outcome": "talked_to"}))
    assert zhao.ok(zhao.get(here))["outcome"] == "talked_to"
