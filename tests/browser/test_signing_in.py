"""Coming in, by keyboard, in both languages, with one office or several; and being kept out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tenancy.domain.roles import Role
from tenancy.models import Membership, Office, User
from tests.browser.accounts import come_in, sign_in
from tests.browser.measuring import PHONE, faint_words, overhang, small_targets
from tests.people import PASSWORD, SEATED_SINCE

pytestmark = pytest.mark.browser


@pytest.fixture
def wu_sits_in_the_city_too(
    django_as: Callable[[str], AbstractContextManager[None]], zhoushan: Office
) -> None:
    with django_as("owner"):
        Membership.objects.create(
            tenant=zhoushan,
            user=User.objects.get(username="wu"),
            role=Role.SCHEDULER,
            since_on=SEATED_SINCE,
        )


def _tab_to(page: Page, name: str) -> None:
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    pytest.fail(f"Tab never reached {name}")


def test_chen_comes_in_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    _tab_to(page, "username")
    page.keyboard.type("chen")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("陈砚秋，您好")


def test_the_first_tab_leads_past_the_menu_to_the_content(page: Page) -> None:
    come_in(page, "chen")
    page.goto("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_who_wanted_a_page_gets_to_it_after_signing_in(page: Page) -> None:
    page.goto("/office/")
    sign_in(page, "chen")

    expect(page.get_by_role("heading", level=1)).to_have_text("选择身份")


def test_the_page_speaks_chinese_until_english_is_asked_for(page: Page) -> None:
    page.goto("/sign-in/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")

    page.get_by_role("button", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_person_s_language_is_there_again_at_the_next_sign_in(
    page: Page, browsing: BrowserContext
) -> None:
    come_in(page, "chen")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Good day, 陈砚秋")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")

    sign_in(page, "chen")

    expect(page.get_by_role("heading", level=1)).to_have_text("Good day, 陈砚秋")


def test_a_wrong_password_and_an_unknown_name_are_refused_in_the_same_words(page: Page) -> None:
    page.goto("/sign-in/")
    sign_in(page, "chen", "not her password")
    for_a_known_name = page.locator("#refusals").inner_text()
    sign_in(page, "nobody", "not a password")

    assert "用户名、密码或验证码不正确" in for_a_known_name
    assert page.locator("#refusals").inner_text() == for_a_known_name


def test_after_five_wrong_tries_the_pause_is_told_and_colleagues_still_come_in(
    page: Page,
) -> None:
    page.goto("/sign-in/")
    for _ in range(5):
        sign_in(page, "chen", "not her password")
    sign_in(page, "chen")

    expect(page.locator("#refusals")).to_contain_text("用户名、密码或验证码不正确")
    expect(page.locator("#refusals")).to_contain_text("连续输错 5 次")
    expect(page.locator("#refusals")).to_contain_text("15 分钟")

    sign_in(page, "zhao")
    expect(page.get_by_role("heading", level=1)).to_have_text("赵望舒，您好")


@pytest.mark.usefixtures("wu_sits_in_the_city_too")
def test_who_holds_two_seats_chooses_one_sees_it_and_can_change(page: Page) -> None:
    page.goto("/")
    sign_in(page, "wu")
    expect(page.get_by_role("heading", level=1)).to_have_text("选择身份")

    page.get_by_role("button", name="以县（区）委巡察办经办人身份办理（定海区）").click()
    expect(page.locator(".brand-office")).to_contain_text("定海区")
    expect(page.locator(".person-role").first).to_have_text("县（区）委巡察办经办人")
    expect(page.get_by_role("link", name="人员名册").first).to_be_visible()

    page.get_by_role("link", name="切换身份").click()
    page.get_by_role("button", name="以排期员身份办理（舟山市）").click()
    expect(page.locator(".brand-office")).to_contain_text("舟山市 · 排期员")
    expect(page.get_by_role("link", name="巡察轮次").first).to_be_visible()


def test_who_holds_one_seat_is_offered_no_choice(page: Page) -> None:
    come_in(page, "chen")

    expect(page.get_by_role("link", name="切换身份")).to_have_count(0)


def test_after_signing_out_the_way_back_shows_nothing(page: Page) -> None:
    come_in(page, "chen")
    page.get_by_role("button", name="退出").click()
    page.goto("/")

    expect(page.get_by_role("heading", level=1)).to_have_text("登录")


def test_the_menu_holds_what_the_seat_allows(page: Page) -> None:
    come_in(page, "chen")
    expect(page.locator(".side").get_by_role("link")).to_have_text(
        [
            *(
                "工作台",
                "巡察轮次",
                "巡察组授权",
                "巡察发现问题",
                "巡察报告",
                "单位间共享",
                "共享给我们的视图",
                "整改",
                "函件",
                "期限",
                "情况通报",
            ),
            *("代理", "紧急授权", "我的岗位"),
        ]
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1440, 720, 390])
def test_the_door_and_the_desk_fit_and_can_be_read_at_every_width(
    page: Page, browsing: BrowserContext, site: LiveServer, width: int, language: str
) -> None:
    """720 pixels are 1440 at 200 %."""
    browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
    page.set_viewport_size({"width": width, "height": 900})

    page.goto("/sign-in/")
    at_the_door = (overhang(page), small_targets(page), faint_words(page))
    come_in(page, "lin")
    at_the_desk = (overhang(page), small_targets(page), faint_words(page))

    assert at_the_door == (0, [], [])
    assert at_the_desk == (0, [], [])


def test_without_script_one_can_come_in_and_find_the_menu_on_a_phone(
    chromium: Browser, site: LiveServer
) -> None:
    context = chromium.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    sign_in(page, "lin")

    page.locator("details.fold summary").click()

    expect(page.locator(".fold-body").get_by_role("link", name="人员名册")).to_be_visible()
    context.close()
