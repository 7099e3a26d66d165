"""Rounds as their leading office sees them: the list, and one round with its next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from kernel.text import Text
from scheduling.access.handling import handlers_of, may_in_round
from scheduling.access.rounds import access_round, rounds_visible_to
from scheduling.domain.profiles import PROFILE_BY_CODE, Refusal, refusals
from scheduling.domain.working_days import WorkCalendar
from scheduling.mapping.calendars import calendar_of
from scheduling.mapping.policies import read_policy
from scheduling.models.plans import Plan
from scheduling.models.releases import Release, ReleaseCall, StaleNotice
from scheduling.models.rounds import InspectionRound, TeamSlot
from scheduling.models.runs import SolveRun
from scheduling.models.surveys import Survey
from scheduling.selectors.readiness import gaps_of
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Office, User
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class RoundLine:
    """`plan_number` is the newest plan, whatever the verifier says of it."""

    round: InspectionRound
    mode: Text
    teams: int
    called: int
    plan_number: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One office that was called on, and what it released. `released_by` "" when nothing."""

    office: Office
    call: ReleaseCall
    people: int
    units: int
    stale: int
    released_by: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class RunLine:
    run: SolveRun
    plan_number: int | None


@dataclass(frozen=True, slots=True)
class RoundPage:
    round: InspectionRound
    mode: Text
    mode_sentence: Text
    mode_refusals: Sequence[Refusal]  # why the mode does not fit this round
    calendar: WorkCalendar
    slots: Sequence[TeamSlot]
    answers: Sequence[Answer]
    not_called: Sequence[Office]
    survey: Survey | None
    runs: Sequence[RunLine]
    gaps: Text | None  # what is missing before the engine can be asked
    may_edit: bool
    may_solve: bool
    handlers: Sequence[User]

    @property
    def people(self) -> int:
        return sum(answer.people for answer in self.answers)

    @property
    def units(self) -> int:
        return sum(answer.units for answer in self.answers)

    @property
    def working_days(self) -> int:
        return len(self.calendar.working_days)

    @property
    def is_being_solved(self) -> bool:
        return any(not line.run.is_over for line in self.runs)


def round_list(actor: Actor) -> list[RoundLine]:
    """Every round of the actor's office, newest first."""
    actor.must(Permission.VIEW_ROUND)
    rounds = rounds_visible_to(actor).annotate(teams=Count("team_slots", distinct=True))
    return _round_lines(actor, list(rounds.order_by("-starts_on", "-pk")))


def rounds_part(actor: Actor, window: Window) -> Part[RoundLine]:
    """The same rounds, a part at a time."""
    actor.must(Permission.VIEW_ROUND)
    rounds = rounds_visible_to(actor).annotate(teams=Count("team_slots", distinct=True))
    part = part_of(rounds, window, "-starts_on", "-pk")
    return part.showing(_round_lines(actor, part.lines))


def _round_lines(actor: Actor, rounds: Sequence[InspectionRound]) -> list[RoundLine]:
    calls = _counted_calls(actor)
    plans = _newest_plans(actor)
    return [
        RoundLine(
            round=round_,
            mode=PROFILE_BY_CODE[round_.mode].title,
            teams=round_.teams,  # type: ignore[attr-defined]
            called=calls.get(round_.pk, 0),
            plan_number=plans.get(round_.pk),
        )
        for round_ in rounds
    ]


