"""Where a plan is on its way to being in force, and what was published. For the city's pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kernel.clock import today
from kernel.text import Text
from scheduling.access.handling import may_in_round
from scheduling.access.plans import access_plan
from scheduling.access.publications import access_publication, publications_visible_to
from scheduling.domain.publishing import (
    STANDING,
    Obstacle,
    in_the_way,
    in_the_way_of_force,
    needs_a_check,
)
from scheduling.mapping.publications import difference_between
from scheduling.models.dispatches import PublishedExtract
from scheduling.models.plans import Plan, PlanState, PlanStep
from scheduling.models.publications import Publication
from scheduling.selectors.in_the_way import facts_of
from scheduling.selectors.proposals import newest_proposal_job
from scheduling.selectors.requests import Asked, asked_about
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Job

TO_COME = frozenset({"unchecked", "outdated"})  # what the check before a proposal puts right


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One office that sends people. `is_kept`: it said yes to the same list before."""

    office: str
    people: int
    is_answered: bool
    is_confirmed: bool
    is_kept: bool
    by: str
    at: datetime | None
    objections: Sequence[tuple[str, str]]  # name, words


@dataclass(frozen=True, slots=True)
class StepLine:
    kind: str
    title: str
    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class MovedLine:
    """Somebody's seat or a unit's visit in two versions; None: not in that one."""

    name: str
    office: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class DifferenceView:
    people: Sequence[MovedLine]
    units: Sequence[MovedLine]
    measures: Sequence[tuple[str, int, int]]

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.units)


@dataclass(frozen=True, slots=True)
class PlanStateView:
    """What the plan's page says first. `other`: the plan of the round that is being decided."""

    number: int
    version: int
    state: str
    made_by: str
    made_at: datetime
    is_working: bool
    job: int | None  # the newest look before a proposal
    failure: tuple[Text, Text] | None
    obstacles: Sequence[Obstacle]
    is_to_be_checked: bool
    steps: Sequence[StepLine]
    answers: Sequence[AnswerLine]
    other: Plan | None
    published: Publication | None  # of this plan
    in_force: Publication | None  # of its round
    difference: DifferenceView | None
    may: frozenset[str]

    def newest(self, kind: str) -> StepLine | None:
        return next((step for step in reversed(self.steps) if step.kind == kind), None)

    @property
    def confirmed(self) -> int:
        return sum(line.is_confirmed for line in self.answers)

    @property
    def is_confirmed(self) -> bool:
        return bool(self.answers) and self.confirmed == len(self.answers)

    @property
    def returned(self) -> StepLine | None:
        """The director's words, while they are the last that was said of a candidate."""
        last = self.steps[-1] if self.steps else None
        return last if last and last.kind == PlanStep.Kind.RETURNED else None


def plan_state(actor: Actor, number: int) -> PlanStateView:
    """In a constant number of queries."""
    access_plan(actor, number, Permission.VIEW_PLAN)
    plan = Plan.objects.select_related("round", "question", "run").get(
        tenant_id=actor.tenant_id, pk=number
    )
    job = newest_proposal_job(plan) if plan.state == PlanState.CANDIDATE else None
    is_working = job is not None and not job.is_over
    other = _other(plan)
    obstacles, is_to_be_checked = _obstacles(plan)
    publications = list(
        publications_visible_to(actor).filter(round_id=plan.round_id).select_related("plan__round")
    )
    in_force = next((one for one in publications if one.ended_at is None), None)
    return PlanStateView(
        number=plan.pk,
        version=plan.version,
        state=plan.state,
        made_by=plan.made_by,
        made_at=plan.created_at,
        is_working=is_working,
        job=None if job is None else job.pk,
        failure=_failure(job),
        obstacles=obstacles,
        is_to_be_checked=is_to_be_checked,
        steps=[
            StepLine(step.kind, step.get_kind_display(), step.by, step.at, step.words)
            for step in PlanStep.objects.filter(tenant_id=plan.tenant_id, plan=plan).order_by("pk")
        ],
        answers=_answers(plan),
        other=other,
        published=next((one for one in publications if one.plan_id == plan.pk), None),
        in_force=in_force,
        difference=_difference(plan, in_force),
        may=_may(actor, plan, is_working=is_working, is_blocked=bool(other or obstacles)),
    )


def _other(plan: Plan) -> Plan | None:
    standing = Plan.objects.filter(
        tenant_id=plan.tenant_id, round_id=plan.round_id, state__in=STANDING
    )
    return standing.exclude(pk=plan.pk).first()


def _obstacles(plan: Plan) -> tuple[Sequence[Obstacle], bool]:
    """What stands in the way of the next step; and whether the worker looks before it."""
    if plan.state not in (PlanState.CANDIDATE, *STANDING):
        return (), False
    facts = facts_of(plan)
    if plan.state in STANDING:
        return in_the_way_of_force(facts), False
    is_to_be_checked = needs_a_check(facts)
    found = [
        obstacle
        for obstacle in in_the_way(facts)
        if not (is_to_be_checked and obstacle.code in TO_COME | {"breach"})
    ]
    return found, is_to_be_checked


