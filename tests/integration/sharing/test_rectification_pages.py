"""Letters and rectification through the pages, by everybody whose they are."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from sharing.models.letters import Letter
from sharing.models.rectification import RectificationItem
from tests.integration.security.ground import browser_of
from tests.integration.sharing.county import County
from tests.integration.sharing.test_letters import drafted, walked
from tests.integration.sharing.test_rectifying import SERVED, assigned, to
from tests.people import acting


@pytest.fixture
def browse(county: County) -> Any:
    clients: dict[str, Client] = {}

    def of(who: str) -> Client:
        if who not in clients:
            clients[who] = browser_of(county.actor(who))
        return clients[who]

    return of


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def sent(client: Client, path: str, **typed: Any) -> None:
    answer = client.post(path, typed)
    assert answer.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())[:2000]


def test_a_letter_by_pages(county: County, browse: Any) -> None:
    wu, lin, qiao = browse("wu"), browse("lin"), browse("qiao")
    assert "还没有函件" in text(wu, "/letters/")
    assert "发现以下共性问题" in text(wu, "/letters/new/?kind=notification_letter")
    typed = {"to": "unit:U01", "title": "关于采购的函", "body": "请整改", "reply_days": 20}
    sent(wu, "/letters/new/?kind=notification_letter", **typed)
    with acting(county.actor("wu")):
        letter = Letter.objects.get()
    here = f"/letters/{letter.pk}/"
    sent(wu, f"{here}edit/", **typed, copies=["body:discipline_body"])
    sent(wu, f"{here}act/", act="handed_in")
    refused = lin.post(f"{here}act/", {"act": "returned_to_draft", "reason": ""})
    assert (refused.status_code, "须写明理由" in refused.content.decode()) == (422, True)
    assert "关于采购的函" not in text(qiao, "/inbox/")
    sent(lin, f"{here}act/", act="signed")
    sent(wu, f"{here}act/", act="sent")
    assert "关于采购的函" in text(qiao, "/inbox/")
    assert "办理经过" not in text(qiao, here)
    sent(qiao, f"{here}act/", act="received")
    empty = qiao.post(f"{here}reply/", {"text": ""})
    assert empty.status_code == 422
    sent(qiao, f"{here}reply/", text="已整改")
    assert "已整改" in text(lin, here)
    sent(lin, f"{here}act/", act="closed")
    assert "1号" in text(lin, "/letters/?state=closed")
    assert text(browse("luo"), here)
    assert text(browse("bai"), here, 404)


def test_urging_by_its_button(county: County, browse: Any) -> None:
    letter = walked(county, drafted(county), "handed_in", "signed", "sent")
    sent(browse("wu"), f"/letters/{letter.pk}/urge/")
    assert "催办函" in text(browse("wu"), f"/letters/{letter.pk}/")


def test_rectification_by_pages(county: County, browse: Any) -> None:
    wu, lin, qiao, shen = (browse(who) for who in ("wu", "lin", "qiao", "shen"))
    assert "还没有交办事项" in text(wu, "/items/")
    typed = {"unit_code": "U01", "round_name": "第三轮", "served_on": SERVED.isoformat()}
    refused = wu.post("/rectification/assign/", typed | {"issues": "没有类别"})
    assert refused.status_code == 422
    sent(wu, "/rectification/assign/", **typed, issues="党的建设 | 议事规则不健全\n财务｜白条入账")
    with acting(county.actor("wu")):
        first, _second = RectificationItem.objects.order_by("pk")
    here = f"/items/{first.pk}/"
    assert "议事规则不健全" in text(qiao, "/my-rectification/")
    lacking = qiao.post(f"{here}plan/", {"goal": "整改到位"})
    assert (lacking.status_code, "整改到位" in lacking.content.decode()) == (422, True)
    sent(
        qiao, f"{here}plan/", goal="整改到位", measures="修订规则", lead="甲", department="办公室",
        due_on="2026-04-01", head="乙", head_signed_on="2026-03-05",
    )  # fmt: skip
    sent(lin, f"{here}act/", act="plan_accepted")
    sent(qiao, f"{here}progress/", text="过半")
    sent(qiao, f"{here}claim/", evidence="文件", result="已修订")
    assert "议事规则不健全" in text(shen, "/supervision/")
    sent(shen, f"{here}act/", act="checked_done")
    sent(
        wu, f"{here}outcome/", kind="money_recovered", title="追缴", on="2026-04-01", amount="12.5"
    )
    sent(wu, f"{here}disclosure/", disclosure="已整改", withheld_because="")
    sent(lin, f"{here}act/", act="closed_out")
    assert "12.50" in text(lin, "/outcomes/")
    assert "第1单位" in text(lin, "/rectification/")
    assert "已销号" in text(shen, "/supervision/?state=closed_out")


def test_what_stands_beside_by_pages(county: County, browse: Any) -> None:
    wu, lin, bai = browse("wu"), browse("lin"), browse("bai")
    item = assigned(county)[0]
    leader = f"leader:{county.actor('bai').user_id}"
    sent(wu, "/joint-cases/", title="采购", leader=leader, departments="财政局", items=[item.pk])
    assert "采购" in text(bai, "/in-charge/")
    page = text(lin, "/joint-cases/")
    [case] = re.findall(r"/joint-cases/(\d+)/", page)
    assert "还有 1 个事项没有销号" in text(lin, f"/joint-cases/{case}/")
    assert lin.post(f"/joint-cases/{case}/", {"conclusion": "x"}).status_code == 409
    to(county, item, "closed_out")
    sent(lin, f"/joint-cases/{case}/", conclusion="完成")
    [talk, _other] = re.findall(r'/talks/(\d+)/"', text(wu, "/talks/?left=1"))
    sent(
        wu, f"/talks/{talk}/", person="甲", matter="整改", held_on="2026-03-10", held_by="乙",
        commitment="按期",
    )  # fmt: skip
    sheet = {"unit_code": "U01", "round_name": "第三轮", "false_items": 0}
    assert wu.post("/evaluations/", sheet | {"points_tasks": 5}).status_code == 422
    sent(wu, "/evaluations/", **sheet, points_tasks=5, reason_tasks="逾期")
    assert "95" in text(lin, "/evaluations/")


def test_a_look_back_by_pages(county: County, browse: Any) -> None:
    wu, he, tang = browse("wu"), browse("he"), browse("tang")
    item = assigned(county)[0]
    to(county, item, "closed_out")
    assert (
        wu.post("/look-backs/", {"title": "x", "population": "甲", "count": 2}).status_code == 422
    )
    sent(
        wu, "/look-backs/", title="村级", population="甲\n乙\n丙", count=1, seed="7", units=["U01"]
    )
    [back] = re.findall(r"/look-backs/(\d+)/", text(wu, "/look-backs/"))
    here = f"/look-backs/{back}/"
    sent(wu, f"{here}act/", act="sampled")
    sent(he, f"{here}act/", act="approved")
    sent(wu, f"{here}team/", room=county.team.papers.pk)
    sent(tang, f"{here}act/", act="begun")
    refused = tang.post(f"{here}result/", {"row0-verdict": "false", "row0-text": "x"})
    assert refused.status_code == 422
    sent(
        tang, f"{here}result/", **{"row0-verdict": "false", "row0-item": item.pk, "row0-text": "假"}
    )
    assert "重新整改 1 次" in text(wu, "/items/")


def test_the_desk_leads_to_what_waits_and_says_what_is_late(county: County, browse: Any) -> None:
    lin, qiao = browse("lin"), browse("qiao")
    item = assigned(county)[0]

    desk = text(qiao, "/")
    assert "报送整改方案" in desk
    assert "其中 1 件已逾期" in desk, "the plan was due in spring"
    assert 'href="/my-rectification/?state=assigned"' in desk
    assert "问题1" in text(qiao, "/my-rectification/?state=assigned")
    assert "报送整改方案" not in text(lin, "/")
    to(county, item, "plan_drafted")
    assert 'href="/items/?state=plan_drafted"' in text(lin, "/")


def test_a_nul_in_an_address_is_nothing_to_look_for(county: County, browse: Any) -> None:
    assigned(county)
    for path, names in (
        ("/items/", ("q", "unit", "leader", "state")),
        ("/letters/", ("q", "kind", "state")),
        ("/papers/", ("q", "unit", "level", "state", "severity")),
        ("/reports/", ("q", "unit")),
        ("/past-problems/", ("q", "unit", "round", "state")),
        ("/past-clues/", ("q",)),
        ("/unit-contacts/", ("q",)),
    ):
        for name in names:
            answer = browse("lin").get(f"{path}?{name}=%00")
            assert answer.status_code < 500, (path, name)
    assert "问题1" in text(browse("wu"), "/items/?q=%00%E9%97%AE%E9%A2%98")
