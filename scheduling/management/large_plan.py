"""A plan as large as they get, as rows: its page is measured with it, not the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle, islice

from kernel.clock import now
from scheduling.domain.goals import GOALS
from scheduling.models.plans import Plan, PlanSeat, PlanTeam, PlanVisit
from scheduling.models.releases import Release, ReleasedPerson, ReportedUnit
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import RunStatus, SolveRun
from tenancy.models import Office

SEATS_PER_TEAM = 7
VISITS_PER_TEAM = 3


def store_plan(round_: InspectionRound, counties: Sequence[Office], *, teams: int) -> Plan:
    """`teams` teams of seven people with three visits each. As the owner, past the engine."""
    releases = {county.pk: _release(round_, county) for county in counties}
    around = list(islice(cycle(counties), teams))
    people = ReleasedPerson.objects.bulk_create(
        _person(releases[county.pk], number)
        for number, county in enumerate(c for c in around for _ in range(SEATS_PER_TEAM))
    )
    hosts = [around[(index + 1) % len(around)] for index in range(teams)]
    units = ReportedUnit.objects.bulk_create(
        _unit(releases[host.pk], number)
        for number, host in enumerate(h for h in hosts for _ in range(VISITS_PER_TEAM))
    )
    plan = _plan(round_)
    rows = PlanTeam.objects.bulk_create(
        PlanTeam(tenant_id=plan.tenant_id, plan=plan, code=f"T{n}", name=f"第{n}组", position=n)
        for n in range(1, teams + 1)
    )
    PlanSeat.objects.bulk_create(_seats(plan, rows, people))
    PlanVisit.objects.bulk_create(_visits(plan, rows, units, round_.starts_on))
    return plan


def _release(round_: InspectionRound, county: Office) -> Release:
    return Release.objects.create(
        tenant_id=round_.tenant_id,
        sender=county,
        round=round_,
        version=1,
        content="",
        released_by="主任",
        released_at=now(),
    )


def _person(release: Release, number: int) -> ReleasedPerson:
    return ReleasedPerson(
        tenant_id=release.tenant_id,
        sender_id=release.sender_id,
        release=release,
        round_id=release.round_id,
        number=str(number),
        name=f"干部{number}",
        post="科长",
        is_leader=number % SEATS_PER_TEAM == 0,
        is_deputy=True,
        skills=["audit", "law"],
        rounds_served=2,
        recent_days=10,
    )


def _unit(release: Release, number: int) -> ReportedUnit:
    return ReportedUnit(
        tenant_id=release.tenant_id,
        sender_id=release.sender_id,
        release=release,
        round_id=release.round_id,
        code=f"U{number}",
        name=f"单位{number}",
        kind="department",
        risk=3,
        days=5,
        mandatory=False,
        priority=50,
        inspectable=True,
    )


def _plan(round_: InspectionRound) -> Plan:
    run = SolveRun.objects.create(
        tenant_id=round_.tenant_id,
        round=round_,
        time_limit_s=60,
        seed=0,
        basis="",
        status=RunStatus.OPTIMAL,
        tiers=[{"value": 0, "bound": 0}],
        requested_by="陈砚秋",
        requested_at=now(),
        finished_at=now(),
    )
    return Plan.objects.create(
        tenant_id=round_.tenant_id,
        round=round_,
        run=run,
        version=1,
        measures={goal.measure: 0 for goal in GOALS},
        created_at=now(),
        found_at=now(),
    )


def _seats(plan: Plan, teams: list[PlanTeam], people: list[ReleasedPerson]) -> Iterator[PlanSeat]:
    roles = ("leader", "deputy", *["member"] * (SEATS_PER_TEAM - 2))
    for index, person in enumerate(people):
        yield PlanSeat(
            tenant_id=plan.tenant_id,
            plan=plan,
            team=teams[index // SEATS_PER_TEAM],
            person=person,
            role=roles[index % SEATS_PER_TEAM],
        )


def _visits(
    plan: Plan, teams: list[PlanTeam], units: list[ReportedUnit], first: date
) -> Iterator[PlanVisit]:
    for index, unit in enumerate(units):
        start = first + timedelta(weeks=index % VISITS_PER_TEAM)
        yield PlanVisit(
            tenant_id=plan.tenant_id,
            plan=plan,
            team=teams[index // VISITS_PER_TEAM],
            unit=unit,
            starts_on=start,
            ends_on=start + timedelta(days=4),
        )
