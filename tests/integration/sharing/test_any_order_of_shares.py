"""Anybody tries anything in any order: rule book, access layer, services, API and plain SQL never differ."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import DatabaseError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from psycopg2.extensions import connection as Connection

from tests.integration.sharing.share_ground import Ground, laid
from tests.integration.sharing.share_machine import Shares
from tests.integration.tenancy.raw import Raw
from tests.teams import Team

STEPS = 50
SHOW = "sec.show_view(bigint, text)"
# In vain would be a run in which nothing was ever shown, and runs of which none came to the rest.
EVERY_TIME = ("prepare_share", "approve_share", "granted", "compared, and something is shown")
IN_MANY = (
    *EVERY_TIME, "offer_shares", "narrow_share", "take_share_back", "refuse_share", "withdraw_share",
    "tell_of_destruction", "merged", "unseated",
)  # fmt: skip
SIZES = [
    pytest.param(4, id="some"),
    pytest.param(int(os.environ.get("RUNS", "2000")), id="many", marks=pytest.mark.nightly),
]


@pytest.fixture
def ground(team: Team, connect_as: Callable[[str], Connection]) -> Ground:
    return laid(team, connect_as("superuser"))


def run(ground: Ground, team: Team, runs: int) -> Counter[str]:
    """How often what was done, refused and compared."""

    class Laid(Shares):
        pass

    Laid.ground, Laid.tally = ground, Counter()
    with team.django_as("superuser"):
        run_state_machine_as_test(
            Laid,
            settings=settings(
                max_examples=runs,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                derandomize=runs < 100,
                suppress_health_check=list(HealthCheck),
                # Each try costs seconds: the steps as they were are told, and no shorter ones looked for.
                phases=[Phase.generate],
                report_multiple_bugs=False,
            ),
        )
    return Laid.tally


@pytest.mark.parametrize("runs", SIZES)
def test_rule_book_services_api_and_sql_never_differ(ground: Ground, team: Team, runs: int) -> None:
    tally = run(ground, team, runs)

    print(f"\n{runs} runs of {STEPS} steps, 0 divergences: {dict(tally)}")
    wanted = IN_MANY if runs > 100 else EVERY_TIME
    missing = [act for act in wanted if not tally[act]]
    assert not missing, tally


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("function", "guard", "instead"),
    [
        (SHOW, "AND view.until_on > sec.today()", ""),
        (SHOW, "AND view.taken_back_at IS NULL", ""),
        (SHOW, "AND view.roles::text[] && held", ""),
        (SHOW, "AND view.concerns <> sec.own_name()", ""),
        ("sec.end_shares_of_office()", "WHERE NEW.id IN (one.", "WHERE 0 IN (one."),
    ],
)
def test_a_guard_that_is_taken_away_is_noticed(
    ground: Ground,
    team: Team,
    connect_as: Callable[[str], Connection],
    function: str,
    guard: str,
    instead: str,
) -> None:
    raw = Raw(connect_as("superuser"))
    text = raw.one("SELECT pg_get_functiondef(%s::regprocedure)", function)
    assert guard in text
    raw.run(text.replace(guard, instead))
    raw.connection.commit()

    # Or the database itself cannot write the line of such a showing.
    with pytest.raises((AssertionError, DatabaseError)):
        run(ground, team, 100)
