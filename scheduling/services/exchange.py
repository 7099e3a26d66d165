"""A round's documents out, and outside plans in.

What leaves is the masked question and the plans that answer it. What comes in is read strictly,
held against the masked question that it claims to answer, and becomes a candidate only when
nothing in it is broken or false; the worker's check on the whole question follows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction

from kernel.clock import now
from kernel.text import Text
from scheduling.access.plans import access_plan
from scheduling.access.rounds import access_round
from scheduling.domain import goals
from scheduling.domain.document import (
    InvalidDocument,
    PlanDocument,
    TierValue,
    plan_as_json,
    read_plan,
)
from scheduling.domain.duties import usual_duties
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.verify import breaches, claims
from scheduling.errors import (
    NothingFrozen,
    OutsidePlanBroken,
    OutsidePlanIsNone,
    PlanFileTooLarge,
    PlanFileUnreadable,
    PlanNotVerified,
    PlanOfAnotherQuestion,
    RoundNotReady,
)
from scheduling.mapping.problems import RoundRows, rows_of
from scheduling.mapping.questions import masked_problem
from scheduling.mapping.schedules import schedule_of, store_schedule
from scheduling.models.plans import Plan
from scheduling.models.questions import FrozenQuestion
from scheduling.models.rounds import InspectionRound
from scheduling.selectors.readiness import gaps_of
from scheduling.selectors.sights import of_plan, of_round
from scheduling.services.freezing import freeze
from scheduling.services.verifying import CHECK
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_by
from tenancy.domain.roles import Permission
from tenancy.models import Job
from tenancy.queue import enqueue
from tenancy.services.reading import record_reading

FREEZE = "scheduling.freeze_round"
MOST_MB = 5
HASH = re.compile(r"[0-9a-f]{64}")
SHOWN = 10  # faults or breaches named in one refusal
DECLARED_SINCE = Text(
    zh="导出之后新增了回避申报，方案中有人员应当回避",
    en="a tie was declared since the export, and somebody in the plan must keep away",
)


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON file as it leaves."""

    file_name: str
    content: bytes


@transaction.atomic
def request_freeze(*, actor: Actor, number: int) -> Job:
    """Have the worker freeze the round as it stands, so that it can leave masked."""
    round_ = access_round(actor, number, Permission.EXPORT_ROUND, lock=True)
    gaps = gaps_of(round_)
    if gaps:
        raise RoundNotReady(name=round_.name, gaps=gaps)
    audit.record(actor, "scheduling.round.freeze_requested", round_)
    return enqueue(actor, FREEZE, round_number=round_.pk)


def freeze_round(*, actor: Actor, number: int) -> FrozenQuestion:
    """By the worker, within one transaction. The same question is frozen once."""
    round_ = InspectionRound.objects.get(tenant_id=actor.tenant_id, pk=number)
    question, _ = freeze(round_)
    audit.record(actor, "scheduling.round.frozen", round_, question=question.pk)
    return question


@transaction.atomic
def export_masked(*, actor: Actor, number: int) -> Document:
    """The newest frozen question of a round, masked: `round-problem/1`."""
    round_ = access_round(actor, number, Permission.EXPORT_ROUND)
    question = _newest(round_)
    sight = of_round(actor, round_.pk)
    record_reading(
        actor,
        "scheduling.round.exported_masked",
        sight,
        rule="exchange.export",
        sha256=question.masked_sha256,
    )
    return Document(f"round-{round_.pk}-masked.problem.json", question.masked.encode())


@transaction.atomic
def export_plan_document(*, actor: Actor, number: int) -> Document:
    """A verified plan as `round-plan/1`, for the masked question that it answers."""
    plan = access_plan(actor, number, Permission.EXPORT_ROUND)
    if not plan.is_usable or plan.question is None:
        raise PlanNotVerified(number=plan.version)
    document = plan_document(plan, masked_problem(plan.question))
    sight = of_plan(actor, plan.pk)
    record_reading(
        actor,
        "scheduling.plan.exported_as_document",
        sight,
        rule="exchange.export",
        version=plan.version,
    )
    content = json.dumps(plan_as_json(document), ensure_ascii=False, indent=1)
    return Document(f"round-{plan.round_id}-plan-{plan.version}.plan.json", content.encode())


def plan_document(plan: Plan, problem: Problem) -> PlanDocument:
    """The plan's rows as a document about `problem`; every figure is worked out anew.

    Bounds are the engine's, and only where it made the plan for this very question.
    """
    schedule = schedule_of(plan)
    figures = goals.measures(problem, schedule)
    values = goals.tier_values(problem, figures)
    run = plan.run
    is_the_engine_s = run is not None and run.question_id == plan.question_id
    bounds: Sequence[int | None] = [None] * len(values)
    if run is not None and is_the_engine_s and len(run.tiers) == len(values):
        bounds = [tier["bound"] for tier in run.tiers]
    is_best = all(bound == value for bound, value in zip(bounds, values, strict=True))
    return PlanDocument(
        round=problem.round.id,
        problem_sha256="" if plan.question is None else plan.question.masked_sha256,
        status="optimal" if is_best else "feasible",
        seconds=round(run.elapsed_s, 3) if run is not None else 0.0,
        engine="" if plan.question is None else plan.question.engine,
        schedule=schedule,
        tiers=tuple(map(TierValue, values, bounds)),
        measures=figures,
        uncovered=goals.uncovered_units(problem, schedule),
    )


