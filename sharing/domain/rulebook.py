"""Which edition of a text was in force on a day, and what becomes of a workbook of rules. Pure.

Nothing of the library is ever changed: an edition that is amended, corrected or repealed is followed by
another row, so what a finding cites says for ever what it said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kernel.text import Text

MOST_ARTICLES = 3_000  # in one workbook
MOST_FOUND = 50  # articles that a search shows


@dataclass(frozen=True, slots=True)
class Edition:
    """`revision`: of two with the same first day the later one, which corrects the earlier."""

    effective_from: date
    revision: int = 1
    is_repeal: bool = False  # from this day on the text is not in force any more


def in_force(editions: Iterable[Edition], on: date) -> Edition | None:
    """The edition that applied on the day; None: none did yet, or the text was repealed."""
    begun = [one for one in editions if one.effective_from <= on]
    newest = max(begun, key=lambda one: (one.effective_from, one.revision), default=None)
    return None if newest is None or newest.is_repeal else newest


def last_day(edition: Edition, editions: Iterable[Edition]) -> date | None:
    """The day before the next edition begins; None: it is open-ended. One that was corrected or that
    begins on the same day has no day at all: its last is the day before its first."""
    later = [
        one.effective_from
        for one in editions
        if (one.effective_from, one.revision) > (edition.effective_from, edition.revision)
    ]
    first = min(later, default=None)
    return None if first is None else date.fromordinal(first.toordinal() - 1)


@dataclass(frozen=True, slots=True)
class Article:
    """`is_gist`: the words say what the article is about; they are not its own."""

    number: str
    chapter: str
    words: str
    is_gist: bool


@dataclass(slots=True)
class Draft:
    """One edition of one text, as a workbook tells it."""

    title: str
    issuer: str
    number: str
    label: str
    effective_from: date
    is_repeal: bool = False
    articles: list[Article] = field(default_factory=list)


class Fate(StrEnum):
    """What applying an edition of the workbook would do."""

    NEW_TEXT = "new_text"
    NEW_EDITION = "new_edition"
    CORRECTION = "correction"
    SAME = "same"


FATES = {
    Fate.NEW_TEXT: Text(zh="新增法规", en="new text"),
    Fate.NEW_EDITION: Text(zh="新增版本", en="new edition"),
    Fate.CORRECTION: Text(zh="更正（原版本保留）", en="correction; the earlier one stays"),
    Fate.SAME: Text(zh="已有，内容相同", en="there already, word for word"),
}


def fate_of(
    draft: Draft, known_text: bool, newest_that_day: Sequence[Article] | None, is_repeal: bool
) -> Fate:
    """`newest_that_day`: the articles of the library's last edition with the same first day, if any."""
    if not known_text:
        return Fate.NEW_TEXT
    if newest_that_day is None:
        return Fate.NEW_EDITION
    is_same = list(newest_that_day) == draft.articles and is_repeal == draft.is_repeal
    return Fate.SAME if is_same else Fate.CORRECTION
