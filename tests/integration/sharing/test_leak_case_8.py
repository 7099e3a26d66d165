"""Leak case 8 on what teams brought home: search, counts, exports, notices and the record obey the
rules of the pages. Each with whom it is allowed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from sharing.access.rooms import rooms_of_mine
from sharing.selectors.papers import PaperQuery, findings_part, papers_part
from tenancy.paging import Window
from tests.integration.security.ground import browser_of
from tests.papers import to
from tests.people import acting
from tests.teams import Team

WORD = "罕见词甲乙丙"
TITLE = f"关于{WORD}的问题"
ALL = Window(50)
# Lists that search, boards that count, the bell, the record and its export.
ASIDE = (
    f"/findings/?q={WORD}",
    "/findings/",
    "/reports/",
    f"/items/?q={WORD}",
    "/rectification/",
    f"/letters/?q={WORD}",
    "/clue-ledger/",
    "/deadlines/",
    "/notices/",
    "/own-record/",
    "/own-record/others.csv",
    "/",
)


def told_to(browser: Client) -> set[str]:
    """Addresses that say the word, beside what was typed into the form."""
    found = set()
    for path in ASIDE:
        answer = browser.get(path)
        assert answer.status_code in (200, 302, 403, 404), path
        if TITLE in answer.content.decode():
            found.add(path)
    return found


@pytest.mark.parametrize("who", ["lin", "wu", "he"])
def test_leak_case_8_beside_the_pages_nothing_tells_of_a_paper_before_its_report(
    team: Team, who: str
) -> None:
    to(team, "leader_signed", TITLE)
    actor = team.actor(who)

    assert told_to(browser_of(actor)) == set()
    with acting(actor):
        assert findings_part(actor, PaperQuery(search=WORD), ALL).lines == []
    mei = team.actor("mei")
    with acting(mei):
        assert rooms_of_mine(mei).exists()
        assert [one.title for one in papers_part(mei, PaperQuery(search=WORD), ALL).lines] == [
            TITLE
        ]


def test_leak_case_8_the_twin_once_it_is_in_the_report_the_host_finds_it_and_no_other_county(
    team: Team,
) -> None:
    to(team, "in_report", TITLE)

    told: Callable[[str], set[str]] = lambda who: told_to(browser_of(team.actor(who)))  # noqa: E731
    assert told("lin") == {f"/findings/?q={WORD}", "/findings/"}
    for other in ("jiang", "ye", "zhao", "chen"):
        assert told(other) == set(), other
