"""A list of hand-over as the document that both sides keep, from the very text that was signed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kernel.clock import CHINA
from sharing.documents.hand_over import HandedClue, HandOver, Side
from sharing.domain.clues import SOURCE_TITLES, SourceKind
from sharing.domain.due_dates import Clock
from sharing.domain.routing import LEVEL_TITLES, ManagementLevel
from sharing.domain.terms import OfficeTerms
from sharing.models.hand_over import HandOverList
from sharing.models.office_clues import OfficeClue
from tenancy.domain.roles import ROLE_TITLES, Role


def hand_over_document(
    list_: HandOverList, standing: OfficeClue | None, terms: OfficeTerms, *, office: str
) -> HandOver:
    """`standing`: a clue that is on the list still and whose terms run; it knows their last days."""
    signed = json.loads(list_.document)
    received = ""
    if list_.receipt_number is not None:
        received = _number(list_.receipt_year, list_.receipt_number)
    return HandOver(
        number=_number(list_.year, list_.number),
        secrecy="",
        clues=tuple(_clue(one) for one in signed["clues"]),
        gives=Side(office, list_.signed_by_name, _on(list_.signed_at)),
        takes=Side(
            ROLE_TITLES[Role.DISCIPLINE_BODY].zh,
            list_.acknowledged_by_name,
            _on(list_.acknowledged_at),
        ),
        receipt=received,
        opinion_days=terms.days(Clock.CLUE_DISPOSAL),
        result_days=terms.days(Clock.CLUE_RESULT),
        opinion_on=standing.disposal_due_on if standing else None,
        result_on=standing.result_due_on if standing else None,
    )


def _clue(told: Mapping[str, Any]) -> HandedClue:
    subject = told["subject"]
    number = _number(told["number"]["year"], told["number"]["number"])
    return HandedClue(
        number=f"{number}（紧急）" if told["is_urgent"] else number,
        subject=subject["name"],
        post=f"{subject['unit']}\n{subject['post']}".strip(),
        level=LEVEL_TITLES[ManagementLevel(subject["management_level"])].zh,
        gist=told["gist"],
        evidence=tuple(told["evidence"]),
        source=f"{told['round']}\n{told['team']}\n{SOURCE_TITLES[SourceKind(told['source_kind'])].zh}",
    )


def _number(year: int | None, number: int) -> str:
    return f"〔{year}〕{number}号"


def _on(at: datetime | None) -> date | None:
    return at.astimezone(CHINA).date() if at else None
