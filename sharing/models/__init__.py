"""The tables of sharing. Django finds them here; import them from their own modules."""

from sharing.models.attachments import Attachment, SealedDerivative, SealedOriginal
from sharing.models.authorisations import Authorisation, AuthorisationRequest, PersonAccount
from sharing.models.clues import Clue, ClueRoute, ClueStep
from sharing.models.contacts import UnitContact, UnitDesk
from sharing.models.corroboration import (
    ClueParty,
    HitNotice,
    HitNoticeStep,
    LedPartner,
    ProbingAlert,
)
from sharing.models.deadlines import Deadline, DeadlinePause, DeadlineTold, OfficeDay, TermProfile
from sharing.models.dictionary import CategoryEdition, FindingCategory
from sharing.models.digests import (
    Digest,
    DigestCopy,
    DigestQuestion,
    DigestRule,
    SealedDigest,
)
from sharing.models.document_requests import DocumentRequest, DocumentRequestStep
from sharing.models.evidence_files import EvidenceFile
from sharing.models.hand_over import HandOverEntry, HandOverList, HandOverUrging
from sharing.models.history import QuotedFigure
from sharing.models.informants import Informant, InformantCustodian, InformantEvent
from sharing.models.interference import InterferenceEntry
from sharing.models.interviews import Interview, InterviewStratum
from sharing.models.ledgers import PastProblem, ProblemImport, StagedProblem
from sharing.models.letters import Letter, LetterCopy, LetterReply, LetterSeries, LetterStep
from sharing.models.look_backs import LookBack, LookBackResult, LookBackStep
from sharing.models.note_files import NoteFile
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
from sharing.models.past_clues import ClueImport, PastClue, StagedClue
from sharing.models.petitions import Petition
from sharing.models.posts import PostSetting, RoomPost
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
from sharing.models.reply_files import ReplyFile
from sharing.models.reports import InspectionReport, ReportStep, ReportText
from sharing.models.rooms import Room, RoomMember, RoomSeat, RoomUnit
from sharing.models.rules import RuleArticle, RuleEdition, RuleImport, RuleText
from sharing.models.share_grants import (
    ShareDisclosure,
    ShareGrant,
    ShareGrantStep,
    ShareNote,
    ShareView,
    ShownView,
)
from sharing.models.share_groups import ShareGroup, ShareGroupUse
from sharing.models.steps import HandRole, LawfulStep
from sharing.models.weekly import WeeklyReport

__all__ = [
    "Attachment",
    "Authorisation",
    "AuthorisationRequest",
    "BroughtPackage",
    "CategoryEdition",
    "Clue",
    "ClueImport",
    "ClueOutcome",
    "ClueParty",
    "ClueRoute",
    "ClueStep",
    "ClueTie",
    "Deadline",
    "DeadlinePause",
    "DeadlineTold",
    "Digest",
    "DigestCopy",
    "DigestQuestion",
    "DigestRule",
    "DocumentRequest",
    "DocumentRequestStep",
    "Evaluation",
    "EvidenceFile",
    "FindingCategory",
    "HandOverEntry",
    "HandOverList",
    "HandOverUrging",
    "HandRole",
    "HitNotice",
    "HitNoticeStep",
    "Informant",
    "InformantCustodian",
    "InformantEvent",
    "InspectionReport",
    "InterferenceEntry",
    "Interview",
    "InterviewStratum",
    "ItemNote",
    "JointCase",
    "LawfulStep",
    "LedPartner",
    "Letter",
    "LetterCopy",
    "LetterReply",
    "LetterSeries",
    "LetterStep",
    "LookBack",
    "LookBackResult",
    "LookBackStep",
    "NoteFile",
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
    "PastClue",
    "PastProblem",
    "PersonAccount",
    "Petition",
    "PostSetting",
    "ProbingAlert",
    "ProblemImport",
    "QuotedFigure",
    "ReceivedPackage",
    "ReceivedRecord",
    "RectificationItem",
    "RectificationStep",
    "ReplyFile",
    "ReportStep",
    "ReportText",
    "Room",
    "RoomMember",
    "RoomPost",
    "RoomSeat",
    "RoomUnit",
    "RuleArticle",
    "RuleEdition",
    "RuleImport",
    "RuleText",
    "SealedDerivative",
    "SealedDigest",
    "SealedOriginal",
    "SentPackage",
    "SentRecord",
    "ShareDisclosure",
    "ShareGrant",
    "ShareGrantStep",
    "ShareGroup",
    "ShareGroupUse",
    "ShareNote",
    "ShareView",
    "ShownView",
    "SigningKey",
    "StagedClue",
    "StagedProblem",
    "Talk",
    "TermProfile",
    "UnitContact",
    "UnitDesk",
    "WeeklyReport",
    "WorkingPaper",
]
