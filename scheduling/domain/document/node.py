"""One value of a document, its path, and the ways to read it.

Reading never stops at a fault: a value that is wrong is reported and something harmless of
the right type is returned in its place, so that one pass finds everything. Nothing is built
from those stand-ins, since the caller raises when there is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar

from scheduling.domain.document.faults import Fault, quoted
from scheduling.domain.document.json_text import NoNumber, Object
from scheduling.domain.problem import Month

T = TypeVar("T")
Choice = TypeVar("Choice", bound=str)

MOST = 1_000_000_000  # the largest whole number that a problem may hold
PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
HALF_A_CHARACTER = re.compile(r"[\ud800-\udfff]")


class Absent:
    """Stands for a value that is not there; its absence is reported where it was expected."""


ABSENT = Absent()


class Node:
    """A value at a path. `is_sound` turns False with the first fault of the value itself."""

    __slots__ = ("faults", "is_sound", "path", "value")

    def __init__(self, value: object, path: str, faults: list[Fault]) -> None:
        self.value = value
        self.path = path
        self.faults = faults
        self.is_sound = value is not ABSENT

    def fault(self, text: str) -> None:
        self.is_sound = False
        self.faults.append(Fault(self.path, text))

    def expected(self, what: str) -> None:
        """Report that `what` should stand here. Silent when the value is known to be absent."""
        if self.value is not ABSENT:
            self.fault(f"is {told(self.value)}, {what} is expected")

    # --- Single values ------------------------------------------------------------------

    def string(self) -> str:
        if not isinstance(self.value, str):
            self.expected("a text")
            return ""
        if HALF_A_CHARACTER.search(self.value):
            self.fault(f"is {quoted(self.value)}, which holds half a character (a surrogate)")
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.expected("true or false")
            return False
        return self.value

    def truth(self) -> bool:
        """`true`, for keys of which only the presence says something."""
        if self.value is not True:
            self.expected("true")
        return True

    def whole(self, least: int = 0, most: int = MOST) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.expected("a whole number")
            return least
        if self.value < least:
            self.expected(f"at least {least}")
        elif self.value > most:
            self.expected(f"at most {most}")
        return self.value

    def number(self, least: float, most: float) -> float:
        if not isinstance(self.value, int | float) or isinstance(self.value, bool):
            self.expected("a number")
            return least
        if not least <= self.value <= most:
            self.expected(f"a number from {least} to {most}")
            return least
        return float(self.value)

    def day(self) -> date:
        match = DAY.fullmatch(self.value) if isinstance(self.value, str) else None
        if match is None:
            self.expected("a date YYYY-MM-DD")
            return date.min
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            self.fault(f"is {told(self.value)}, there is no such day")
            return date.min

    def month(self) -> Month:
        match = MONTH.fullmatch(self.value) if isinstance(self.value, str) else None
        if match is None:
            self.expected("a month YYYY-MM")
            return Month(1, 1)
        year, month = map(int, match.groups())
        if year < 1 or not 1 <= month <= 12:
            self.fault(f"is {told(self.value)}, there is no such month")
            return Month(1, 1)
        return Month(year, month)

    def one_of(self, choices: Sequence[Choice]) -> Choice:
        for choice in choices:
            if self.value == choice:
                return choice
        self.expected(" or ".join(quoted(choice) for choice in choices))
        return choices[0]

    def or_null(self, read: Callable[[Node], T]) -> T | None:
        return None if self.value is None else read(self)

    # --- Lists and objects --------------------------------------------------------------

    def items(self) -> list[Node]:
        if not isinstance(self.value, list):
            if self.is_sound:  # a list may be walked twice, its fault is told once
                self.expected("a list")
            return []
        return [
            Node(item, f"{self.path}[{index}]", self.faults)
            for index, item in enumerate(self.value)
        ]

    def each(self, read: Callable[[Node], T]) -> tuple[T, ...]:
        return tuple(read(item) for item in self.items())

    def each_with_id(self, read: Callable[[Node], T]) -> tuple[T, ...]:
        """A list of objects with an `id` each; no id is used twice."""
        first_at: dict[str, str] = {}
        for item in self.items():
            name = item.value.get("id") if isinstance(item.value, Object) else None
            if not isinstance(name, str):
                continue
            path = f"{item.path}.id"
            if name in first_at:
                self.faults.append(
                    Fault(path, f"is {quoted(name)}, which is the id at {first_at[name]} already")
                )
            first_at.setdefault(name, path)
        return self.each(read)

    def bounds(self) -> tuple[int, int]:
        """`[min, max]`, whole numbers."""
        items = self.items()
        if len(items) != 2:
            if isinstance(self.value, list):
                self.fault(f"has {len(items)} entries, [min, max] is expected")
            return (0, 0)
        least, most = items[0].whole(), items[1].whole()
        if items[0].is_sound and items[1].is_sound and least > most:
            self.fault(f"is [{least}, {most}], the least is above the most")
        return (least, most)

    def entries(self) -> dict[str, Node]:
        """An object with free keys."""
        if not isinstance(self.value, Object):
            self.expected("an object")
            return {}
        for key in self.value.repeated:
            self._at(key, ABSENT).fault(f"the key {quoted(key)} is given more than once")
        for key in self.value:
            if HALF_A_CHARACTER.search(key):
                self._at(key, ABSENT).fault("the key holds half a character (a surrogate)")
        return {key: self._at(key, value) for key, value in self.value.items()}

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> Fields:
        """An object with known keys."""
        entries = self.entries()
        known = (*required, *optional)
        for key, node in entries.items():
            if key not in known:
                node.fault(f"unknown key {quoted(key)}; known here are {', '.join(known)}")
        absent = {key: self._at(key, ABSENT) for key in known if key not in entries}
        if isinstance(self.value, Object):
            for key in required:
                if key in absent:
                    absent[key].fault("is missing")
        return Fields(self, {**absent, **entries})

    def _at(self, key: str, value: object) -> Node:
        step = f".{key}" if PLAIN_KEY.fullmatch(key) else f"[{quoted(key)}]"
        return Node(value, self.path + step, self.faults)


class Fields:
    """The fields of an object. A field that is not there reads as its harmless stand-in."""

    __slots__ = ("_nodes", "node")

    def __init__(self, node: Node, nodes: Mapping[str, Node]) -> None:
        self.node = node
        self._nodes = nodes

    def __getitem__(self, key: str) -> Node:
        return self._nodes[key]

    def __contains__(self, key: str) -> bool:
        return self._nodes[key].value is not ABSENT

    def get(self, key: str, read: Callable[[Node], T], default: T) -> T:
        return read(self[key]) if key in self else default

    def maybe(self, key: str, read: Callable[[Node], T]) -> T | None:
        return read(self[key]) if key in self else None

    def exactly_one(self, first: str, second: str) -> None:
        if isinstance(self.node.value, Object) and (first in self) == (second in self):
            given = "both" if first in self else "neither"
            self.node.fault(
                f'has {given} of "{first}" and "{second}", exactly one of them is expected'
            )

    def in_order(self, first: str, last: str) -> None:
        """Two dates, or two months, that were read already: `last` is not before `first`."""
        one, other = self[first], self[last]
        if not (one.is_sound and other.is_sound):
            return
        # ISO dates and months sort as texts.
        if isinstance(one.value, str) and isinstance(other.value, str) and one.value > other.value:
            other.fault(f'is {other.value}, which is before "{first}", {one.value}')


class Ids:
    """The ids of one list, to which other places of the document may refer."""

    def __init__(self, kind: str, known: Collection[str], *, complete: bool = True) -> None:
        self.kind = kind
        self._known = known
        # Of a list that could not be read nobody can say what is missing in it.
        self._complete = complete

    @classmethod
    def given_in(cls, kind: str, holder: Node) -> Ids:
        """The ids of a list of objects, before the objects themselves are read."""
        if not isinstance(holder.value, list):
            return cls(kind, (), complete=False)
        ids = (item.get("id") for item in holder.value if isinstance(item, Object))
        return cls(kind, {name for name in ids if isinstance(name, str)})

    def only(self, kind: str, known: Collection[str]) -> Ids:
        """Those of the ids that are of some narrower kind."""
        return Ids(kind, known, complete=self._complete)

    def refer(self, node: Node) -> str:
        """A text that is one of the ids."""
        name = node.string()
        if node.is_sound and self._complete and name not in self._known:
            node.fault(f"is {quoted(name)}, which is the id of no {self.kind}")
        return name


def told(value: object) -> str:
    """A value in words, for a message."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    if isinstance(value, NoNumber):
        literal = value.literal if len(value.literal) <= 24 else value.literal[:21] + "..."
        return f"{literal}, no number of this format"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return str(value)
