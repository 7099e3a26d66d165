"""By SQL alone, past every service: what the database asks before a publication, and of a request."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from psycopg2.extensions import connection as Connection

from kernel.clock import now
from scheduling.models.plans import Plan
from tests.integration.scheduling.stage import Hands, Stage
from tests.integration.scheduling.world import World

CHANGED = "publication_of_an_unchanged_round"
UNCONFIRMED = "publication_of_confirmed_people"
ROUND_CHANGES = "UPDATE scheduling_inspectionround SET changed_at = now() + interval '1 second'"
RELEASED_ANEW = "UPDATE scheduling_release SET id = id + 1000"
OBJECTED = "UPDATE scheduling_confirmation SET is_confirmed = false"
DROPPED = "UPDATE scheduling_confirmationrequest SET people = '[]'"


@pytest.fixture
def stage(world: World, connect_as: Callable[[str], Connection], committed_db: None) -> Stage:
    return Stage.set_up(world, connect_as)


@pytest.mark.parametrize(
    ("since", "refusal"),
    [
        (ROUND_CHANGES, CHANGED),
        (RELEASED_ANEW, CHANGED),
        ("UPDATE scheduling_plan SET verdict = verdict - 'round_changed_at'", CHANGED),
        ("UPDATE scheduling_plan SET verdict = verdict - 'newest_release'", CHANGED),
        (OBJECTED, UNCONFIRMED),
        (DROPPED, UNCONFIRMED),
        ("DELETE FROM scheduling_confirmation", UNCONFIRMED),
        ("DELETE FROM scheduling_confirmation; DELETE FROM scheduling_confirmationrequest",
         UNCONFIRMED),
    ],
)  # fmt: skip
def test_what_no_longer_stands_is_not_published(stage: Stage, since: str, refusal: str) -> None:
    plan = stage.ready("dinghai-001", "putuo-001").plan
    anybody = stage.hands("superuser")
    anybody.run("SET LOCAL session_replication_role = 'replica'")
    anybody.run(since)
    anybody.commit()

    hands = stage.hands()
    with hands.refused_as(refusal):
        hands.publish(plan)


def test_what_stands_is_published(stage: Stage) -> None:
    """The allowed twin of all of these."""
    assert stage.hands().publish(stage.ready("dinghai-001", "putuo-001").plan)


def ask(hands: Hands, plan: Plan, **said: int) -> int:
    return hands.insert(
        "scheduling_confirmationrequest",
        {
            "tenant_id": hands.world.lin.tenant_id,
            "sender_id": hands.tenant,
            "round_id": plan.round_id,
            "plan_id": plan.pk,
            "revision": plan.revision,
            "round_name": "",
            "people": "[]",
            "asked_by": "",
            "asked_at": now(),
        }
        | said,
    )


def test_no_office_is_asked_about_what_nobody_proposed(stage: Stage) -> None:
    plan = stage.draft().plan
    hands = stage.hands()
    with hands.refused_as("request_of_a_proposal"):
        ask(hands, plan)

    hands.run(
        "UPDATE scheduling_plan SET state = 'proposed', proposed_by_id = %s WHERE id = %s",
        stage.world.chen.user_id,
        plan.pk,
    )
    with hands.refused_as("request_of_a_proposal"):
        ask(hands, plan, revision=plan.revision + 1)
    assert ask(hands, plan)