def _may(actor: Actor, plan: Plan, *, is_working: bool, is_blocked: bool) -> frozenset[str]:
    """The steps whose buttons are shown. The services decide; this spares people a refusal."""
    is_run_over = plan.run is None or plan.run.is_over
    may_propose = may_in_round(actor, Permission.PROPOSE_PLAN, plan.round_id)
    shown = {
        "propose": may_propose
        and plan.state == PlanState.CANDIDATE
        and is_run_over
        and not (is_working or is_blocked),
        "take_back": may_propose and plan.state in STANDING,
        "return": actor.may(Permission.APPROVE_PLAN) and plan.state in STANDING,
        "approve": actor.may(Permission.APPROVE_PLAN)
        and plan.state == PlanState.PROPOSED
        and plan.proposed_by_id != actor.user_id
        and not is_blocked,
        "publish": actor.may(Permission.PUBLISH_PLAN)
        and plan.state == PlanState.APPROVED
        and not is_blocked,
    }
    return frozenset(name for name, is_shown in shown.items() if is_shown)


def _failure(job: Job | None) -> tuple[Text, Text] | None:
    if job is None or job.error is None:
        return None
    return Text(**job.error["message"]), Text(**job.error["remedy"])


def _answers(plan: Plan) -> Sequence[AnswerLine]:
    if plan.state not in STANDING:
        return ()
    return [_answer(plan, asked) for asked in asked_about(plan).values() if asked.request.people]


def _answer(plan: Plan, asked: Asked) -> AnswerLine:
    request, answer = asked.request, asked.answer
    names = {person["number"]: person["name"] for person in request.people}
    is_this = (request.plan_id, request.revision) == (plan.pk, plan.revision)
    return AnswerLine(
        office=request.tenant.short_name,
        people=len(request.people),
        is_answered=answer is not None,
        is_confirmed=asked.is_confirmed,
        is_kept=asked.is_confirmed and not is_this,
        by="" if answer is None else answer.answered_by,
        at=None if answer is None else answer.answered_at,
        objections=[
            (names[one["number"]], one["words"]) for one in (answer.objections if answer else ())
        ],
    )


def _difference(plan: Plan, in_force: Publication | None) -> DifferenceView | None:
    """To what is in force now; of a plan that is itself in force, or was, its own page tells."""
    if in_force is None or in_force.plan_id == plan.pk:
        return None
    if plan.state not in (PlanState.CANDIDATE, *STANDING):
        return None
    return _view(difference_between(in_force.plan, plan))


def _view(stored: Mapping[str, Any] | None) -> DifferenceView | None:
    if stored is None:
        return None
    return DifferenceView(
        people=[
            MovedLine(one["name"], one["office"], one["before"], one["after"])
            for one in stored["people"]
        ],
        units=[
            MovedLine(one["name"], one["county"], _dated(one["before"]), _dated(one["after"]))
            for one in stored["units"]
        ],
        measures=[(name, before, after) for name, before, after in stored["measures"]],
    )


def _dated(visit: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    return visit and {**visit, "start": date.fromisoformat(visit["start"])}


# --- What was published ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublicationPage:
    publication: Publication
    versions: Sequence[Publication]  # of the round, newest first
    extracts: Sequence[PublishedExtract]  # what each office was handed with this version
    difference: DifferenceView | None
    may_withdraw: bool
    has_begun: bool


def publication_page(actor: Actor, number: int) -> PublicationPage:
    access_publication(actor, number, Permission.VIEW_PLAN)
    rows = publications_visible_to(actor).select_related("round", "plan")
    made = rows.get(pk=number)
    has_begun = today() >= made.round.starts_on
    return PublicationPage(
        publication=made,
        versions=list(
            publications_visible_to(actor)
            .filter(round_id=made.round_id)
            .defer("document", "difference")
            .order_by("-number")
        ),
        extracts=_handed_out(actor, made),
        difference=_view(made.difference),
        may_withdraw=actor.may(Permission.PUBLISH_PLAN) and made.ended_at is None and not has_begun,
        has_begun=has_begun,
    )


def _handed_out(actor: Actor, made: Publication) -> Sequence[PublishedExtract]:
    if not actor.may(Permission.EXPORT_PLAN):
        return ()
    sent = PublishedExtract.objects.sent_by(actor).filter(
        round_id=made.round_id, number=made.number
    )
    newest = sent.order_by("tenant_id", "-pk").distinct("tenant_id")
    return sorted(
        newest.defer("document").select_related("tenant"), key=lambda one: one.tenant.code
    )


def publications_of(actor: Actor, round_number: int) -> Sequence[Publication]:
    """The versions of a round that the caller was given access to, newest first."""
    return list(
        publications_visible_to(actor)
        .filter(round_id=round_number)
        .defer("document", "difference")
        .order_by("-number")
    )