@transaction.atomic
def import_plan(*, actor: Actor, number: int, file: bytes) -> Plan:
    """Take an outside plan in as a candidate of round `number`, and have it checked whole.

    The same plan twice is one candidate.
    """
    round_ = access_round(actor, number, Permission.IMPORT_PLAN, lock=True)
    if len(file) > MOST_MB * 2**20:
        raise PlanFileTooLarge(most_mb=MOST_MB)
    question = _answered(round_, file)
    problem = masked_problem(question)
    document = _read(file, problem)
    if document.schedule is None:
        raise OutsidePlanIsNone(status=document.status)
    _refuse_broken(problem, question, document)
    _refuse_gone(rows_of(round_, with_facts=False), document.schedule)
    known = _same_plan(round_, question, document.schedule)
    return known or _taken_in(actor, round_, question, document.schedule)


# --- Reading ------------------------------------------------------------------------------


def _newest(round_: InspectionRound) -> FrozenQuestion:
    found = (
        FrozenQuestion.objects.filter(tenant_id=round_.tenant_id, round=round_)
        .order_by("-pk")
        .first()
    )
    if found is None:
        raise NothingFrozen(name=round_.name)
    return found


def _answered(round_: InspectionRound, file: bytes) -> FrozenQuestion:
    """The question that the file says it answers. A file that says nothing is read by the newest,
    so that its faults are told by their places."""
    try:
        given = json.loads(file).get("problem_sha256", "")
    except (ValueError, AttributeError, RecursionError):
        return _newest(round_)
    if not isinstance(given, str):
        return _newest(round_)
    if not HASH.fullmatch(given):
        # No question's, and maybe of characters that nobody can store or show.
        raise PlanOfAnotherQuestion(given="—")
    found = FrozenQuestion.objects.filter(
        tenant_id=round_.tenant_id, round=round_, masked_sha256=given
    ).first()
    if found is None:
        raise PlanOfAnotherQuestion(given=given[:12])
    return found


def _read(file: bytes, problem: Problem) -> PlanDocument:
    try:
        return read_plan(file, problem)
    except InvalidDocument as error:
        raise PlanFileUnreadable(
            count=len(error.faults),
            faults=_joined([Text(zh=str(fault), en=str(fault)) for fault in error.faults]),
        ) from None


def _refuse_broken(problem: Problem, question: FrozenQuestion, document: PlanDocument) -> None:
    broken = [
        *breaches(problem, document.schedule or Schedule(())),
        *claims(problem, question.masked_sha256, document),
    ]
    if broken:
        raise OutsidePlanBroken(
            count=len(broken),
            breaches=_joined(
                [
                    Text(
                        zh=f"{breach.code}：{'、'.join(breach.subjects)}：{breach.message.zh}",
                        en=f"{breach.code}: {', '.join(breach.subjects)}: {breach.message.en}",
                    )
                    for breach in broken
                ]
            ),
        )


def _refuse_gone(rows: RoundRows, schedule: Schedule) -> None:
    """The document may be older than the round: who left it since cannot be seated."""
    named = [
        *(person for team in schedule.teams for person in team.people),
        *(visit.unit for team in schedule.teams for visit in team.visits),
    ]
    gone = [key for key in named if key not in rows.person_by_id and key not in rows.unit_by_id]
    if gone:
        raise OutsidePlanBroken(
            count=len(gone),
            breaches=_joined(
                [
                    Text(zh=f"{key} 已不在本轮次", en=f"{key} is no longer in the round")
                    for key in gone
                ]
            ),
        )


def _joined(lines: Sequence[Text]) -> Text:
    rest = len(lines) - SHOWN
    zh = "；".join(line.zh for line in lines[:SHOWN])
    en = "; ".join(line.en for line in lines[:SHOWN])
    if rest <= 0:
        return Text(zh=zh, en=en)
    return Text(zh=f"{zh}；另有 {rest} 处", en=f"{en}; and {rest} more")


# --- Keeping ------------------------------------------------------------------------------


def _same_plan(
    round_: InspectionRound, question: FrozenQuestion, schedule: Schedule
) -> Plan | None:
    """A candidate from outside that holds the very same teams."""
    earlier = Plan.objects.filter(
        tenant_id=round_.tenant_id, round=round_, question=question, origin=Plan.Origin.OUTSIDE
    )
    wanted = _fingerprint(schedule)
    return next((plan for plan in earlier if _fingerprint(schedule_of(plan)) == wanted), None)


def _fingerprint(schedule: Schedule) -> str:
    teams: list[Any] = [
        [
            team.id,
            team.leader,
            sorted(team.deputies),
            sorted(team.members),
            sorted((visit.unit, visit.start.isoformat()) for visit in team.visits),
        ]
        for team in schedule.teams
        if team.visits or team.people
    ]
    return sha256(json.dumps(sorted(teams, key=lambda team: team[0])).encode()).hexdigest()


def _taken_in(
    actor: Actor, round_: InspectionRound, question: FrozenQuestion, schedule: Schedule
) -> Plan:
    problem = masked_problem(question)
    rows = rows_of(round_, with_facts=False)
    figures = goals.measures(problem, schedule)
    left_out = goals.uncovered_units(problem, schedule)
    plan = Plan.objects.create(
        tenant_id=round_.tenant_id,
        round=round_,
        origin=Plan.Origin.OUTSIDE,
        question=question,
        version=Plan.objects.filter(tenant_id=round_.tenant_id, round=round_).count() + 1,
        tiers=goals.tier_values(problem, figures),
        measures=figures,
        uncovered=[rows.unit_by_id[unit].pk for unit in left_out if unit in rows.unit_by_id],
        made_by=actor.name,
        created_at=now(),
        found_at=now(),
    )
    with refused_by("plan_seat_not_barred", OutsidePlanBroken(count=1, breaches=DECLARED_SINCE)):
        store_schedule(plan, schedule, rows, usual_duties(problem, schedule))
    audit.record(actor, "scheduling.plan.imported", plan, version=plan.version)
    enqueue(actor, CHECK, plan_number=plan.pk)
    return plan
