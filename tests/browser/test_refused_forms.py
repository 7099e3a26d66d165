"""What a service finds wrong is said beside what was typed, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accounts import come_in
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.world import World

__all__ = ["world"]

pytestmark = pytest.mark.browser


def test_reversed_dates_are_said_above_the_form_and_nothing_typed_is_lost(
    page: Page, world: World
) -> None:
    come_in(page, "chen", "/rounds/new/")
    page.get_by_label("轮次名称").fill("2027年第一轮")
    page.get_by_label("开始日期").fill("2027-03-10")
    page.get_by_label("结束日期").fill("2027-03-01")
    page.get_by_role("button", name="设立轮次").click()

    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("最后一天（2027年3月1日）早于第一天（2027年3月10日）")
    expect(refusal).to_be_focused()
    expect(page.get_by_label("轮次名称")).to_have_value("2027年第一轮")
    expect(page.get_by_label("结束日期")).to_have_attribute("aria-invalid", "true")

    page.get_by_label("结束日期").fill("2027-03-31")
    page.get_by_role("button", name="设立轮次").click()
    expect(page.get_by_text("轮次已设立")).to_be_visible()


def test_a_time_limit_is_refused_in_the_part_and_corrected_there(page: Page, world: World) -> None:
    number = world.released_round().pk
    come_in(page, "chen", f"/rounds/{number}/")
    page.get_by_label("求解时限（秒）").fill("0")
    page.get_by_role("button", name="求解").click()

    expect(page.locator("#id_time_limit_s_error")).to_contain_text("求解时限应在")
    expect(page.get_by_label("求解时限（秒）")).to_have_value("0")
    expect(page).to_have_url(re.compile(rf"/rounds/{number}/$"))

    page.get_by_label("求解时限（秒）").fill("5")
    page.get_by_role("button", name="求解").click()
    expect(page).to_have_url(re.compile("/runs/"))
