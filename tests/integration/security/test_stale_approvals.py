"""What was approved, and something changed before it is published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connections
from psycopg2.extensions import connection as Connection

from kernel.clock import frozen
from scheduling.access.releases import RELEASES_OF_A_ROUND
from scheduling.errors import PlanHeldUp, ProposerMayNotApprove, StepOutOfTurn
from scheduling.models.plans import Plan, PlanState
from scheduling.models.publications import Publication
from scheduling.models.rounds import InspectionRound
from scheduling.services import proposing, publishing, rounds, verifying
from tenancy.domain.roles import Role
from tenancy.queue import enqueue
from tests.integration.scheduling import way
from tests.integration.scheduling.stage import Hands, patience
from tests.integration.scheduling.world import World, acting

BEFORE = datetime(2026, 9, 6, 4, tzinfo=UTC)
LATER = datetime(2026, 9, 6, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _before_the_round() -> Iterator[None]:
    with frozen(BEFORE):
        yield


@pytest.fixture
def plan(world: World) -> Plan:
    return way.solved_plan(world)


def change_the_rules(world: World, plan: Plan) -> None:
    with acting(world.chen):
        round_ = InspectionRound.objects.get(pk=plan.round_id)
        policy = {**round_.policy, "experienced": 0}
        rounds.set_policy(actor=world.chen, number=round_.pk, mode=round_.mode, policy=policy)


def publish_held_up(world: World, plan: Plan) -> list[str]:
    with acting(world.zhao), pytest.raises(PlanHeldUp) as held:
        publishing.publish_plan(actor=world.zhao, number=plan.pk)
    codes: list[str] = held.value.data["codes"]
    return codes


def test_an_approval_does_not_outlive_the_rules_that_it_was_given_under(
    world: World, plan: Plan
) -> None:
    """The scheduler relaxes a rule after the approval and has the plan checked by the new ones."""
    way.approved(world, plan)
    approved_under = way.see(world, plan).question_id
    with frozen(LATER):
        change_the_rules(world, plan)
        assert publish_held_up(world, plan) == ["outdated"]

        with acting(world.chen), pytest.raises(StepOutOfTurn):
            verifying.request_check(actor=world.chen, number=plan.pk)
        with acting(world.chen):
            late = enqueue(world.chen, verifying.CHECK, plan_number=plan.pk)
        assert world.work(late) == "done"

        now_ = way.see(world, plan)
        assert (now_.state, now_.question_id) == (PlanState.APPROVED, approved_under)
        assert publish_held_up(world, plan) == ["outdated"]

        # The way that is open: back to the desk, and through four eyes again.
        with acting(world.chen):
            proposing.take_back_plan(actor=world.chen, number=plan.pk)
        assert way.approved(world, plan).question_id != approved_under
        assert way.publish(world, plan).number == 1


def test_nobody_slips_a_change_in_between_the_look_and_the_act(
    world: World, plan: Plan, connect_as: Callable[[str], Connection]
) -> None:
    """A county that withdraws, a scheduler who saves a rule: while the director publishes, they
    come before the look or after the act."""
    way.approved(world, plan)
    patience(connect_as("superuser"))
    connections.close_all()
    city = Hands(connect_as("app"), world)
    for change in (
        f"SELECT id FROM scheduling_inspectionround WHERE id = {plan.round_id} FOR NO KEY UPDATE",
        f"SELECT pg_advisory_xact_lock({RELEASES_OF_A_ROUND}, {plan.round_id})",
    ):
        city.run(change)
        with acting(world.zhao), pytest.raises(OperationalError, match="lock timeout"):
            publishing.publish_plan(actor=world.zhao, number=plan.pk)
        city.undo()

    assert way.publish(world, plan).number == 1


def test_a_job_in_somebody_s_name_makes_them_the_proposer(world: World, plan: Plan) -> None:
    """Somebody with both seats proposes by way of the worker: they still do not approve."""
    both = replace(world.chen, roles=frozenset({Role.SCHEDULER, Role.CITY_DIRECTOR}))
    draft = way.draft_of(world, plan)
    with acting(both):
        asked = proposing.propose_plan(actor=both, number=draft.pk)
    assert asked.job is not None
    assert world.work(asked.job) == "done"
    way.confirm_all(world)

    assert way.see(world, draft).proposed_by_id == both.user_id
    with acting(both), pytest.raises(ProposerMayNotApprove):
        publishing.approve_plan(actor=both, number=draft.pk)
    assert way.approve(world, draft).state == PlanState.APPROVED


def test_a_second_tab_does_nothing_twice(world: World, plan: Plan) -> None:
    """Every step pressed again, in another tab that still shows its button."""
    way.propose(world, plan)
    assert way.propose(world, plan).state == PlanState.PROPOSED
    way.confirm_all(world)
    way.approve(world, plan)
    assert way.approve(world, plan).state == PlanState.APPROVED
    first = way.publish(world, plan)
    assert way.publish(world, plan).pk == first.pk
    for act in (proposing.take_back_plan, proposing.propose_plan):
        with acting(world.chen), pytest.raises(StepOutOfTurn):
            act(actor=world.chen, number=plan.pk)
    with acting(world.zhao):
        assert Publication.objects.count() == 1
        steps = list(plan.steps.order_by("pk").values_list("kind", flat=True))
    assert steps == ["proposed", "approved", "published"]
