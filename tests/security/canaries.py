"""Words that are in one office's rows and nowhere else, and who may ever get to read them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO

# 128 bits behind two letters. Eight digits are enough to know one that was cut off.
CANARY = re.compile(r"kq([0-9a-f]{8,32})")
KNOWN_BY = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose a canary is. `kind` says how far it may travel (`may_read`)."""

    office: int
    kind: str
    what: str
    person: int | None = None
    also: frozenset[int] = frozenset()  # offices to which this one word was shared


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever gets an answer; nobody in no office, for strangers."""

    office: int | None
    person: int | None
    city: int | None  # the office above, of a county
    is_called: bool = False  # the county takes part in its city's round
    may_unmask: bool = False  # the recusal officer
    deals_with_seats: bool = False  # two of the three administrators
    confirms_emergencies: bool = False  # one of them


@dataclass
class Canaries:
    made: dict[str, Mark] = field(default_factory=dict)
    parents: dict[int, int | None] = field(default_factory=dict)
    called: set[int] = field(default_factory=set)
    asked_for: set[str] = field(default_factory=set)
    teams: set[int] = field(default_factory=set)

    def __call__(self, office: int, kind: str, what: str, person: int | None = None) -> str:
        return self._made(Mark(office, kind, what, person))

    def told_to(self, offices: Collection[int], office: int, kind: str, what: str) -> str:
        """One that its office shares with others besides."""
        return self._made(Mark(office, kind, what, also=frozenset(offices)))

    def _made(self, mark: Mark) -> str:
        token = sha256(f"{mark.office} {mark.kind} {mark.what}".encode()).hexdigest()[:32]
        self.made[token[:KNOWN_BY]] = mark
        return f"kq{token}"

    def found_in(self, text: str) -> set[Mark]:
        heads = {found[:KNOWN_BY] for found in CANARY.findall(text)}
        return {self.made[head] for head in heads if head in self.made}

    def foreign_in(self, text: str, reader: Reader) -> list[Mark]:
        foreign = (mark for mark in self.found_in(text) if not self.may_read(reader, mark))
        return sorted(foreign, key=lambda mark: mark.what)

    def may_read(self, reader: Reader, mark: Mark) -> bool:
        """The rule book of this oracle, reviewed as one: how far each kind travels.

        | kind | beyond its own office |
        |---|---|
        | `facts` | nowhere; the recusal officer of the city takes them away, sealed |
        | `own` | nowhere |
        | `personal` | not even to a colleague |
        | `sealed` | to nobody: no custodian is in force, and no address opens what is sealed |
        | `routed` | the team that wrote it, which sits in the city (`teams`); not the city's office |
        | `talent`, `unit` | the city, and the counties of the same round |
        | `issued` | the counties of the city that issued it |
        | `round` | the counties that the round calls on |
        | `handed` | the city above: what one asked and the other answered |
        | `seat` | the two administrators who deal with seats |
        | `emergency` | the city that asks, and the administrator who may confirm |

        A word that was shared goes to the offices it was shared with, besides.

        Whoever may confirm is told for which round it is asked (`asked_for`).
        """
        if mark.kind == "personal":
            return reader.person == mark.person
        if mark.kind == "sealed" or reader.office is None:
            return False
        if reader.office in mark.also:
            return True
        if mark.kind == "routed":
            return reader.office == mark.office or reader.person in self.teams
        if reader.office == mark.office:
            return True
        if mark.kind == "seat":
            return reader.deals_with_seats
        if mark.kind == "issued":
            return reader.city == mark.office
        above = self.parents.get(mark.office)
        if mark.kind == "handed":
            return above == reader.office
        if mark.kind == "emergency":
            return reader.confirms_emergencies or above == reader.office
        if mark.what in self.asked_for and reader.confirms_emergencies:
            return True
        if mark.kind == "facts":
            return reader.may_unmask and above == reader.office and mark.office in self.called
        if mark.kind in ("talent", "unit"):
            is_beside = reader.is_called and reader.city == above
            return mark.office in self.called and (above == reader.office or is_beside)
        return mark.kind == "round" and reader.is_called and mark.office == reader.city


def legible(body: bytes, headers: Iterable[tuple[str, str]]) -> str:
    """All that a reader could make out: headers, the text, and what is inside of a workbook."""
    parts = [f"{name}: {value}" for name, value in headers]
    return "\n".join([*parts, *_texts(body)])


def _texts(body: bytes) -> Iterator[str]:
    if not body.startswith(b"PK\x03\x04"):
        yield body.decode(errors="replace")
        return
    with zipfile.ZipFile(BytesIO(body)) as archive:
        for name in archive.namelist():
            yield name
            yield from _texts(archive.read(name))
