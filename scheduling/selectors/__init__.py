"""Lists and figures for pages: nouns, read only, in a constant number of queries."""

from scheduling.selectors.plans import (
    BreachLine,
    DayOff,
    Flow,
    MeasureLine,
    OfficePoint,
    PlanPage,
    SeatLine,
    TeamCard,
    TierLine,
    UncoveredLine,
    Verdict,
    VisitLine,
    plan_page,
)
from scheduling.selectors.runs import ConflictLine, Point, RunPage, run_page
from scheduling.selectors.workbench import CallFact, Desk, ImportFact, RoundFact, desk

__all__ = [
    "BreachLine",
    "CallFact",
    "ConflictLine",
    "DayOff",
    "Desk",
    "Flow",
    "ImportFact",
    "MeasureLine",
    "OfficePoint",
    "PlanPage",
    "Point",
    "RoundFact",
    "RunPage",
    "SeatLine",
    "TeamCard",
    "TierLine",
    "UncoveredLine",
    "Verdict",
    "VisitLine",
    "desk",
    "plan_page",
    "run_page",
]
