"""The tables of sharing. Django finds them here; import them from their own modules."""

from sharing.models.attachments import Attachment, SealedDerivative, SealedOriginal
from sharing.models.authorisations import Authorisation, AuthorisationRequest, PersonAccount
from sharing.models.clues import Clue, ClueRoute, ClueStep
from sharing.models.contacts import UnitContact, UnitDesk
from sharing.models.deadlines import Deadline, DeadlinePause, DeadlineTold, OfficeDay, TermProfile
from sharing.models.dictionary import CategoryEdition, FindingCategory
from sharing.models.hand_over import HandOverEntry, HandOverList
from sharing.models.history import QuotedFigure
from sharing.models.informants import Informant, InformantCustodian, InformantEvent
from sharing.models.interference import InterferenceEntry
from sharing.models.letters import Letter, LetterCopy, LetterReply, LetterSeries, LetterStep
from sharing.models.look_backs import LookBack, LookBackResult, LookBackStep
from sharing.models.office_clues import ClueOutcome, ClueTie, OfficeClue, OfficeClueStep
from sharing.models.packages import (
    BroughtPackage,
    PackageAnswer,
    PartnerKey,
    ReceivedPackage,
    ReceivedRecord,
    SentPackage,
    SentRecord,
    SigningKey,
)
from sharing.models.papers import (
    PaperBasis,
    PaperComment,
    PaperEvidence,
    PaperStep,
    PaperVersion,
    WorkingPaper,
)
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
from sharing.models.reports import InspectionReport, ReportStep, ReportText
from sharing.models.rooms import Room, RoomMember, RoomSeat, RoomUnit
from sharing.models.rules import RuleArticle, RuleEdition, RuleImport, RuleText
from sharing.models.steps import HandRole, LawfulStep
from sharing.models.weekly import WeeklyReport

__all__ = [
    "Attachment",
    "Authorisation",
    "AuthorisationRequest",
    "BroughtPackage",
    "CategoryEdition",
    "Clue",
    "ClueOutcome",
    "ClueRoute",
    "ClueStep",
    "ClueTie",
    "Deadline",
    "DeadlinePause",
    "DeadlineTold",
    "Evaluation",
    "FindingCategory",
    "HandOverEntry",
    "HandOverList",
    "HandRole",
    "Informant",
    "InformantCustodian",
    "InformantEvent",
    "InspectionReport",
    "InterferenceEntry",
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
    "OfficeClue",
    "OfficeClueStep",
    "OfficeDay",
    "Outcome",
    "OutcomeCause",
    "PackageAnswer",
    "PaperBasis",
    "PaperComment",
    "PaperEvidence",
    "PaperStep",
    "PaperVersion",
    "PartnerKey",
    "PersonAccount",
    "QuotedFigure",
    "ReceivedPackage",
    "ReceivedRecord",
    "RectificationItem",
    "RectificationStep",
    "ReportStep",
    "ReportText",
    "Room",
    "RoomMember",
    "RoomSeat",
    "RoomUnit",
    "RuleArticle",
    "RuleEdition",
    "RuleImport",
    "RuleText",
    "SealedDerivative",
    "SealedOriginal",
    "SentPackage",
    "SentRecord",
    "SigningKey",
    "Talk",
    "TermProfile",
    "UnitContact",
    "UnitDesk",
    "WeeklyReport",
    "WorkingPaper",
]
