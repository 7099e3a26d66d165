"""Reads the table of who may do what, and refuses one with a gap, in words.

A line says for one record, verb and some relations what each role may:

| mark | meaning |
|---|---|
| `may` | yes |
| `code` | a rule code, a category or a count; not the row's own words |
| `may@city`, `code@city` | so in that kind of office, nothing in another |
| `-` | nothing |

Every relation of a (record, verb) stands on exactly one line. `permission` names what the code
asks for; several names: all of them are needed. `everybody`: none, a seat is enough.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Self

# How the office of whoever asks stands to the row.
RELATIONS = ("own", "led", "team", "released", "shared", "revoked", "foreign")
EVERYBODY = "everybody"
_HEAD = ("record", "verb", "permission", "relation")
_NOTHING = "-"

Kinds = Mapping[str, frozenset[str]]


class MatrixFault(ValueError):
    """What is wrong with the table, and where."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A record and what is done with it: `round.read`."""

    record: str
    verb: str

    @classmethod
    def of(cls, written: str) -> Self:
        record, _, verb = written.partition(".")
        return cls(record, verb)

    @classmethod
    def any_of(cls, written: str) -> tuple[Self, ...]:
        """`a.read|b.read`: one of them is enough."""
        return tuple(cls.of(one) for one in written.split("|"))

    def __str__(self) -> str:
        return f"{self.record}.{self.verb}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one role may. `kind`: in that kind of office alone; empty: wherever it has a seat."""

    mark: str
    kind: str = ""

    def in_office(self, kind: str) -> str:
        return self.mark if self.kind in ("", kind) else _NOTHING


@dataclass(frozen=True, slots=True)
class Line:
    rule: Rule
    needs: frozenset[str]  # empty: everybody who holds a seat
    relations: tuple[str, ...]
    cells: Mapping[str, Cell]


class Matrix:
    """The table, whole and free of contradictions; making one checks it."""

    def __init__(self, lines: Iterable[Line], kinds: Kinds) -> None:
        self.lines = tuple(lines)
        self.kinds = kinds
        self._must_name_each_relation_once()
        self._must_grant_no_more_than_it_says()

    @cached_property
    def needs(self) -> Mapping[Rule, frozenset[str]]:
        """The permissions behind each rule."""
        return {line.rule: line.needs for line in self.lines}

    def mark(self, rule: Rule, relation: str, role: str, kind: str) -> str:
        """`may`, `code` or `-`: for a role, in its kind of office, of a row so related."""
        for line in self.lines:
            if line.rule == rule and relation in line.relations:
                return line.cells[role].in_office(kind)
        raise MatrixFault(f"No line says who may {rule} of a row that is {relation}.")

    def permissions(self, role: str, kind: str) -> frozenset[str]:
        """Everything that some line lets the role do in such an office."""
        if role not in self.kinds.get(kind, frozenset()):
            return frozenset()
        allowed = (line.needs for line in self.lines if self._allows(line, role, kind))
        return frozenset[str]().union(*allowed)

    @staticmethod
    def _allows(line: Line, role: str, kind: str) -> bool:
        return line.cells[role].in_office(kind) != _NOTHING

    def _must_name_each_relation_once(self) -> None:
        named: dict[Rule, list[str]] = {}
        for line in self.lines:
            named.setdefault(line.rule, []).extend(line.relations)
            if self.needs[line.rule] != line.needs:
                raise MatrixFault(f"{line.rule}: its lines name different permissions.")
        for rule, relations in named.items():
            for relation in RELATIONS:
                if relations.count(relation) != 1:
                    raise MatrixFault(
                        f"{rule}: “{relation}” stands on {relations.count(relation)} lines, not one."
                    )

    def _must_grant_no_more_than_it_says(self) -> None:
        """The code asks for permissions: who holds a rule's permissions by way of other rules may
        do it, so the table has to say so, or to name another permission."""
        for kind, roles in self.kinds.items():
            for role in roles:
                held = self.permissions(role, kind)
                said = {line.rule for line in self.lines if self._allows(line, role, kind)}
                for rule, needs in self.needs.items():
                    if needs <= held and rule not in said:
                        raise MatrixFault(
                            f"{rule}: the table gives {role} ({kind}) nothing, and yet they hold"
                            f" {', '.join(sorted(needs)) or 'a seat'}."
                        )


def read_matrix(
    text: str, *, roles: Iterable[str], permissions: Iterable[str], kinds: Kinds
) -> Matrix:
    """The table, or `MatrixFault`: an unknown or missing role, permission, relation or mark."""
    roles, permissions = tuple(map(str, roles)), frozenset(map(str, permissions))
    rows = csv.reader(text.splitlines())
    head = next(rows, [])
    if sorted(head) != sorted((*_HEAD, *roles)):
        odd = sorted(set(head) ^ {*_HEAD, *roles}) or "a column twice"
        raise MatrixFault(f"The columns are not the roles: {odd}.")
    matrix = Matrix(
        (_line(number, head, row, permissions, kinds) for number, row in enumerate(rows, start=2)),
        kinds,
    )
    unused = permissions.difference(*matrix.needs.values())
    if unused:
        raise MatrixFault(f"No line needs {', '.join(sorted(unused))}.")
    return matrix


def stored_table() -> str:
    return resources.files(__package__).joinpath("matrix.csv").read_text(encoding="utf-8")


def _line(
    number: int, head: list[str], row: list[str], permissions: frozenset[str], kinds: Kinds
) -> Line:
    where = f"Line {number}"
    if len(row) != len(head):
        raise MatrixFault(f"{where}: {len(row)} cells for {len(head)} columns.")
    given = dict(zip(head, row, strict=True))
    record, verb, permission, relation = (given.pop(name) for name in _HEAD)
    where = f"{where} ({record}.{verb})"
    if not record.isidentifier() or not verb.isidentifier():
        raise MatrixFault(f"{where}: names no record and verb.")
    needs = frozenset() if permission == EVERYBODY else frozenset(permission.split())
    if permission != EVERYBODY and not needs:
        raise MatrixFault(f"{where}: names no permission.")
    if not needs <= permissions:
        raise MatrixFault(f"{where}: no permission is called {sorted(needs - permissions)}.")
    relations = tuple(relation.split())
    if not relations or not set(relations) <= set(RELATIONS):
        raise MatrixFault(f"{where}: no relation is called “{relation}”.")
    cells = {role: _cell(where, role, cell, kinds) for role, cell in given.items()}
    return Line(Rule(record, verb), needs, relations, cells)


def _cell(where: str, role: str, written: str, kinds: Kinds) -> Cell:
    mark, at, kind = written.partition("@")
    if mark not in ("may", "code", _NOTHING) or (at and (mark == _NOTHING or kind not in kinds)):
        raise MatrixFault(f"{where}: {role} has “{written}”, which is no mark.")
    return Cell(mark, kind)


def faults_of_words(matrix: Matrix, records: Iterable[str], verbs: Iterable[str]) -> Iterator[str]:
    """Records and verbs that lack their words, and words that are nobody's."""
    used = {rule.record for rule in matrix.needs}
    yield from (f"record {name}" for name in sorted(used ^ set(records)))
    used = {rule.verb for rule in matrix.needs}
    yield from (f"verb {name}" for name in sorted(used ^ set(verbs)))
