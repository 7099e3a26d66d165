"""The pages of papers, findings and reports: the team's way to feedback, and what others are shown."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kernel.clock import today
from sharing.models.papers import WorkingPaper
from sharing.models.reports import InspectionReport
from tests.integration.portal.desks import CHANGING
from tests.integration.security.ground import browser_of
from tests.papers import begun, class_of, report_of, to
from tests.people import acting
from tests.teams import Team

EMPTY = {
    "bases-TOTAL_FORMS": 1, "bases-INITIAL_FORMS": 0,
    "evidence-TOTAL_FORMS": 1, "evidence-INITIAL_FORMS": 0,
}  # fmt: skip
WHOLE = EMPTY | {
    "title": "党组会未按规定研究经费",
    "fact": "事实",
    "nature": "定性",
    "responsibility": "责任",
    "severity": "grave",
    "money": "1260000.50",
    "people_count": 2,
    "disciplines": ["work"],
    "bases-0-text_title": "党组工作条例",
    "evidence-0-kind": "minutes",
    "evidence-0-title": "党组会记录",
    "evidence-0-dated_on": "2024-05-06",
    "based_on": 0,
}


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def sent(client: Client, address: str, form: dict[str, Any], status: int = 302) -> str:
    answer = client.post(address, form)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.headers.get("Location", "") or answer.content.decode()


def test_from_the_first_word_to_feedback_on_the_pages(team: Team) -> None:
    whole = WHOLE | {"category": class_of(team)}
    mei, tang = browser_of(team.actor("mei")), browser_of(team.actor("tang"))
    assert "还没有底稿" in page(mei, "/papers/")
    where = sent(mei, "/papers/new/", whole | {"unit": f"{team.papers.pk}:{team.unit_code}"})
    paper = int(where.split("/")[2])
    shown = page(mei, where)
    assert "1,260,000.50" in shown
    assert "党组工作条例" in shown
    sent(mei, f"{where}act/", {"act": "evidence_completed"})
    assert "党组会日期" not in page(mei, where), "a member is offered no act of the leader"

    assert 'name="met_on"' in sent(tang, f"{where}act/", {"act": "meeting_passed"}, 422)
    sent(tang, f"{where}act/", {"act": "meeting_passed", "met_on": "2026-09-01", "opinion": "成立"})
    sent(tang, f"{where}act/", {"act": "signed"})
    assert "定海区教育局" in page(tang, "/reports/")
    report = sent(tang, "/reports/new/", {"unit": f"{team.papers.pk}:{team.unit_code}"})
    sent(tang, f"{report}papers/", {"paper": [paper]})
    chapters = {"overview": "概述", "evaluation": "评价", "advice": "建议", "based_on": 0}
    sent(tang, f"{report}text/", chapters)
    sent(tang, f"{report}act/", {"act": "submitted"})

    wu, he, lin = (browser_of(team.actor(who)) for who in ("wu", "he", "lin"))
    assert "党组会未按规定研究经费" in page(wu, "/findings/")
    sent(wu, f"/findings/{paper}/comment/", {"comment": "建议补充依据"})
    assert "建议补充依据" in page(mei, where)
    sent(he, f"{report}act/", {"act": "approved", "heard_on": "2026-10-01"})

    sent(lin, f"{report}feedback/", chapters | {"duty": "两个月内报告"})
    sent(tang, f"{report}act/", {"act": "head_told", "told_on": "2026-10-08"})
    met = {"act": "meeting_held", "met_on": "2026-10-09", "attendance": "全体"}
    sent(lin, f"{report}act/", met)
    sent(lin, f"{report}act/", {"act": "served", "served_on": today().isoformat()})
    assert "两个月内报告" in page(lin, report)
    with acting(team.actor("mei")):
        assert WorkingPaper.objects.get(pk=paper).state == "fed_back"
        assert InspectionReport.objects.get().state == "served"


def test_what_was_typed_stays_where_a_version_came_in_between(team: Team) -> None:
    paper, mei = begun(team), browser_of(team.actor("mei"))
    address = f"/papers/{paper.pk}/edit/"
    sent(mei, address, WHOLE | {"based_on": 1, "title": "第一个窗口"})
    shown = sent(mei, address, WHOLE | {"based_on": 1, "title": "第二个窗口"}, 422)
    assert "第二个窗口" in shown
    assert "已有第 2 版保存" in shown


def test_versions_stand_side_by_side(team: Team) -> None:
    paper, mei = begun(team), browser_of(team.actor("mei"))
    sent(mei, f"/papers/{paper.pk}/edit/", WHOLE | {"based_on": 1, "fact": "2024年至2025年，5笔"})
    shown = page(mei, f"/papers/{paper.pk}/versions/")
    assert "<del>" in shown
    assert "<ins>" in shown
    assert page(mei, f"/papers/{paper.pk}/versions/?old=9999999999&new=x")


def test_the_list_is_sieved_and_shown_as_a_board(team: Team) -> None:
    first, second = to(team, "meeting_passed"), begun(team, "gu")
    tang = browser_of(team.actor("tang"))
    assert f"/papers/{first.pk}/" in page(tang, "/papers/?view=board")
    for sieve, there in (("state=draft", second), ("finder=9103", first), ("state=x", None)):
        shown = page(tang, f"/papers/?{sieve}")
        for paper in (first, second):
            assert (f"/papers/{paper.pk}/" in shown) == (paper == there), sieve
    assert page(tang, "/papers/?after=abc&finder=-1&q=%27")


@pytest.mark.parametrize("who", ["lin", "wu", "he", "luo", "qiao", "ruan", "ye", "zhao"])
def test_a_paper_that_is_not_theirs_is_not_there_to_the_byte(team: Team, who: str) -> None:
    paper = to(team, "leader_signed")
    client = browser_of(team.actor(who))
    for area in ("papers", "findings"):
        told = [client.get(f"/{area}/{number}/") for number in (paper.pk, 987_654_321)]
        assert {one.status_code for one in told} == {404}
        bare = [
            one.content.decode().replace(f"/{area}/{number}/", "")
            for one, number in zip(told, (paper.pk, 987_654_321), strict=True)
        ]
        # But for what differs between any two pages of one person.
        assert len({_still(text) for text in bare}) == 1


def _still(text: str) -> str:
    return re.sub(CHANGING, "", text)


def test_the_office_is_shown_of_earlier_texts_only_what_was_in_a_report(team: Team) -> None:
    paper = begun(team)
    mei, tang, wu = (browser_of(team.actor(who)) for who in ("mei", "tang", "wu"))
    whole = WHOLE | {"category": class_of(team)}
    edit, act = f"/papers/{paper.pk}/edit/", f"/papers/{paper.pk}/act/"
    report = report_of(team).pk

    def to_report() -> None:
        sent(mei, act, {"act": "evidence_completed"})
        sent(tang, act, {"act": "meeting_passed", "met_on": "2026-09-01", "opinion": "内部意见"})
        sent(tang, act, {"act": "signed"})
        sent(tang, f"/reports/{report}/papers/", {"paper": [paper.pk]})

    sent(mei, edit, whole | {"based_on": 1, "fact": "第一次报送的事实"})
    to_report()
    shown = page(wu, f"/findings/{paper.pk}/")
    assert "第一次报送的事实" in shown
    assert "内部意见" not in shown
    sent(tang, act, {"act": "taken_back", "reason": "更正"})
    sent(mei, edit, whole | {"based_on": 2, "fact": "中间稿的事实", "why": "改"})
    sent(mei, edit, whole | {"based_on": 3, "fact": "第二次报送的事实", "why": "改"})
    to_report()
    shown = page(wu, f"/findings/{paper.pk}/")
    assert "<del>一</del>" in shown
    assert "中间稿" not in shown
