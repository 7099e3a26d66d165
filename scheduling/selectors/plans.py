"""A plan as its page shows it: names, places and figures, in a constant number of queries.

No fact of recusal is read here. Titles of measures and roles are the page's own business.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Q

from kernel.text import Text
from scheduling.access.handling import handles
from scheduling.access.plans import access_plan
from scheduling.domain import goals
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.domain.working_days import Day, WorkCalendar
from scheduling.mapping.basis import basis_of
from scheduling.mapping.calendars import calendar_of
from scheduling.mapping.problems import staying_close
from scheduling.models.plans import Plan, PlanSeat, PlanTeam, PlanVisit
from scheduling.models.releases import ReportedUnit
from scheduling.models.rounds import RoundUnit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Office


@dataclass(frozen=True, slots=True)
class BreachLine:
    code: str
    title: Text
    subjects: str  # names
    text: Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier found on the rows. `checked_at` None: it has not looked yet."""

    holds: bool
    checked_at: datetime | None
    teams: int
    seats: int
    visits: int
    breaches: tuple[BreachLine, ...]


@dataclass(frozen=True, slots=True)
class TierLine:
    number: int
    value: int
    bound: int | None
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureLine:
    code: str
    value: int
    tier: int | None


@dataclass(frozen=True, slots=True)
class OfficePoint:
    code: str
    name: str
    short_name: str
    kind: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Flow:
    """People of `origin`, not on host seats, in teams that visit `host`."""

    origin: str
    host: str
    people: int
    teams: int


@dataclass(frozen=True, slots=True)
class SeatLine:
    name: str
    office_code: str
    office_name: str
    post: str
    skills: tuple[str, ...]
    rounds: int
    is_host_seat: bool
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitLine:
    unit: str
    unit_code: str
    kind: str
    host_code: str
    host_name: str
    start_on: date
    end_on: date
    working_days: int
    risk: int
    is_mandatory: bool


@dataclass(frozen=True, slots=True)
class TeamCard:
    code: str
    name: str
    leader: SeatLine | None  # a draft may lack one
    deputies: tuple[SeatLine, ...]
    members: tuple[SeatLine, ...]
    visits: tuple[VisitLine, ...]

    @property
    def people(self) -> tuple[SeatLine, ...]:
        lead = () if self.leader is None else (self.leader,)
        return (*lead, *self.deputies, *self.members)


@dataclass(frozen=True, slots=True)
class UncoveredLine:
    unit: str
    host_name: str
    priority: int
    is_mandatory: bool


@dataclass(frozen=True, slots=True)
class DayOff:
    """A run of days that are not worked. `name` None: a weekend."""

    first: date
    last: date
    name: Text | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """`is_outdated`: the round or a release changed since the engine was asked. `is_handled`: by
    whoever looks."""

    number: int
    version: int
    round_number: int
    round_name: str
    starts_on: date
    ends_on: date
    mode: str
    status: str
    made_at: datetime
    run_number: int | None
    seconds: float | None
    verdict: Verdict
    tiers: tuple[TierLine, ...]
    gap: float
    measures: tuple[MeasureLine, ...]
    offices: tuple[OfficePoint, ...]
    flows: tuple[Flow, ...]
    teams: tuple[TeamCard, ...]
    uncovered: tuple[UncoveredLine, ...]
    days_off: tuple[DayOff, ...]
    is_outdated: bool = False
    is_handled: bool = False


def plan_page(actor: Actor, number: int) -> PlanPage:
    """Everything that the page of one plan shows."""
    plan = access_plan(actor, number, Permission.VIEW_PLAN)
    return replace(page_of(plan), is_handled=handles(actor, plan.round_id))


def page_of(plan: Plan) -> PlanPage:
    """The page of a plan that the caller has been given access to."""
    round_, run = plan.round, plan.run
    calendar = calendar_of(round_)
    rows = _Rows.of(plan, calendar)
    teams = tuple(rows.card(team) for team in rows.teams)
    objective = objective_of(plan)
    tiers = tier_lines(tiers_of(plan), objective)
    return PlanPage(
        number=plan.pk,
        version=plan.version,
        round_number=round_.pk,
        round_name=round_.name,
        starts_on=round_.starts_on,
        ends_on=round_.ends_on,
        mode=round_.mode,
        status="feasible" if run is None else run.status,
        made_at=plan.found_at,
        run_number=None if run is None else run.pk,
        seconds=None if run is None else run.elapsed_s,
        verdict=_verdict(plan.verdict),
        tiers=tiers,
        gap=goals.gap([(tier.value, tier.bound) for tier in tiers]),
        measures=_measures(plan.measures, objective),
        offices=tuple(_point(office) for office in rows.offices),
        flows=_flows(teams),
        teams=teams,
        uncovered=_uncovered(plan, rows),
        days_off=days_off(calendar.days),
        is_outdated=basis_asked(plan) != basis_of(round_),
    )


