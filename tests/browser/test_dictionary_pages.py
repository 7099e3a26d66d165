"""The pages of contacts, categories and rules: they fit, can be read, and no fault is logged."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from sharing.access.rules import articles_visible_to
from sharing.services.dictionary import add_category, begin_with_standard
from sharing.services.importing_rules import apply_rules, upload_rules
from sharing.services.issuing_categories import issue_categories
from tenancy.actor import Actor
from tests.browser.accounts import come_in
from tests.browser.test_every_page import WIDTHS, _faults
from tests.import_desk import media
from tests.integration.portal.test_dictionary_pages import ARTICLE, workbook
from tests.integration.sharing.conftest import bodies
from tests.integration.sharing.ground import Bodies
from tests.people import acting

__all__ = ["bodies", "media"]

pytestmark = pytest.mark.browser


def test_the_pages_of_the_dictionaries_fit_and_can_be_read_at_every_width(
    page: Page,
    browsing: BrowserContext,
    site: LiveServer,
    bodies: Bodies,
    zhao: Actor,
    media: object,
) -> None:
    with acting(zhao):
        begin_with_standard(actor=zhao)
        issue_categories(actor=zhao, remark="首版")
    lin = bodies.lin
    with acting(lin):
        begin_with_standard(actor=lin)
        add_category(actor=lin, title="海岛交通补贴发放不规范，且没有公示")
        rows = [ARTICLE, [*ARTICLE[:3], "第二条", "差旅费按规定标准报销。", "要旨"]]
        applied, waiting, faulty = (
            upload_rules(actor=lin, file_name="规则.xlsx", content=workbook(*content).chunks())
            for content in (rows, [[*ARTICLE[:2], "2026-01-01", *ARTICLE[3:]]], [[""] * 6, ["x"]])
        )
        apply_rules(actor=lin, number=applied.pk)
        article = articles_visible_to(lin).select_related("edition").latest("pk")
    come_in(page, "lin")
    paths = [
        "/unit-contacts/",
        f"/unit-contacts/{bodies.desk('U1').pk}/",
        "/categories/",
        "/rules/",
        "/rules/?q=现金",
        f"/rules/{article.edition.text_id}/",
        f"/rule-articles/{article.pk}/",
        "/rule-imports/new/",
        *(f"/rule-imports/{one.pk}/" for one in (applied, waiting, faulty)),
    ]
    for width, language in WIDTHS.items():
        browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, _faults(page, paths)) == (width, {})
