"""Pages of a digest with figures on them: they fit, and can be read, at every width; each chart has its table."""

from __future__ import annotations

import os
from random import Random

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from kernel.clock import today
from sharing.models.digests import DigestCopy
from tests.browser.accounts import come_in
from tests.browser.test_every_page import WIDTHS, _faults
from tests.integration.sharing.digests import DigestCity, digest_city
from tests.integration.sharing.test_digests import lay_records
from tests.people import acting

__all__ = ["digest_city"]  # a fixture
pytestmark = pytest.mark.browser


def test_they_fit_and_each_chart_has_its_table(
    page: Page,
    browsing: BrowserContext,
    site: LiveServer,
    digest_city: DigestCity,
) -> None:
    city = digest_city
    with city.lay() as lay:
        lay_records(lay, Random(11))
    city.begin(since=2025)
    for _ in range(3):
        city.publish()
    with acting(city.zhao):
        number = DigestCopy.objects.filter(tenant_id=city.zhao.tenant_id).latest("begins_on").pk
    come_in(page, "zhao")

    look = f"/digests/rule/?length=year&since_year={today().year + 1}"
    paths = ["/digests/", "/digests/rule/", look, f"/digests/{number}/", "/digests/of/2025-Q3/"]
    for width, language in WIDTHS.items():
        browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, _faults(page, paths)) == (width, {})
        if folder := os.environ.get("PICTURES"):
            for path in paths:
                page.goto(path)
                page.screenshot(
                    path=f"{folder}/{path.strip('/').replace('/', '-')}.{width}.png", full_page=True
                )
    page.goto(f"/digests/{number}/")
    for panel in page.locator("section.panel:has(figure.bars):has(details)").all():
        panel.locator("summary").click()
        assert panel.locator("table").first.is_visible()
