"""The sealed list of hand-over (线索移交清单): one text, hashed when it is signed.

Canonical JSON: keys in order, no spaces, UTF-8 as it is. Whoever holds the text and the hash can tell
whether it is the one that was signed, with any tool.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

FORMAT = "clue-hand-over-list/1"


@dataclass(frozen=True, slots=True)
class Entry:
    """A clue as the list has it. `number`: the office's own. Of whoever gave the hint there is no
    word: nothing here could hold one."""

    number: int
    year: int
    subject_name: str
    subject_post: str
    subject_unit: str
    management_level: str
    source_kind: str
    is_urgent: bool
    gist: str
    evidence: Sequence[str]
    round_name: str
    team_name: str


def document(
    *,
    office: str,
    number: int,
    year: int,
    signed_by: str,
    signed_on: date,
    entries: Sequence[Entry],
) -> str:
    """The text that is sealed."""
    content = {
        "format": FORMAT,
        "office": office,
        "list": {"year": year, "number": number},
        "signed_by": signed_by,
        "signed_on": signed_on.isoformat(),
        "clues": [_told(place, one) for place, one in enumerate(entries, start=1)],
    }
    return canonical(content)


def _told(place: int, one: Entry) -> Mapping[str, Any]:
    return {
        "place": place,
        "number": {"year": one.year, "number": one.number},
        "subject": {
            "name": one.subject_name,
            "post": one.subject_post,
            "unit": one.subject_unit,
            "management_level": one.management_level,
        },
        "source_kind": one.source_kind,
        "is_urgent": one.is_urgent,
        "gist": one.gist,
        "evidence": list(one.evidence),
        "round": one.round_name,
        "team": one.team_name,
    }


def urging(
    *, office: str, year: int, number: int, is_received: bool, clues: Sequence[tuple[int, int]]
) -> str:
    """The text of an urging letter: numbers of the register alone, of nobody a name."""
    named = "、".join(f"〔{of_year}〕{of_number}号" for of_year, of_number in clues)
    asked = (
        f"其中{named}问题线索已逾办理期限，请抓紧办理，并及时反馈处置意见和办理结果。"
        if is_received
        else f"所列{named}问题线索尚未签收，请及时签收并按规定办理。"
    )
    return f"主送：纪检监察机关\n移交单位：{office}\n正文：\n《问题线索移交清单》〔{year}〕{number}号，{asked}"


def canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealed_with(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
