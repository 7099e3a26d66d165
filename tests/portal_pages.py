"""A plan and a run as their pages read them: a ring of three counties, one team each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from kernel.text import Text
from scheduling.selectors import (
    ConflictLine,
    DayOff,
    Flow,
    MeasureLine,
    OfficePoint,
    PlanPage,
    Point,
    RunPage,
    SeatLine,
    TeamCard,
    TierLine,
    UncoveredLine,
    Verdict,
    VisitLine,
)

CITY = OfficePoint("city", "市委巡察办", "市本级", "city", 122.2, 29.9)
EAST = OfficePoint("east", "东县县委巡察办", "东县", "county", 122.3, 30.0)
WEST = OfficePoint("west", "西县县委巡察办", "西县", "county", 122.0, 30.0)
NORTH = OfficePoint("north", "北县县委巡察办", "北县", "county", 122.1, 30.4)
AT = datetime(2026, 8, 21, 6, 32, tzinfo=UTC)


def seat(name: str, office: OfficePoint, *, is_host_seat: bool = False) -> SeatLine:
    return SeatLine(
        name=name,
        office_code=office.code,
        office_name=office.short_name,
        post="科长",
        skills=("audit", "law"),
        rounds=2,
        is_host_seat=is_host_seat,
    )


def visit(unit: str, host: OfficePoint, first: date, last: date) -> VisitLine:
    return VisitLine(
        unit=unit,
        unit_code=unit,
        kind="department",
        host_code=host.code,
        host_name=host.short_name,
        start_on=first,
        end_on=last,
        working_days=5,
        risk=4,
        is_mandatory=True,
    )


def team(code: str, leader: str, origin: OfficePoint, host: OfficePoint) -> TeamCard:
    return TeamCard(
        code=code,
        name=f"第{code}组",
        leader=seat(leader, origin),
        deputies=(seat(f"副{code}", CITY),),
        members=(seat(f"员{code}", origin),),
        visits=(
            visit(f"{host.short_name}教育局", host, date(2026, 9, 7), date(2026, 9, 11)),
            visit(f"{host.short_name}财政局", host, date(2026, 9, 14), date(2026, 9, 18)),
        ),
    )


def a_plan(*, bound: int = 40) -> PlanPage:
    """`bound` of the last goal, whose value is 42."""
    return PlanPage(
        number=12,
        version=3,
        round_number=4,
        round_name="2026年第三轮",
        starts_on=date(2026, 9, 7),
        ends_on=date(2026, 9, 25),
        mode="ring",
        status="feasible",
        made_at=AT,
        run_number=31,
        seconds=58.2,
        verdict=Verdict(holds=True, checked_at=AT, teams=3, seats=9, visits=6, breaches=()),
        tiers=(TierLine(1, 0, 0, ("uncovered",)), TierLine(2, 42, bound, ("travel",))),
        gap=(42 - bound) / 42,
        measures=(MeasureLine("uncovered", 0, 1), MeasureLine("travel", 42, 2)),
        offices=(CITY, EAST, WEST, NORTH),
        flows=(
            Flow("city", "east", 1, 1),
            Flow("city", "north", 1, 1),
            Flow("city", "west", 1, 1),
            Flow("east", "west", 2, 1),
            Flow("west", "north", 2, 1),
            Flow("north", "east", 2, 1),
        ),
        teams=(
            team("A", "林海燕", EAST, WEST),
            team("B", "吴明", WEST, NORTH),
            team("C", "陈思源", NORTH, EAST),
        ),
        uncovered=(UncoveredLine("东县档案馆", "东县", 6, is_mandatory=False),),
        days_off=(
            DayOff(date(2026, 9, 12), date(2026, 9, 13), None),
            DayOff(date(2026, 9, 25), date(2026, 9, 25), Text("中秋节", "Mid-Autumn Festival")),
        ),
        is_handled=True,
    )


AT_WORK = RunPage(
    number=31,
    round_number=4,
    round_name="2026年第三轮",
    state="running",
    status=None,
    phase="annealing",
    cancel_requested=False,
    time_limit_s=60,
    elapsed_s=20.4,
    queued_at=AT,
    started_at=AT,
    finished_at=None,
    tiers=(TierLine(1, 0, 0, ("uncovered",)), TierLine(2, 42, 40, ("travel",))),
    gap=2 / 42,
    has_plan=True,
    history=(Point(1.0, 2, 90, None), Point(8.0, 2, 50, 30), Point(20.0, 2, 42, 40)),
    conflict=(),
    is_minimal=False,
    refusal=None,
    plan_number=12,
    is_handled=True,
)


def a_run(**changes: Any) -> RunPage:
    """At work, with a plan found, unless `changes` say otherwise."""
    return replace(AT_WORK, **changes)


def a_clash() -> RunPage:
    """Proven that no plan exists, with the two rules that clash."""
    return a_run(
        state="done",
        status="infeasible",
        tiers=(),
        gap=None,
        has_plan=False,
        history=(),
        plan_number=None,
        is_minimal=True,
        conflict=(
            ConflictLine(
                "skills",
                Text("专业力量", "Skills"),
                "东县教育局",
                Text("需要 2 名审计人员。", "Two auditors are needed."),
            ),
            ConflictLine(
                "own_county",
                Text("本县回避", "Own county"),
                "东县",
                Text(
                    "东县的 3 名审计人员不得巡察本县。", "The 3 auditors of East may not go there."
                ),
            ),
        ),
    )
