"""Deadlines at every width: the board, the month as a grid and as a list, one of them, the terms."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from sharing.domain.due_dates import Clock
from sharing.domain.life_cycle import Hand
from sharing.services.deadlines import Asked, pause_clock
from tenancy.actor import Actor
from tests.browser.accounts import come_in
from tests.browser.test_every_page import WIDTHS, _faults
from tests.deadlines import SENSITIVE, begun
from tests.integration.sharing.backdated import Backdate, backdate
from tests.people import acting

__all__ = ["backdate"]


def test_the_pages_of_deadlines_fit_and_can_be_read_at_every_width(
    page: Page,
    browsing: BrowserContext,
    site: LiveServer,
    lin: Actor,
    wu: Actor,
    backdate: Backdate,
) -> None:
    with acting(lin):
        late = begun(lin, title="定海区农业农村局整改方案报送（共性问题第三类）")
        begun(lin, number=wu.person_id, title="函告回复", asked=Asked(unit="盐仓街道党工委"))
        direct = Asked(hand=Hand.DISCIPLINE_BODY)
        begun(lin, life=SENSITIVE, clock=Clock.CLUE_DISPOSAL, asked=direct)
        paused = begun(lin, number=wu.person_id, title="暂停的事项", clock=Clock.LIFE_MEETING)
        pause_clock(actor=lin, number=paused.pk, reason="等待领导小组会议批复")
    backdate.late(late, days=9)
    come_in(page, "lin")
    paths = [
        "/deadlines/",
        "/deadlines/?which=overdue",
        "/deadlines/month/",
        f"/deadlines/{late.pk}/",
        f"/deadlines/{paused.pk}/",
        "/deadline-terms/",
        "/mail/",
    ]

    for width, language in WIDTHS.items():
        browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, _faults(page, paths)) == (width, {})
    page.goto("/deadlines/month/?month=2020-01")
    expect(page.locator(".month-nothing")).to_be_visible()
    expect(page.locator("td.month-none").first).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator(".month-nothing")).to_be_hidden()
    expect(page.locator("td.month-none").first).to_be_visible()
