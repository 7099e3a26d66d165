"""A draft on the desk of the test's city, and what somebody does there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.clock import now
from scheduling.domain.problem import Problem, Schedule
from scheduling.mapping.desk_questions import desk_question
from scheduling.mapping.schedules import schedule_of
from scheduling.models.declarations import Declaration
from scheduling.models.plans import Plan, PlanEdit, PlanSeat, PlanTeam, PlanVisit
from scheduling.services import desk, opening
from tests.integration.scheduling.world import World, acting, housekeeper


def a_draft(world: World, **settings: Any) -> Plan:
    """A solved round's plan, opened at the desk by Chen."""
    return open_from(world, a_plan(world, **settings))


def a_plan(world: World, **settings: Any) -> Plan:
    return world.plan_of(world.solve(world.released_round(**settings), seconds=2))


def open_from(world: World, plan: Plan) -> Plan:
    with acting(world.chen):
        return opening.open_draft(actor=world.chen, number=plan.pk)


def see(world: World, plan: Plan) -> Plan:
    with acting(world.chen):
        return Plan.objects.select_related("question", "round").get(pk=plan.pk)


def edit(world: World, draft: Plan, *, seen: int | None = None, **content: Any) -> PlanEdit:
    revision = see(world, draft).revision if seen is None else seen
    with acting(world.chen):
        return desk.edit_plan(actor=world.chen, number=draft.pk, edit=content, seen=revision)


def schedule(world: World, plan: Plan) -> Schedule:
    with acting(world.chen):
        return schedule_of(plan)


def problem(world: World, plan: Plan) -> Problem:
    with acting(world.chen):
        return desk_question(Plan.objects.get(pk=plan.pk)).problem


def letters(world: World, plan: Plan) -> Mapping[str, list[tuple[Any, ...]]]:
    """Every row of the plan but for its key: what undoing must bring back to the letter."""
    with acting(world.chen):
        own = {"plan_id": plan.pk}
        seats = PlanSeat.objects.filter(**own).order_by("team__position", "pk")
        visits = PlanVisit.objects.filter(**own).order_by("team__position", "starts_on", "pk")
        teams = PlanTeam.objects.filter(**own).order_by("position")
        return {
            "teams": list(teams.values_list("code", "name", "position")),
            "seats": list(seats.values_list("team__code", "person_id", "role", "duties")),
            "visits": list(visits.values_list("team__code", "unit_id", "starts_on", "ends_on")),
        }


def reserve(world: World, draft: Plan, office: str) -> str:
    """Somebody of that office who sits in no team."""
    seated = {person for team in schedule(world, draft).teams for person in team.people}
    people = problem(world, draft).inspectors
    return next(p.id for p in people if p.office == office and p.id not in seated)


def office_of(person: str) -> str:
    return person.rpartition("-")[0]


def declare(world: World, plan: Plan, person: str, **target: Any) -> Declaration:
    """The person's own office declares; `target` as the columns are called."""
    code, _, number = person.rpartition("-")
    office = world.offices[code]
    with acting(housekeeper(office)):
        return Declaration.objects.create(
            tenant_id=world.chen.tenant_id,
            sender=office,
            round_id=plan.round_id,
            person_office=office,
            person_number=number,
            severity="hard",
            declared_at=now(),
            **target,
        )


def declare_unit(world: World, plan: Plan, person: str, unit: str) -> Declaration:
    county, _, code = unit.partition(":")
    return declare(
        world,
        plan,
        person,
        target="unit",
        target_office=world.offices[county],
        target_code=code,
        kind="interest",
    )


def declare_out(world: World, plan: Plan, person: str) -> Declaration:
    return declare(world, plan, person, target="round", kind="unavailable")
