"""The scheduler at the desk: she looks, weighs, drags, undoes, pins, has the engine mend the rest,
and lays the plans side by side. With a colleague at the same desk, and without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, FloatRect, Page, expect
from pytest_django.live_server_helper import LiveServer

from scheduling.models.plans import Plan
from scheduling.services.handling import name_handler
from tenancy.domain.roles import Role
from tenancy.models import Job, Membership, Office, User
from tests.browser.accounts import come_in, sign_in
from tests.browser.conftest import Complaints
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.desks import (
    a_draft,
    a_plan,
    edit,
    office_of,
    reserve,
    schedule,
    see,
)
from tests.integration.scheduling.world import World, acting
from tests.people import SEATED_SINCE

__all__ = ["world"]

pytestmark = pytest.mark.browser

DAY_S = 86_400
LEFT = "htmx:sendAbort"  # a page was left while it was asking what is new
REFUSED = "Response Status Error Code 409"  # htmx says aloud that an act was refused


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


def box_of(page: Page, unit: str) -> FloatRect:
    """Where the visit lies in the timetable, once that has found its measure."""
    link = page.locator(f".visit[href*='{unit.replace(':', '%3A')}']")
    expect(page.locator("#gantt").locator(link)).to_be_visible()
    item = page.locator("#gantt .vis-item.vis-range", has=link)
    box = None
    for _ in range(20):
        before, box = box, item.bounding_box()
        if box is not None and box == before:
            return box
        page.wait_for_timeout(150)
    raise AssertionError("The timetable does not come to rest.")


def height_in_timetable(page: Page, unit: str) -> float:
    """How far down in the timetable: a notice above moves all of it."""
    frame = page.locator("#gantt").bounding_box()
    assert frame is not None
    return box_of(page, unit)["y"] - frame["y"]


def drag(page: Page, box: FloatRect, *, by_x: float = 0, by_y: float = 0) -> None:
    x, y = box["x"] + min(30, box["width"] / 2), box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by_x / 2, y + by_y / 2, steps=6)
    page.mouse.move(x + by_x, y + by_y, steps=6)
    page.mouse.up()


def the_worker_works(world: World, page: Page) -> None:
    """What waits is done while no page asks for anything."""
    page.goto("about:blank")
    with acting(world.chen):
        waiting = list(Job.objects.filter(state=Job.State.QUEUED))
    for job in waiting:
        assert world.work(job) == "done"


def test_the_scheduler_s_story(world: World, page: Page, complaints: Complaints) -> None:
    plan = a_plan(world)
    team = schedule(world, plan).teams[0]
    come_in(page, "chen", f"/plans/{plan.pk}/")
    page.get_by_role("button", name="在编排台修改").click()
    expect(page.get_by_role("heading", name="编排台", exact=True)).to_be_visible()
    desk = page.url
    with acting(world.chen):
        draft = Plan.objects.get(pk=int(re.findall(r"/plans/(\d+)/", desk)[0]))

    # Why she sits here, and why somebody of the county may not.
    member = page.locator(f"[id='seat-{team.members[0]}']")
    member.click()
    expect(page.locator("#desk-panel .passed")).to_contain_text("own_county")
    expect(page).to_have_url(re.compile(r"\?person="))
    local = reserve(world, draft, team.visits[0].unit.partition(":")[0])
    page.goto(f"{desk}?person={local}&view=not")
    page.get_by_label("为何不能进这个组").select_option(team.id)
    page.get_by_role("button", name="对照规则").click()
    expect(page.locator("#desk-panel .reasons")).to_contain_text("own_county")

    # The best alternative is one press away, and its price is told.
    member.click()
    page.get_by_role("link", name="还有谁可以").click()
    best = page.locator(".offers li").first
    name = best.locator("strong").inner_text()
    best.get_by_role("button").click()
    expect(page.locator(".done")).to_contain_text(f"由 {name} 接替")
    expect(page.locator("#desk-board")).to_contain_text(name)
    expect(page.locator("#history")).to_contain_text(name)
    assert see(world, draft).revision == 2

    # Undone, and done again.
    page.locator("#desk-undo").click()
    expect(member).to_be_visible()
    page.locator(".done").get_by_role("button", name="恢复").click()
    expect(page.locator("#desk-board")).to_contain_text(name)
    page.wait_for_load_state("networkidle")  # the parts of the page come one after the other

    # A price that is looked at and left alone.
    page.locator("#desk-board").get_by_role("link", name=re.compile(name)).click()
    expect(page.locator("#desk-panel h2")).to_contain_text(name)
    page.get_by_role("link", name="调整").click()
    page.get_by_role("link", name="移出方案：查看影响").click()
    expect(page.locator("#desk-panel")).to_contain_text("新增违规")
    page.get_by_role("link", name="取消", exact=True).click()
    assert see(world, draft).revision == 4

    # Pinned; then the engine mends the rest and changes nothing else.
    page.locator("#desk-board").get_by_role("link", name=re.compile(name)).click()
    page.get_by_role("link", name="调整").click()
    page.get_by_role("button", name="固定在此").click()
    expect(page.locator("#pins")).to_contain_text(name)
    page.locator("#desk-solve").click()
    expect(page).to_have_url(re.compile(r"/runs/\d+/$"))
    run = page.url
    the_worker_works(world, page)
    page.goto(run)
    page.locator("main a[href^='/plans/']").first.click()
    expect(page.locator(".verdict-holds")).to_be_visible()
    expect(page.locator("#teams ~ .team-cards")).to_contain_text(name)

    # Side by side with where it began.
    page.goto(f"/rounds/{plan.round_id}/")
    page.get_by_role("radio", name="以第 1 版为 A").check()
    page.get_by_role("button", name="对比 A 与 B").click()
    expect(page.get_by_role("heading", name="方案对比")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile(name))).to_be_visible()
    expect(page.locator("svg.moves path")).not_to_have_count(0)
    complaints.forgive(LEFT)
    complaints.forgive("htmx:afterRequest")


def test_a_visit_is_dragged_to_other_days_and_stored(world: World, page: Page) -> None:
    draft = a_draft(world)
    visit = schedule(world, draft).teams[0].visits[0]
    come_in(page, "chen", f"/plans/{draft.pk}/desk/")
    box = box_of(page, visit.unit)
    shown = page.locator(f"#gantt .visit[href*='{visit.unit.replace(':', '%3A')}']")
    words = shown.get_attribute("aria-label") or ""
    days = (visit.end - visit.start).days + 1
    direction = 1 if visit.start.day < 14 else -1

    drag(page, box, by_x=direction * 1.1 * box["width"] / days)

    expect(page.locator(".done")).to_contain_text("的进驻改到")
    moved = {v.unit: v for v in schedule(world, draft).teams[0].visits}[visit.unit]
    assert moved.start != visit.start
    assert abs((moved.start - visit.start).days) <= 3

    page.locator(".done").get_by_role("button", name="撤销这项修改").click()
    expect(page.locator(".done")).to_contain_text("撤销：")
    assert schedule(world, draft).teams[0].visits[0].start == visit.start
    expect(shown).to_have_attribute("aria-label", words)


def test_a_visit_dragged_to_a_team_that_is_barred_goes_back_to_where_it_was(
    world: World, page: Page, complaints: Complaints
) -> None:
    draft = a_draft(world)
    teams = schedule(world, draft).teams
    visit = teams[0].visits[0]
    county = visit.unit.partition(":")[0]
    at = next(k for k, team in enumerate(teams) if office_of(team.people[0]) == county)
    come_in(page, "chen", f"/plans/{draft.pk}/desk/")
    box, height = box_of(page, visit.unit), height_in_timetable(page, visit.unit)
    labels = page.locator("#gantt .vis-labelset .vis-label")
    label = labels.nth(at).bounding_box()
    assert label is not None

    drag(page, box, by_y=label["y"] + label["height"] / 2 - box["y"] - box["height"] / 2)

    expect(page.locator("#refusals")).to_contain_text("own_county")
    expect(page.locator("#refusals")).to_be_in_viewport()
    assert abs(height_in_timetable(page, visit.unit) - height) < 3
    assert see(world, draft).revision == 1
    complaints.forgive(REFUSED)


@pytest.mark.usefixtures("wu_sits_in_the_city_too")
def test_two_schedulers_see_each_other_and_neither_overwrites(
    world: World, page: Page, complaints: Complaints
) -> None:
    """Wu's edit reaches Chen's screen within seconds; what Chen has open stays open, and her own
    edit of before is not done but shown again with its price of now."""
    draft = a_draft(world)
    with acting(world.zhao):
        name_handler(actor=world.zhao, number=draft.round_id, person=world.wu.person_id)
    one, two = schedule(world, draft).teams[:2]
    newcomer = reserve(world, draft, office_of(one.members[0]))
    wanted = f"?edit=swap&a={one.members[0]}&b={newcomer}"
    come_in(page, "chen", f"/plans/{draft.pk}/desk/{wanted}")
    page.route("**/live/**", lambda route: route.abort())
    expect(page.locator("#do-it")).to_be_visible()
    edit(world, draft, edit="unseat", inspector=two.members[0])

    page.locator("#do-it").click()
    expect(page.locator("#desk-panel .notice-refusal")).to_contain_text("方案在您查看之后已有改动")
    expect(page.locator("#desk-panel")).to_contain_text("接替")
    expect(page.locator(f"[id='seat-{two.members[0]}']")).to_have_count(0)
    page.unroute("**/live/**")

    wus = page.context.browser
    assert wus is not None
    context = wus.new_context(base_url=page.url.split("/plans")[0])
    other = context.new_page()
    other.goto(f"/plans/{draft.pk}/desk/?person={one.people[0]}&view=change")
    sign_in(other, "wu")
    other.get_by_role("button", name="以排期员身份办理（舟山市）").click()
    other.get_by_role("link", name="移出方案：查看影响").click()
    other.locator("#do-it").click()
    expect(other.locator(".done")).to_be_visible()

    expect(page.locator("#desk-news")).to_contain_text("吴清和", timeout=6_000)
    expect(page.locator("#desk-news")).to_contain_text("前")
    expect(page.locator("#panel-stale")).to_contain_text("方案又有改动")
    expect(page.locator("#do-it")).to_be_visible()
    expect(page.locator(f"[id='seat-{one.people[0]}']")).to_have_count(0)
    context.close()
    complaints.forgive(REFUSED)
    complaints.forgive("htmx:")


def test_the_desk_goes_by_keyboard_and_the_focus_follows(world: World, page: Page) -> None:
    draft = a_draft(world)
    team = schedule(world, draft).teams[0]
    come_in(page, "chen", f"/plans/{draft.pk}/desk/")

    page.locator(f"[id='seat-{team.members[0]}']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#desk-panel .passed")).to_be_visible()
    page.get_by_role("link", name="还有谁可以").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.locator(".offers button").first.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".done")).to_be_visible()
    expect(page.locator("#panel-title")).to_be_focused()
    assert see(world, draft).revision == 2


@pytest.fixture
def without_script(chromium: Browser, site: LiveServer) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_script_everything_but_dragging_can_be_done(
    world: World, without_script: Page
) -> None:
    draft = a_draft(world)
    team = schedule(world, draft).teams[0]
    page = without_script
    page.goto(f"/plans/{draft.pk}/desk/")
    sign_in(page, "chen")

    page.locator(f"[id='visit-{team.visits[0].unit}']").click()
    page.get_by_label("进驻首日").select_option("2026-09-15")
    page.locator(".ask", has=page.get_by_label("进驻首日")).get_by_role("button").click()
    page.get_by_role("button", name="确认修改").click()
    expect(page.locator(".messages")).to_contain_text("的进驻改到")
    moved = {v.unit: v for v in schedule(world, draft).teams[0].visits}[team.visits[0].unit]
    assert moved.start.isoformat() == "2026-09-15"

    page.locator("#desk-undo").click()
    expect(page.locator(".messages")).to_contain_text("撤销：")
    page.locator("#desk-check").click()
    expect(page.locator("#desk-strip")).to_contain_text("正在核验")
