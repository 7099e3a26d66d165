"""A clue from the member who registers it to the numbered receipt, on the screen; and every page of it fits."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from kernel.clock import today
from tenancy.models import User
from tests.browser.accounts import sign_in
from tests.browser.measuring import faint_words, overhang, small_targets
from tests.clues import received, registered
from tests.integration.sharing.test_informants import custodian, entered
from tests.integration.sharing.test_interference import entry
from tests.people import PASSWORD
from tests.teams import Team

pytestmark = pytest.mark.browser

WIDTHS = {1440: "zh-hans", 720: "en", 390: "zh-hans"}
# A folder for pictures, to look at.
PICTURES = os.environ.get("PICTURES", "")


def enter(page: Page, who: str, path: str, office: str = "") -> None:
    page.context.clear_cookies()
    page.goto(path)
    sign_in(page, who)
    if office:
        page.get_by_role("button", name=office).click()
    page.wait_for_url(lambda url: "sign-in" not in url and "office" not in url)
    page.goto(path)


@pytest.fixture
def team_with_passwords(team: Team) -> Team:
    with team.django_as("owner"):
        for who in ("tang", "mei", "luo", "qin", "xu"):
            account = User.objects.get(username=who)
            account.set_password(PASSWORD)
            account.save(update_fields=["password"])
    return team


def test_from_the_register_to_the_receipt(
    page: Page, browsing: BrowserContext, site: LiveServer, team_with_passwords: Team
) -> None:
    register(page, "县（区）管干部")
    sign(page)

    enter(page, "lin", "/clue-ledger/")
    hand_over(page)
    enter(page, "luo", "/hand-over-lists/")
    acknowledge(page, "林知远")


def test_of_a_city_managed_clue_the_host_county_sees_nothing(
    page: Page, browsing: BrowserContext, site: LiveServer, team_with_passwords: Team
) -> None:
    """The city's director puts it on a list, the city's discipline body signs for it with a number."""
    before = {who: seen(page, who) for who in COUNTY_LOOKS}
    register(page, "市管干部")
    sign(page)

    enter(page, "zhao", "/clue-ledger/")
    hand_over(page)
    enter(page, "qin", "/hand-over-lists/")
    acknowledge(page, "赵望舒")

    assert {who: seen(page, who) for who in COUNTY_LOOKS} == before
    for who in COUNTY_LOOKS:
        assert "骆怀川" not in "".join(seen(page, who)), who
    # The twin: who may see it does.
    enter(page, "zhao", "/clue-ledger/")
    expect(page.get_by_role("link", name="骆怀川")).to_be_visible()


# Whoever of the county could learn of it, and every page that could tell.
COUNTY_LOOKS = {
    "lin": ["/", "/clue-ledger/", "/hand-over-lists/", "/findings/", "/reports/", "/deadlines/"],
    "luo": ["/", "/clue-ledger/", "/hand-over-lists/", "/findings/"],
}


def seen(page: Page, who: str) -> list[str]:
    enter(page, who, "/")
    words = []
    for path in COUNTY_LOOKS[who]:
        page.goto(path)
        words.append(page.get_by_role("main").inner_text())
    return words


def register(page: Page, level: str) -> None:
    enter(page, "mei", "/clues/", "舟山市")
    page.get_by_role("link", name="登记线索").click()
    page.get_by_label("线索对象").fill("骆怀川")
    page.get_by_label("所在单位").fill("定海区教育局")
    page.get_by_label(level, exact=True).check()
    page.get_by_label("来源方式").select_option("files")
    page.get_by_label("线索概要").fill("校舍修缮工程未经招标。")
    page.get_by_label("佐证材料").fill("合同复印件")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("线索已登记")).to_be_visible()


def sign(page: Page) -> None:
    enter(page, "tang", "/clues/", "舟山市")
    page.get_by_role("link", name="骆怀川").click()
    page.get_by_label("认定为线索").check()
    page.get_by_label("组务会日期").fill(today().isoformat())
    page.get_by_role("button", name="记录研判结果").click()
    page.get_by_role("button", name="签发").click()
    expect(page.get_by_text("已签发")).to_be_visible()


def hand_over(page: Page) -> None:
    page.get_by_role("link", name="骆怀川").click()
    page.get_by_role("button", name="接收").click()
    page.get_by_role("link", name="移交", exact=True).click()
    page.get_by_label("骆怀川").check()
    page.get_by_role("button", name="签字并移交").click()
    expect(page.get_by_text("清单已签字封存并移交")).to_be_visible()


def acknowledge(page: Page, sender: str) -> None:
    """The receipt bears the first number of the year."""
    page.get_by_role("row").filter(has_text=sender).get_by_role("link").click()
    page.get_by_role("button", name="签收").click()
    expect(page.get_by_text("已签收，办理期限自今日起算")).to_be_visible()
    expect(page.get_by_text("与签字时一致")).to_be_visible()
    numbered = re.compile(rf"〔{today().year}〕1\s*$")
    expect(page.locator("dd").filter(has_text=numbered).last).to_be_visible()


def test_every_page_of_clues_fits_and_can_be_read_at_every_width(
    page: Page, browsing: BrowserContext, site: LiveServer, team_with_passwords: Team
) -> None:
    team = team_with_passwords
    mine = registered(team)
    number = received(team, team.actor("lin"), team.actor("luo"), is_urgent=True)
    entered(team, mine)
    custodian(team)
    approach = entry(team)
    visits = (
        (
            "mei",
            "舟山市",
            ["/clues/", "/clues/new/", f"/clues/{mine}/", f"/clues/{mine}/informant/"],
        ),
        ("tang", "舟山市", [f"/clues/{mine}/", "/interference/", "/interference/new/"]),
        ("lin", "", ["/clue-ledger/", f"/clue-ledger/{number}/", "/hand-over-lists/new/"]),
        ("luo", "", ["/clue-ledger/", f"/clue-ledger/{number}/", "/hand-over-lists/"]),
        ("zhao", "", ["/clue-counts/", "/custodians/", f"/interference/{approach}/"]),
        ("qin", "", ["/informants/", "/interference/"]),
    )
    for who, office, paths in visits:
        enter(page, who, "/", office)
        for width, language in WIDTHS.items():
            browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
            page.set_viewport_size({"width": width, "height": 900})
            assert (who, width, _faults(page, paths, f"{who}.{width}")) == (who, width, {})


def _faults(page: Page, paths: list[str], named: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for path in paths:
        answer = page.goto(path)
        if PICTURES:
            name = f"{path.strip('/').replace('/', '-')}.{named}.png"
            page.screenshot(path=Path(PICTURES) / name, full_page=True)
        seen = (answer.status if answer else None, overhang(page), small_targets(page))
        if (*seen, faint_words(page)) != (200, 0, [], []):
            found[path] = (*seen, faint_words(page))
    return found
