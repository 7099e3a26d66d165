"""A team's weekly progress: weeks, and findings by class as they are typed. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

MOST_CLASSES = 30
_LINE = re.compile(r"(?P<name>.{1,60}?)[\s:：,，]*(?P<count>\d{1,5})\s*(?:个|条|项|件)?")


class LineUnreadable(ValueError):
    """A line that is no class with a number."""


def monday_of(day: date) -> date:
    """The week of a day, by its Monday."""
    return day - timedelta(days=day.weekday())


def findings_of(typed: str) -> Sequence[tuple[str, int]]:
    """`党的建设 3`, a class with its number a line. `LineUnreadable`: the line that is none, or a
    class that comes twice."""
    found: dict[str, int] = {}
    for line in filter(None, (one.strip() for one in typed.splitlines())):
        read = _LINE.fullmatch(line)
        name = read and read["name"].strip()
        if read is None or not name or name in found or len(found) == MOST_CLASSES:
            raise LineUnreadable(line)
        found[name] = int(read["count"])
    return list(found.items())


def typed_of(findings: Sequence[Sequence[object]]) -> str:
    return "\n".join(f"{name} {count}" for name, count in findings)
