"""Watching a run: the page follows by itself, can stop it, and leads on when it is over."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from scheduling.selectors import RunPage
from tests.browser.accounts import come_in, sign_in
from tests.browser.conftest import Complaints
from tests.browser.measuring import faint_words, overhang, small_targets
from tests.portal_pages import a_clash, a_run

pytestmark = pytest.mark.browser


class Engine:
    """What the run's page is told; a test turns it."""

    def __init__(self) -> None:
        self.run = a_run()
        self.stopped: list[int] = []

    def page(self, actor: object, number: int) -> RunPage:
        return self.run

    def stop(self, *, actor: object, number: int) -> None:
        self.stopped.append(number)
        self.run = a_run(cancel_requested=True)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    told = Engine()
    monkeypatch.setattr("portal.views.runs.run_page", told.page)
    monkeypatch.setattr("portal.views.runs.cancel_run", told.stop)
    # There is no such row whose people could be named in the record.
    monkeypatch.setattr("portal.readings.note_reading", lambda **_: None)
    return told


def test_the_page_follows_the_run_and_leads_to_the_plan_when_it_is_over(
    page: Page, engine: Engine
) -> None:
    come_in(page, "chen", "/runs/31/")
    expect(page.get_by_role("heading", name="正在求解")).to_be_visible()
    page.evaluate("window.isTheSamePage = true")

    engine.run = a_run(state="done", status="optimal", gap=0.0)

    expect(page.get_by_role("heading", name="求解完成：没有更好的方案")).to_be_visible()
    expect(page.locator("#run-news")).to_have_text("求解完成：没有更好的方案")
    expect(page.get_by_role("link", name="查看方案")).to_have_attribute("href", "/plans/12/")
    assert page.evaluate("window.isTheSamePage")


def test_stopping_is_said_at_once_and_keeps_the_page(page: Page, engine: Engine) -> None:
    come_in(page, "chen", "/runs/31/")

    page.get_by_role("button", name="停止，保留目前最好的方案").click()

    expect(page.get_by_role("heading", name="正在停止")).to_be_visible()
    assert engine.stopped == [31]


def test_the_focus_stays_on_the_button_while_the_page_follows(page: Page, engine: Engine) -> None:
    come_in(page, "chen", "/runs/31/")
    button = page.locator("#run-stop")
    button.focus()

    with page.expect_response(lambda response: "/runs/31/?heard=" in response.url):
        pass
    engine.run = a_run(elapsed_s=33.0)

    expect(page.locator(".stand-time span")).to_contain_text("33 秒")
    expect(button).to_be_focused()


def test_a_round_without_a_plan_shows_the_rules_that_clash(page: Page, engine: Engine) -> None:
    engine.run = a_clash()
    come_in(page, "chen", "/runs/31/")

    expect(page.locator(".clash")).to_have_count(2)
    expect(page.get_by_text("需要 2 名审计人员。")).to_be_visible()


def test_a_server_that_does_not_answer_is_told_and_forgotten_when_it_answers_again(
    page: Page, engine: Engine, complaints: Complaints
) -> None:
    come_in(page, "chen", "/runs/31/")
    page.context.set_offline(True)
    expect(page.locator("#refusals")).to_contain_text("暂时连接不上服务器")

    page.context.set_offline(False)

    expect(page.locator("#refusals")).to_be_empty()
    complaints.forgive("htmx:")


def test_without_script_the_page_loads_itself_again_and_can_stop_the_run(
    chromium: Browser, site: LiveServer, engine: Engine
) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/runs/31/")
    sign_in(page, "chen")
    expect(page.locator("meta[http-equiv=refresh]")).to_have_attribute("content", "5")

    page.get_by_role("button", name="停止，保留目前最好的方案").click()

    expect(page.get_by_role("heading", name="正在停止")).to_be_visible()
    assert engine.stopped == [31]
    context.close()


@pytest.mark.parametrize("width", [1440, 720, 390])
def test_a_run_fits_and_can_be_read_at_every_width(page: Page, engine: Engine, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    come_in(page, "chen", "/runs/31/")

    assert (overhang(page), small_targets(page), faint_words(page)) == (0, [], [])
