"""The tables of sharing. Django finds them here; import them from their own modules."""

from sharing.models.attachments import Attachment, SealedDerivative, SealedOriginal
from sharing.models.history import QuotedFigure
from sharing.models.rooms import Room, RoomMember, RoomSeat, RoomUnit
from sharing.models.steps import HandRole, LawfulStep

__all__ = [
    "Attachment",
    "HandRole",
    "LawfulStep",
    "QuotedFigure",
    "Room",
    "RoomMember",
    "RoomSeat",
    "RoomUnit",
    "SealedDerivative",
    "SealedOriginal",
]
