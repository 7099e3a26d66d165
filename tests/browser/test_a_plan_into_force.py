"""The stories of the directors: of a county who confirms and objects, of the city who decides."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from scheduling.models.plans import Plan
from tests.browser.accounts import change_to, come_in
from tests.browser.measuring import PHONE, faint_words, overhang, small_targets
from tests.integration.scheduling import way
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.world import FIRST_DAY, LAST_DAY, World

pytestmark = pytest.mark.browser
__all__ = ["world"]


@pytest.fixture
def plan(world: World) -> Plan:
    """Of a round far ahead, so that it can be withdrawn on whatever day the test runs."""
    days = {"starts_on": FIRST_DAY.replace(year=2099), "ends_on": LAST_DAY.replace(year=2099)}
    return way.solved_plan(world, **days)


def test_a_county_s_director_objects_and_then_confirms(
    page: Page, world: World, plan: Plan
) -> None:
    come_in(page, "chen", f"/plans/{plan.pk}/")
    page.get_by_role("button", name="提请审核").click()
    expect(page.get_by_text("方案已提请，已请各单位确认派出人员。")).to_be_visible()

    change_to(page, "lin", "/")
    expect(page.locator(".bell-count")).to_have_text(re.compile("3"))
    page.get_by_role("link", name="查看名单").click()
    expect(page.get_by_role("heading", name="确认派出人员")).to_be_visible()
    name = way.requests_to(world.lin)[0].people[0]["name"]
    page.get_by_label(f"对{name}的异议").fill("正在参加专案")
    page.get_by_role("button", name="提交异议").click()
    expect(page.get_by_text("本单位已提出异议。")).to_be_visible()

    change_to(page, "zhao", f"/plans/{plan.pk}/")
    expect(page.locator("#plan-state")).to_contain_text("正在参加专案")
    expect(page.get_by_role("button", name="批准")).to_have_count(0)

    change_to(page, "lin", "/ours/")
    page.get_by_role("link", name="2026年第三轮").click()
    page.get_by_role("button", name="确认全部").click()
    expect(page.get_by_text("本单位已确认。")).to_be_visible()


def test_the_city_s_director_approves_publishes_corrects_and_withdraws(
    page: Page, world: World, plan: Plan
) -> None:
    way.propose(world, plan)
    way.confirm_all(world)
    come_in(page, "zhao", "/")
    page.get_by_role("link", name="查看方案").first.click()
    page.get_by_role("button", name="批准", exact=True).click()
    expect(page.get_by_text("下一步：由市委巡察办主任公布。")).to_be_visible()
    page.get_by_role("button", name="公布", exact=True).click()
    expect(page.get_by_text("方案已公布，各单位已收到涉及本单位的安排。")).to_be_visible()
    first = page.url

    draft = way.other_roles(world, plan)
    way.propose(world, draft)
    way.confirm_all(world)
    page.goto(f"/plans/{draft.pk}/")
    expect(page.get_by_role("region", name="岗位有变动的人员")).to_be_visible()
    page.get_by_role("button", name="批准", exact=True).click()
    page.get_by_role("button", name="公布更正").click()
    expect(page.get_by_role("heading", name="与上一版的差异")).to_be_visible()
    page.goto(first)
    expect(page.get_by_text("这一版已更正，不再执行。")).to_be_visible()
    page.get_by_role("link", name="第 2 版").click()

    page.get_by_role("button", name="撤回方案").click()
    expect(page.locator("#main .wrong").filter(has_text="没有写明理由").first).to_be_visible()
    page.get_by_label("理由").fill("上级另有部署")
    page.get_by_role("button", name="撤回方案").click()
    expect(page.get_by_text("这一版已撤回，不再执行。")).to_be_visible()

    change_to(page, "lin", "/ours/")
    expect(page.get_by_text("本方案已撤回，派出和来巡均不再执行。")).to_be_visible()


def test_the_city_s_director_returns_a_plan_by_keyboard_with_words(
    page: Page, world: World, plan: Plan
) -> None:
    way.propose(world, plan)
    come_in(page, "zhao", f"/plans/{plan.pk}/")

    page.get_by_text("退回并写明意见").focus()
    page.keyboard.press("Enter")
    page.get_by_label("理由").focus()
    page.keyboard.type("第一组力量偏弱")
    page.get_by_role("button", name="退回方案").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("方案已退回，意见已送达排期员。")).to_be_visible()
    expect(page.get_by_text("第一组力量偏弱").first).to_be_visible()


def test_a_refused_publication_says_what_stands_in_the_way(
    page: Page, world: World, plan: Plan
) -> None:
    way.approved(world, plan)
    come_in(page, "zhao", f"/plans/{plan.pk}/")
    number = way.requests_to(world.lin)[0].people[0]["number"]
    way.answer(world, "dinghai", {number: "临时抽不开身"})

    page.get_by_role("button", name="公布", exact=True).click()

    expect(page.get_by_text("定海区对 1 名派出人员有异议")).to_be_visible()
    page.goto(f"/plans/{plan.pk}/")
    expect(page.get_by_text("需要先解决的问题")).to_be_visible()
    expect(page.get_by_role("button", name="公布", exact=True)).to_have_count(0)


def test_on_a_phone_the_county_s_pages_fit_and_can_be_read(
    page: Page, world: World, plan: Plan
) -> None:
    way.published(world, plan)
    page.set_viewport_size(PHONE)
    come_in(page, "lin")
    request, extract = way.requests_to(world.lin)[0], way.extract_of(world.lin)

    found = {}
    for address in ("/", "/ours/", "/notices/", f"/requests/{request.pk}/", f"/ours/{extract.pk}/"):
        page.goto(address)
        found[address] = (overhang(page), small_targets(page), faint_words(page))

    assert found == dict.fromkeys(found, (0, [], []))