def round_page(actor: Actor, number: int) -> RoundPage:
    """One round. Names, counts and states only: no fact of recusal is read here."""
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    profile = PROFILE_BY_CODE[round_.mode]
    slots = list(
        TeamSlot.objects.filter(tenant_id=actor.tenant_id, round=round_).order_by("position")
    )
    answers = _answers(actor, round_)
    called = {answer.office.pk for answer in answers}
    family = list(
        Office.objects.filter(
            Q(pk=actor.tenant_id) | Q(parent_id=actor.tenant_id), successor__isnull=True
        ).order_by("kind", "code")
    )
    counties = sum(a.office.kind == Office.Kind.COUNTY for a in answers)
    return RoundPage(
        round=round_,
        mode=profile.title,
        mode_sentence=profile.sentence,
        mode_refusals=refusals(profile, counties=counties) if counties else (),
        calendar=calendar_of(round_),
        slots=slots,
        answers=answers,
        not_called=[office for office in family if office.pk not in called],
        survey=Survey.objects.filter(tenant_id=actor.tenant_id, round=round_)
        .order_by("-pk")
        .first(),
        runs=_runs(actor, round_),
        gaps=gaps_of(round_),
        may_edit=may_in_round(actor, Permission.EDIT_ROUND, number),
        may_solve=may_in_round(actor, Permission.SOLVE_ROUND, number),
        handlers=handlers_of(round_),
    )


def calendar_page(actor: Actor, number: int) -> tuple[InspectionRound, WorkCalendar]:
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    return round_, calendar_of(round_)


def team_slots(actor: Actor, number: int) -> tuple[InspectionRound, list[TeamSlot]]:
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    slots = TeamSlot.objects.filter(tenant_id=actor.tenant_id, round=round_)
    return round_, list(slots.order_by("position"))


def round_settings(actor: Actor, number: int) -> tuple[InspectionRound, list[Office]]:
    """A round with the offices that its distances and history may name."""
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    read_policy(round_.policy)  # a stored policy that the engine cannot read is no page
    family = Office.objects.filter(Q(pk=actor.tenant_id) | Q(parent_id=actor.tenant_id))
    return round_, list(family.order_by("kind", "code"))


def _counted_calls(actor: Actor) -> dict[int, int]:
    counted = (
        ReleaseCall.objects.sent_by(actor).values("round_id").annotate(n=Count("pk")).order_by()
    )
    return {row["round_id"]: row["n"] for row in counted}


def _newest_plans(actor: Actor) -> dict[int, int]:
    newest = (
        Plan.objects.readable_by(actor, Permission.VIEW_PLAN)
        .order_by("round_id", "-pk")
        .distinct("round_id")
    )
    return dict(newest.values_list("round_id", "pk"))


def _answers(actor: Actor, round_: InspectionRound) -> list[Answer]:
    calls = list(
        ReleaseCall.objects.sent_by(actor)
        .filter(round_id=round_.pk)
        .select_related("tenant")
        .order_by("tenant__kind", "tenant__code")
    )
    own = {"tenant_id": actor.tenant_id, "round": round_}
    releases = {
        release.sender_id: release
        for release in Release.objects.filter(**own)
        .current()
        .annotate(
            people_count=Count("people", distinct=True),
            units_count=Count("units", filter=Q(units__inspectable=True), distinct=True),
        )
    }
    stale = _stale_by_office(actor, round_)
    return [_answer(call, releases.get(call.tenant_id), stale) for call in calls]


def _answer(call: ReleaseCall, release: Release | None, stale: dict[int, int]) -> Answer:
    return Answer(
        office=call.tenant,
        call=call,
        people=getattr(release, "people_count", 0),
        units=getattr(release, "units_count", 0),
        stale=stale.get(call.tenant_id, 0),
        released_by="" if release is None else release.released_by,
        is_withdrawn=release is not None and release.is_withdrawal,
    )


def _stale_by_office(actor: Actor, round_: InspectionRound) -> dict[int, int]:
    standing = Release.objects.filter(tenant_id=actor.tenant_id, round=round_).standing()
    counted = (
        StaleNotice.objects.filter(tenant_id=actor.tenant_id, person__release__in=standing)
        .values("sender_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return {row["sender_id"]: row["n"] for row in counted}


def _runs(actor: Actor, round_: InspectionRound) -> list[RunLine]:
    runs = SolveRun.objects.filter(tenant_id=actor.tenant_id, round=round_).order_by("-pk")[:10]
    plans = dict(
        Plan.objects.filter(tenant_id=actor.tenant_id, round=round_).values_list("run_id", "pk")
    )
    return [RunLine(run, plans.get(run.pk)) for run in runs]
