"""The page of the largest plan asks the database no more than a small one's.

How long it takes is measured by `./run bench plan-page`.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scheduling.management.large_plan import store_plan
from scheduling.models.plans import Plan
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.world import COUNTIES, World
from tests.people import PASSWORD

__all__ = ["world"]


def _stored(world: World, *, teams: int) -> Plan:
    round_ = world.make_round(name=f"{teams} 个组")
    world.call(round_)
    with world.django_as("owner"):
        return store_plan(round_, [world.offices[code] for code in COUNTIES], teams=teams)


@pytest.fixture
def chen_s_browser(world: World) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": "chen", "password": PASSWORD})
    return client


def test_a_large_plan_asks_the_database_no_more_than_a_small_one(
    world: World, chen_s_browser: Client
) -> None:
    counts = {}
    for teams in (2, 50):
        plan = _stored(world, teams=teams)
        with CaptureQueriesContext(connection) as queries:
            assert chen_s_browser.get(f"/plans/{plan.pk}/").status_code == 200
        counts[teams] = len(queries)

    assert counts[2] == counts[50]
