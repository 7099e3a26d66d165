"""Pages of packages with rows on them: they fit, and can be read, at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from sharing.models.packages import ReceivedRecord
from sharing.services.taking_packages import write_answer
from tests.browser.accounts import come_in
from tests.browser.test_every_page import WIDTHS, _faults
from tests.integration.sharing.county import settled
from tests.integration.sharing.test_letters import sent
from tests.packages import brought, keyed, made, registered, taken_in, trusted
from tests.people import acting
from tests.teams import Team

pytestmark = pytest.mark.browser


def test_they_fit_and_can_be_read_at_every_width(
    page: Page, browsing: BrowserContext, site: LiveServer, team: Team
) -> None:
    county = settled(team)
    lin, zhao, he, xu = (county.actor(who) for who in ("lin", "zhao", "he", "xu"))
    trusted(zhao, xu, keyed(lin), "dinghai")
    trusted(lin, he, keyed(zhao), "zhoushan")
    key = registered(zhao, keyed(county.actor("jiang")), "shengsi")
    letter = sent(
        county, title="关于加强村级工程建设项目管理的函", body="一、招投标；\n二、拨付。"
    ).pk
    package = taken_in(zhao, made(lin, "zhoushan", [("letters", letter)]).content)
    waits = brought(zhao, made(lin, "zhoushan", [("letters", letter)], "补充材料").content)
    with acting(zhao):
        record = ReceivedRecord.objects.get()
        answer = write_answer(actor=zhao, number=record.pk, kind="reply", text="已核实。")
    back = made(zhao, "dinghai", [("answers", answer.pk)], "答复函件").package
    paths = [
        "/packages-received/",
        f"/packages-received/{package.pk}/",
        f"/packages-brought/{waits.pk}/",
        f"/package-records/{record.pk}/",
        "/package-keys/",
        f"/package-keys/{key.pk}/",
        "/packages-sent/new/?receiver=dinghai",
        f"/packages-sent/{back.pk}/",
    ]
    come_in(page, "zhao")

    for width, language in WIDTHS.items():
        browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, _faults(page, paths)) == (width, {})
