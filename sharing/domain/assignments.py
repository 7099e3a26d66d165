"""What a feedback lays before its unit: which findings become one item of rectification.

A finding becomes an item of its own, or one together with others of its class. What was found of
different classes is never one item: what is counted by class would no longer be true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# The column of an item's issue holds so much: one finding at its longest, or several of usual length.
MOST_OF_AN_ISSUE = 25_000
# Of what is typed by hand: one issue, its category, and how many at once.
LONGEST_ISSUE = 5_000
LONGEST_CATEGORY = 100
MOST_ISSUES = 500


class DifferentClasses(ValueError):
    """Findings of more than one class were to be one item."""


class TooLongTogether(ValueError):
    """Together they are more than an item holds."""


@dataclass(frozen=True, slots=True)
class FedBack:
    """A finding as it was fed back. `category`: its class, in words."""

    number: int
    title: str
    fact: str
    category: str

    @property
    def words(self) -> str:
        """What the unit is to put right, word for word."""
        return f"{self.title}\n{self.fact}"


@dataclass(frozen=True, slots=True)
class Laid:
    """An item to be made, with the findings that it is of."""

    issue: str
    category: str
    findings: tuple[int, ...]


def laid(findings: Sequence[FedBack], *, together: bool = False) -> list[Laid]:
    """Each finding an item of its own, or all of them one. `DifferentClasses`, `TooLongTogether`."""
    if not together or len(findings) < 2:
        return [Laid(one.words, one.category, (one.number,)) for one in findings]
    classes = {one.category for one in findings}
    if len(classes) > 1:
        raise DifferentClasses
    issue = "\n".join(_numbered(one.words for one in findings))
    if len(issue) > MOST_OF_AN_ISSUE:
        raise TooLongTogether
    return [Laid(issue, classes.pop(), tuple(one.number for one in findings))]


def heading_of(issue: str) -> str:
    """The first line of an item's issue, for a line of a letter or of a list."""
    return issue.strip().partition("\n")[0].strip()


def _numbered(words: Iterable[str]) -> Iterable[str]:
    return (f"{place}. {text}" for place, text in enumerate(words, start=1))
