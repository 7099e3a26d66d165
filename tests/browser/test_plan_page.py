"""The plan's page in a browser: the timetable by keyboard, the picture, finding a team."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.accounts import come_in, sign_in
from tests.browser.measuring import faint_words, overhang, small_targets
from tests.portal_pages import EAST, WEST, a_plan, team

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("plan_twelve")]


@pytest.fixture
def plan_twelve(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page shows this plan: what is tested here is the page, not the selector."""
    monkeypatch.setattr("portal.views.plans.plan_page", lambda actor, number: a_plan())
    monkeypatch.setattr("portal.views.plans.state_context", lambda actor, number: {})
    monkeypatch.setattr("portal.views.plans.suspended_seats", lambda actor, number: ())
    # There is no such row whose people could be named in the record.
    monkeypatch.setattr("portal.readings.note_reading", lambda **_: None)


def test_the_timetable_is_drawn_and_goes_by_arrow_keys_from_visit_to_team(page: Page) -> None:
    come_in(page, "chen", "/plans/12/")
    gantt = page.locator("#gantt")
    expect(gantt.locator(".visit")).to_have_count(6)

    gantt.locator(".visit[tabindex='0']").focus()
    expect(page.locator(":focus")).to_have_text("西县教育局 · 西县")
    page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_have_text("西县财政局 · 西县")
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_text("北县财政局 · 北县")
    page.keyboard.press("Enter")

    assert page.url.endswith("#team-B")


def test_the_timetable_is_one_stop_for_tab(page: Page) -> None:
    come_in(page, "chen", "/plans/12/")

    expect(page.locator("#gantt .visit")).to_have_count(6)
    expect(page.locator("#gantt [tabindex='0']")).to_have_count(1)


def test_closer_shows_fewer_days_and_whole_round_shows_all_again(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    come_in(page, "chen", "/plans/12/")
    page.evaluate("document.fonts.ready")  # the names' width decides the width of the days
    before = _visit_s_width_when(page, "width > 0")

    page.get_by_role("button", name="放大").click()
    _visit_s_width_when(page, f"width > {1.3 * before}")
    page.get_by_role("button", name="整轮").click()
    _visit_s_width_when(page, f"Math.abs(width - {before}) < 2")


def _visit_s_width_when(page: Page, said: str) -> float:
    """The timetable draws itself again with the next frame, not at once."""
    found = page.wait_for_function(
        f"""() => {{
          const first = document.querySelector("#gantt .vis-item.vis-range");
          const width = first ? first.getBoundingClientRect().width : 0;
          return {said} ? width : 0;
        }}"""
    )
    width = found.json_value()
    assert isinstance(width, float | int)
    return width


def test_the_picture_of_who_inspects_whom_is_drawn(page: Page) -> None:
    come_in(page, "chen", "/plans/12/")

    expect(page.locator("#flows canvas")).to_be_visible()


def test_without_script_the_timetable_and_the_head_counts_stand_as_tables(
    chromium: Browser, site: LiveServer
) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/plans/12/")
    sign_in(page, "chen")

    page.get_by_text("以表格查看进度安排").click()

    expect(page.get_by_role("cell", name="西县财政局")).to_be_visible()
    expect(page.locator(".matrix tfoot .num")).to_have_text("9")
    expect(page.locator("#gantt-tools")).to_be_hidden()
    context.close()


@pytest.mark.usefixtures("plan_of_five_teams")
def test_typing_a_name_keeps_the_team_that_has_it(page: Page) -> None:
    come_in(page, "chen", "/plans/12/")

    page.get_by_placeholder("查找人员、单位、县（区）或组").fill("赵晓东")
    expect(page.locator(".team:visible")).to_have_count(1)
    expect(page.locator("#find-count")).to_have_text("1 / 5")

    page.get_by_placeholder("查找人员、单位、县（区）或组").fill("nobody of that name")
    expect(page.locator("#find-count")).to_have_text("没有符合的组。")


@pytest.fixture
def plan_of_five_teams(monkeypatch: pytest.MonkeyPatch, plan_twelve: None) -> None:
    teams = (*a_plan().teams, team("D", "赵晓东", EAST, WEST), team("E", "周立新", EAST, WEST))
    bigger = replace(a_plan(), teams=teams)
    monkeypatch.setattr("portal.views.plans.plan_page", lambda actor, number: bigger)


@pytest.mark.parametrize("width", [1440, 720, 390])
def test_the_plan_fits_and_can_be_read_at_every_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    come_in(page, "chen", "/plans/12/")
    expect(page.locator("#gantt .visit").first).to_be_visible()

    assert (overhang(page), small_targets(page), faint_words(page)) == (0, [], [])
