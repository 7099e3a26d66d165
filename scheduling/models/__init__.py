"""The tables of scheduling. Django finds them here; import them from their own modules."""

from scheduling.models.declarations import Declaration, DeclarationWithdrawal
from scheduling.models.dispatches import Confirmation, ConfirmationRequest, PublishedExtract
from scheduling.models.emergencies import EmergencyAccess, EmergencyOpening
from scheduling.models.handlers import RoundHandler
from scheduling.models.imports import Import, ImportRow
from scheduling.models.notices import Notice, NoticeRead
from scheduling.models.pins import RoundPin
from scheduling.models.plans import (
    Plan,
    PlanEdit,
    PlanSeat,
    PlanStep,
    PlanTeam,
    PlanVisit,
    SeatSuspension,
)
from scheduling.models.publications import Booking, Publication
from scheduling.models.questions import FrozenBar, FrozenQuestion, Inspector
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
from scheduling.models.sealed import SealedContent, SealedExport
from scheduling.models.surveys import Bar, Survey

__all__ = [
    "Bar",
    "Booking",
    "CallNotice",
    "Confirmation",
    "ConfirmationRequest",
    "Declaration",
    "DeclarationWithdrawal",
    "EmergencyAccess",
    "EmergencyOpening",
    "FrozenBar",
    "FrozenQuestion",
    "Import",
    "ImportRow",
    "InspectedUnit",
    "InspectionRound",
    "Inspector",
    "Notice",
    "NoticeRead",
    "Person",
    "Plan",
    "PlanEdit",
    "PlanSeat",
    "PlanStep",
    "PlanTeam",
    "PlanVisit",
    "Publication",
    "PublishedExtract",
    "Release",
    "ReleaseCall",
    "ReleasedFacts",
    "ReleasedPerson",
    "ReportedUnit",
    "RoundHandler",
    "RoundPin",
    "RoundUnit",
    "SealedContent",
    "SealedExport",
    "SeatSuspension",
    "SolveInput",
    "SolveRun",
    "StaleNotice",
    "Survey",
    "TeamSlot",
]
