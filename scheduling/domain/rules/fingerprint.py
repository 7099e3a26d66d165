"""Which rule book a plan was checked by: one hash over everything that the book says."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256

from scheduling.domain.rules import RULE_BOOK


@cache
def rules_sha256() -> str:
    """SHA-256 over code, words, basis and parameters of every rule, in the book's order."""
    said = [
        [
            rule.code,
            rule.title.zh,
            rule.text.zh,
            rule.text.en,
            rule.kind,
            list(rule.policy),
            [[str(basis.title), str(basis.article)] for basis in rule.basis],
        ]
        for rule in RULE_BOOK
    ]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
