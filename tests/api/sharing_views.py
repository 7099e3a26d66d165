"""The part of the story that is about shares: one county asks, the other prepares, approves and takes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kernel.clock import today
from tests.teams import Team

WANTED = {
    "purpose": "preparation",
    "basis": "《被巡察党组织配合巡察工作规定》",
    "wanted": "贵区教育系统巡察发现的工程建设类问题",
    "kinds": ["finding"],
    "roles": ["county_director"],
    "may_export": True,
}


def wanted(**other: Any) -> dict[str, Any]:
    return WANTED | {"until_on": (today() + timedelta(days=30)).isoformat()} | other


def terms(**other: Any) -> dict[str, Any]:
    said = wanted()
    return {name: said[name] for name in ("roles", "until_on", "may_export")} | other


def share_views(team: Team, seated: Any) -> None:
    """Shengsi asks Dinghai for a finding; another request is withdrawn, one refused."""
    jiang, wu, lin, he = (seated(team.actor(who)).program for who in ("jiang", "wu", "lin", "he"))
    finding = lin.ok(lin.get("/findings"))["items"][0]["number"]
    dinghai = team.actor("lin").tenant_id
    first, second, third = (
        jiang.ok(jiang.act("/shares", wanted(offices=[dinghai])))["shares"][0]["number"]
        for _ in range(3)
    )
    assert len(lin.ok(lin.get("/shares?list=of_us"))["items"]) == 3
    assert jiang.ok(jiang.act(f"/shares/{second}/withdrawal"))["share"]["state"] == "withdrawn"
    refused = lin.ok(lin.act(f"/shares/{third}/refusal", {"reason": "与用途无关"}))
    assert refused["share"]["state"] == "refused"

    here = f"/shares/{first}"
    record = {"kind": "finding", "record": finding, "withheld": ["responsibility"]}
    prepared = wu.ok(wu.act(f"{here}/preparation", terms(records=[record])))
    [view] = lin.ok(lin.get(f"{here}/views"))["views"]
    assert view["record"] == finding
    for program in (lin, he):
        shown = program.ok(program.act(f"{here}/approvals", {"seen": prepared["digest"]}))
    assert (shown["share"]["state"], shown["lacks"]) == ("active", [])
    assert [one["office"]["number"] for one in _sights(lin, finding)] == [jiang_s(team)]

    read_what_is_shown(jiang, first)
    narrow_and_take_back(lin, jiang, first, view["place"])
    groups(lin, team)
    other_records(lin)


def jiang_s(team: Team) -> int:
    return team.actor("jiang").tenant_id


def _sights(program: Any, finding: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.ok(program.get(f"/findings/{finding}/sights"))["sights"]
    return found


def read_what_is_shown(program: Any, share: int) -> None:
    [line] = program.ok(program.get("/shared-views"))["items"]
    assert line["share"] == share
    here = f"/shared-views/{line['number']}"
    read = program.ok(program.get(here))
    names = [one["name"] for one in read["shown"]]
    assert "fact" in names
    assert "responsibility" not in names
    noted = program.ok(program.act(f"{here}/notes", {"text": "与本县某工程同一施工单位"}))
    assert noted["digest"] == line["digest"]
    assert program.ok(program.get(f"{here}/export")).startswith(b"PK")


def narrow_and_take_back(owner: Any, receiver: Any, share: int, place: int) -> None:
    here = f"/shares/{share}"
    less = {"further": [{"place": place, "withheld": ["fact"]}], "reason": "事实部分不再需要"}
    owner.ok(owner.act(f"{here}/narrowing", less))
    [line] = receiver.ok(receiver.get("/shared-views"))["items"]
    assert "fact" not in line["has"]
    owner.ok(owner.act(f"{here}/revocation", {"reason": "所涉事项已办结"}))
    assert receiver.ok(receiver.get("/shared-views"))["items"] == []
    receiver.ok(receiver.act(f"{here}/destruction", {"what": "导出的副本已销毁"}))
    reach = owner.ok(owner.get(f"{here}/reach"))
    assert [one["way"] for one in reach["lines"]] == ["program", "note", "export"]
    assert [one["what"] for one in reach["told"]] == ["导出的副本已销毁"]
    assert reach["waits_for"] == []
    assert owner.ok(owner.get(f"{here}/certificate")).startswith(b"PK")
    assert receiver.ok(receiver.get(here))["share"]["state"] == "revoked"


def groups(owner: Any, team: Team) -> None:
    shengsi = jiang_s(team)
    beside = owner.ok(owner.get("/share-offices"))["items"]
    others = [one["number"] for one in beside if one["number"] != shengsi]
    assert team.actor("lin").tenant_id not in others
    made = owner.ok(owner.act("/share-groups", {"name": "海岛县", "offices": [shengsi]}))
    here = f"/share-groups/{made['group']['number']}"
    [offered] = owner.ok(owner.act(f"{here}/offers", wanted()))["shares"]
    assert offered["receiver"]["number"] == shengsi
    body = {"name": "海岛县（区）", "offices": [shengsi, others[0]]}
    changed = owner.ok(owner.put(here, body))
    assert changed["joined_since"] == [{"share": offered["number"], "offices": [others[0]]}]
    assert owner.ok(owner.get(here)) == changed
    assert len(owner.ok(owner.get("/share-groups"))["items"]) == 1
    owner.ok(owner.act("/shares/offers", wanted(offices=[others[0]])))


def other_records(owner: Any) -> None:
    """Nobody has a view of any of these."""
    for address in ("/items", "/clue-ledger", "/letters?state=closed"):
        number = number_of(owner.ok(owner.get(address))["items"][0])
        area = address.partition("?")[0]
        assert owner.ok(owner.get(f"{area}/{number}/sights"))["sights"] == []


def number_of(line: dict[str, Any]) -> int:
    number: int = line["number"]
    return number
