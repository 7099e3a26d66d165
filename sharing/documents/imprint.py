"""Whose a document is, when it was made, and who took it away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kernel.clock import CHINA
from sharing.documents.plain import one_line


@dataclass(frozen=True, slots=True)
class Imprint:
    """`office` stands as the author: no person and no machine is named in the file's properties.

    `taken_by` names who exports: every page then says the name and the time. Empty for the
    document that is signed and sent. `made_at` is given, never asked for: the same input makes
    the same bytes.
    """

    office: str
    made_at: datetime
    taken_by: str = ""

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise ValueError("An imprint needs an aware datetime.")

    @property
    def made_at_utc(self) -> datetime:
        """To the second: a file's properties know no finer time."""
        return self.made_at.astimezone(UTC).replace(microsecond=0)

    @property
    def mark(self) -> str:
        """What every page of an export says; empty when nobody took it away."""
        if not self.taken_by:
            return ""
        at = self.made_at.astimezone(CHINA)
        return f"{one_line(self.office)} {one_line(self.taken_by)} {at:%Y-%m-%d %H:%M} 导出"
