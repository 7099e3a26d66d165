"""A run as its page shows it, while it works and afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kernel.clock import now
from kernel.text import Text
from scheduling.access.handling import handles
from scheduling.access.rounds import access_round
from scheduling.access.runs import access_run, runs_visible_to
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.models.plans import Plan
from scheduling.models.runs import ENDED, RunStatus, SolveRun
from scheduling.selectors.plans import TierLine, tier_lines
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Job
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class Point:
    elapsed_s: float
    tier: int
    value: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class ConflictLine:
    code: str
    title: Text
    subjects: str  # names
    text: Text
    remedy: Text | None = None


@dataclass(frozen=True, slots=True)
class RunPage:
    """`state` is the job's: queued, running, done, failed, cancelled. `status` is the engine's
    word, None while it is at work. `phase` is the engine's code for what it does."""

    number: int
    round_number: int
    round_name: str
    state: str
    status: str | None
    phase: str | None
    cancel_requested: bool
    time_limit_s: int
    elapsed_s: float
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    tiers: tuple[TierLine, ...]
    gap: float | None
    has_plan: bool
    history: tuple[Point, ...]
    conflict: tuple[ConflictLine, ...]
    is_minimal: bool
    refusal: tuple[Text, Text] | None
    plan_number: int | None
    is_handled: bool = False  # by whoever looks


def run_page(actor: Actor, number: int) -> RunPage:
    """Everything that the page of one run shows."""
    run = access_run(actor, number, Permission.VIEW_ROUND)
    plan = Plan.objects.filter(tenant_id=run.tenant_id, run=run).first()
    conflict = run.conflict or {}
    return RunPage(
        number=run.pk,
        round_number=run.round_id,
        round_name=run.round.name,
        state=state_of(run),
        status=_outcome(run),
        phase=run.phase or None,
        cancel_requested=run.was_cancelled,
        time_limit_s=run.time_limit_s,
        elapsed_s=_elapsed(run),
        queued_at=run.requested_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        tiers=tier_lines(run.tiers, run.round.policy["objective"]),
        gap=run.gap,
        has_plan=plan is not None,
        history=tuple(Point(*point) for point in run.history),
        conflict=tuple(_conflict_line(entry) for entry in conflict.get("entries", ())),
        is_minimal=bool(conflict.get("minimal")),
        refusal=_refusal(run.job),
        plan_number=None if plan is None else plan.pk,
        is_handled=handles(actor, run.round_id),
    )


def runs_part(actor: Actor, round_number: int, window: Window) -> Part[SolveRun]:
    """Every run of a round, newest first."""
    round_ = access_round(actor, round_number, Permission.VIEW_ROUND)
    runs = runs_visible_to(actor).filter(round=round_).select_related("job")
    return part_of(runs, window, "-pk")


def state_of(run: SolveRun) -> str:
    """The job's state; a run that ended is over although its job has a moment to go."""
    if run.job is None:
        return Job.State.FAILED if run.is_over else Job.State.QUEUED
    if run.is_over and not run.job.is_over:
        return Job.State.FAILED if run.status == RunStatus.FAILED else Job.State.DONE
    return run.job.state


def _outcome(run: SolveRun) -> str | None:
    if run.status not in ENDED or run.status == RunStatus.FAILED:
        return None
    return str(run.status)


def _elapsed(run: SolveRun) -> float:
    """What the engine has used. While it works, by the clock: it writes only now and then."""
    if run.is_over or run.started_at is None:
        return run.elapsed_s
    return min(float(run.time_limit_s), (now() - run.started_at).total_seconds())


def _conflict_line(entry: Mapping[str, Any]) -> ConflictLine:
    remedy = entry["remedy"]
    return ConflictLine(
        code=entry["rule"],
        title=RULE_BY_CODE[entry["rule"]].title,
        subjects="、".join(entry["names"]),
        text=Text(zh=entry["zh"], en=entry["en"]),
        remedy=None if remedy is None else Text(**remedy),
    )


def _refusal(job: Job | None) -> tuple[Text, Text] | None:
    if job is None or job.error is None:
        return None
    return Text(**job.error["message"]), Text(**job.error["remedy"])
