"""The second opinion, on what the database holds: the rows, not the memory of whoever made them.

By the worker, which alone can read the released facts. A verdict is of one revision and of one
frozen question; the database takes it away when a row of the plan changes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from kernel.clock import now
from scheduling.access.plans import access_plan
from scheduling.domain import goals
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.verify import breaches
from scheduling.mapping.basis import basis_of, newest_release
from scheduling.mapping.prices import WITHOUT_SUBJECTS
from scheduling.mapping.problems import Question
from scheduling.mapping.schedules import duties_of, schedule_of, store_schedule
from scheduling.models.plans import Plan, PlanState
from scheduling.models.questions import FrozenQuestion
from scheduling.services.freezing import freeze
from scheduling.services.stepping import out_of_turn
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Job
from tenancy.queue import enqueue

CHECK = "scheduling.check_plan"
CHECKED_IN = (PlanState.CANDIDATE, PlanState.PROPOSED)


@transaction.atomic
def request_check(*, actor: Actor, number: int) -> Job:
    """Have the worker look at a plan as its rows stand, against the round as it stands."""
    plan = access_plan(actor, number, Permission.EDIT_PLAN)
    if plan.state not in CHECKED_IN:
        raise out_of_turn(plan, "checked")
    audit.record(actor, "scheduling.plan.check_requested", plan, revision=plan.revision)
    return enqueue(actor, CHECK, plan_number=plan.pk)


def check_plan(*, actor: Actor, number: int) -> Plan:
    """Freeze the round's question of now and judge the plan by it. Within one transaction.

    A plan that holds has its seats moved to the newest released rows of the same people. One that
    was approved meanwhile stays as it was approved: of another question nobody has approved it.
    """
    plan = Plan.objects.select_for_update(no_key=True).get(tenant_id=actor.tenant_id, pk=number)
    if plan.state not in CHECKED_IN:
        return plan
    question, asked = freeze(plan.round)
    schedule, duties = schedule_of(plan), duties_of(plan)
    plan.question = question
    plan.measures = goals.measures(asked.problem, schedule)
    plan.tiers = goals.tier_values(asked.problem, plan.measures)
    plan.save(update_fields=["question", "measures", "tiers"])
    if not breaches(asked.problem, schedule):
        store_schedule(plan, schedule, asked.rows, duties)
    give_verdict(plan, asked, question, is_same_question=True)
    audit.record(
        actor,
        "scheduling.plan.checked",
        plan,
        revision=plan.revision,
        clean=bool(plan.verdict and plan.verdict["clean"]),
    )
    return plan


def give_verdict(
    plan: Plan, asked: Question, question: FrozenQuestion, *, is_same_question: bool
) -> None:
    """Recount the measures and look for breaches, from the rows; write down what was found."""
    began = time.monotonic()
    schedule = schedule_of(plan)
    entries = _breach_entries(asked.problem, schedule)
    claimed = goals.measures(asked.problem, schedule)
    if claimed != plan.measures:
        differing = sorted(_differing(claimed, plan.measures))
        entries.append({"code": "claim", "subjects": differing, "names": differing})
    plan.verdict = {
        "clean": not entries and is_same_question,
        "revision": plan.revision,
        "input_unchanged": is_same_question,
        "input_sha256": asked.sha256,
        "rules_sha256": question.rules_sha256,
        "engine": question.engine,
        "basis": basis_of(plan.round),
        # What the database itself holds a publication to (`sec.publish_what_stands`).
        "round_changed_at": plan.round.changed_at.isoformat(),
        "newest_release": newest_release(plan.round),
        "checked_at": now().isoformat(),
        "seconds": round(time.monotonic() - began, 3),
        "teams": len(schedule.teams),
        "people": sum(len(team.people) for team in schedule.teams),
        "visits": sum(len(team.visits) for team in schedule.teams),
        "breaches": entries,
    }
    plan.save(update_fields=["verdict"])


def names_of(subjects: Sequence[str], problem: Problem) -> list[str]:
    """Ids as people know them. A team, a pin or a measure is called by its own id."""
    known = (problem.unit_by_id, problem.inspector_by_id, problem.office_by_id)
    return [
        next((table[subject].name for table in known if subject in table), subject)
        for subject in subjects
    ]


def _breach_entries(problem: Problem, schedule: Schedule) -> list[dict[str, Any]]:
    """A verdict is read by the web: what tells a fact, like somebody's employer, is left out."""
    found = breaches(problem, schedule)
    subjects = [() if b.code in WITHOUT_SUBJECTS else b.subjects for b in found]
    return [
        {"code": breach.code, "subjects": list(named), "names": names_of(named, problem)}
        for breach, named in zip(found, subjects, strict=True)
    ]


def _differing(a: dict[str, int], b: dict[str, int]) -> set[str]:
    return {key for key in a.keys() | b.keys() if a.get(key) != b.get(key)}
