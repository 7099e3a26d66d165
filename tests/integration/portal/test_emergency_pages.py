"""Emergency access through the portal: asked, told, confirmed, opened, listed, ended."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

from scheduling.models.emergencies import EmergencyAccess
from scheduling.models.rounds import InspectionRound
from tests.import_desk import SignedIn, media, signed_in  # noqa: F401  (fixtures)
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.test_emergencies import asked, round_
from tests.integration.scheduling.world import World
from tests.integration.tenancy.administrators import SECURITY, administrator

__all__ = ["asked", "round_", "world"]


def test_a_request_on_its_way(world: World, round_: InspectionRound, signed_in: SignedIn) -> None:
    chen, lin, jiang = (signed_in(actor) for actor in (world.chen, world.lin, world.jiang))
    form = {"round_and_office": f"{round_.pk}:9002", "reason": "名册疑似有误"}
    assert "目前没有申请" in lin.get("/emergency/").content.decode()
    assert chen.post("/emergency/", {"reason": "x"}).status_code == 422
    assert lin.post("/emergency/", form).status_code == 403

    page = chen.post("/emergency/", form)["Location"]

    number = page.strip("/").split("/")[1]
    assert "名册疑似有误" in lin.get(page).content.decode()
    assert "申请紧急查阅本单位" in lin.get("/notices/").content.decode()
    assert jiang.get(page).status_code == 404
    assert chen.post(f"{page}open/", {"person": "001"}).status_code == 409
    assert chen.post(f"{page}decide/", {"verdict": "yes"}).status_code == 403
    assert lin.post(f"{page}decide/", {"verdict": "yes"}).status_code == 302
    shown = chen.get(page).content.decode()
    assert "生效中" in shown
    opened = chen.post(f"{page}open/", {"person": "001"})
    assert opened.status_code == 200
    assert "具体内容由回避审核员掌握" in opened.content.decode()
    listed = lin.get(page).content.decode()
    assert "陈砚秋" in listed
    assert listed.count("001") >= 1
    assert "紧急授权已生效" in lin.get("/notices/").content.decode()
    assert lin.post(f"/emergency/{number}/end/").status_code == 302
    assert chen.post(f"{page}open/", {"person": "001"}).status_code == 409


def test_a_security_administrator_answers_and_reads_nothing_else(
    world: World, asked: EmergencyAccess, signed_in: SignedIn
) -> None:
    security = signed_in(administrator(SECURITY))
    page = f"/emergency/{asked.pk}/"

    assert "定海区" in security.get("/emergency/").content.decode()
    assert security.post("/emergency/", {"reason": "x"}).status_code == 403
    assert security.post(f"{page}decide/", {"verdict": "no", "reason": "无必要"}).status_code == 302
    assert security.post(f"{page}decide/", {"verdict": "yes"}).status_code == 409
    assert security.post(f"{page}open/", {"person": "001"}).status_code == 403
    assert "无必要" in signed_in(world.chen).get(page).content.decode()
