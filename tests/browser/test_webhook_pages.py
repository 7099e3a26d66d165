"""The pages of webhooks with rows on them, and those of tokens of everybody, at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page
from psycopg2.extensions import connection as Connection
from pytest_django.live_server_helper import LiveServer

from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import User
from tenancy.services import webhooks
from tenancy.services.tokens import make_token
from tests.browser.accounts import come_in
from tests.browser.test_every_page import WIDTHS, _faults
from tests.integration.tenancy.administrators import (
    SECURITY,
    SYSTEM,
    administrator,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw
from tests.people import PASSWORD, acting

pytestmark = pytest.mark.browser


@pytest.fixture
def pages(site: LiveServer, superuser_connection: Connection, lin: Actor) -> dict[str, list[str]]:
    """Who looks at what. The office has a webhook with a message, and a token."""
    raw = Raw(superuser_connection)
    seat_administrators(raw)
    user = User()
    user.set_password(PASSWORD)
    for number in (SYSTEM, SECURITY):
        raw.run("UPDATE tenancy_user SET password = %s WHERE id = %s", user.password, number)
    raw.connection.commit()
    system = administrator(SYSTEM)
    with acting(system):
        for entry in ("hooks.example.org", "10.20.0.0/16"):
            webhooks.allow_host(actor=system, entry=entry)
    with acting(lin):
        made = webhooks.make_webhook(
            actor=lin,
            name="名册同步程序",
            address="https://hooks.example.org/inspection/events?office=dinghai",
            events=["call_received", "extract_published", "confirmation_asked"],
        )
        webhooks.send_test(actor=lin, number=made.webhook.pk)
        webhooks.rotate_secret(actor=lin, number=made.webhook.pk)
        make_token(actor=lin, name="x", permissions=[Permission.VIEW_ROSTER], days=9)
    return {
        "lin": ["/webhooks/", f"/webhooks/{made.webhook.pk}/", "/tokens/"],
        f"a{SYSTEM}": ["/webhook-hosts/"],
        f"a{SECURITY}": ["/tokens/", "/tokens/everybody/"],
    }


def test_they_fit_and_can_be_read(
    page: Page, browsing: BrowserContext, site: LiveServer, pages: dict[str, list[str]]
) -> None:
    for username, paths in pages.items():
        page.context.clear_cookies()
        come_in(page, username)
        for width, language in WIDTHS.items():
            browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
            page.set_viewport_size({"width": width, "height": 900})
            assert (username, width, _faults(page, paths)) == (username, width, {})
