"""A team authorised by two directors, its leader at work, and the click after it was revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from kernel.clock import today
from tenancy.models import User
from tests.authorised import PEOPLE, Waiting
from tests.browser.accounts import sign_in
from tests.browser.test_standing_in import enter, fits
from tests.people import PASSWORD

pytestmark = pytest.mark.browser


def test_two_directors_authorise_a_leader_works_and_the_next_click_after_is_refused(
    page: Page, browsing: BrowserContext, site: LiveServer, waiting: Waiting
) -> None:
    waiting.link("tang")
    with waiting.django_as("owner"):
        for who in ("tang", "gu"):
            account = User.objects.get(pk=PEOPLE[who][0])
            account.set_password(PASSWORD)
            account.save(update_fields=["password"])

    enter(page, "zhao", f"/publications/{waiting.publication}/teams/")
    fits(page, site)
    page.get_by_label("到期日").fill((today() + timedelta(days=40)).isoformat())
    page.get_by_role("button", name="提请授权").click()
    expect(page.get_by_text("已提请 1 个组")).to_be_visible()

    enter(page, "lin", "/")
    page.get_by_role("link", name="去办理").click()
    fits(page, site)
    page.get_by_label("授权文号").fill("定委〔2026〕30号")
    page.get_by_label("授权机关").fill("中共定海区委")
    page.get_by_role("button", name="授权", exact=True).click()
    expect(page.get_by_text("1 人已进组")).to_be_visible()
    fits(page, site)

    assert browsing.browser is not None
    elsewhere = browsing.browser.new_context(base_url=site.url, locale="zh-CN")
    leader = elsewhere.new_page()
    leader.goto("/")
    sign_in(leader, "tang")
    leader.get_by_role("button", name="定海区").click()
    leader.get_by_role("link", name="进入").click()
    expect(leader.get_by_role("heading", name="第一巡察组")).to_be_visible()
    fits(leader, site)
    leader.get_by_role("link", name="周报").click()
    leader.get_by_label("问题分类").fill("党的建设 3")
    leader.get_by_role("button", name="保存草稿").click()
    leader.get_by_role("button", name="签发").click()
    expect(leader.get_by_text("已签发，资料所属单位主任可以查看")).to_be_visible()
    fits(leader, site)
    leader.goto("/rooms/")
    fits(leader, site)
    leader.get_by_role("link", name="进入").click()
    leader.get_by_role("button", name="直报工作间").click()
    expect(leader.get_by_text("不经被巡察地县（区）")).to_be_visible()
    leader.get_by_role("button", name="底稿工作间").click()
    expect(leader.get_by_role("heading", name="第一巡察组")).to_be_visible()

    page.reload()
    page.get_by_role("link", name="周报").click()
    expect(page.get_by_text("党的建设")).to_be_visible()
    page.go_back()
    page.get_by_label("理由").last.fill("组长另有任用")
    page.get_by_role("button", name="收回授权").click()
    expect(page.get_by_text("已收回，两个工作间已关闭")).to_be_visible()
    leader.get_by_role("link", name="工作间", exact=True).first.click()

    expect(leader.get_by_text("您在定海区的席位已经结束")).to_be_visible()
    assert "第一巡察组" not in leader.content()
    elsewhere.close()
