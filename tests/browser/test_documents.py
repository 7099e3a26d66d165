"""Documents from their records' pages: the button is there, fits, and gives a Word file with its name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from sharing.domain.evaluations import Deduction, Part
from sharing.services.evaluating import evaluate
from tests.browser.accounts import come_in
from tests.browser.test_standing_in import fits
from tests.clues import handed_over
from tests.integration.sharing.county import County, settled
from tests.integration.sharing.test_letters import drafted, sent
from tests.integration.sharing.test_rectifying import assigned
from tests.papers import report_of, to
from tests.read_again import opened_again
from tests.teams import Team

pytestmark = pytest.mark.browser


@pytest.fixture
def county(
    site: LiveServer, team: Team, django_as: Callable[[str], AbstractContextManager[Any]]
) -> County:
    return settled(team)


def saved(page: Page, words: str) -> tuple[str, str]:
    """The name under which the browser saves what that button gives, and what it says."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=words).first.click()
    return coming.value.suggested_filename, opened_again(
        Path(coming.value.path()).read_bytes()
    ).text


def test_every_document_from_its_page(page: Page, county: County, site: LiveServer) -> None:
    letter, draft = sent(county), drafted(county)
    [item] = assigned(county)
    _, list_ = handed_over(county.team, county.actor("lin"))
    to(county.team, "fed_back")
    cut = [Deduction(Part.TASKS, 5, "1项逾期")]
    county.by("wu", evaluate, unit_code="U01", round_name="第三轮", deductions=cut, false_items=0)
    come_in(page, "lin", f"/letters/{letter.pk}/")

    for path, words, name in (
        (f"/letters/{letter.pk}/", "下载（Word）", f"函告-{letter.reference}.docx"),
        (f"/letters/{draft.pk}/", "下载（Word）", f"函告-{draft.title}.docx"),
        (f"/hand-over-lists/{list_.pk}/", "下载（Word）", f"问题线索移交清单-〔{list_.year}〕1号.docx"),
        (f"/items/{item.pk}/", "下载整改方案（Word）", "整改方案-第1单位-第三轮.docx"),
        (f"/reports/{report_of(county.team).pk}/", "下载反馈意见（Word）", "反馈意见-定海区教育局.docx"),
        ("/talks/", "空白记录（Word）", "约谈记录-第1单位-纪检组织主要负责人.docx"),
        ("/evaluations/", "评估表（Word）", "整改评估表-第1单位-第三轮.docx"),
    ):  # fmt: skip
        page.goto(path)
        fits(page, site)
        found, said = saved(page, words)
        assert found == name
        assert ("待编号" in said) == (path == f"/letters/{draft.pk}/")
