"""Whatever anybody presses, in whatever order: the rows never say what must not be."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from kernel.clock import frozen
from kernel.errors import DomainError
from scheduling.models.plans import Plan, PlanState, PlanStep
from scheduling.models.publications import Booking, Publication
from scheduling.services import confirming, proposing, publishing
from tenancy.actor import Actor
from tests.integration.scheduling import way
from tests.integration.scheduling.world import COUNTIES, World, acting

PRESSES = 60


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_order_of_presses_leads_to_an_illegal_state(world: World, seed: int) -> None:
    with frozen(way.BEFORE):  # so that what is published may still be withdrawn
        press(world, random.Random(seed))


def press(world: World, chance: random.Random) -> None:
    solved = way.solved_plan(world)
    plans = [solved, way.draft_of(world, solved), way.draft_of(world, solved)]
    done = 0

    for _ in range(PRESSES):
        act = chance.choice(acts(world, chance.choice(plans), chance))
        try:
            act()
            done += 1
        except DomainError:
            pass
        must_be_legal(world)

    assert done > PRESSES / 6


def acts(world: World, plan: Plan, chance: random.Random) -> list[Callable[[], object]]:
    def as_city(act: Callable[[], object], actor: Actor = world.zhao) -> Callable[[], object]:
        def run() -> object:
            with acting(actor):
                return act()

        return run

    def answer() -> None:
        code = chance.choice(COUNTIES)
        actor = world.director(code)
        for request in way.requests_to(actor)[-1:]:
            with acting(actor):
                if chance.random() < 0.15:
                    person = request.people[0]["number"]
                    confirming.object_to_people(
                        actor=actor, number=request.pk, objections={person: "不便"}
                    )
                else:
                    confirming.confirm_people(actor=actor, number=request.pk)

    return [
        lambda: way.propose(world, plan),
        lambda: way.confirm_all(world),
        answer,
        as_city(lambda: proposing.take_back_plan(actor=world.chen, number=plan.pk), world.chen)
        if chance.random() < 0.3
        else answer,
        as_city(lambda: publishing.return_plan(actor=world.zhao, number=plan.pk, words="改"))
        if chance.random() < 0.3
        else answer,
        as_city(lambda: publishing.approve_plan(actor=world.zhao, number=plan.pk)),
        as_city(lambda: publishing.publish_plan(actor=world.zhao, number=plan.pk)),
        lambda: withdraw_any(world, chance),
    ]


def withdraw_any(world: World, chance: random.Random) -> None:
    with acting(world.zhao):
        made = list(Publication.objects.order_by("pk"))
        if made and chance.random() < 0.5:
            number = chance.choice(made).pk
            publishing.withdraw_publication(actor=world.zhao, number=number, words="停")


def must_be_legal(world: World) -> None:
    with acting(world.zhao):
        plans = {plan.pk: plan for plan in Plan.objects.all()}
        made = list(Publication.objects.order_by("number"))
        booked = set(Booking.objects.in_force().values_list("publication_id", flat=True))
        steps = list(PlanStep.objects.order_by("pk").values_list("plan_id", "kind"))
    standing = [p for p in plans.values() if p.state in (PlanState.PROPOSED, PlanState.APPROVED)]
    in_force = [one for one in made if one.ended_at is None]
    assert len(standing) <= 1
    assert len(in_force) <= 1
    assert booked == {one.pk for one in in_force}
    assert [one.number for one in made] == list(range(1, len(made) + 1))
    for one in made:
        state = plans[one.plan_id].state
        assert state == {"": "published"}.get(one.ending, one.ending)
        kinds = [kind for number, kind in steps if number == one.plan_id]
        assert kinds.index("proposed") < kinds.index("approved") < kinds.index("published")
    for plan in plans.values():
        assert (plan.approved_by_id is None) == (plan.state in ("candidate", "proposed"))
        if plan.state == PlanState.PUBLISHED:
            assert plan.is_usable
            assert plan.approved_by_id != plan.proposed_by_id
