"""What waits for somebody, as facts: the page makes the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, When

from scheduling.access.imports import imports_visible_to
from scheduling.access.releases import calls_visible_to
from scheduling.access.rosters import people_visible_to, units_visible_to
from scheduling.access.rounds import rounds_visible_to
from scheduling.models.imports import Import
from scheduling.models.plans import Plan, PlanState
from scheduling.models.releases import Release, ReleaseCall, ReportedUnit, StaleNotice
from scheduling.models.rounds import InspectionRound, RoundUnit
from scheduling.models.runs import SolveRun
from scheduling.selectors.runs import state_of
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Office

ROUNDS = 5  # newest first
STANDING_FIRST = Case(
    When(state=PlanState.PUBLISHED, then=0),
    When(state__in=[PlanState.PROPOSED, PlanState.APPROVED], then=1),
    When(state=PlanState.CANDIDATE, then=2),
    default=3,
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class ImportFact:
    number: int
    kind: str
    faulty_rows: int


@dataclass(frozen=True, slots=True)
class CallFact:
    """A call that reached the actor's office. `done`: something is released to it."""

    number: int
    round_name: str
    city: str
    released: int
    asked_by: date | None
    done: bool


@dataclass(frozen=True, slots=True)
class RoundFact:
    number: int
    name: str
    state: str
    starts_on: date
    ends_on: date
    released: int
    counties_answered: int
    counties: int
    units: int
    teams: int
    run_number: int | None
    run_state: str | None
    plan_number: int | None
    plan_holds: bool | None
    plan_state: str
    stale: int


@dataclass(frozen=True, slots=True)
class Desk:
    """`people` and `units` None: not this role's business."""

    people: int | None
    units: int | None
    imports_open: tuple[ImportFact, ...]
    calls: tuple[CallFact, ...]
    rounds: tuple[RoundFact, ...]


def desk(actor: Actor) -> Desk:
    """The facts of one person's work desk."""
    sees_people = actor.may(Permission.VIEW_ROSTER)
    sees_units = actor.may(Permission.VIEW_UNITS)
    return Desk(
        people=people_visible_to(actor).active().count() if sees_people else None,
        units=units_visible_to(actor).inspectable().count() if sees_units else None,
        imports_open=_imports(actor),
        calls=_calls(actor),
        rounds=_rounds(actor),
    )


def _imports(actor: Actor) -> tuple[ImportFact, ...]:
    waiting = imports_visible_to(actor).filter(state=Import.State.DRY_RUN).order_by("-pk")
    return tuple(
        ImportFact(upload.pk, upload.kind, upload.counts.get("error", 0)) for upload in waiting
    )


def _calls(actor: Actor) -> tuple[CallFact, ...]:
    calls = calls_visible_to(actor).select_related("sender").order_by("-pk")[:ROUNDS]
    standing = {
        (release.tenant_id, release.round_id): release
        for release in Release.objects.sent_by(actor).standing().annotate(n=Count("people"))
    }
    return tuple(
        _call(call, standing.get((call.sender_id, call.round_id)))
        for call in calls
        if actor.may(Permission.VIEW_RELEASES)
    )


def _call(call: ReleaseCall, release: Release | None) -> CallFact:
    return CallFact(
        number=call.pk,
        round_name=call.name,
        city=call.sender.short_name,
        released=getattr(release, "n", 0),
        asked_by=call.answer_by,
        done=release is not None,
    )


def _rounds(actor: Actor) -> tuple[RoundFact, ...]:
    rounds = list(
        rounds_visible_to(actor).annotate(teams=Count("team_slots")).order_by("-pk")[:ROUNDS]
    )
    if not rounds:
        return ()
    facts = _Counted.of(actor, rounds)
    return tuple(facts.of_round(round_) for round_ in rounds)


@dataclass(frozen=True)
class _Counted:
    """The figures of all rounds on the desk, each kind counted by one query."""

    calls: dict[int, int]
    people: dict[int, int]
    answered: dict[int, int]
    units: dict[int, int]
    left_out: dict[int, int]
    stale: dict[int, int]
    runs: dict[int, SolveRun]
    plans: dict[int, Plan]

    @classmethod
    def of(cls, actor: Actor, rounds: Sequence[InspectionRound]) -> _Counted:
        own = {"tenant_id": actor.tenant_id, "round_id__in": [round_.pk for round_ in rounds]}
        standing = Release.objects.filter(**own).standing()
        from_counties = Q(sender__kind=Office.Kind.COUNTY)
        people, answered = {}, {}
        for row in (
            standing.values("round_id")
            .annotate(
                n=Count("people", distinct=True),
                counties=Count("sender", filter=from_counties, distinct=True),
            )
            .order_by()
        ):
            people[row["round_id"]], answered[row["round_id"]] = row["n"], row["counties"]
        units = ReportedUnit.objects.filter(**own, release__in=standing, inspectable=True)
        calls = ReleaseCall.objects.sent_by(actor).filter(tenant__kind=Office.Kind.COUNTY)
        stale = StaleNotice.objects.filter(tenant_id=actor.tenant_id, person__release__in=standing)
        newest_runs = SolveRun.objects.filter(**own).order_by("round_id", "-pk")
        # What is in force before what is being decided, and that before the newest candidate.
        newest_plans = Plan.objects.filter(**own).order_by("round_id", STANDING_FIRST, "-pk")
        return cls(
            calls=_count(calls, "round_id"),
            people=people,
            answered=answered,
            units=_count(units, "round_id"),
            left_out=_count(RoundUnit.objects.filter(**own, chosen=False), "round_id"),
            stale=_count(stale, "person__round_id"),
            runs={
                run.round_id: run for run in newest_runs.select_related("job").distinct("round_id")
            },
            plans={plan.round_id: plan for plan in newest_plans.distinct("round_id")},
        )

    def of_round(self, round_: InspectionRound) -> RoundFact:
        number = round_.pk
        run, plan = self.runs.get(number), self.plans.get(number)
        return RoundFact(
            number=number,
            name=round_.name,
            state=round_.state,
            starts_on=round_.starts_on,
            ends_on=round_.ends_on,
            released=self.people.get(number, 0),
            counties_answered=self.answered.get(number, 0),
            counties=self.calls.get(number, 0),
            units=max(0, self.units.get(number, 0) - self.left_out.get(number, 0)),
            teams=round_.teams,  # type: ignore[attr-defined]
            run_number=None if run is None else run.pk,
            run_state=None if run is None else state_of(run),
            plan_number=None if plan is None else plan.pk,
            plan_holds=None if plan is None else plan.is_usable,
            plan_state="" if plan is None else plan.state,
            stale=self.stale.get(number, 0),
        )


def _count(rows: Any, key: str) -> dict[int, int]:
    counted = rows.values(key).annotate(n=Count("pk")).order_by()
    return {row[key]: row["n"] for row in counted}
