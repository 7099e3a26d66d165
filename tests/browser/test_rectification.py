"""County rectifies, the supervisor sends it back, the second time it closes."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tenancy.models import User
from tests.browser.accounts import change_to, come_in
from tests.browser.test_every_page import WIDTHS, _faults
from tests.browser.test_standing_in import fits
from tests.integration.sharing.county import County, settled, take_in_unit_of_team
from tests.integration.sharing.test_letters import sent
from tests.integration.sharing.test_rectifying import SERVED, assigned
from tests.papers import approve, serve
from tests.papers import to as paper_to
from tests.people import PASSWORD
from tests.teams import Team

pytestmark = pytest.mark.browser


@pytest.fixture
def county(
    site: LiveServer, team: Team, django_as: Callable[[str], AbstractContextManager[Any]]
) -> County:
    user = User()
    user.set_password(PASSWORD)
    with django_as("owner"):
        names = [team.actor(who).person_id for who in ("qiao", "shen", "bai")]
        User.objects.filter(pk__in=names).update(password=user.password)
    return settled(team)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state("load")


def claim(page: Page, evidence: str) -> None:
    page.get_by_label("佐证材料").fill(evidence)
    page.get_by_label("整改结果").fill("已修订并印发")
    press(page, "申报完成")


def test_what_was_fed_back_elsewhere_is_typed(page: Page, county: County) -> None:
    come_in(page, "wu", "/rectification/assign/")
    page.get_by_label("单位").first.select_option("U01")
    page.get_by_label("轮次").fill("第三轮")
    page.get_by_label("反馈意见送达日期").fill("2026-03-02")
    page.get_by_label("反馈问题").fill("党的建设 | 议事规则不健全")
    press(page, "交办")
    expect(page.get_by_role("link", name="议事规则不健全")).to_be_visible()


def test_the_second_time_it_closes(page: Page, county: County, site: LiveServer) -> None:
    """From the feedback on: finding by finding to the unit, and each ends with its item."""
    finding = fed_back(county)
    come_in(page, "wu", "/reports/")
    page.get_by_role("link", name="定海区教育局").first.click()
    page.get_by_role("link", name="交办整改").click()
    fits(page, site)
    page.get_by_label("议事规则不健全").check()
    press(page, "交办")
    expect(page.get_by_text("还有 1 个问题未交办")).to_be_visible()
    fits(page, site)
    page.get_by_role("link", name="第 1 项").click()
    expect(page.get_by_role("link", name="议事规则不健全")).to_be_visible()
    here = page.url

    change_to(page, "qiao", here)
    for label, words in (("目标", "整改到位"), ("整改措施", "修订规则"), ("责任领导", "甲局长"),
                         ("责任部门", "办公室"), ("单位主要负责人签字", "乙书记")):  # fmt: skip
        page.get_by_label(label).fill(words)
    page.get_by_label("完成期限").fill("2026-04-30")
    page.get_by_label("签字日期").fill("2026-03-06")
    press(page, "报送整改方案")
    change_to(page, "lin", here)
    press(page, "方案通过")
    change_to(page, "qiao", here)
    claim(page, "会议纪要")

    change_to(page, "shen", here)
    form = page.locator("form", has=page.get_by_role("button", name="审核：未完成"))
    form.get_by_label("理由").fill("佐证不足")
    press(page, "审核：未完成")
    change_to(page, "qiao", here)
    expect(page.get_by_text("佐证不足")).to_be_visible()
    claim(page, "会议纪要和印发文件")
    change_to(page, "shen", here)
    press(page, "审核：已完成")
    change_to(page, "lin", here)
    press(page, "销号")
    expect(page.get_by_text("已销号")).to_be_visible()
    expect(page.get_by_text("2 · 1 · 0")).to_be_visible()
    page.get_by_role("link", name="议事规则不健全").click()
    expect(page).to_have_url(re.compile(rf"/findings/{finding}/$"))
    expect(page.get_by_text("已销号").first).to_be_visible()


def fed_back(county: County) -> int:
    """Two findings, served on 2 March; the number of the first."""
    take_in_unit_of_team(county)
    first = paper_to(county.team, "in_report", "议事规则不健全")
    paper_to(county.team, "in_report", "往来款未清理")
    approve(county.team)
    serve(county.team, SERVED)
    return first.pk


def test_the_pages_fit_and_can_be_read(
    page: Page, browsing: BrowserContext, site: LiveServer, county: County
) -> None:
    [item] = assigned(county, leader=f"leader:{county.actor('bai').user_id}")
    letter = sent(county)
    pages = {
        "lin": ["/rectification/", "/items/", f"/items/{item.pk}/", "/letters/", "/talks/",
                f"/letters/{letter.pk}/", "/letters/new/", "/joint-cases/", "/evaluations/",
                "/look-backs/", "/outcomes/"],
        "qiao": ["/my-rectification/", "/inbox/", f"/items/{item.pk}/", f"/letters/{letter.pk}/"],
        "shen": ["/supervision/"],
        "bai": ["/in-charge/"],
    }  # fmt: skip
    for username, paths in pages.items():
        page.context.clear_cookies()
        come_in(page, username)
        for width, language in WIDTHS.items():
            browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
            page.set_viewport_size({"width": width, "height": 900})
            assert (username, width, _faults(page, paths)) == (username, width, {})
