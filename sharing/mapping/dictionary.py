"""Classes of findings as entries of an edition, and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sharing.domain.dictionary import Entry
from sharing.models.dictionary import FindingCategory


def entries_of(categories: Iterable[FindingCategory]) -> list[Entry]:
    """Headings first; each level by code, so that two sets that are the same are told the same."""
    rows = list(categories)
    codes = {row.pk: row.code for row in rows}
    entries = [row.entry(codes[row.parent_id] if row.parent_id else "") for row in rows]
    return sorted(entries, key=lambda one: (bool(one.parent), one.code))


def as_json(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    return [asdict(one) | {"frame": one.frame.value} for one in entries]
