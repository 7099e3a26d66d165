"""Hits become notices: each owner is told at a moment of its own, and of a clue once at a time.

Further hits of a clue whose owner is told already, and may still answer long enough, join that notice and tell
nothing: how many there are is no owner's to know. Where the notice ends too soon they wait until it is over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sharing.domain.corroboration.classes import About
from sharing.domain.corroboration.consent import Notice
from sharing.domain.corroboration.matching import Hit, Holder, Pair
from sharing.domain.corroboration.moments import Draw, Moments


@dataclass(frozen=True, slots=True)
class TellingRules:
    """`answer_days`: how long an owner may answer, from when it is told. `fewest_days_together`: for how long both
    terms must run side by side at least.

    `ValueError`: a fresh notice would not leave that much, and hits would wait for ever.
    """

    moments: Moments
    answer_days: int = 60
    fewest_days_together: int = 21

    def __post_init__(self) -> None:
        if self.answer_days < self.moments.spread + self.fewest_days_together:
            raise ValueError("The term to answer is too short for both sides to meet in it.")


@dataclass(slots=True)
class Telling:
    """What one matching leads to. `pairs`: count as told from now on; each links the two notices that are
    the newest of its clues now, and no later ones. `notices`: the new ones."""

    pairs: list[Pair] = field(default_factory=list)
    notices: dict[Holder, Notice] = field(default_factory=dict)


def telling(
    hits: Iterable[Hit],
    running: Mapping[Holder, Notice],
    matched_at: datetime,
    rules: TellingRules,
    draw: Draw,
    withdrawn: Collection[Holder] = (),
) -> Telling:
    """Whom to tell of these hits, and when.

    Parameters
    ----------
    running
        The newest notice of each clue that has one.
    draw
        The source of randomness: `secrets.randbelow`. Each owner's moment is drawn by itself.
    withdrawn
        Clues that are gone: nobody is told of them any more; whoever they were paired with is told as if
        they stood.
    """
    made = Telling()
    for hit in hits:
        notices = [made.notices.get(holder) or running.get(holder) for holder in hit.pair]
        if any(_ends_too_soon(one, matched_at, rules) for one in notices):
            continue
        made.pairs.append(hit.pair)
        for holder, notice in zip(hit.pair, notices, strict=True):
            if holder not in withdrawn and (notice is None or notice.ends_at <= matched_at):
                made.notices[holder] = _notice(holder, hit.about, matched_at, rules, draw)
    return made


def _ends_too_soon(notice: Notice | None, matched_at: datetime, rules: TellingRules) -> bool:
    """It runs, but whoever is told last of this matching would meet its owner too briefly."""
    if notice is None or notice.ends_at <= matched_at:
        return False
    last_told_at = rules.moments.last_told_at(matched_at)
    return notice.ends_at < last_told_at + timedelta(days=rules.fewest_days_together)


def _notice(
    holder: Holder, about: About, matched_at: datetime, rules: TellingRules, draw: Draw
) -> Notice:
    told_at = rules.moments.told_at(matched_at, draw)
    return Notice(holder, about, told_at, told_at + timedelta(days=rules.answer_days))
