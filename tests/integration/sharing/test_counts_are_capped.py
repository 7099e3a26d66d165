"""No count goes above its cap, and it is said where it stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel.clock import today
from sharing.domain.shared_views import Shareable
from sharing.models.rectification import RectificationItem
from sharing.selectors import counting, share_lists
from sharing.selectors.clues import counts_by_office
from sharing.selectors.rectification_board import board
from sharing.services.preparing_shares import Chosen
from sharing.services.rectifying import Issue, assign_from_feedback
from tests.clues import arrived
from tests.integration.sharing.county import settled
from tests.integration.sharing.test_rectifying import SERVED
from tests.papers import to as paper_to
from tests.people import acting
from tests.shares import ask, in_force
from tests.teams import Team

ITEMS, CAP = 4, 3


def test_the_board_counts_the_newest_and_says_that_there_are_others(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = settled(team)
    issues = [Issue(f"问题{n}", "党的建设") for n in range(ITEMS)]
    made: list[RectificationItem] = county.by(
        "wu", assign_from_feedback, unit_code="U01", round_name="第三轮", served_on=SERVED,
        issues=issues,
    )  # fmt: skip
    assert len(made) == ITEMS

    whole = county.sees("lin", board)
    assert (whole.all.total, whole.units[0].total, whole.is_cut) == (ITEMS, ITEMS, False)

    monkeypatch.setattr(counting, "MOST_COUNTED", ITEMS)
    assert county.sees("lin", board) == whole, "as many as the cap are all of them"

    monkeypatch.setattr(counting, "MOST_COUNTED", CAP)
    cut = county.sees("lin", board)
    assert (cut.all.total, cut.units[0].total, cut.is_cut) == (CAP, CAP, True)

    monkeypatch.setattr(counting, "MOST_COUNTED", 1)
    assert county.sees("lin", board).talks_left == 1 < whole.talks_left


def test_the_tabs_of_shares_are_counted_by_the_database_and_no_further_than_they_show(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    lin = team.actor("lin")
    for days in (5, 5, 5, 60):
        ask(team, until_on=today() + timedelta(days=days))
    record = Chosen(Shareable.FINDING, paper_to(team, "fed_back").pk)
    for _ in range(2):
        in_force(team, [record], until_on=today() + timedelta(days=5))

    with acting(lin), CaptureQueriesContext(connection) as asked:
        assert share_lists.counts(lin) == {"with_us": 0, "of_us": 4, "running_out": 2}
    assert len(asked) == 4
    assert all("COUNT(*)" in one["sql"] and "LIMIT 99" in one["sql"] for one in asked)
    jiang = team.actor("jiang")
    with acting(jiang):
        assert share_lists.counts(jiang) == {"with_us": 2, "of_us": 0, "running_out": 2}

    monkeypatch.setattr(share_lists, "MOST_ON_A_TAB", 1)
    with acting(lin):
        assert share_lists.counts(lin) == {"with_us": 0, "of_us": 1, "running_out": 1}


def test_the_city_counts_the_newest_clues_of_its_counties(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        arrived(team, team.actor("lin"))
    zhao = team.actor("zhao")

    with acting(zhao):
        whole = counts_by_office(zhao)
        assert ([one.total for one in whole.offices], whole.is_cut) == ([2], False)
        monkeypatch.setattr(counting, "MOST_COUNTED", 1)
        cut = counts_by_office(zhao)
        assert ([one.total for one in cut.offices], cut.is_cut) == ([1], True)
