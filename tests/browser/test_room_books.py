"""What a team keeps in its rooms, on the screen: every page fits and can be read at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from sharing.domain.interviews import State
from sharing.domain.petitions import Handling
from sharing.domain.posts import Post
from tenancy.models import User
from tests.browser.test_clue_pages import WIDTHS, _faults, enter
from tests.integration.sharing.test_document_requests import act, ask, spoken
from tests.integration.sharing.test_interviews import GU, TANG, plan, settle, strata
from tests.integration.sharing.test_petitions import handle, register
from tests.integration.sharing.test_posts import name
from tests.people import PASSWORD
from tests.teams import Team

pytestmark = pytest.mark.browser
__all__ = ["spoken"]


def test_every_page_of_a_room_s_books_fits_and_can_be_read_at_every_width(
    page: Page, browsing: BrowserContext, site: LiveServer, spoken: Team
) -> None:
    team = spoken
    _kept(team)
    papers, direct = f"/rooms/{team.papers.pk}/", f"/rooms/{team.direct.pk}/"
    visits = (
        (
            "tang",
            "定海区",
            [f"{papers}{one}/" for one in ("posts", "interviews", "document-requests")] + [papers],
        ),
        ("tang", "舟山市", [f"{direct}posts/", f"{direct}petitions/", direct]),
        ("qiao", "", ["/documents-asked/"]),
        ("zhao", "", ["/post-settings/"]),
    )
    for who, office, paths in visits:
        enter(page, who, "/", office)
        for width, language in WIDTHS.items():
            browsing.add_cookies([{"name": "language", "value": language, "url": site.url}])
            page.set_viewport_size({"width": width, "height": 900})
            assert (who, width, _faults(page, paths, f"{who}.{width}")) == (who, width, {})


def _kept(team: Team) -> None:
    with team.django_as("owner"):
        for who in ("tang", "qiao"):
            account = User.objects.get(username=who)
            account.set_password(PASSWORD)
            account.save(update_fields=["password"])
    for post in (Post.INTERVIEWS, Post.PETITIONS):
        name(team, "mei", post)
    strata(team, "班子成员 2\n中层干部 3\n服务对象 0")
    settle(team, plan(team).number, State.HELD, on=team.papers.starts_on)
    settle(team, plan(team, post="局长").number, State.NOT_HELD, reason="住院治疗")
    plan(team, stratum="中层干部", post="财务科科长", interviewers=[TANG, GU])
    register(team)
    handle(team, "tang", register(team).number, Handling.PAPER, note="底稿3号")
    first = ask(team)
    ask(team)
    act(team, "qiao", first, "delivered")
    act(team, "mei", first, "received", pieces=3, person="办公室某")
