"""The tables of sharing. Django finds them here; import them from their own modules."""

from sharing.models.history import QuotedFigure
from sharing.models.papers import (
    FindingClass,
    PaperBasis,
    PaperComment,
    PaperEvidence,
    PaperStep,
    PaperVersion,
    WorkingPaper,
)
from sharing.models.reports import InspectionReport, ReportStep, ReportText
from sharing.models.rooms import Room, RoomMember, RoomSeat, RoomUnit
from sharing.models.steps import HandRole, LawfulStep

__all__ = [
    "FindingClass",
    "HandRole",
    "InspectionReport",
    "LawfulStep",
    "PaperBasis",
    "PaperComment",
    "PaperEvidence",
    "PaperStep",
    "PaperVersion",
    "QuotedFigure",
    "ReportStep",
    "ReportText",
    "Room",
    "RoomMember",
    "RoomSeat",
    "RoomUnit",
    "WorkingPaper",
]
