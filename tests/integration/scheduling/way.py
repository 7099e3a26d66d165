"""A plan on its way, each step by the person whose step it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kernel.clock import now
from scheduling.domain.problem import Schedule
from scheduling.mapping.problems import rows_of
from scheduling.mapping.schedules import duties_of, schedule_of, store_schedule
from scheduling.models.dispatches import Confirmation, ConfirmationRequest, PublishedExtract
from scheduling.models.plans import Plan, PlanState
from scheduling.models.publications import Publication
from scheduling.models.rounds import InspectionRound
from scheduling.services import confirming, proposing, publishing
from scheduling.services.proposing import Proposal
from tenancy.actor import Actor
from tests.integration.scheduling.world import COUNTIES, World, acting

BEFORE = datetime(2026, 9, 6, 4, tzinfo=UTC)  # the day before the test's round begins


def solved_plan(world: World, **changes: Any) -> Plan:
    round_ = world.released_round(**changes)
    return world.plan_of(world.solve(round_))


def see(world: World, plan: Plan) -> Plan:
    with acting(world.chen):
        return Plan.objects.select_related("round", "question", "run").get(pk=plan.pk)


def schedule_in(world: World, plan: Plan) -> Schedule:
    with acting(world.chen):
        return schedule_of(plan)


def propose(world: World, plan: Plan) -> Plan:
    """With the worker's check where one is needed."""
    with acting(world.chen):
        done = proposing.propose_plan(actor=world.chen, number=plan.pk)
    if done.job is not None:
        assert world.work(done.job) == "done"
    return see(world, plan)


def ask_to_propose(world: World, plan: Plan) -> Proposal:
    with acting(world.chen):
        return proposing.propose_plan(actor=world.chen, number=plan.pk)


def requests_to(actor: Actor) -> list[ConfirmationRequest]:
    with acting(actor):
        return list(ConfirmationRequest.objects.filter(tenant_id=actor.tenant_id).order_by("pk"))


def answer(world: World, code: str, objections: Mapping[str, str] | None = None) -> Confirmation:
    """The newest request to the office, answered by its director."""
    actor = world.director(code)
    request = requests_to(actor)[-1]
    with acting(actor):
        if objections is None:
            return confirming.confirm_people(actor=actor, number=request.pk)
        return confirming.object_to_people(actor=actor, number=request.pk, objections=objections)


def confirm_all(world: World, codes: Iterable[str] = COUNTIES) -> None:
    for code in codes:
        asked = requests_to(world.director(code))
        if asked and asked[-1].people:
            answer(world, code)


def approve(world: World, plan: Plan) -> Plan:
    with acting(world.zhao):
        return publishing.approve_plan(actor=world.zhao, number=plan.pk)


def publish(world: World, plan: Plan) -> Publication:
    with acting(world.zhao):
        return publishing.publish_plan(actor=world.zhao, number=plan.pk)


def approved(world: World, plan: Plan) -> Plan:
    assert propose(world, plan).state == PlanState.PROPOSED
    confirm_all(world)
    return approve(world, plan)


def published(world: World, plan: Plan) -> Publication:
    return publish(world, approved(world, plan))


def extract_of(actor: Actor) -> PublishedExtract:
    with acting(actor):
        return PublishedExtract.objects.filter(tenant_id=actor.tenant_id).latest("pk")


def draft_of(world: World, plan: Plan, schedule: Schedule | None = None) -> Plan:
    """A copy made at the desk, as editing makes one; with another schedule, or the same."""
    with acting(world.chen):
        round_ = InspectionRound.objects.get(pk=plan.round_id)
        draft = Plan.objects.create(
            tenant_id=plan.tenant_id,
            round=round_,
            origin=Plan.Origin.DESK,
            question=plan.question,
            based_on=plan,
            version=Plan.objects.filter(round=round_).count() + 1,
            tiers=plan.tiers,
            measures=plan.measures,
            uncovered=plan.uncovered,
            made_by=world.chen.name,
            created_at=now(),
            found_at=now(),
        )
        rows = rows_of(round_, with_facts=False)
        store_schedule(draft, schedule or schedule_of(plan), rows, duties_of(plan))
    return draft


def other_roles(world: World, plan: Plan, office: str = "dinghai") -> Plan:
    """The same plan, but the two of the office who may deputise change places, in a draft."""
    schedule = schedule_in(world, plan)
    pair = (f"{office}-003", f"{office}-004")
    change = dict(zip(pair, reversed(pair), strict=True))
    teams = tuple(
        replace(
            team,
            deputies=tuple(change.get(person, person) for person in team.deputies),
            members=tuple(change.get(person, person) for person in team.members),
        )
        for team in schedule.teams
    )
    return draft_of(world, plan, Schedule(teams))
