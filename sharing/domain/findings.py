"""What a working paper is called, and what kinds of evidence it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kernel.text import Text

MOST_LINES = 40  # bases of a paper, and lines of its evidence


class EvidenceKind(StrEnum):
    DOCUMENT = "document"
    ACCOUNTS = "accounts"
    MINUTES = "minutes"
    INTERVIEW = "interview"
    SITE = "site"
    DATA = "data"


EVIDENCE_TITLES: Mapping[EvidenceKind, Text] = {
    EvidenceKind.DOCUMENT: Text(zh="文件", en="document"),
    EvidenceKind.ACCOUNTS: Text(zh="账册凭证", en="accounts and vouchers"),
    EvidenceKind.MINUTES: Text(zh="会议记录", en="minutes"),
    EvidenceKind.INTERVIEW: Text(zh="谈话记录", en="record of an interview"),
    EvidenceKind.SITE: Text(zh="现场核查记录", en="record of a visit"),
    EvidenceKind.DATA: Text(zh="数据比对", en="comparison of data"),
}


def paper_mark(year: int, round_number: int, team_code: str, sequence: int) -> str:
    """〔year〕round-team-sequence."""
    return f"〔{year}〕{round_number}-{team_code}-{sequence:03d}"
