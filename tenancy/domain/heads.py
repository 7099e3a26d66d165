"""A kept head: where a chain stood, as a line of a file that lies outside of the database.

Pure: what is signed, how it is written and read again. Who signs is `tenancy.audit_heads`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from tenancy.domain.chain import Head


@dataclass(frozen=True, slots=True)
class Statement:
    """What the holder of key `key` says: at `at`, `chain` ended with line `seq`."""

    chain: int
    seq: int
    hash: str
    at: str
    key: str

    def text(self) -> bytes:
        """What is signed: one writing only, whatever the file looks like."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Signed:
    statement: Statement
    signature: str

    def line(self) -> str:
        return json.dumps(asdict(self.statement) | {"signature": self.signature})


class NoHead(ValueError):
    """A line of the file is no signed head; says which."""


def read(lines: Iterable[str]) -> list[Signed]:
    """The heads of a file; empty lines are passed over. Raises `NoHead`."""
    return [_read(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def heads_by_chain(found: Iterable[Signed]) -> dict[int, list[Head]]:
    """For `verify`: every kept head of each chain."""
    kept: dict[int, list[Head]] = {}
    for one in found:
        head = Head(one.statement.seq, bytes.fromhex(one.statement.hash))
        kept.setdefault(one.statement.chain, []).append(head)
    return kept


def _read(number: int, line: str) -> Signed:
    try:
        said = json.loads(line)
        signature = said.pop("signature")
        bytes.fromhex(signature), bytes.fromhex(said["hash"])
        statement = Statement(**said)
        if not all(type(one) is int for one in (statement.chain, statement.seq)):
            raise TypeError
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NoHead(f"Line {number} is no signed head.") from error
    return Signed(statement, signature)
