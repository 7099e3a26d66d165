"""Asking the engine: starting, following, cancelling and finishing a run.

The web process writes a run and a job; everything else is done by the worker, which alone can
read the released facts. No transaction is open while the engine works.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from kernel.clock import now
from kernel.errors import NotVisible
from scheduling.access.desk import next_version
from scheduling.access.plans import access_plan
from scheduling.access.rounds import access_round
from scheduling.access.runs import access_run
from scheduling.domain import goals
from scheduling.domain.document.writing import teams_as_json
from scheduling.domain.explain.conflict import Clash
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.domain.solve import Outcome, Progress, Tiers
from scheduling.errors import RoundNotReady, RunNotStartable
from scheduling.mapping.basis import basis_of
from scheduling.mapping.prices import WITHOUT_SUBJECTS
from scheduling.mapping.problems import RoundRows, problem_in, question_of, rows_of
from scheduling.mapping.schedules import schedule_of, store_schedule
from scheduling.models.plans import Plan
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import RunStatus, SolveInput, SolveRun
from scheduling.selectors.readiness import gaps_of
from scheduling.services.calling import close_releases
from scheduling.services.freezing import freeze, frozen
from scheduling.services.verifying import give_verdict, names_of
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.queue import enqueue, request_cancel

SOLVE = "scheduling.solve_run"
SHORTEST_RUN_S = 1
# A run taken up again gets at least this long: enough to rebuild the model and improve a little.
LEAST_REST_S = 5
LONGEST_HISTORY = 200


@dataclass(frozen=True)
class Task:
    """What a worker needs to set to work on a run, or to go on with one."""

    run: SolveRun
    problem: Problem
    rows: RoundRows
    start: Schedule | None
    rest_s: float
    elapsed_before_s: float


@transaction.atomic
def start_run(
    *,
    actor: Actor,
    number: int,
    time_limit_s: int | None = None,
    seed: int = 0,
    around: int | None = None,
) -> SolveRun:
    """Put round `number` to the engine. While one run is at work, starting gives that run.

    The first run closes the releases: from then on the counties' people stand. `around`: the
    number of a plan of the round that the new one is to differ from as little as it can.
    """
    round_ = access_round(actor, number, Permission.SOLVE_ROUND, lock=True)
    limit = settings.SOLVER_TIME_LIMIT_S if time_limit_s is None else time_limit_s
    if not SHORTEST_RUN_S <= limit <= settings.SOLVER_TIME_LIMIT_S:
        raise RunNotStartable(least=SHORTEST_RUN_S, most=settings.SOLVER_TIME_LIMIT_S)
    running = _running(round_)
    if running is not None:
        return running
    close_releases(actor, round_)
    gaps = gaps_of(round_)
    if gaps:
        raise RoundNotReady(name=round_.name, gaps=gaps)
    return _begin(actor, round_, limit, seed, _baseline(actor, round_, around))


@transaction.atomic
def cancel_run(*, actor: Actor, number: int) -> SolveRun:
    """Stop a run. Its best plan is kept and verified; a run that is over stays as it is."""
    run = access_run(actor, number, Permission.SOLVE_ROUND, lock=True)
    if run.is_over or run.job is None or run.job.is_over:
        return _settled(run)
    job = request_cancel(actor, run.job.pk)
    run.was_cancelled = True
    run.save(update_fields=["was_cancelled"])
    if job.is_over:
        _end(run, RunStatus.UNKNOWN)
    audit.record(actor, "scheduling.run.cancelled", run, round=run.round_id)
    return run


def take_up(*, actor: Actor, number: int) -> Task | None:
    """The run as a worker begins it: the question is frozen the first time, and read ever after.

    None when the run is over: a late or doubled delivery.
    """
    run = (
        SolveRun.objects.select_for_update()
        .filter(tenant_id=actor.tenant_id, pk=number, finished_at__isnull=True)
        .first()
    )
    if run is None:
        return None
    stored = SolveInput.objects.filter(tenant_id=actor.tenant_id, run=run).first()
    problem = _freeze(run) if stored is None else problem_in(stored.document)
    plan = Plan.objects.filter(tenant_id=actor.tenant_id, run=run).first()
    if run.started_at is None:
        run.started_at = now()
    run.status = RunStatus.SOLVING
    run.save(update_fields=["started_at", "status", "input_sha256", "question"])
    return Task(
        run=run,
        problem=problem,
        rows=rows_of(run.round),
        start=None if plan is None else schedule_of(plan),
        rest_s=max(LEAST_REST_S, run.time_limit_s - run.elapsed_s),
        elapsed_before_s=run.elapsed_s,
    )


def keep(task: Task, news: Progress | None, schedule: Schedule | None, *, elapsed_s: float) -> None:
    """Write down how far the engine is, and its best plan where there is a better one."""
    run = task.run
    run.elapsed_s = task.elapsed_before_s + elapsed_s
    if news is not None:
        run.phase = news.phase
        run.tiers = _tiers(news.tiers)
        run.gap = news.gap
        run.history = _with_point(run.history, run.elapsed_s, run.tiers)
    run.save(update_fields=["phase", "elapsed_s", "tiers", "gap", "history"])
    if schedule is not None:
        _save_plan(task, schedule)


def finish(*, actor: Actor, task: Task, outcome: Outcome) -> SolveRun:
    """Keep the last word of the engine, then let the verifier look at the rows."""
    run = task.run
    if outcome.schedule is not None:
        plan = _save_plan(task, outcome.schedule)
        asked = question_of(run.round, baseline=run.baseline)
        is_same = asked.sha256 == run.input_sha256
        question = run.question if is_same and run.question else frozen(run.round, asked)
        give_verdict(plan, asked, question, is_same_question=is_same)
    if outcome.tiers:
        run.tiers = _tiers(outcome.tiers)
        run.gap = goals.gap(outcome.tiers)
    run.elapsed_s = task.elapsed_before_s + outcome.seconds
    run.conflict = _conflict(outcome, task.problem)
    run.save(update_fields=["tiers", "gap", "elapsed_s", "conflict"])
    _end(run, RunStatus(outcome.status))
    audit.record(
        actor,
        "scheduling.run.finished",
        run,
        round=run.round_id,
        status=run.status,
        input_sha256=run.input_sha256,
        seconds=round(run.elapsed_s, 1),
    )
    return run


def break_off(*, actor: Actor, number: int) -> None:
    """The engine stopped by a fault: the run is over, its best plan stays, unverified."""
    run = SolveRun.objects.select_for_update().get(tenant_id=actor.tenant_id, pk=number)
    if not run.is_over:
        _end(run, RunStatus.FAILED)
        audit.record(actor, "scheduling.run.broken_off", run, round=run.round_id)


def _running(round_: InspectionRound) -> SolveRun | None:
    """The run at work. One whose job ended without it (its workers died) is ended on the way."""
    run = (
        SolveRun.objects.select_for_update(of=("self",))
        .select_related("job")
        .filter(tenant_id=round_.tenant_id, round=round_, finished_at__isnull=True)
        .first()
    )
    if run is None:
        return None
    return None if _settled(run).is_over else run


def _settled(run: SolveRun) -> SolveRun:
    if not run.is_over and (run.job is None or run.job.is_over):
        _end(run, RunStatus.UNKNOWN if run.was_cancelled else RunStatus.FAILED)
    return run


def _baseline(
    actor: Actor, round_: InspectionRound, around: int | None
) -> list[dict[str, Any]] | None:
    if around is None:
        return None
    plan = access_plan(actor, around, Permission.SOLVE_ROUND)
    if plan.round_id != round_.pk:
        raise NotVisible(what="plan", number=around)
    return teams_as_json(schedule_of(plan).teams)


def _begin(
    actor: Actor,
    round_: InspectionRound,
    limit: int,
    seed: int,
    baseline: list[dict[str, Any]] | None,
) -> SolveRun:
    run = SolveRun(
        tenant_id=actor.tenant_id,
        round=round_,
        time_limit_s=limit,
        seed=seed,
        basis=basis_of(round_),
        baseline=baseline,
        requested_by=actor.name,
        requested_at=now(),
    )
    run.save()
    run.job = enqueue(actor, SOLVE, queue="solving", run_number=run.pk)
    run.save(update_fields=["job"])
    audit.record(
        actor, "scheduling.run.started", run, round=round_.pk, time_limit_s=limit, seed=seed
    )
    return run


def _end(run: SolveRun, status: RunStatus) -> None:
    run.status, run.finished_at = status, now()
    run.save(update_fields=["status", "finished_at"])


def _freeze(run: SolveRun) -> Problem:
    run.question, question = freeze(run.round, baseline=run.baseline)
    run.input_sha256 = question.sha256
    SolveInput.objects.create(
        tenant_id=run.tenant_id, run=run, document=question.document, sha256=question.sha256
    )
    return question.problem


def _save_plan(task: Task, schedule: Schedule) -> Plan:
    run = task.run
    figures = goals.measures(task.problem, schedule)
    values = goals.tier_values(task.problem, figures)
    plan = Plan.objects.filter(tenant_id=run.tenant_id, run=run).first()
    if plan is None:
        plan = Plan(
            tenant_id=run.tenant_id,
            round_id=run.round_id,
            run=run,
            question=run.question,
            version=next_version(run.tenant_id, run.round_id),
            made_by=run.requested_by,
            created_at=now(),
        )
    else:
        plan.revision += 1
    plan.tiers, plan.measures, plan.found_at = values, figures, now()
    plan.uncovered = [
        task.rows.unit_by_id[unit].pk for unit in goals.uncovered_units(task.problem, schedule)
    ]
    plan.save()
    store_schedule(plan, schedule, task.rows)
    return plan


def _tiers(tiers: Tiers) -> list[dict[str, int | None]]:
    return [{"value": value, "bound": bound} for value, bound in tiers]


def _with_point(
    history: list[list[Any]], elapsed_s: float, tiers: list[dict[str, int | None]]
) -> list[list[Any]]:
    """The history with the tier at which the engine is now; thinned out when it gets long."""
    if not tiers:
        return history
    open_tier = next(
        (n for n, tier in enumerate(tiers) if (tier["bound"] or 0) < (tier["value"] or 0)),
        len(tiers) - 1,
    )
    point = [
        round(elapsed_s, 1),
        open_tier + 1,
        tiers[open_tier]["value"],
        tiers[open_tier]["bound"],
    ]
    if history and history[-1][1:] == point[1:]:
        return history
    longer = [*history, point]
    return longer if len(longer) <= LONGEST_HISTORY else longer[::2]


def _conflict(outcome: Outcome, problem: Problem) -> dict[str, Any] | None:
    if not outcome.conflict:
        return None
    return {
        "minimal": outcome.minimal,
        "entries": [
            {
                "rule": clash.rule,
                "subjects": list(clash.subjects),
                "names": names_of(clash.subjects, problem),
                **_clash_words(clash),
                "remedy": None
                if clash.remedy is None
                else {"zh": clash.remedy.zh, "en": clash.remedy.en},
            }
            for clash in outcome.conflict
        ],
    }


def _clash_words(clash: Clash) -> dict[str, str]:
    """The engine's own words; where they would tell somebody's employer, the rule's text."""
    text = RULE_BY_CODE[clash.rule].text if clash.rule in WITHOUT_SUBJECTS else clash.text
    return {"zh": text.zh, "en": text.en}
