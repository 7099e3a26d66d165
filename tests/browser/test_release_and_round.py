"""A call answered in the county, and the round that it reaches in the city, in the browser."""

from __future__ import annotations

import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from launcher.folders import CHECKOUT
from scheduling.models.rounds import InspectionRound
from tenancy.models import Job
from tests.browser.accounts import change_to, come_in
from tests.browser.measuring import PHONE, faint_words, overhang, small_targets
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.world import World, acting

pytestmark = pytest.mark.browser
__all__ = ["world"]

WORKER = "import django; django.setup(); from tenancy.runner import run_job; run_job({number})"
ROUND_PAGES = ("", "window/", "call/", "calendar/", "teams/", "rules/", "units/", "distances/")


@pytest.fixture
def round_(world: World) -> InspectionRound:
    """Three counties have answered, Dinghai has not; the city's own office was not called on."""
    world.settle()
    made = world.make_round()
    world.call(made)
    for code in ("putuo", "daishan", "shengsi"):
        world.release(code)
    return made


@pytest.fixture
def call_address(world: World, round_: InspectionRound) -> str:
    return f"/releases/{world.call_to('dinghai').pk}/"


def expect_figures(page: Page, **figures: str) -> None:
    """Each figure says so many; the page's script counts them a moment after a box is ticked."""
    for name, figure in figures.items():
        expect(page.locator(f"[data-count={name}]")).to_have_text(figure)


def work(world: World, environment: dict[str, str]) -> None:
    """One worker process takes the newest job and ends."""
    with acting(world.chen):
        number = Job.objects.latest("pk").pk
    environment = environment | {
        "XUNCHA_ROLE": "worker",
        "PYTHONPATH": f"{CHECKOUT}:{CHECKOUT}/platform",
    }
    program = [sys.executable, "-c", WORKER.format(number=number)]
    subprocess.run(program, cwd=CHECKOUT, env=environment, check=True)


def test_a_director_releases_and_the_scheduler_goes_on_to_the_survey(
    page: Page,
    world: World,
    round_: InspectionRound,
    call_address: str,
    process_environment: dict[str, str],
) -> None:
    come_in(page, "lin", "/releases/")
    page.get_by_role("link", name="2026年第三轮").click()
    expect_figures(page, person="0", unit="0")

    page.get_by_role("button", name="全选或全不选").click()
    expect_figures(page, person="6", leader="2")
    page.get_by_label("定海甲").uncheck()
    expect_figures(page, person="5", leader="1")
    page.get_by_label("定海区教育局").check()
    page.get_by_label("定海区财政局").check()
    expect_figures(page, unit="2")
    page.get_by_role("button", name="放行", exact=True).click()
    expect(page.get_by_text("已放行。市委巡察办已收到")).to_be_visible()
    expect_figures(page, person="5", unit="2")

    change_to(page, "chen", f"/rounds/{round_.pk}/")
    answer = page.get_by_role("row", name="定海区")
    expect(answer).to_contain_text("已放行")
    expect(answer).to_contain_text("林知远")

    page.get_by_role("link", name="组织方式与规则").click()
    page.get_by_label("混合编组").check()
    page.get_by_role("button", name="套用").click()
    expect(page.get_by_text("已套用该组织方式的规则")).to_be_visible()
    expect(page.get_by_label("一个组的人员至少来自几个县（区）")).to_have_value("2")

    page.goto(f"/rounds/{round_.pk}/survey/")
    page.get_by_role("button", name="开始摸底").click()
    expect(page.get_by_text("正在摸底")).to_be_visible()
    page.evaluate("window.isTheSamePage = true")
    work(world, process_environment)
    expect(page.get_by_role("heading", name="各专长供需")).to_be_visible()
    assert page.evaluate("window.isTheSamePage")


def test_a_release_can_be_made_by_keyboard_alone(page: Page, call_address: str) -> None:
    come_in(page, "lin", call_address)

    page.get_by_label("定海乙").focus()
    page.keyboard.press("Space")
    expect_figures(page, person="1")
    page.get_by_role("button", name="放行", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("已放行。")).to_be_visible()
    expect(page.get_by_label("定海乙")).to_be_checked()


def test_on_a_phone_every_page_of_a_round_and_of_a_call_fits_and_can_be_read(
    page: Page, round_: InspectionRound, call_address: str
) -> None:
    page.set_viewport_size(PHONE)
    city = ["/rounds/", "/rounds/new/", *(f"/rounds/{round_.pk}/{name}" for name in ROUND_PAGES)]
    found = {}

    come_in(page, "chen")
    for address in city:
        page.goto(address)
        found[address] = (overhang(page), small_targets(page), faint_words(page))
    page.context.clear_cookies()
    come_in(page, "lin")
    for address in ("/releases/", call_address):
        page.goto(address)
        found[address] = (overhang(page), small_targets(page), faint_words(page))

    assert found == dict.fromkeys(found, (0, [], []))
