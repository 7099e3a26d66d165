"""A second factor on the screen: set up, asked, asked again, and managed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from kernel.clock import now
from tenancy.domain.roles import Role
from tenancy.models import SecurityPolicy
from tenancy.services.offices import create_administrators
from tests.browser.accounts import come_in, sign_in
from tests.browser.measuring import faint_words, overhang, small_targets
from tests.people import PASSWORD

pytestmark = pytest.mark.browser
AsRole = Callable[[str], AbstractContextManager[None]]
KEEPERS = {
    Role.SYSTEM_ADMINISTRATOR: "gu",
    Role.SECURITY_ADMINISTRATOR: "bai",
    Role.AUDIT_ADMINISTRATOR: "mo",
}
WIDTHS = {1440: "zh-hans", 390: "en"}


@pytest.fixture
def look(page: Page, browsing: BrowserContext, site: LiveServer) -> Callable[[], None]:
    """The page as it stands: it fits, and can be read and hit, at both widths. One that came from
    a form is not asked for again."""

    def fits() -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert (overhang(page), small_targets(page), faint_words(page)) == (0, [], [])
        page.set_viewport_size({"width": 1440, "height": 900})

    return fits


def shown_code(secret: str, steps_later: int = 0) -> str:
    return pyotp.TOTP(secret).at(now() + timedelta(seconds=30 * steps_later))


def set_up(page: Page) -> str:
    page.get_by_role("button", name="设置验证器").click()
    secret = page.locator(".factor-secret").inner_text()
    expect(page.locator(".factor-picture")).to_be_visible()
    assert page.locator(".factor-picture").evaluate("one => one.naturalWidth") > 100
    page.get_by_label("验证码").fill(shown_code(secret))
    page.get_by_role("button", name="确认并启用").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    return secret


def test_lin_is_led_to_the_set_up_and_signs_in_with_a_code_from_then_on(
    page: Page, look: Callable[[], None], django_as: AsRole
) -> None:
    with django_as("owner"):
        SecurityPolicy.objects.update(factor_roles=["county_director"])
    page.goto("/roster/")
    sign_in(page, "lin")
    expect(page.get_by_role("heading", level=1)).to_have_text("登录验证码")
    look()
    secret = set_up(page)
    look()
    page.get_by_role("link", name="我已抄下").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("人员名册")

    page.goto("/second-factor/")
    look()
    page.get_by_role("button", name="退出").click()
    sign_in(page, "lin")
    expect(page.get_by_role("heading", level=1)).to_have_text("验证码")
    look()
    page.get_by_label("验证码").fill("000000")
    page.keyboard.press("Enter")
    expect(page.locator("#refusals")).to_contain_text("用户名、密码或验证码不正确")
    page.get_by_label("验证码").fill(shown_code(secret, 1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("林知远，您好")


def test_the_security_administrator_sets_the_policy_and_resets_a_lost_one(
    page: Page, look: Callable[[], None], django_as: AsRole
) -> None:
    with django_as("owner"):
        create_administrators(
            {role: (name, f"管理员{name}") for role, name in KEEPERS.items()},
            dict.fromkeys(KEEPERS, PASSWORD),
        )
    come_in(page, "lin", "/second-factor/")
    set_up(page)
    page.get_by_role("button", name="退出").click()

    sign_in(page, "bai")
    page.get_by_role("link", name="安全策略").first.click()
    look()
    page.get_by_label("无操作自动退出的时间（分钟）").fill("4")
    page.get_by_role("button", name="保存策略").click()
    expect(page.locator(".wrong")).to_contain_text("此项须在 5 至 30 之间")
    page.get_by_label("无操作自动退出的时间（分钟）").fill("20")
    page.get_by_label("巡察组组长", exact=True).check()
    page.get_by_role("button", name="保存策略").click()
    expect(page.get_by_text("安全策略已保存，立即生效。")).to_be_visible()

    page.goto("/second-factors/")
    look()
    page.get_by_role("button", name="重置 林知远").click()
    expect(page.get_by_text("已重置，待重新设置")).to_be_visible()
    look()
