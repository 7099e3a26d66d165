"""A round on the screen: the scheduler sets it up, the county's director releases, the engine
solves it, and the plan is there. Each in their own browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from scheduling.models.runs import SolveRun
from tenancy.models import Job
from tests.browser.accounts import come_in
from tests.browser.conftest import WATCH_POLICY, Complaints
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.world import World, acting

__all__ = ["world"]

pytestmark = pytest.mark.browser

NAME = "2026年第四轮交叉巡察"
ScreenOf = Callable[[str], Page]


@pytest.fixture
def screen_of(chromium: Browser, site: LiveServer, complaints: Complaints) -> Iterator[ScreenOf]:
    """`screen_of("lin")`: a browser of their own, signed in; the same one when asked again."""
    pages: dict[str, Page] = {}

    def opened(username: str) -> Page:
        if username not in pages:
            context = chromium.new_context(base_url=site.url, accept_downloads=True)
            context.add_init_script(WATCH_POLICY)
            context.set_default_timeout(10_000)
            pages[username] = context.new_page()
            complaints.watch(pages[username])
            come_in(pages[username], username)
        return pages[username]

    yield opened
    for page in pages.values():
        page.context.close()
    assert complaints.heard == []


def the_worker_works(world: World, *pages: Page) -> None:
    """Everything that waits is done, while nobody's page asks for anything."""
    for page in pages:
        page.goto("about:blank")
    with acting(world.chen):
        waiting = list(Job.objects.filter(state=Job.State.QUEUED))
    assert waiting
    for job in waiting:
        assert world.work(job) == "done"


def zh(sentence: str) -> str:
    """As the screen says it: the catalogue may choose better words any day."""
    with translation.override("zh-hans"):
        return translation.gettext(sentence)


def test_a_round_goes_from_its_first_line_to_a_verified_plan(
    world: World, screen_of: ScreenOf
) -> None:
    world.settle()
    chen, lin = screen_of("chen"), screen_of("lin")

    set_up_the_round(chen)
    round_page = chen.url
    look_at_the_calendar(chen)
    call_on_the_counties(chen, round_page)

    release_everybody(lin)
    for code in ("putuo", "daishan", "shengsi"):
        world.release(code)

    chen.goto(f"{round_page}survey/")
    chen.locator("form[action$='survey/start/'] button").click()
    the_worker_works(world, chen)
    chen.goto(f"{round_page}survey/")
    expect(chen.get_by_role("row", name="属地回避")).to_contain_text("48")

    chen.goto(round_page)
    chen.locator("[name=time_limit_s]").fill("3")
    chen.locator("form[action$='run/'] button").click()
    expect(chen).to_have_url(re.compile(r"/runs/\d+/$"))
    run_page = chen.url
    the_worker_works(world, chen)
    chen.goto(run_page)
    chen.locator("main a[href^='/plans/']").first.click()

    expect(chen.locator(".verdict-holds")).to_be_visible()
    with chen.expect_download() as download:
        chen.locator("a[href$='/xlsx/']").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def set_up_the_round(chen: Page) -> None:
    chen.goto("/rounds/new/")
    chen.locator("[name=name]").fill(NAME)
    chen.locator("[name=starts_on]").fill("2026-09-14")
    chen.locator("[name=ends_on]").fill("2026-10-16")
    for field, value in {
        "teams": "4",
        "max_units": "2",
        "size_min": "3",
        "size_max": "4",
        "deputies_min": "1",
        "deputies_max": "1",
    }.items():
        chen.locator(f"[name={field}]").fill(value)
    chen.locator("form.form button.btn-primary").click()
    expect(chen.get_by_role("heading", name=NAME, level=1)).to_be_visible()


def look_at_the_calendar(chen: Page) -> None:
    """The national holiday is off, the Saturday for it is worked, and a day can be taken off."""
    chen.goto(f"{chen.url}calendar/")
    expect(chen.locator("[value='2026-10-01']")).not_to_be_checked()
    expect(chen.locator("td", has=chen.locator("[value='2026-10-01']"))).to_contain_text("国庆节")
    expect(chen.locator("[value='2026-10-10']")).to_be_checked()
    chen.locator("[value='2026-09-14']").uncheck()
    chen.locator("main form button.btn-primary").click()
    chen.goto(chen.url if chen.url.endswith("calendar/") else f"{chen.url}calendar/")
    expect(chen.locator("[value='2026-09-14']")).not_to_be_checked()


def call_on_the_counties(chen: Page, round_page: str) -> None:
    chen.goto(f"{round_page}call/")
    chen.get_by_label("舟山市").uncheck()
    chen.locator("form.form button.btn-primary").click()
    chen.goto(round_page)
    expect(chen.get_by_role("row", name="定海区")).to_contain_text(zh("no answer yet"))


def release_everybody(lin: Page) -> None:
    lin.goto("/releases/")
    lin.get_by_role("link", name=NAME).click()
    for box in lin.locator("main input[type=checkbox]:visible:not([disabled])").all():
        box.check()
    lin.locator("main form .form-actions button.btn-primary").click()
    expect(lin.get_by_text("林知远")).not_to_have_count(0)


def test_a_director_who_withdraws_is_shown_to_the_city_as_withdrawn(
    world: World, screen_of: ScreenOf
) -> None:
    world.settle()
    round_ = world.make_round(name=NAME)
    world.call(round_)
    world.release("dinghai")
    lin = screen_of("lin")

    lin.goto("/releases/")
    lin.get_by_role("link", name=NAME).click()
    lin.locator("form[action$='withdraw/'] button").click()

    chen = screen_of("chen")
    chen.goto(f"/rounds/{round_.pk}/")
    expect(chen.get_by_role("row", name="定海区")).to_contain_text(zh("withdrawn"))


def test_to_a_county_the_city_s_rounds_and_plans_are_not_there(
    world: World, screen_of: ScreenOf, complaints: Complaints
) -> None:
    run = world.solve(world.released_round())
    plan = world.plan_of(run)
    lin = screen_of("lin")

    for address in (f"/rounds/{run.round_id}/", f"/runs/{run.pk}/", f"/plans/{plan.pk}/"):
        answer = lin.goto(address)
        assert answer is not None
        assert answer.status == 404
    with acting(world.chen):
        assert SolveRun.objects.count() == 1
