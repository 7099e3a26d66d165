"""A small digest of three counties: what the tests of digests are made of."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.text import Text
from sharing.domain.digest.publications import Mark, Sealed
from sharing.domain.digest.publishing import Rule, published
from sharing.domain.digest.tables import (
    Dimension,
    Table,
    Value,
)

CHEAPEST = Rule(decoys=0, unbroken=0)
W, B = Mark.WITHHELD, Mark.NOT_BROKEN_DOWN


def values(*codes: str) -> tuple[Value, ...]:
    return tuple(Value(code, Text(zh=code, en=code)) for code in codes)


def dimension(code: str, *codes: str) -> Dimension:
    return Dimension(code, Text(zh=code, en=code), values(*codes))


COUNTIES = dimension("county", "east", "west", "north")
KINDS = dimension("kind", "bureau", "township", "school")


def table(code: str, *dimensions: Dimension, cohort: str = "2026-Q1") -> Table:
    return Table(code, Text(zh=code, en=code), "findings", cohort, dimensions)


BY_KIND = table("kinds", KINDS, COUNTIES)
COUNTS: dict[tuple[str, ...], int] = {
    ("bureau", "east"): 2, ("bureau", "west"): 9, ("bureau", "north"): 7,
    ("township", "east"): 8, ("township", "west"): 5, ("township", "north"): 6,
    ("school", "east"): 4, ("school", "west"): 0, ("school", "north"): 12,
}  # fmt: skip


def published_by_kind(counts: Mapping[tuple[str, ...], int], rule: Rule = CHEAPEST) -> Sealed:
    return published("2026-Q1", (BY_KIND,), {"kinds": counts}, rule=rule)
