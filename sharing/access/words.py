"""Words that are looked for in a text."""

from __future__ import annotations

from django.db.models import Q


def holds(field: str, words: str) -> Q:
    """The field's text holds the words, in capitals or not. Where they have no capitals, as in
    Chinese, nothing is turned into them: that costs more than the search."""
    how = "contains" if words.upper() == words.lower() else "icontains"
    return Q(**{f"{field}__{how}": words})
