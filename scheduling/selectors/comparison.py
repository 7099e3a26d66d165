"""Two plans of one round side by side, and the round's plans to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kernel.errors import NotVisible
from scheduling.access.plans import plans_visible_to
from scheduling.access.rounds import access_round
from scheduling.domain import goals
from scheduling.domain.desk.compare import Difference, SeatAt, VisitAt, compare
from scheduling.domain.problem import Problem, Schedule, Team
from scheduling.mapping.questions import masked_problem
from scheduling.mapping.schedules import schedule_of
from scheduling.models.plans import Plan
from scheduling.selectors.desk_board import office_name
from scheduling.selectors.desk_page import team_names
from scheduling.selectors.plans import Verdict, objective_of, tier_lines, tiers_of, verdict_of
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A plan of the round in a list. `gap` None: nobody has bounds for it."""

    number: int
    version: int
    origin: str
    origin_words: str
    state: str
    state_words: str
    made_by: str
    made_at: datetime
    based_on: int | None  # a version
    edits: int
    verdict: Verdict
    gap: float | None
    measures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TierPair:
    """One tier of both plans. A bound None: nothing is proven."""

    number: int
    measures: tuple[str, ...]
    a: int
    b: int
    bound_a: int | None
    bound_b: int | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    name: str
    office: str
    before: SeatAt | None
    after: SeatAt | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    name: str
    host: str
    before: VisitAt | None
    after: VisitAt | None
    days: int


@dataclass(frozen=True, slots=True)
class TeamLine:
    """What differs in one team: people and units by name, those who change roles, and visits
    on other days."""

    code: str
    name: str
    people_in: tuple[str, ...]
    people_out: tuple[str, ...]
    new_roles: tuple[str, ...]
    units_in: tuple[str, ...]
    units_out: tuple[str, ...]
    other_days: tuple[str, ...]


@dataclass(frozen=True)
class ComparePage:
    round_number: int
    round_name: str
    starts_on: date
    ends_on: date
    candidates: tuple[CandidateLine, ...]
    a: CandidateLine | None
    b: CandidateLine | None
    measures: tuple[tuple[str, int, int], ...]  # code, a, b
    tiers: tuple[TierPair, ...]
    teams: tuple[TeamLine, ...]
    people: tuple[PersonLine, ...]
    units: tuple[UnitLine, ...]
    names: Mapping[str, str]  # of the teams
    slots: tuple[str, ...]
    is_same_question: bool


def candidates_of(actor: Actor, number: int) -> tuple[CandidateLine, ...]:
    """The round's plans, the newest first."""
    if not actor.may(Permission.VIEW_PLAN):
        return ()
    plans = (
        plans_visible_to(actor)
        .filter(round_id=number)
        .select_related("run", "round", "based_on")
        .order_by("-version")
    )
    return tuple(_line(plan) for plan in plans)


def compare_page(actor: Actor, number: int, a: int | None, b: int | None) -> ComparePage:
    """Plans `a` and `b` of round `number`; without a choice the two newest, the older first."""
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    actor.must(Permission.VIEW_PLAN)
    candidates = candidates_of(actor, number)
    newest = [line.number for line in candidates[:2]]
    if a is None and b is None and len(newest) > 1:
        b, a = newest
    pair = [_plan(actor, number, key) for key in (a, b) if key is not None]
    lines = {line.number: line for line in candidates}
    page = ComparePage(
        round_number=round_.pk,
        round_name=round_.name,
        starts_on=round_.starts_on,
        ends_on=round_.ends_on,
        candidates=candidates,
        a=lines[a] if a is not None else None,
        b=lines[b] if b is not None else None,
        measures=(),
        tiers=(),
        teams=(),
        people=(),
        units=(),
        names={},
        slots=(),
        is_same_question=True,
    )
    return page if len(pair) < 2 or a == b else _compared(page, *pair)


def _plan(actor: Actor, round_number: int, number: int) -> Plan:
    plan = (
        plans_visible_to(actor)
        .select_related("round", "run", "question", "based_on")
        .defer("question__masked")
        .filter(round_id=round_number, pk=number)
        .first()
    )
    if plan is None:
        raise NotVisible(what="plan", number=number)
    return plan


