"""A draft on the desk of the test's city, and what somebody does there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scheduling.domain.problem import Schedule
from scheduling.mapping.desk_questions import desk_question
from scheduling.mapping.schedules import schedule_of
from scheduling.models.plans import Plan, PlanEdit, PlanSeat, PlanTeam, PlanVisit
from scheduling.services import desk, opening
from tests.integration.scheduling.world import World, acting


def a_draft(world: World, **settings: Any) -> Plan:
    """A solved round's plan, opened at the desk by Chen."""
    run = world.solve(world.released_round(**settings))
    return open_from(world, world.plan_of(run))


def open_from(world: World, plan: Plan) -> Plan:
    with acting(world.chen):
        return opening.open_draft(actor=world.chen, number=plan.pk)


def seen_of(world: World, draft: Plan) -> int:
    with acting(world.chen):
        return Plan.objects.get(pk=draft.pk).revision


def edit(world: World, draft: Plan, *, seen: int | None = None, **content: Any) -> PlanEdit:
    revision = seen_of(world, draft) if seen is None else seen
    with acting(world.chen):
        return desk.edit_plan(actor=world.chen, number=draft.pk, edit=content, seen=revision)


def seats_of(world: World, draft: Plan) -> Schedule:
    with acting(world.chen):
        return schedule_of(draft)


def letters_of(world: World, draft: Plan) -> Mapping[str, list[tuple[Any, ...]]]:
    """Every row of the plan but for keys: what undoing must bring back to the letter."""
    with acting(world.chen):
        own = {"plan_id": draft.pk}
        return {
            "teams": list(
                PlanTeam.objects.filter(**own)
                .order_by("code")
                .values_list("code", "name", "position")
            ),
            "seats": list(
                PlanSeat.objects.filter(**own)
                .order_by("team__code", "person_id")
                .values_list("team__code", "person_id", "role", "duties")
            ),
            "visits": list(
                PlanVisit.objects.filter(**own)
                .order_by("team__code", "unit_id")
                .values_list("team__code", "unit_id", "starts_on", "ends_on")
            ),
            "order": [
                (team.id, *team.people)
                for team in schedule_of(Plan.objects.get(**{"pk": draft.pk})).teams
            ],
        }


def problem_of(world: World, draft: Plan) -> Any:
    with acting(world.chen):
        plan = Plan.objects.select_related("question", "round").get(pk=draft.pk)
        return desk_question(plan).problem
