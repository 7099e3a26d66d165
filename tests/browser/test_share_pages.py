"""County A asks, county B releases a view with a name hidden, A reads it, B takes it back and sees the reach."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from sharing.domain.grants import Purpose
from sharing.domain.shared_views import MARK, Redaction, Shareable, Span
from sharing.models.share_grants import ShareGrant
from sharing.services.preparing_shares import Chosen
from sharing.services.share_groups import keep_group
from tenancy.models import User
from tests.browser.accounts import change_to, come_in
from tests.browser.conftest import Complaints
from tests.browser.test_every_page import WIDTHS, _faults
from tests.clues import received
from tests.papers import to
from tests.people import PASSWORD, acting
from tests.shares import approve, ask, in_force, prepare, shown
from tests.teams import Team

pytestmark = pytest.mark.browser
OVER = "Response Status Error Code 404"  # htmx says aloud that the view is there no more

NAME = "126万元"
SOON_MS = 30_000


@pytest.fixture
def county(team: Team) -> Team:
    """With somebody of the leading group who can sign in."""
    with team.django_as("owner"):
        account = User.objects.get(username="he")
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])
    return team


def test_from_the_request_to_the_certificate(
    page: Page,
    browsing: BrowserContext,
    site: LiveServer,
    county: Team,
    complaints: Complaints,
) -> None:
    to(county, "fed_back")
    _asks(page)
    with acting(county.actor("jiang")):
        number = ShareGrant.objects.get().pk
    change_to(page, "wu", f"/shares/{number}/prepare/")
    _prepares(page)
    for who in ("lin", "he"):
        change_to(page, who, f"/shares/{number}/approve/")
        _approves(page)
    change_to(page, "jiang", f"/shares/{number}/")
    _reads(page)
    _loses_it(page, browsing, number)
    _proves_it(page, number)
    complaints.forgive(OVER)


def _asks(page: Page) -> None:
    come_in(page, "jiang", "/shares/ask/")
    page.locator("[name=purpose][value=preparation]").check()
    page.get_by_label("定海区委巡察办").check()
    page.locator("[name=kinds][value=finding]").check()
    page.locator("[name=wanted]").fill("教育系统巡察发现的经费问题")
    page.locator("[name=roles][value=county_director]").check()
    page.locator("[name=until_on][value='15']").check()
    page.locator("[name=basis]").fill("《中国共产党巡视工作条例》")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("各单位自行决定")).to_be_visible()


def _prepares(page: Page) -> None:
    """The name is hidden by selecting it in the record."""
    page.locator("[name=add]").check()
    page.get_by_role("button", name="加入所选记录").click()
    page.locator(".hide-record dd", has_text=NAME).evaluate(
        """(field, words) => {
          const text = field.firstChild, start = text.data.indexOf(words);
          const range = document.createRange();
          range.setStart(text, start);
          range.setEnd(text, start + words.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        NAME,
    )
    page.locator(".hide-words").click()
    expect(page.locator(".hide-view")).to_contain_text(MARK)
    expect(page.locator(".hide-view")).not_to_contain_text(NAME)
    expect(page.locator("[data-phrases]")).to_have_value(NAME)
    page.get_by_role("button", name="提请批准").click()
    expect(page.get_by_text("等待查看并批准")).to_be_visible()


def _approves(page: Page) -> None:
    expect(page.locator(".beside-before mark")).to_have_text([NAME])
    expect(page.locator(".beside-after", has_text=MARK)).to_have_count(1)
    page.get_by_role("button", name="批准所见内容").click()
    expect(page.get_by_text("已批准")).to_be_visible()


def _reads(page: Page) -> None:
    page.locator(".share-views a").click()
    expect(page.locator("#shared-view")).to_contain_text("党组会未按规定研究重大经费支出")
    assert NAME not in page.content()
    assert "江听澜" in page.locator(".watermark").inner_html()


def _loses_it(page: Page, browsing: BrowserContext, number: int) -> None:
    """B takes it back elsewhere while A's page is open, and A is noting something down."""
    page.locator("#view-note textarea").fill("与本县某工程同一施工单位")
    browser = browsing.browser
    assert browser is not None
    elsewhere = browser.new_context(base_url=page.url.split("/shared")[0])
    other = elsewhere.new_page()
    come_in(other, "lin", f"/shares/{number}/")
    other.locator("[name=reason]").fill("所涉事项已办结")
    other.get_by_role("button", name="收回").click()
    expect(other.get_by_role("heading", name="查阅情况")).to_be_visible()
    elsewhere.close()

    expect(page.locator("#shared-view")).to_contain_text("已不再提供", timeout=SOON_MS)
    expect(page.locator("#view-note, #view-told, #view-copy")).to_have_count(0)
    expect(page.locator(".typed-words")).to_have_text("与本县某工程同一施工单位")
    expect(page.get_by_role("link", name="打开该项共享的页面")).to_be_visible()
    assert "党组会未按规定研究重大经费支出" not in page.content()


def _proves_it(page: Page, number: int) -> None:
    change_to(page, "lin", f"/shares/{number}/reach/")
    expect(page.locator(".reach > li")).to_contain_text("江听澜")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("出具查阅证明")).click()
    assert "共享信息查阅证明" in download.value.suggested_filename


