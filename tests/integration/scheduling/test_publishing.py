"""From a candidate to a plan in force, and what stops it on the way."""

from __future__ import annotations

import json
from hashlib import sha256

from scheduling.domain.document import read_plan
from scheduling.mapping.questions import masked_problem
from scheduling.mapping.schedules import schedule_of
from scheduling.models.plans import PlanState, PlanStep
from scheduling.models.publications import Booking, Publication
from tests.integration.scheduling import way
from tests.integration.scheduling.world import COUNTIES, World, acting


def test_a_plan_is_proposed_confirmed_approved_and_put_in_force(world: World) -> None:
    plan = way.solved_plan(world)

    made = way.published(world, plan)

    plan = way.see(world, plan)
    question, verdict = plan.question, plan.verdict or {}
    assert question is not None
    assert plan.state == PlanState.PUBLISHED
    assert (plan.proposed_by_id, plan.approved_by_id) == (world.chen.user_id, world.zhao.user_id)
    with acting(world.zhao):
        steps = PlanStep.objects.filter(plan=plan).order_by("pk")
        assert list(steps.values_list("kind", "by")) == [
            ("proposed", "陈砚秋"),
            ("approved", "赵望舒"),
            ("published", "赵望舒"),
        ]
        assert Booking.objects.in_force().filter(publication=made).count() == verdict["people"]
        document = read_plan(made.document.encode(), masked_problem(question))
        assert document.schedule == schedule_of(plan)
    assert (made.number, made.published_by) == (1, "赵望舒")
    assert made.plan_sha256 == sha256(made.document.encode()).hexdigest()
    assert document.problem_sha256 == made.input_sha256 == question.sha256
    assert (made.rules_sha256, made.engine) == (question.rules_sha256, question.engine)
    going = [len(way.extract_of(world.director(code)).document["going_out"]) for code in COUNTIES]
    assert sum(going) == verdict["people"]
    assert json.loads(made.document)["format"] == "round-plan/1"


def test_publishing_twice_does_it_once(world: World) -> None:
    plan = way.solved_plan(world)
    first = way.published(world, plan)

    assert way.publish(world, plan).pk == first.pk

    with acting(world.zhao):
        assert Publication.objects.count() == 1
        assert PlanStep.objects.filter(plan=plan, kind="published").count() == 1
