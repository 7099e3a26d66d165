"""A member writes a paper, the leader signs, the office comments, the group approves, it is fed back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from kernel.clock import today
from tenancy.models import User
from tests.browser.accounts import sign_in
from tests.browser.test_standing_in import fits
from tests.papers import class_of
from tests.people import PASSWORD
from tests.teams import Team

pytestmark = pytest.mark.browser
DAY = today().isoformat()


def at_work(team: Team, browser: Browser, site: LiveServer, who: str) -> Page:
    """Signed in for Dinghai, in a browser of their own."""
    with team.django_as("owner"):
        account = User.objects.get(pk=team.actor(who).person_id)
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])
    page = browser.new_context(base_url=site.url, locale="zh-CN").new_page()
    page.goto("/")
    sign_in(page, who)
    if who in ("mei", "tang"):  # guests: in the city, too
        page.get_by_role("button", name="定海区").click()
    expect(page.get_by_role("navigation", name="主菜单")).to_be_visible()
    return page


def test_from_the_member_s_first_word_to_feedback(
    team: Team, browsing: BrowserContext, site: LiveServer
) -> None:
    class_of(team)
    assert browsing.browser is not None
    mei, tang, wu, he = (
        at_work(team, browsing.browser, site, who) for who in ("mei", "tang", "wu", "he")
    )
    mei.goto("/papers/")
    expect(mei.get_by_text("还没有底稿")).to_be_visible()
    fits(mei, site)
    write(mei, site)
    mei.get_by_role("button", name="提交组务会").click()
    paper = mei.url

    tang.goto(paper)
    tang.locator("summary", has_text="组务会通过").click()
    tang.locator("[name=met_on]").fill(DAY)
    tang.locator("[name=opinion]").fill("事实清楚，同意")
    tang.get_by_role("button", name="组务会通过").click()
    fits(tang, site)
    tang.get_by_role("button", name="组长签字").click()
    report = hand_in(tang, site)

    wu.goto("/findings/")
    wu.get_by_role("link", name="党组会未按规定研究经费").click()
    wu.locator("[name=comment]").fill("建议补充依据")
    wu.get_by_role("button", name="提出意见").click()
    fits(wu, site)
    mei.goto(paper)
    expect(mei.get_by_text("建议补充依据")).to_be_visible()

    he.goto(report)
    he.locator("summary", has_text="审定报告").click()
    he.locator("[name=heard_on]").fill(DAY)
    he.get_by_role("button", name="审定报告").click()
    fits(he, site)
    feed_back(tang, report, site)
    mei.goto(paper)
    expect(mei.get_by_text("已反馈").first).to_be_visible()


def write(mei: Page, site: LiveServer) -> None:
    mei.get_by_role("link", name="撰写底稿").first.click()
    fits(mei, site)
    mei.locator("[name=unit]").select_option(label="定海区教育局")
    mei.locator("[name=title]").fill("党组会未按规定研究经费")
    mei.locator("[name=fact]").fill("2025年，3笔经费未经研究。")
    keeps_what_was_typed(mei)
    mei.locator("[name=nature]").fill("民主集中制执行不到位")
    mei.locator("[name=responsibility]").fill("主要负责人负主要领导责任")
    mei.locator("[name=category]").select_option(label="民主集中制")
    mei.locator("[name=bases-0-text_title]").fill("中国共产党党组工作条例")
    mei.locator("[name=evidence-0-kind]").select_option("minutes")
    mei.locator("[name=evidence-0-title]").fill("党组会记录")
    mei.get_by_role("button", name="保存为新的一版").click()
    expect(mei.get_by_text("已保存为第 1 版")).to_be_visible()
    fits(mei, site)


def keeps_what_was_typed(mei: Page) -> None:
    """The session ends; saving says so, and the text stands; after a sign-in elsewhere it is saved."""
    kept = mei.context.cookies()
    mei.context.clear_cookies()
    mei.get_by_role("button", name="保存为新的一版").click()
    expect(mei.get_by_text("您已退出登录")).to_be_visible()
    assert mei.locator("[name=title]").input_value() == "党组会未按规定研究经费"
    mei.context.add_cookies(kept)  # type: ignore[arg-type]


def hand_in(tang: Page, site: LiveServer) -> str:
    tang.goto("/reports/")
    tang.get_by_role("button", name="新建报告").click()
    tang.get_by_role("checkbox").check()
    tang.get_by_role("button", name="列入报告").click()
    report = tang.url
    tang.get_by_role("link", name="起草报告").click()
    tang.locator("[name=evaluation]").fill("总体较好")
    tang.locator("[name=advice]").fill("健全制度")
    fits(tang, site)
    tang.get_by_role("button", name="保存为新的一版").click()
    tang.get_by_role("button", name="报送报告").click()
    expect(tang.get_by_text("已报送").first).to_be_visible()
    fits(tang, site)
    return report


def feed_back(tang: Page, report: str, site: LiveServer) -> None:
    tang.goto(report)
    tang.get_by_role("link", name="起草反馈意见").click()
    tang.locator("[name=duty]").fill("两个月内报送整改进展")
    tang.get_by_role("button", name="保存为新的一版").click()
    tang.locator("summary", has_text="向主要负责人反馈").click()
    tang.locator("[name=told_on]").fill(DAY)
    tang.get_by_role("button", name="向主要负责人反馈").click()
    tang.locator("summary", has_text="召开反馈会").click()
    tang.locator("[name=met_on]").fill(DAY)
    tang.locator("[name=attendance]").fill("领导班子成员、中层干部")
    tang.get_by_role("button", name="召开反馈会").click()
    tang.locator("summary", has_text="送达反馈意见").click()
    tang.locator("[name=served_on]").fill(DAY)
    tang.get_by_role("button", name="送达反馈意见").click()
    expect(tang.get_by_text("反馈意见已送达").first).to_be_visible()
    fits(tang, site)
