"""The tables of sharing. Django finds them here; import them from their own modules."""

from sharing.models.deadlines import (
    Deadline,
    DeadlinePause,
    DeadlineTold,
    OfficeDay,
    TermProfile,
)
from sharing.models.history import QuotedFigure

__all__ = [
    "Deadline",
    "DeadlinePause",
    "DeadlineTold",
    "OfficeDay",
    "QuotedFigure",
    "TermProfile",
]
