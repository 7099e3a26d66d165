"""Drafts of a workbook as they wait in an import, and rows of the library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from scheduling.workbooks.columns import Fault
from sharing.domain.rulebook import Article, Draft, Fate
from sharing.models.rules import RuleArticle


def draft_as_json(draft: Draft, fate: Fate) -> dict[str, Any]:
    day = {"effective_from": draft.effective_from.isoformat(), "fate": fate.value}
    return asdict(draft) | day


def draft_of(told: dict[str, Any]) -> Draft:
    fields = {key: value for key, value in told.items() if key != "fate"}
    return Draft(
        **fields
        | {
            "effective_from": date.fromisoformat(told["effective_from"]),
            "articles": [Article(**one) for one in told["articles"]],
        }
    )


def fault_as_json(row: int, fault: Fault) -> dict[str, Any]:
    return {"row": row} | fault.as_json()


def articles_of(rows: Iterable[RuleArticle]) -> list[Article]:
    return [Article(row.number, row.chapter, row.words, row.is_gist) for row in rows]
