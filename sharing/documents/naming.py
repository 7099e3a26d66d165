"""What a document is called when it is saved: its words, without what a disk or an eye stumbles over."""

from __future__ import annotations

import re
from typing import Final

from sharing.documents.plain import one_line

# Signs that one system or another keeps for itself, and spaces.
_NOT_IN_A_NAME: Final = re.compile(r'[\\/:*?"<>|\s]+')
# 80 signs of three bytes are 240: a name holds 255, and the ending needs some.
_LONGEST: Final = 80


def file_name(*words: str) -> str:
    """「函告-巡函〔2026〕3号.docx」. Words that are empty are left out; a long name is cut."""
    said = "-".join(_NOT_IN_A_NAME.sub("_", one_line(word)) for word in words if word)
    return f"{_cut(said)}.docx"


def _cut(name: str) -> str:
    """By bytes: a sign beyond the first plane has four."""
    kept = name[:_LONGEST].encode()[: _LONGEST * 3]
    return kept.decode(errors="ignore").strip(".")
