"""A plain table as data, for `webui/_table.html`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["good", "warn", "bad", "info", "quiet"]


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    kind: Literal["text", "number"] = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place. `href` makes it a link, `tone` a coloured mark."""

    text: object
    href: str | None = None
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`caption` is read out first; the first cell of a row names the row."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