def basis_asked(plan: Plan) -> str:
    """What the round was when the plan was last judged, or when the engine was asked for it."""
    judged = (plan.verdict or {}).get("basis", "")
    return judged or ("" if plan.run is None else plan.run.basis)


def objective_of(plan: Plan) -> Sequence[Mapping[str, int]]:
    """The tiers in which the plan was made: planned again, few changes are one of them."""
    policy = plan.round.policy
    if plan.run is not None and plan.run.baseline:
        policy = staying_close(policy)
    objective: Sequence[Mapping[str, int]] = policy["objective"]
    return objective


def tiers_of(plan: Plan) -> Sequence[Mapping[str, int | None]]:
    """With the engine's bounds where the engine made it; nobody has bounds for another."""
    if plan.run is not None:
        tiers: Sequence[Mapping[str, int | None]] = plan.run.tiers
        return tiers
    return [{"value": value, "bound": None} for value in plan.tiers]


@dataclass(frozen=True)
class _Rows:
    """The plan's rows, each table read once."""

    teams: Sequence[PlanTeam]
    seats: Mapping[int, Sequence[PlanSeat]]
    visits: Mapping[int, Sequence[PlanVisit]]
    offices: Sequence[Office]
    decisions: Mapping[tuple[int, str], RoundUnit]
    working_days: Sequence[date]

    @classmethod
    def of(cls, plan: Plan, calendar: WorkCalendar) -> _Rows:
        own = {"tenant_id": plan.tenant_id, "plan_id": plan.pk}
        seats: dict[int, list[PlanSeat]] = defaultdict(list)
        for seat in PlanSeat.objects.filter(**own).select_related("person").order_by("pk"):
            seats[seat.team_id].append(seat)
        visits: dict[int, list[PlanVisit]] = defaultdict(list)
        for visit in PlanVisit.objects.filter(**own).select_related("unit").order_by("starts_on"):
            visits[visit.team_id].append(visit)
        family = Office.objects.filter(Q(pk=plan.tenant_id) | Q(parent_id=plan.tenant_id))
        decisions = RoundUnit.objects.filter(tenant_id=plan.tenant_id, round_id=plan.round_id)
        return cls(
            teams=list(PlanTeam.objects.filter(**own).order_by("position")),
            seats=seats,
            visits=visits,
            offices=sorted(family.order_by("code"), key=lambda office: office.pk != plan.tenant_id),
            decisions={(one.county_id, one.code): one for one in decisions},
            working_days=calendar.working_days,
        )

    def office(self, pk: int) -> Office:
        return next(office for office in self.offices if office.pk == pk)

    def is_mandatory(self, unit: ReportedUnit) -> bool:
        decision = self.decisions.get((unit.sender_id, unit.code))
        return decision.mandatory if decision else unit.mandatory

    def priority(self, unit: ReportedUnit) -> int:
        decision = self.decisions.get((unit.sender_id, unit.code))
        return decision.priority if decision else unit.priority

    def card(self, team: PlanTeam) -> TeamCard:
        visits = tuple(self.visit_line(visit) for visit in self.visits.get(team.pk, ()))
        hosts = {visit.host_code for visit in visits}
        by_role: dict[str, list[SeatLine]] = defaultdict(list)
        for seat in self.seats.get(team.pk, ()):
            by_role[seat.role].append(self.seat_line(seat, hosts))
        return TeamCard(
            code=team.code,
            name=team.name,
            leader=next(iter(by_role["leader"]), None),
            deputies=tuple(by_role["deputy"]),
            members=tuple(by_role["member"]),
            visits=visits,
        )

    def seat_line(self, seat: PlanSeat, hosts: set[str]) -> SeatLine:
        person, office = seat.person, self.office(seat.person.sender_id)
        return SeatLine(
            name=person.name,
            office_code=office.code,
            office_name=office.short_name,
            post=person.post,
            skills=tuple(person.skills),
            rounds=person.rounds_served,
            is_host_seat=office.code in hosts,
            duties=tuple(seat.duties),
        )

    def visit_line(self, visit: PlanVisit) -> VisitLine:
        unit, host = visit.unit, self.office(visit.unit.sender_id)
        return VisitLine(
            unit=unit.name,
            unit_code=unit.code,
            kind=unit.kind,
            host_code=host.code,
            host_name=host.short_name,
            start_on=visit.starts_on,
            end_on=visit.ends_on,
            working_days=sum(visit.starts_on <= day <= visit.ends_on for day in self.working_days),
            risk=unit.risk,
            is_mandatory=self.is_mandatory(unit),
        )