def _compared(page: ComparePage, a: Plan, b: Plan) -> ComparePage:
    """By the question of the newer plan; whom it does not know has no seat in it."""
    if a.question is None or b.question is None:
        return page
    problem = masked_problem(b.question)
    in_a, in_b = _known(problem, schedule_of(a)), _known(problem, schedule_of(b))
    found = compare(problem, in_a, in_b)
    names = {**team_names(a), **team_names(b)}
    return ComparePage(
        **{
            **{field: getattr(page, field) for field in page.__dataclass_fields__},
            "measures": tuple((pair.measure, pair.a, pair.b) for pair in found.measures),
            "tiers": _tiers(problem, a, b, in_a, in_b),
            "teams": tuple(_teams(problem, names, found)),
            "people": _people(problem, found),
            "units": _units(problem, found),
            "names": names,
            "slots": tuple(slot.id for slot in problem.teams),
            "is_same_question": a.question_id == b.question_id,
        }
    )


def _line(plan: Plan) -> CandidateLine:
    tiers = tier_lines(tiers_of(plan), objective_of(plan)) if plan.run is not None else ()
    return CandidateLine(
        number=plan.pk,
        version=plan.version,
        origin=plan.origin,
        origin_words=plan.get_origin_display(),
        state=plan.state,
        state_words=plan.get_state_display(),
        made_by=plan.made_by,
        made_at=plan.found_at,
        based_on=None if plan.based_on is None else plan.based_on.version,
        edits=plan.revision - 1 if plan.origin == Plan.Origin.DESK else 0,
        verdict=verdict_of(plan),
        gap=goals.gap([(tier.value, tier.bound) for tier in tiers]) if tiers else None,
        measures=plan.measures,
    )


def _known(problem: Problem, schedule: Schedule) -> Schedule:
    people, units = problem.inspector_by_id, problem.unit_by_id
    return Schedule(
        tuple(
            Team(
                team.id,
                team.leader if team.leader in people else None,
                tuple(person for person in team.deputies if person in people),
                tuple(person for person in team.members if person in people),
                tuple(visit for visit in team.visits if visit.unit in units),
            )
            for team in schedule.teams
        )
    )


def _tiers(
    problem: Problem, a: Plan, b: Plan, in_a: Schedule, in_b: Schedule
) -> tuple[TierPair, ...]:
    """Both weighed by one objective. A bound is the engine's, of its own plan's question."""
    values = [
        goals.tier_values(problem, goals.measures(problem, schedule)) for schedule in (in_a, in_b)
    ]
    bounds = [_bounds(plan, problem) for plan in (a, b)]
    return tuple(
        TierPair(
            n, tuple(tier), values[0][n - 1], values[1][n - 1], bounds[0][n - 1], bounds[1][n - 1]
        )
        for n, tier in enumerate(problem.policy.objective, start=1)
    )


def _bounds(plan: Plan, problem: Problem) -> Sequence[int | None]:
    """The bounds of the run that found the plan, where it had the same tiers."""
    objective = [dict(tier) for tier in problem.policy.objective]
    if plan.run is None or [dict(tier) for tier in objective_of(plan)] != objective:
        return [None] * len(objective)
    known = [tier["bound"] for tier in plan.run.tiers]
    return [*known, *([None] * len(objective))][: len(objective)]


def _teams(problem: Problem, names: Mapping[str, str], found: Difference) -> Sequence[TeamLine]:
    def people(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(problem.inspector_by_id[one].name for one in ids)

    def units(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(problem.unit_by_id[one].name for one in ids)

    return [
        TeamLine(
            code=team.team,
            name=names.get(team.team, team.team),
            people_in=people(team.people_in),
            people_out=people(team.people_out),
            new_roles=people([one.inspector for one in team.role_changes]),
            units_in=units(team.units_in),
            units_out=units(team.units_out),
            other_days=units([one.unit for one in team.visits_moved]),
        )
        for team in found.teams
    ]


def _people(problem: Problem, found: Difference) -> tuple[PersonLine, ...]:
    return tuple(
        PersonLine(
            problem.inspector_by_id[one.inspector].name,
            office_name(problem, one.inspector),
            one.before,
            one.after,
        )
        for one in found.people
    )


def _units(problem: Problem, found: Difference) -> tuple[UnitLine, ...]:
    return tuple(
        UnitLine(
            problem.unit_by_id[one.unit].name,
            problem.office_by_id[problem.unit_by_id[one.unit].county].name,
            one.before,
            one.after,
            problem.unit_by_id[one.unit].days,
        )
        for one in found.units
    )
