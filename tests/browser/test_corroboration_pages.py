"""Two counties are led together on the screen: typed, asked, told, agreed by two of each, named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from kernel.clock import now
from sharing.access.shares import shares_owned
from sharing.models.corroboration import LedPartner
from tenancy.models import User
from tests.browser.test_clue_pages import WIDTHS, _faults, enter
from tests.integration.sharing.counties import Counties, counties
from tests.matching import ID_NUMBER
from tests.people import PASSWORD, acting

__all__ = ["counties"]  # a fixture
pytestmark = pytest.mark.browser

BODY_HERE, BODY_THERE = "d9201", "d9202"


@pytest.fixture
def with_passwords(counties: Counties) -> Counties:
    with counties.django_as("owner"):
        for who in (BODY_HERE, BODY_THERE):
            account = User.objects.get(username=who)
            account.set_password(PASSWORD)
            account.save(update_fields=["password"])
    return counties


def named(both: Counties) -> None:
    """The next daily moment comes; and, for a clock that cannot be moved, it came an hour ago."""
    both.matcher.look(now() + timedelta(days=1))
    with both.django_as("owner"):
        LedPartner.objects.update(led_at=now() - timedelta(hours=1))


def note_and_ask(page: Page, who: str, clue: int) -> None:
    enter(page, who, f"/clue-ledger/{clue}/")
    page.get_by_text("登记人员或单位的标识").click()
    page.get_by_label("公民身份号码").fill(ID_NUMBER[:-1] + "9")
    page.get_by_role("button", name="加密登记").click()
    expect(page.get_by_text("末位校验码不符").first).to_be_visible()
    page.get_by_label("公民身份号码").fill(ID_NUMBER)
    page.get_by_role("button", name="加密登记").click()
    expect(page.get_by_text("已登记并加密")).to_be_visible()
    expect(page.get_by_text("…0013", exact=True)).to_be_visible()
    page.get_by_role("button", name="申请比对").click()
    expect(page.get_by_text("已排队。")).to_be_visible()
    expect(page.get_by_role("button", name="申请比对")).to_have_count(0)


def answer_with(page: Page, who: str, act: str) -> None:
    enter(page, who, "/hits/")
    page.get_by_role("link", name="骆怀川").click()
    page.get_by_label(act).check()
    page.get_by_role("button", name="提交答复").click()
    expect(page.get_by_text("对方不会得知")).to_be_visible()


def test_from_what_was_typed_to_the_name_of_the_other_office(
    page: Page, browsing: BrowserContext, site: LiveServer, with_passwords: Counties
) -> None:
    both = with_passwords
    enter(page, "lin", "/hits/")
    expect(page.get_by_text("尚无印证通知")).to_be_visible()
    note_and_ask(page, "lin", both.here)
    note_and_ask(page, "jiang", both.there)
    both.matcher.take_in_and_tell()

    for director, body in (("lin", BODY_HERE), ("jiang", BODY_THERE)):
        answer_with(page, director, "提出同意")
        expect(page.get_by_label("复核同意")).to_have_count(0)
        answer_with(page, body, "复核同意")
    assert "嵊泗县" not in page.get_by_role("main").inner_text()
    named(both)
    for who, partner in (("lin", "嵊泗县"), (BODY_THERE, "定海区")):
        enter(page, who, "/hits/")
        expect(page.get_by_role("cell", name=partner)).to_be_visible()
    ask_for_a_view(page)
    with acting(both.jiang):
        [share] = shares_owned(both.jiang)
        assert (share.receiver_id, share.purpose) == (both.lin.tenant_id, "corroboration")


def ask_for_a_view(page: Page) -> None:
    """What the page knows stands in the request already: with whom, what for, under which number."""
    enter(page, "lin", "/hits/")
    page.get_by_role("link", name="骆怀川").click()
    page.get_by_role("link", name="申请脱敏共享视图").click()
    expect(page.get_by_label("嵊泗县委巡察办")).to_be_checked()
    expect(page.get_by_role("radio", name="互相印证")).to_be_checked()
    expect(page.get_by_label("问题线索", exact=True)).to_be_checked()
    page.get_by_label("县（区）委巡察办主任").check()
    page.get_by_label("共享依据").fill("《中国共产党巡视工作条例》")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("已提交。")).to_be_visible()


def test_every_page_of_corroboration_fits_and_can_be_read_at_every_width(
    page: Page, browsing: BrowserContext, site: LiveServer, with_passwords: Counties
) -> None:
    both = with_passwords
    both.both_told()
    both.consent(both.lin, both.luo)
    both.consent(both.jiang, both.mo)
    named(both)
    enter(page, "lin", "/hits/")
    hit = page.get_by_role("link", name="骆怀川").get_attribute("href") or ""
    paths = ["/hits/", hit, f"/clue-ledger/{both.here}/"]
    for width, language in WIDTHS.items():
        browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, _faults(page, paths, f"lin.{width}")) == (width, {})