def test_a_request_for_some_fields_is_prepared_without_the_others(
    page: Page, browsing: BrowserContext, site: LiveServer, county: Team
) -> None:
    to(county, "fed_back")
    come_in(page, "jiang", "/shares/ask/")
    some = page.locator("details[data-kind=finding]")
    expect(some).to_be_hidden()
    _asks_for(page, "title", "fact")
    with acting(county.actor("jiang")):
        number = ShareGrant.objects.get().pk
    expect(page.get_by_text("问题标题、事实")).to_be_visible()

    change_to(page, "wu", f"/shares/{number}/prepare/")
    page.locator("[name=add]").check()
    page.get_by_role("button", name="加入所选记录").click()
    view = page.locator(".hide-view")
    expect(view.locator("dt")).to_have_text(["问题标题", "事实"])
    page.get_by_label("定性（未申请）").uncheck()
    expect(view.locator("dt")).to_have_text(["问题标题", "事实", "定性"])
    page.get_by_label("定性（未申请）").check()
    expect(view.locator("dt")).to_have_text(["问题标题", "事实"])
    page.get_by_role("button", name="提请批准").click()
    expect(page.get_by_text("等待查看并批准")).to_be_visible()
    expect(page.locator(".share-views")).to_contain_text("2个字段")


def _asks_for(page: Page, *fields: str) -> None:
    """Fields of a kind come in sight with it; the last day with its own choice."""
    page.locator("[name=purpose][value=preparation]").check()
    page.get_by_label("定海区委巡察办").check()
    page.locator("[name=kinds][value=finding]").check()
    page.locator("details[data-kind=finding] summary").click()
    for field in fields:
        page.locator(f"[name=finding_fields][value={field}]").check()
    page.locator("[name=wanted]").fill("教育系统巡察发现的经费问题")
    page.locator("[name=roles][value=county_director]").check()
    expect(page.locator("[name=last_on]")).to_be_hidden()
    page.locator("[name=until_on][value=day]").check()
    expect(page.locator("[name=last_on]")).to_be_visible()
    page.locator("[name=until_on][value='15']").check()
    page.locator("[name=basis]").fill("《中国共产党巡视工作条例》")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("各单位自行决定")).to_be_visible()


def test_they_fit_and_can_be_read_at_every_width(
    page: Page, browsing: BrowserContext, site: LiveServer, team: Team
) -> None:
    lin, jiang = team.actor("lin"), team.actor("jiang")
    number = to(team, "fed_back").pk
    hidden = Redaction(frozenset({"responsibility"}), (Span("fact", 15, 20),))
    chosen = [Chosen(Shareable.FINDING, number, hidden)]
    running = in_force(team, chosen, may_export=True)
    waiting = approve(team, prepare(team, ask(team), chosen, "wu"), "lin")
    clue = [Chosen(Shareable.CLUE, received(team, lin, team.actor("luo")))]
    watched = ask(team, purpose=Purpose.HANDLING, kinds=[Shareable.CLUE])
    prepare(team, watched, clue)
    (view,) = shown(jiang)
    with acting(lin):
        group = keep_group(actor=lin, name="毗邻单位", offices=[jiang.tenant_id])
    paths = {
        "lin": [
            *(f"/shares/?tab={tab}" for tab in ("with_us", "of_us", "shared", "running_out")),
            "/shares/offer/",
            *(f"/shares/{running.pk}/{part}" for part in ("", "narrow/", "reach/")),
            *(f"/shares/{waiting.pk}/{part}" for part in ("prepare/", "approve/")),
            "/share-groups/",
            f"/share-groups/{group.pk}/",
            f"/findings/{number}/",
        ],
        "jiang": [
            "/shares/?tab=by_us",
            "/shares/ask/",
            f"/shares/{running.pk}/",
            "/shared-views/",
            f"/shared-views/{view}/",
        ],
        "zhao": ["/shares/?tab=watched", f"/shares/{watched.pk}/approve/"],
    }
    for who, pages in paths.items():
        come_in(page, who)
        for width, language in WIDTHS.items():
            browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
            page.set_viewport_size({"width": width, "height": 900})
            assert (who, width, _faults(page, pages)) == (who, width, {})
        browsing.clear_cookies()