def tier_lines(
    tiers: Iterable[Mapping[str, int | None]], objective: Sequence[Mapping[str, int]]
) -> tuple[TierLine, ...]:
    """A run's stored tiers with the measures that each adds up."""
    return tuple(
        TierLine(number, tier["value"] or 0, tier["bound"], tuple(measures))
        for number, (tier, measures) in enumerate(zip(tiers, objective, strict=False), start=1)
    )


def days_off(days: Sequence[Day]) -> tuple[DayOff, ...]:
    """Runs of days that are not worked; a holiday next to a weekend stands apart from it."""
    rest = [day for day in days if not day.is_working_day]
    runs = groupby(
        enumerate(rest), key=lambda item: (item[1].on.toordinal() - item[0], item[1].occasion)
    )
    spans = [(occasion, [day.on for _, day in run]) for (_, occasion), run in runs]
    return tuple(DayOff(span[0], span[-1], occasion) for occasion, span in spans)


def _measures(
    values: Mapping[str, int], objective: Sequence[Mapping[str, int]]
) -> tuple[MeasureLine, ...]:
    tier_of = {code: n for n, tier in enumerate(objective, start=1) for code in tier}
    return tuple(MeasureLine(code, value, tier_of.get(code)) for code, value in values.items())


def _point(office: Office) -> OfficePoint:
    return OfficePoint(
        code=office.code,
        name=office.name,
        short_name=office.short_name,
        kind=office.kind,
        lon=office.lon or 0.0,
        lat=office.lat or 0.0,
    )


def _flows(teams: Iterable[TeamCard]) -> tuple[Flow, ...]:
    people: Counter[tuple[str, str]] = Counter()
    sent: Counter[tuple[str, str]] = Counter()
    for team in teams:
        hosts = dict.fromkeys(visit.host_code for visit in team.visits)
        origins = Counter(seat.office_code for seat in team.people if not seat.is_host_seat)
        for host in hosts:
            for origin, count in origins.items():
                people[origin, host] += count
                sent[origin, host] += 1
    return tuple(
        Flow(origin, host, count, sent[origin, host])
        for (origin, host), count in sorted(people.items())
    )


def _uncovered(plan: Plan, rows: _Rows) -> tuple[UncoveredLine, ...]:
    units = ReportedUnit.objects.filter(tenant_id=plan.tenant_id, pk__in=plan.uncovered)
    lines = [
        UncoveredLine(
            unit=unit.name,
            host_name=rows.office(unit.sender_id).short_name,
            priority=rows.priority(unit),
            is_mandatory=rows.is_mandatory(unit),
        )
        for unit in units
    ]
    return tuple(sorted(lines, key=lambda line: (-line.priority, line.unit)))


def verdict_of(plan: Plan) -> Verdict:
    return _verdict(plan.verdict)


def _verdict(stored: Mapping[str, Any] | None) -> Verdict:
    if stored is None:
        return Verdict(False, None, 0, 0, 0, ())
    return Verdict(
        holds=stored["clean"],
        checked_at=datetime.fromisoformat(stored["checked_at"]),
        teams=stored["teams"],
        seats=stored["people"],
        visits=stored["visits"],
        breaches=tuple(_breach(breach) for breach in stored["breaches"]),
    )


CLAIM = Text(zh="方案自报的指标", en="The plan's own figures")
CLAIM_TEXT = Text(
    zh="方案自报的指标与核验结果不一致。", en="They differ from what the check counted."
)


def _breach(breach: Mapping[str, Any]) -> BreachLine:
    """A rule and who is concerned; why somebody is barred is not stored with a verdict."""
    rule = RULE_BY_CODE.get(breach["code"])
    return BreachLine(
        code=breach["code"],
        title=CLAIM if rule is None else rule.title,
        subjects="、".join(breach["names"]),
        text=CLAIM_TEXT if rule is None else rule.text,
    )
