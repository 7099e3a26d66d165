"""Two texts beside each other: what went, what came, what stayed. Word by word, without a dictionary.

Chinese writes no gaps between words. A text is cut into single Chinese characters and into whole runs of
letters and of digits (so that 12,300 and 12,800 differ as numbers, not in a digit), and what stayed in
between two changes for a single character is shown with them: else a sentence that was rewritten reads
as confetti.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|\s+|.", re.DOTALL)
# Beyond this many pieces in both together, lines are compared in place of words: time grows with the square.
MOST_PIECES = 8_000


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class Piece:
    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`before` without what came, `after` without what went: for the two columns."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def is_none(self) -> bool:
        return all(piece.change is Change.SAME for piece in (*self.before, *self.after))


def difference(before: str, after: str) -> Difference:
    """Joined, each column is the text that was given, to the character."""
    left, right = _pieces(before), _pieces(after)
    if len(left) + len(right) > MOST_PIECES:
        left, right = before.splitlines(keepends=True), after.splitlines(keepends=True)
    old: list[Piece] = []
    new: list[Piece] = []
    for kind, a, b, c, d in _calm(SequenceMatcher(None, left, right, autojunk=False).get_opcodes()):
        gone, came = "".join(left[a:b]), "".join(right[c:d])
        if kind == "equal":
            old.append(Piece(Change.SAME, gone))
            new.append(Piece(Change.SAME, came))
            continue
        if gone:
            old.append(Piece(Change.GONE, gone))
        if came:
            new.append(Piece(Change.CAME, came))
    return Difference(tuple(old), tuple(new))


def _pieces(text: str) -> list[str]:
    return _TOKEN.findall(text)


Code = tuple[str, int, int, int, int]


def _calm(codes: Sequence[Code]) -> Iterator[Code]:
    """A single piece that stayed between two changes goes with them."""
    waiting: Code | None = None
    for at, (kind, a, b, c, d) in enumerate(codes):
        is_inside = 0 < at < len(codes) - 1
        changes = kind != "equal" or (is_inside and b - a == 1)
        if not changes:
            if waiting is not None:
                yield waiting
                waiting = None
            yield kind, a, b, c, d
        elif waiting is None:
            waiting = ("replace", a, b, c, d)
        else:
            waiting = ("replace", waiting[1], b, waiting[3], d)
    if waiting is not None:
        yield waiting
