"""What the page of the table of roles shows, taken from the table and from nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from kernel.text import Text
from tenancy.actor import Actor
from tenancy.domain.matrix import Line
from tenancy.domain.matrix.words import RECORDS, RELATION_WORDS, VERBS
from tenancy.domain.roles import MATRIX, ROLE_TITLES, SEATS, Role

OFFICES: Mapping[str, Text] = {
    "city": Text(zh="市委巡察办", en="City office"),
    "county": Text(zh="县（区）委巡察办", en="County office"),
    "platform": Text(zh="平台运行", en="Running the platform"),
}
_EVERYBODY = Text(zh="所有在岗人员", en="Everybody who holds a seat")


@dataclass(frozen=True, slots=True)
class Allowed:
    """One verb of a record: of which rows, and who. `by_code` see a code or a count, not the row."""

    verb: Text
    relations: tuple[Text, ...]
    fully: tuple[Text, ...]
    by_code: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """`name` is the record's in the table."""

    title: Text
    lines: tuple[Allowed, ...]
    name: str


def of_kind(kind: str) -> tuple[Record, ...]:
    """Everything that the seats of such an office may, record by record."""
    roles = [role for role in Role if role in SEATS.get(kind, frozenset())]

    def marks(line: Line) -> Iterator[tuple[Text, str]]:
        return ((ROLE_TITLES[role], line.cells[role].in_office(kind)) for role in roles)

    return tuple(_records(marks, _EVERYBODY if roles else None, len(roles)))


def of_person(actor: Actor) -> tuple[Record, ...]:
    """What this person may in this office, by the seat that they wear; a deputy: what of it was
    passed on."""

    def marks(line: Line) -> Iterator[tuple[Text, str]]:
        return (
            (ROLE_TITLES[role], line.cells[role].in_office(actor.office_kind))
            for role in Role
            if role in actor.roles & SEATS.get(actor.office_kind, frozenset())
            and MATRIX.needs[line.rule] <= actor.permissions
        )

    return tuple(
        Record(record.title, tuple(_each_verb_once(record.lines)), record.name)
        for record in _records(marks, None, 0)
    )


def _each_verb_once(lines: tuple[Allowed, ...]) -> Iterator[Allowed]:
    """Of a verb that is theirs in full of some rows, not also that of others they see a code."""
    full = {line.verb for line in lines if line.fully}
    return (line for line in lines if line.fully or line.verb not in full)


def _records(
    marks: Callable[[Line], Iterator[tuple[Text, str]]], everybody: Text | None, count: int
) -> Iterator[Record]:
    for name, lines in groupby(MATRIX.lines, key=lambda line: line.rule.record):
        allowed = tuple(
            one for line in lines if (one := _allowed(line, list(marks(line)), everybody, count))
        )
        if allowed:
            yield Record(RECORDS[name], allowed, name)


def _allowed(
    line: Line, marks: list[tuple[Text, str]], everybody: Text | None, count: int
) -> Allowed | None:
    fully = tuple(title for title, mark in marks if mark == "may")
    by_code = tuple(title for title, mark in marks if mark == "code")
    if not fully and not by_code:
        return None
    if everybody is not None and len(fully) == count:
        fully = (everybody,)
    relations = tuple(RELATION_WORDS[one] for one in line.relations)
    return Allowed(VERBS[line.rule.verb], relations, fully, by_code)
