"""The tables of sharing. Django finds them here; import them from their own modules."""

from sharing.models.authorisations import Authorisation, AuthorisationRequest, PersonAccount
from sharing.models.history import QuotedFigure
from sharing.models.rooms import Room, RoomMember, RoomSeat, RoomUnit
from sharing.models.steps import HandRole, LawfulStep
from sharing.models.weekly import WeeklyReport

__all__ = [
    "Authorisation",
    "AuthorisationRequest",
    "HandRole",
    "LawfulStep",
    "PersonAccount",
    "QuotedFigure",
    "Room",
    "RoomMember",
    "RoomSeat",
    "RoomUnit",
    "WeeklyReport",
]
