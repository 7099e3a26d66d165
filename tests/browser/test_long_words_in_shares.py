"""Words that people type without a blank break where the page ends: nothing is wider than the window."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from sharing.domain.shared_views import Shareable
from sharing.services.deciding_on_shares import refuse_share
from sharing.services.preparing_shares import Chosen
from sharing.services.share_groups import keep_group
from tests.browser.accounts import come_in
from tests.browser.measuring import PHONE, overhang
from tests.papers import to
from tests.people import acting
from tests.shares import approve, ask, in_force, prepare
from tests.teams import Team

pytestmark = pytest.mark.browser

LETTERS = "ABCDEFGHIJ" * 60
WORDS = {"wanted": LETTERS, "basis": LETTERS[:300], "unit": LETTERS[:200], "words": LETTERS[:200]}


def test_a_request_of_600_letters_without_a_blank_fits(
    page: Page, browsing: BrowserContext, site: LiveServer, team: Team
) -> None:
    shares, others = _shares(team)
    wide = []
    for who, paths in {"lin": [*shares, *others], "jiang": [*shares, "/shares/?tab=by_us"]}.items():
        come_in(page, who)
        for width in (PHONE["width"], 720, 1440):
            page.set_viewport_size({"width": width, "height": PHONE["height"]})
            for path in paths:
                page.goto(path)
                wide += [(who, path, width, over)] if (over := overhang(page)) else []
        browsing.clear_cookies()
    assert wide == []


def _shares(team: Team) -> tuple[list[str], list[str]]:
    """Pages of each, which both sides see, and the owner's own."""
    lin = team.actor("lin")
    chosen = [Chosen(Shareable.FINDING, to(team, "fed_back", title=LETTERS[:200]).pk)]
    new, refused = ask(team, **WORDS), ask(team, **WORDS)
    waiting = approve(team, prepare(team, ask(team, **WORDS), chosen, "wu"), "lin")
    running = in_force(team, chosen, **WORDS)
    with acting(lin):
        refuse_share(actor=lin, number=refused.pk, reason=LETTERS)
        group = keep_group(actor=lin, name=LETTERS[:100], offices=[team.actor("jiang").tenant_id])
    shares = [f"/shares/{one.pk}/" for one in (new, refused, waiting, running)]
    return shares, [
        *(f"/shares/{one.pk}/prepare/" for one in (new, waiting)),
        f"/shares/{waiting.pk}/approve/",
        f"/shares/{running.pk}/narrow/",
        f"/shares/{running.pk}/reach/",
        *(f"/shares/?tab={tab}" for tab in ("of_us", "shared")),
        "/shares/offer/",
        "/share-groups/",
        f"/share-groups/{group.pk}/",
    ]
