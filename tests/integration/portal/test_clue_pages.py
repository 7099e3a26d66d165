"""A clue through its pages, hand by hand; and what each page hides from whom."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kernel.clock import today
from sharing.models.hand_over import HandOverList
from tests.clues import CITY_MANAGED, arrived, handed_over, received, registered, signed
from tests.integration.security.ground import browser_of
from tests.people import acting
from tests.teams import Team

NAME = "骆怀川"
TYPED: dict[str, Any] = {
    "subject_name": NAME,
    "subject_unit": "定海区教育局",
    "subject_post": "局长",
    "management_level": "county_managed",
    "source_kind": "files",
    "gist": "校舍修缮工程未经招标。",
    "evidence": "合同复印件\n会议纪要",
}


@pytest.fixture
def at(team: Team) -> Callable[..., Client]:
    browsers: dict[tuple[str, str], Client] = {}

    def browser(who: str, office: str = "dinghai") -> Client:
        if (who, office) not in browsers:
            browsers[who, office] = browser_of(team.actor(who, office))
        return browsers[who, office]

    return browser


def words(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_from_the_register_to_the_end_by_pages(team: Team, at: Any) -> None:
    mei, tang = at("mei", "zhoushan"), at("tang", "zhoushan")
    lin, luo = at("lin"), at("luo")

    assert "登记线索" in words(mei, "/clues/")
    answer = mei.post("/clues/new/", TYPED | {"gist": ""})
    assert answer.status_code == 422
    assert NAME in answer.content.decode(), "what was typed stays"
    clue = mei.post("/clues/new/", TYPED).headers["Location"]
    assert "补充" in words(mei, clue)
    assert mei.post(f"{clue}amend/", TYPED | {"gist": "补充后"}).status_code == 302
    assert mei.post(f"{clue}sign/").status_code == 403
    judged = {"judgement": "screened", "met_on": today().isoformat(), "meeting_opinion": "属实"}
    assert tang.post(f"{clue}judge/", judged | {"met_on": "2099-01-01"}).status_code == 422
    assert tang.post(f"{clue}judge/", judged).status_code == 302
    assert tang.post(f"{clue}sign/").status_code == 302
    assert "补充后" in words(mei, clue)

    assert NAME not in words(luo, "/clue-ledger/")
    ledger = words(lin, "/clue-ledger/")
    assert NAME in ledger
    [row] = set(re.findall(r"/clue-ledger/(\d+)/", ledger))
    kept = f"/clue-ledger/{row}/"
    assert lin.post(f"{kept}take-in/").status_code == 302
    assert lin.post(f"{kept}take-in/").status_code == 409
    assert NAME in words(lin, "/hand-over-lists/new/")
    assert lin.post("/hand-over-lists/new/", {}).status_code == 422
    list_ = lin.post("/hand-over-lists/new/", {"clues": [row]}).headers["Location"]
    assert "与签字时一致" in words(lin, list_)
    assert lin.post(f"{list_}acknowledge/").status_code == 403
    assert luo.post(f"{list_}acknowledge/").status_code == 302
    assert json.loads(luo.get(f"{list_}text/").content)["clues"][0]["gist"] == "补充后"
    assert luo.get(f"{list_}document/").content.startswith(b"PK")

    assert luo.post(f"{kept}dispose/", {}).status_code == 422
    assert luo.post(f"{kept}dispose/", {"disposal": "preliminary_check"}).status_code == 302
    assert luo.post(f"{kept}begin/").status_code == 302
    assert lin.post(f"{kept}urge/", {"letter": "定巡办函〔2026〕9号"}).status_code == 302
    told = {"codes_1": ["not_borne_out", "admonition"]}
    assert luo.post(f"{kept}result/", told).status_code == 422
    told = {"codes_1": ["admonition", "party_warning"], "codes_3": ["talk"]}
    assert luo.post(f"{kept}result/", told).status_code == 302
    assert "其他人员 2" in words(lin, kept)
    assert lin.post(f"{kept}ask-again/", {"reason": "请补充"}).status_code == 302
    assert luo.post(f"{kept}result/", {"codes_1": ["admonition"]}).status_code == 302
    assert lin.post(f"{kept}close/").status_code == 302
    assert "已办结" in words(lin, kept)
    counts = words(at("zhao"), "/clue-counts/")
    assert "定海区" in counts
    assert NAME not in counts


def test_a_returned_clue_and_a_declared_tie_by_pages(team: Team, at: Any) -> None:
    number = received(team, team.actor("lin"), team.actor("luo"))
    lin, luo, kept = at("lin"), at("luo"), f"/clue-ledger/{number}/"

    assert luo.post(f"{kept}return/", {"reason": ""}).status_code == 422
    assert luo.post(f"{kept}return/", {"reason": "证据不足"}).status_code == 302
    assert "证据不足" in words(lin, kept)
    assert lin.post(f"{kept}tie/").status_code == 302
    words(lin, kept, 404)
    assert NAME not in words(lin, "/clue-ledger/")


def test_leak_case_3_no_page_of_the_county_shows_a_city_managed_clue(team: Team, at: Any) -> None:
    """To the byte what it was before, whatever anybody of the county looks at."""
    lin = team.actor("lin")
    own = arrived(team, lin)
    pages = ["/", "/clue-ledger/", "/hand-over-lists/", "/clues/", "/notices/", "/own-record/"]
    pages += [f"/clue-ledger/{own}/", "/clue-ledger/?urgent=on", "/clue-counts/", "/webhooks/"]
    people = [("lin", "dinghai"), ("luo", "dinghai"), ("wu", "dinghai"), ("he", "dinghai")]

    def looked() -> dict[Any, tuple[int, str]]:
        return {(who, page): stripped(at(*who).get(page)) for who in people for page in pages}

    looked()
    before = looked()
    number = received(team, team.actor("zhao"), team.actor("qin"), management_level=CITY_MANAGED)
    after = looked()

    assert {key for key in before if before[key] != after[key]} == set()
    assert at("lin").get(f"/clue-ledger/{number}/").status_code == 404
    assert at("zhao").get(f"/clue-ledger/{number}/").status_code == 200, "the allowed twin"


def stripped(answer: Any) -> tuple[int, str]:
    """Without what is anew in each answer: masks, keys of forms, times and the record's own lines
    of these very looks."""
    text = re.sub(r'value="[A-Za-z0-9-]{36,}"|"X-CSRFToken": "[^"]*"', "", answer.content.decode())
    return answer.status_code, re.sub(
        r"<time.*?</time>|<tbody>.*?查看.*?</tbody>", "", text, flags=re.S
    )


def test_pages_of_a_clue_are_hidden_from_all_others(team: Team, at: Any) -> None:
    mine, _ = registered(team), signed(team)
    number, list_ = handed_over(team, team.actor("lin"))

    for who in (("ruan", "zhoushan"), ("zhao", "zhoushan"), ("lin", "dinghai"), ("mei", "dinghai")):
        words(at(*who), f"/clues/{mine}/", 404)
    for who in (("zhao", "zhoushan"), ("qin", "zhoushan"), ("wu", "dinghai"), ("tang", "zhoushan")):
        words(at(*who), f"/clue-ledger/{number}/", 404)
        words(at(*who), f"/hand-over-lists/{list_.pk}/", 404)
        words(at(*who), f"/hand-over-lists/{list_.pk}/text/", 404)
        words(at(*who), f"/hand-over-lists/{list_.pk}/document/", 404)
    with acting(team.actor("lin")):
        assert HandOverList.objects.count() == 1


def test_the_empty_pages_say_what_to_do_first(team: Team, at: Any) -> None:
    assert "请先接收线索" in words(at("lin"), "/hand-over-lists/new/")
    assert "台账为空" in words(at("lin"), "/clue-ledger/")
    assert "没有符合条件" in words(at("lin"), "/clue-ledger/?overdue=on")
    assert "尚无清单" in words(at("luo"), "/hand-over-lists/")
    assert "没有直报工作间" in words(at("mei"), "/clues/")
    assert "各县（区）均无线索" in words(at("zhao"), "/clue-counts/")
