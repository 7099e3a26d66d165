"""The tables of sharing. Django finds them here; import them from their own modules."""

from sharing.models.contacts import UnitContact, UnitDesk
from sharing.models.dictionary import CategoryEdition, FindingCategory
from sharing.models.history import QuotedFigure
from sharing.models.letters import Letter, LetterCopy, LetterReply, LetterSeries, LetterStep
from sharing.models.look_backs import LookBack, LookBackResult, LookBackStep
from sharing.models.rectification import (
    Evaluation,
    ItemNote,
    JointCase,
    Outcome,
    OutcomeCause,
    RectificationItem,
    RectificationStep,
    Talk,
)
from sharing.models.rooms import Room, RoomMember, RoomSeat, RoomUnit
from sharing.models.rules import RuleArticle, RuleEdition, RuleImport, RuleText
from sharing.models.steps import HandRole, LawfulStep

__all__ = [
    "CategoryEdition",
    "Evaluation",
    "FindingCategory",
    "HandRole",
    "ItemNote",
    "JointCase",
    "LawfulStep",
    "Letter",
    "LetterCopy",
    "LetterReply",
    "LetterSeries",
    "LetterStep",
    "LookBack",
    "LookBackResult",
    "LookBackStep",
    "Outcome",
    "OutcomeCause",
    "QuotedFigure",
    "RectificationItem",
    "RectificationStep",
    "Room",
    "RoomMember",
    "RoomSeat",
    "RoomUnit",
    "RuleArticle",
    "RuleEdition",
    "RuleImport",
    "RuleText",
    "Talk",
    "UnitContact",
    "UnitDesk",
]
