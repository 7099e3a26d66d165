"""What is wrong with a document, and where."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `path` is the JSON path, `$.units[3].days` for instance."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


class InvalidDocument(Exception):
    """The bytes are no valid document. `faults` has all that is wrong, in reading order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def quoted(text: str) -> str:
    """`text` in quotes, on one line, of bearable length, fit for any UTF-8 output."""
    if len(text) > LONGEST_QUOTE:
        text = text[: LONGEST_QUOTE - 1] + "…"
    return one_line(json.dumps(text, ensure_ascii=False))


def one_line(text: str) -> str:
    """`text` with everything escaped that would break a line or cannot be encoded."""
    return "".join(
        character
        if character.isprintable()
        else character.encode("unicode_escape", "backslashreplace").decode("ascii")
        for character in text
    )
