"""What of the table of roles each operation opens: `operations.csv`, a line each.

What an endpoint declares in its code is held to it; a new operation without a line fails the build.
`a|b`: one of the rules is enough. `open`: for strangers, too.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from tenancy.domain.matrix import Rule
from tenancy.domain.reads import Reading, read_reads

OPEN = "open"


@cache
def rules_of_operations() -> Mapping[str, tuple[Rule, ...]]:
    """By operation; no rule for what is open to strangers."""
    text = resources.files(__package__).joinpath("operations.csv").read_text(encoding="utf-8")
    return {
        row["operation"]: () if row["rule"] == OPEN else Rule.any_of(row["rule"])
        for row in csv.DictReader(text.splitlines())
    }


@cache
def reads_of_operations() -> Mapping[str, Reading]:
    """Which of them leave a line when they are read: `reads.csv`. What acts leaves its own."""
    text = resources.files(__package__).joinpath("reads.csv").read_text(encoding="utf-8")
    return read_reads(text)
