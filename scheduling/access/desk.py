"""Drafts: plans that the scheduler may change by hand."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Max

from scheduling.access.plans import access_plan, plans_visible_to
from scheduling.errors import PlanNeverAsked, PlanOfTheEngine, PlanStandsStill
from scheduling.models.plans import Plan, PlanState
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


def access_desk(actor: Actor, number: int) -> Plan:
    """A plan to look at with the desk's eyes; it needs the question that it answers.

    The question's text is left where it is: each process reads one once, by its hash.
    """
    access_plan(actor, number, Permission.VIEW_PLAN)
    plan = (
        plans_visible_to(actor)
        .select_related("round", "run", "question", "based_on")
        .defer("question__masked")
        .get(pk=number)
    )
    return _asked(plan)


def access_draft(actor: Actor, number: int) -> Plan:
    """A plan to change: locked, so that of two who change it at once one comes second."""
    access_plan(actor, number, Permission.EDIT_PLAN)
    plan = (
        plans_visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("round", "question")
        .defer("question__masked")
        .get(pk=number)
    )
    if plan.origin == Plan.Origin.RUN:
        raise PlanOfTheEngine(version=plan.version)
    if not plan.is_editable:
        raise PlanStandsStill(version=plan.version, state=PlanState(plan.state).label)
    return _asked(plan)


def _asked(plan: Plan) -> Plan:
    if plan.question is None:
        raise PlanNeverAsked(version=plan.version)
    return plan


# --- What the database knows ----------------------------------------------------------------

VERSIONS_OF_A_ROUND = 0x5EEE  # first key of the advisory lock; the second is the round's number


@dataclass(frozen=True, slots=True)
class BarredNow:
    """Keys of a seat that a bar or a hard declaration forbids, and the code that is shown."""

    person: int
    unit: int | None
    rule: str


def barred_now(plan: Plan) -> list[BarredNow]:
    """The plan's seats that are barred as things stand, each person once a rule."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT person_id, unit_id, rule FROM sec.barred_seats(%s) ORDER BY 1, 2, 3",
            [plan.pk],
        )
        return [BarredNow(*row) for row in cursor.fetchall()]


def next_version(tenant_id: int, round_number: int) -> int:
    """The number of the round's next plan, this transaction's alone until it ends.

    A worker that saves its first plan and somebody who opens a draft would both take the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [VERSIONS_OF_A_ROUND, round_number % 2**31]
        )
    plans = Plan.objects.filter(tenant_id=tenant_id, round_id=round_number)
    return 1 + (plans.aggregate(newest=Max("version"))["newest"] or 0)
