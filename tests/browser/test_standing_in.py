"""Standing in for somebody and reading in an emergency, on the screen, by those who do it."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from kernel.clock import today
from tenancy.domain.roles import Role
from tenancy.services.offices import create_administrators
from tests.browser.accounts import come_in
from tests.browser.measuring import faint_words, overhang, small_targets
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.world import World
from tests.people import PASSWORD

__all__ = ["world"]

pytestmark = pytest.mark.browser

ADMINISTRATORS = {
    Role.SYSTEM_ADMINISTRATOR: "fang",
    Role.SECURITY_ADMINISTRATOR: "yan",
    Role.AUDIT_ADMINISTRATOR: "meng",
}
HAT = "代赵望舒（市委巡察办主任）"
WIDTHS = {1440: "zh-hans", 390: "en"}


@pytest.fixture
def administrators(world: World) -> None:
    with world.django_as("owner"):
        create_administrators(
            {role: (name, "管理员") for role, name in ADMINISTRATORS.items()},
            dict.fromkeys(ADMINISTRATORS, PASSWORD),
        )


def fits(page: Page, site: LiveServer) -> None:
    """As it stands, at a desk's width in Chinese and at a phone's in English."""
    for width, language in WIDTHS.items():
        page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(page.url)
        faults = (overhang(page), faint_words(page), small_targets(page))
        assert (page.url, width, *faults) == (page.url, width, 0, [], [])
        if folder := os.environ.get("PICTURES"):
            name = page.url.removeprefix(site.url).strip("/").replace("/", "-")
            page.screenshot(path=Path(folder) / f"{name}.{width}.png", full_page=True)
    page.context.add_cookies([{"name": "language", "value": "zh-hans", "url": site.url}])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(page.url)


def enter(page: Page, username: str, path: str) -> None:
    page.context.clear_cookies()
    come_in(page, username, path)


def test_a_deputy_is_named_agreed_to_worn_and_ended(
    page: Page, browsing: BrowserContext, site: LiveServer, administrators: None
) -> None:
    enter(page, "zhao", "/deputies/")
    page.get_by_label("代理人", exact=True).select_option(label="陈砚秋")
    page.get_by_label("代理届满日").fill((today() + timedelta(days=20)).isoformat())
    page.get_by_label("公布方案").check()
    page.get_by_label("理由").fill("外出学习")
    page.get_by_role("button", name="指定代理人").click()
    expect(page.get_by_text("不转移：")).to_be_visible()
    fits(page, site)

    enter(page, "yan", "/seats/")
    fits(page, site)
    page.get_by_role("button", name="批准").click()

    enter(page, "chen", "/")
    page.get_by_role("button", name=HAT).click()
    expect(page.locator(".person-role").first).to_have_text(HAT)
    page.goto("/rounds/")
    expect(page.locator(".person-role").first).to_have_text(HAT)
    fits(page, site)

    enter(page, "zhao", "/deputies/")
    fits(page, site)
    page.get_by_role("button", name="立即结束").click()
    expect(page.get_by_text("目前没有代理")).to_be_visible()


def test_an_emergency_from_the_request_to_what_was_opened(
    page: Page, browsing: BrowserContext, site: LiveServer, world: World, administrators: None
) -> None:
    round_ = world.released_round()
    enter(page, "chen", "/emergency/")
    fits(page, site)
    page.get_by_label("轮次和单位").select_option(label=f"{round_.name} · 定海区")
    page.get_by_label("理由").fill("名册疑似有误")
    page.get_by_role("button", name="申请紧急授权").click()
    at = page.url

    enter(page, "yan", "/emergency/")
    fits(page, site)
    enter(page, "lin", at)
    fits(page, site)
    page.get_by_role("button", name="确认").click()

    enter(page, "chen", at)
    page.get_by_role("button", name="打开").first.click()
    expect(page.get_by_text("具体内容由回避审核员掌握").first).to_be_visible()
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / "opened.png", full_page=True)

    enter(page, "lin", at)
    expect(page.get_by_role("heading", name="已打开的记录")).to_be_visible()
    fits(page, site)
