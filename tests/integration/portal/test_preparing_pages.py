"""The owner's page on which a view is prepared: what is taken in, what is shown, what is counted."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from sharing.domain.grants import Purpose
from sharing.domain.shared_views import FIELDS, Shareable
from sharing.models.share_grants import ShareGrant
from sharing.services.preparing_shares import Chosen
from tests.clues import received
from tests.integration.portal.test_share_pages import finding, page_of
from tests.integration.security.ground import browser_of
from tests.shares import ask, prepare
from tests.teams import Team


def sent(browser: Client, share: ShareGrant, form: dict[str, Any]) -> tuple[int, str]:
    answer = browser.post(reverse("portal:share-prepare", args=[share.pk]), form)
    return answer.status_code, answer.content.decode()


def original(page: str) -> list[str]:
    """Titles of the fields of the record, as its page side shows them."""
    side = page.split("hide-record")[1].split("hide-view")[0]
    return re.findall(r"<dt>([^<]+)</dt>", side)


def test_to_take_in_nothing_says_to_tick_first(team: Team) -> None:
    finding(team)
    share, wu = ask(team), browser_of(team.actor("wu"))

    status, page = sent(wu, share, {"do": "add"})

    assert status == 422
    assert "请先勾选要加入的记录" in page
    assert "请先勾选" not in sent(wu, share, {"do": "search"})[1]
    wu.cookies["language"] = "en"
    assert "Tick the records to take in first." in sent(wu, share, {"do": "add"})[1]


def clue(team: Team) -> tuple[int, ShareGrant]:
    """One that has no outcome yet, and a request for it."""
    number = received(team, team.actor("lin"), team.actor("luo"))
    return number, ask(team, purpose=Purpose.HANDLING, kinds=[Shareable.CLUE])


def test_a_refusal_shows_no_field_of_the_record_that_was_not_there_before(team: Team) -> None:
    number, share = clue(team)
    lin, key = browser_of(team.actor("lin")), f"clue:{number}"

    _status, before = sent(lin, share, {"do": "add", "add": [key]})
    status, refused = sent(
        lin, share, {"do": "look", "records": [key], f"clue-{number}-phrases": "查无此句"}
    )

    assert status == 422
    assert original(refused) == original(before)


def test_as_many_fields_are_counted_as_are_shown(team: Team) -> None:
    number, share = clue(team)
    lin = browser_of(team.actor("lin"))
    share = prepare(team, share, [Chosen(Shareable.CLUE, number)])

    page = page_of(lin, "share-detail", share.pk)

    there = len(original(page_of(lin, "share-prepare", share.pk)))
    assert there == len(FIELDS[Shareable.CLUE]), "also what is empty: it says that there is nothing"
    assert f"{there}个字段" in page
