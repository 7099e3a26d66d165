"""The tables of scheduling. Django finds them here; import them from their own modules."""

from scheduling.models.imports import Import, ImportRow
from scheduling.models.plans import Plan, PlanSeat, PlanTeam, PlanVisit
from scheduling.models.releases import (
    CallNotice,
    Release,
    ReleaseCall,
    ReleasedFacts,
    ReleasedPerson,
    ReportedUnit,
    StaleNotice,
)
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.models.rounds import InspectionRound, RoundUnit, TeamSlot
from scheduling.models.runs import SolveInput, SolveRun
from scheduling.models.surveys import Bar, Survey

__all__ = [
    "Bar",
    "CallNotice",
    "Import",
    "ImportRow",
    "InspectedUnit",
    "InspectionRound",
    "Person",
    "Plan",
    "PlanSeat",
    "PlanTeam",
    "PlanVisit",
    "Release",
    "ReleaseCall",
    "ReleasedFacts",
    "ReleasedPerson",
    "ReportedUnit",
    "RoundUnit",
    "SolveInput",
    "SolveRun",
    "StaleNotice",
    "Survey",
    "TeamSlot",
]
