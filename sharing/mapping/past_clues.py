"""Lines of a ledger of clues beside the past clues that the office has."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sharing.domain.ledgers import Judgement, Said, judged
from sharing.domain.past_clues import PastClue
from sharing.models.past_clues import PastClue as PastClueRow
from tenancy.actor import Actor
from tenancy.models import Office

FIELDS = (
    *("number", "subject_name", "subject_unit", "management_level", "gist", "handed_over_on"),
    *("receipt_number", "disposal", "outcomes", "result_on", "key"),
)


def judge_clues(actor: Actor, clues: Collection[PastClue], today: date) -> list[Judgement]:
    """In their order."""
    kept = _kept(actor, {one.key for one in clues})
    of_county = actor.office_kind == Office.Kind.COUNTY
    return [
        judged(
            one.said(),
            faults=one.faults(today, of_county=of_county),
            remarks=one.remarks(),
            kept=kept.get(one.key),
        )
        for one in clues
    ]


def clue_values(said: Said) -> dict[str, Any]:
    """Of a `PastClue` row that says what `said` tells."""
    return {name: said[name] for name in FIELDS}


def _kept(actor: Actor, keys: Collection[str]) -> dict[str, dict[str, Any]]:
    rows = PastClueRow.objects.filter(tenant_id=actor.tenant_id, key__in=keys).values(*FIELDS)
    return {row["key"]: {name: _as_json(value) for name, value in row.items()} for row in rows}


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
