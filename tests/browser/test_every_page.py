"""Every page that a role can reach, on real rows: it fits, can be read, and no fault is logged."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tenancy.domain.roles import Role
from tenancy.models import Office, User
from tenancy.services.offices import create_administrators
from tests.browser.accounts import come_in, sign_in
from tests.browser.measuring import faint_words, overhang, small_targets
from tests.integration.scheduling import way
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.desks import open_from, schedule
from tests.integration.scheduling.world import World
from tests.people import PASSWORD

__all__ = ["world"]

pytestmark = pytest.mark.browser

ADMINISTRATORS = {
    Role.SYSTEM_ADMINISTRATOR: "fang",
    Role.SECURITY_ADMINISTRATOR: "yan",
    Role.AUDIT_ADMINISTRATOR: "meng",
}
WIDTHS = {1440: "zh-hans", 720: "en", 390: "zh-hans"}


def _pages_of_the_city(world: World) -> list[str]:
    round_ = world.released_round()
    world.survey(round_)
    run = world.solve(round_)
    plan = world.plan_of(run)
    draft = open_from(world, plan)
    team, other = schedule(world, draft).teams[:2]
    desk, person = f"/plans/{draft.pk}/desk/", team.members[0]
    views = ("why", "else", "where", "not", "change")
    parts = (
        "",
        "window/",
        "calendar/",
        "teams/",
        "rules/",
        "units/",
        "distances/",
        "survey/",
        "exchange/",
        "declared/",
        "pins/",
        "handlers/",
    )
    return [
        "/",
        "/rounds/",
        "/rounds/new/",
        *(f"/rounds/{round_.pk}/{part}" for part in parts),
        f"/runs/{run.pk}/",
        f"/plans/{plan.pk}/",
        f"/plans/{plan.pk}/desk/",
        desk,
        *(f"{desk}?person={person}&view={view}" for view in views),
        f"{desk}?person={person}&view=not&to={other.id}",
        *(f"{desk}?unit={team.visits[0].unit}&view={view}" for view in ("else", "not", "change")),
        f"{desk}?team={team.id}",
        f"{desk}?team={team.id}&role=member",
        f"{desk}?edit=unseat&inspector={person}",
        f"/rounds/{round_.pk}/compare/",
    ]


def _faults(page: Page, paths: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for path in paths:
        answer = page.goto(path)
        seen = (
            answer.status if answer else None,
            overhang(page),
            small_targets(page),
            faint_words(page),
        )
        if seen != (200, 0, [], []):
            found[path] = seen
    return found


def test_the_scheduler_s_pages_fit_and_can_be_read_at_every_width(
    page: Page, browsing: BrowserContext, site: LiveServer, world: World
) -> None:
    paths = _pages_of_the_city(world)
    come_in(page, "chen")

    for width, language in WIDTHS.items():
        browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, _faults(page, paths)) == (width, {})


def test_the_county_director_s_pages_fit_and_can_be_read_at_every_width(
    page: Page, browsing: BrowserContext, site: LiveServer, world: World
) -> None:
    world.settle()
    world.call(world.make_round())
    call = world.call_to("dinghai")
    paths = [
        "/",
        "/roster/",
        "/units/",
        "/imports/",
        "/releases/",
        f"/releases/{call.pk}/",
        "/history/",
        "/digests/",
        "/ties/",
        "/tokens/",
        "/who-may/",
        "/who-may/?kind=platform",
        "/my-seat/",
        "/office/",
        "/sign-ins/",
        "/password/",
        "/seats/",
        "/deputies/",
        "/own-record/",
        "/webhooks/",
        "/own-record/others/",
        "/packages-received/",
        "/packages-sent/",
        "/packages-sent/new/",
        "/packages-brought/new/",
        "/package-keys/",
        "/package-keys/new/",
        "/shares/",
        "/shares/ask/",
        "/shares/offer/",
        "/shared-views/",
        "/share-groups/",
    ]
    come_in(page, "lin")

    for width, language in WIDTHS.items():
        browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, _faults(page, paths)) == (width, {})


@pytest.mark.parametrize(
    ("role", "paths"),
    [
        (Role.SECURITY_ADMINISTRATOR, ["/violations/", "/sign-ins/everybody/"]),
        (Role.AUDIT_ADMINISTRATOR, ["/record/", "/record/?person=nobody"]),
    ],
)
def test_the_other_administrators_pages_fit_and_can_be_read_at_every_width(
    page: Page,
    browsing: BrowserContext,
    site: LiveServer,
    world: World,
    role: Role,
    paths: list[str],
) -> None:
    with world.django_as("owner"):
        create_administrators(
            {role: (name, "管理员") for role, name in ADMINISTRATORS.items()},
            dict.fromkeys(ADMINISTRATORS, PASSWORD),
        )
    if role is Role.SECURITY_ADMINISTRATOR:
        paths = [*paths, "/seats/"]
        come_in(page, ADMINISTRATORS[Role.SYSTEM_ADMINISTRATOR])
        page.goto("/seats/?username=jiang#propose")
        page.locator("[name=office]").select_option(label="普陀区")
        page.locator("[name=role]").select_option("county_director")
        page.locator(".form [name=reason]").fill(
            "市委组织部来函，接替前任主任，任期与本届巡察工作规划一致"
        )
        page.locator(".form-actions button").click()
        page.context.clear_cookies()
    come_in(page, ADMINISTRATORS[role])

    for width, language in WIDTHS.items():
        browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, _faults(page, ["/", "/my-seat/", "/tokens/", *paths])) == (width, {})


@pytest.mark.parametrize("width", sorted(WIDTHS))
def test_the_hat_can_be_seen_at_every_width(
    page: Page, site: LiveServer, world: World, width: int
) -> None:
    world.settle()
    page.set_viewport_size({"width": width, "height": 900})
    come_in(page, "wu")

    hats = page.locator(".masthead").get_by_text("县（区）委巡察办经办人", exact=False)
    assert [one.is_visible() for one in hats.all()].count(True) == 1


def test_the_system_administrator_s_pages_fit_and_can_be_read_at_every_width(
    page: Page, browsing: BrowserContext, site: LiveServer, world: World
) -> None:
    with world.django_as("owner"):
        create_administrators(
            {role: (name, "管理员") for role, name in ADMINISTRATORS.items()},
            dict.fromkeys(ADMINISTRATORS, PASSWORD),
        )
        account, office = User.objects.get(username="wu"), Office.objects.get(code="dinghai")
    paths = [
        "/",
        "/my-seat/",
        "/seats/",
        "/deputies/",
        "/transfers/",
        "/accounts/",
        "/accounts/?find=nobody",
        f"/accounts/{account.pk}/",
        "/offices/",
        f"/offices/{office.pk}/",
        "/webhook-hosts/",
    ]
    come_in(page, ADMINISTRATORS[Role.SYSTEM_ADMINISTRATOR])

    for width, language in WIDTHS.items():
        browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, _faults(page, paths)) == (width, {})


def test_the_security_administrator_s_pages_fit_and_can_be_read_at_every_width(
    page: Page, browsing: BrowserContext, site: LiveServer, world: World
) -> None:
    with world.django_as("owner"):
        create_administrators(
            {role: (name, "管理员") for role, name in ADMINISTRATORS.items()},
            dict.fromkeys(ADMINISTRATORS, PASSWORD),
        )
    page.goto("/sign-in/")
    for _ in range(5):
        sign_in(page, "wu", "not her password")
    come_in(page, ADMINISTRATORS[Role.SECURITY_ADMINISTRATOR])
    page.goto("/locks/")
    page.get_by_label("用户名").fill("lin")
    page.get_by_role("button", name="生成链接").click()
    expect(page.locator(".token-secret")).to_contain_text("/password-reset/")

    for width, language in WIDTHS.items():
        browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, _faults(page, ["/locks/"])) == (width, {})


def test_the_pages_of_a_plan_s_way_fit_and_can_be_read_at_every_width(
    page: Page, browsing: BrowserContext, site: LiveServer, world: World
) -> None:
    """In force and corrected for the city's director; asked again and told for the county's."""
    plan = way.solved_plan(world)
    made = way.published(world, plan)
    draft = way.other_roles(world, plan)
    way.propose(world, draft)
    first = way.extract_of(world.lin)
    asked = [request.pk for request in way.requests_to(world.lin)]
    pages = {
        "zhao": [
            "/",
            "/notices/",
            f"/plans/{plan.pk}/",
            f"/plans/{draft.pk}/",
            f"/publications/{made.pk}/",
            f"/rounds/{plan.round_id}/",
            f"/rounds/{plan.round_id}/handlers/",
        ],
        "lin": [
            "/",
            "/notices/",
            "/ours/",
            f"/ours/{first.pk}/",
            *(f"/requests/{number}/" for number in asked),
        ],
    }
    for username, paths in pages.items():
        page.context.clear_cookies()
        come_in(page, username)
        for width, language in WIDTHS.items():
            browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
            page.set_viewport_size({"width": width, "height": 900})
            assert (username, width, _faults(page, paths)) == (username, width, {})
