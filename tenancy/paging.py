"""Lists a part at a time, by the key of the last row seen: rows that come meanwhile shift nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
Line = TypeVar("Line")
Other = TypeVar("Other")

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """How many rows at most, and after which one. `after` None: from the beginning."""

    limit: int
    after: Key | None = None


@dataclass(frozen=True, slots=True)
class Part(Generic[Line]):
    """`next_after` is the key to go on from; None: this was the last part."""

    lines: Sequence[Line]
    next_after: Key | None

    def showing(self, lines: Sequence[Other]) -> Part[Other]:
        """The same part with what is said of each row in place of the row."""
        return Part(lines, self.next_after)


def part_of(rows: QuerySet[Row], window: Window, *order: str) -> Part[Row]:
    """The rows behind `window.after` in this order, which leaves no two rows equal.

    In one query; the row beyond the window tells whether there are more.
    """
    wanted = rows.order_by(*order)
    if window.after is not None:
        wanted = wanted.filter(_behind(window.after, order))
    found = list(wanted[: window.limit + 1])
    shown = found[: window.limit]
    return Part(shown, _key(shown[-1], order) if len(found) > window.limit else None)


def _behind(key: Key, order: Sequence[str]) -> Q:
    """(a > x) or (a = x and b > y) or …, each in its own direction; and a >= x, which says no more,
    but is where the database begins to read its index: of a condition with `or` it reads all."""
    alternatives = []
    for place, field in enumerate(order):
        equal = {name.removeprefix("-"): key[at] for at, name in enumerate(order[:place])}
        beyond = "lt" if field.startswith("-") else "gt"
        alternatives.append(Q(**equal, **{f"{field.removeprefix('-')}__{beyond}": key[place]}))
    first = order[0]
    from_there = "lte" if first.startswith("-") else "gte"
    return Q(**{f"{first.removeprefix('-')}__{from_there}": key[0]}) & reduce(
        Q.__or__, alternatives
    )


def _key(row: Any, order: Sequence[str]) -> Key:
    return tuple(_value(row, field.removeprefix("-")) for field in order)


def _value(row: Any, path: str) -> str | int:
    value = reduce(getattr, path.split("__"), row)
    return value.isoformat() if isinstance(value, date) else value
