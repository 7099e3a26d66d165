from __future__ import annotations
import os
import pytest
from datetime import date
from tests.browser.test_release_and_round import world, round_, call_address, work, ROUND_PAGES, change_to, come_in
from scheduling.management import demo_city
pytestmark = pytest.mark.browser
def test_zz(page, world, round_, call_address, process_environment):
    os.makedirs("/tmp/rshots", exist_ok=True)
    world.release("dinghai")
    r2 = world.make_round(name="2026年第四轮（跨年）", starts_on=date(2026,12,14), ends_on=date(2027,1,15), mode="mixed")
    come_in(page, "chen", f"/rounds/{round_.pk}/survey/")
    page.get_by_role("button", name="开始摸底").click()
    work(world, process_environment)
    page.goto(f"/rounds/{round_.pk}/survey/")
    L=[("rounds","/rounds/"),("new","/rounds/new/"),("survey",f"/rounds/{round_.pk}/survey/"),("cal27",f"/rounds/{r2.pk}/calendar/"),("empty",f"/rounds/{r2.pk}/")]+[(n.strip("/") or "detail",f"/rounds/{round_.pk}/{n}") for n in ROUND_PAGES]
    def shoot(L):
        for w in (1440,390):
            page.set_viewport_size({"width": w, "height": 900})
            for n,a in L:
                page.goto(a); page.wait_for_timeout(150)
                page.screenshot(path=f"/tmp/rshots/{n}.{w}.png", full_page=True)
    shoot(L)
    page.set_viewport_size({"width": 1440, "height": 900})
    change_to(page, "lin", call_address)
    shoot([("releases","/releases/"),("release",call_address)])
