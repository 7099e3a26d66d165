"""The tables of sharing. Django finds them here; import them from their own modules."""

from sharing.models.clues import Clue, ClueRoute, ClueStep
from sharing.models.hand_over import HandOverEntry, HandOverList
from sharing.models.history import QuotedFigure
from sharing.models.informants import Informant, InformantCustodian, InformantEvent
from sharing.models.interference import InterferenceEntry
from sharing.models.office_clues import ClueOutcome, ClueTie, OfficeClue, OfficeClueStep
from sharing.models.rooms import Room, RoomMember, RoomSeat, RoomUnit
from sharing.models.steps import HandRole, LawfulStep

__all__ = [
    "Clue",
    "ClueOutcome",
    "ClueRoute",
    "ClueStep",
    "ClueTie",
    "HandOverEntry",
    "HandOverList",
    "HandRole",
    "Informant",
    "InformantCustodian",
    "InformantEvent",
    "InterferenceEntry",
    "LawfulStep",
    "OfficeClue",
    "OfficeClueStep",
    "QuotedFigure",
    "Room",
    "RoomMember",
    "RoomSeat",
    "RoomUnit",
]
