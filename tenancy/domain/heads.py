"""A kept head: where a chain stood, as a line of a file that lies outside of the database.

Pure: what is signed, how it is written and read again. Who signs is `tenancy.audit_heads`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from tenancy.domain.chain import Head
from tenancy.domain.streams import ACTS, STREAMS, name_of


@dataclass(frozen=True, slots=True)
class Statement:
    """What the holder of key `key` says: at `at`, `stream` of `chain` ended with line `seq`.

    `stream` None: said before there were streams; it is the acts'.
    """

    chain: int
    seq: int
    hash: str
    at: str
    key: str
    stream: int | None = None

    def text(self) -> bytes:
        """What is signed: one writing only, whatever the file looks like."""
        return json.dumps(self.said(), sort_keys=True, separators=(",", ":")).encode()

    def said(self) -> dict[str, int | str]:
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Signed:
    statement: Statement
    signature: str

    def line(self) -> str:
        return json.dumps(self.statement.said() | {"signature": self.signature})


class NoHead(ValueError):
    """A line of the file is no signed head; says which."""


def read(lines: Iterable[str]) -> list[Signed]:
    """The heads of a file; empty lines are passed over. Raises `NoHead`."""
    return [_read(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def heads_by_stream(found: Iterable[Signed]) -> dict[tuple[int, int], list[Head]]:
    """For `verify`: every kept head of each (chain, stream)."""
    kept: dict[tuple[int, int], list[Head]] = {}
    for one in found:
        said = one.statement
        head = Head(said.seq, bytes.fromhex(said.hash))
        kept.setdefault((said.chain, said.stream or ACTS), []).append(head)
    return kept


def must_be_whole(found: Iterable[Signed]) -> None:
    """Each export signs every stream of a chain at one moment: a line that is gone from the file
    would hide a stream that is gone from the record. Raises `NoHead`."""
    exports: dict[tuple[str, int], set[int]] = {}
    for one in found:
        said = one.statement
        if said.stream is not None:
            exports.setdefault((said.at, said.chain), set()).add(said.stream)
    for (at, chain), streams in exports.items():
        if missing := sorted(set(STREAMS) - streams):
            names = ", ".join(map(name_of, missing))
            raise NoHead(f"The export of {at} lacks {names} of chain {chain}.")


def _read(number: int, line: str) -> Signed:
    try:
        said = json.loads(line)
        signature = said.pop("signature")
        bytes.fromhex(signature), bytes.fromhex(said["hash"])
        statement = Statement(**said)
        if not all(
            type(one) is int for one in (statement.chain, statement.seq, statement.stream or 0)
        ):
            raise TypeError
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NoHead(f"Line {number} is no signed head.") from error
    return Signed(statement, signature)
