"""Anybody tries anything in any order: rule book, access layer, services and plain SQL never differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from psycopg2.extensions import connection as Connection

from tests.integration.sharing.share_ground import Ground, laid
from tests.integration.sharing.share_machine import Shares
from tests.teams import Team

STEPS = 50
# In vain would be a run in which nothing was ever shown, and runs of which none came to the rest.
EVERY_TIME = ("prepare_share", "approve_share", "granted", "compared, and something is shown")
IN_MANY = (
    *EVERY_TIME, "offer_shares", "narrow_share", "take_share_back", "refuse_share", "withdraw_share",
    "tell_of_destruction", "merged", "unseated",
)  # fmt: skip
SIZES = [
    pytest.param(4, id="some"),
    pytest.param(2_000, id="many", marks=pytest.mark.nightly),
]


@pytest.fixture
def ground(team: Team, connect_as: Callable[[str], Connection]) -> Ground:
    return laid(team, connect_as("superuser"))


@pytest.mark.parametrize("runs", SIZES)
def test_rule_book_access_services_and_sql_never_differ(
    ground: Ground, team: Team, runs: int
) -> None:
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
            ),
        )
    print(f"\n{runs} runs of {STEPS} steps, 0 divergences: {dict(Laid.tally)}")
    wanted = IN_MANY if runs > 100 else EVERY_TIME
    missing = [act for act in wanted if not Laid.tally[act]]
    assert not missing, Laid.tally
