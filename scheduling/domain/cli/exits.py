"""How a command ends: the exit statuses of the contract, and the lines it says."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from enum import IntEnum
from typing import Protocol

from scheduling.domain.document import Fault, one_line


class Exit(IntEnum):
    """Source: docs/exchange-format.md, "Commands"."""

    DONE = 0  # solved, or the plan holds
    BROKEN = 1  # infeasible, or the plan breaks a rule or claims what is false
    UNREADABLE = 2  # no valid document, or no such file
    NO_PLAN = 3  # none was found in time, or there is none to check


class Stream(Protocol):
    """What lines are written to: a file, or what a framework puts before one."""

    def write(self, text: str, /) -> object: ...


class Refusal(Exception):
    """The command cannot go on. `lines` say why, one a fault."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__()
        self.lines = tuple(lines)

    @classmethod
    def by(cls, faults: Iterable[Fault]) -> Refusal:
        return cls(str(fault) for fault in faults)


def say(stream: Stream, line: str) -> None:
    """Write one line, whatever characters it has and whatever the stream can encode.

    Whether anybody reads it (`| head`, a closed or full output) changes nothing of how the
    command ends.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    fit = one_line(line).encode(encoding, "backslashreplace").decode(encoding)
    try:
        stream.write(fit + "\n")
        getattr(stream, "flush", _nothing)()
    except (OSError, ValueError, AttributeError):  # the last: Python has no stream at all
        _give_up(stream)


def _nothing() -> None:
    return None


def _give_up(stream: Stream) -> None:
    """Send what is still buffered nowhere: the interpreter would stumble over it at its end."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())  # type: ignore[attr-defined]
        finally:
            os.close(nowhere)


def entry_line(code: str, subjects: Iterable[str], text: str) -> str:
    """`code: subjects: text`, the form of a breach and of a conflict's entry."""
    return f"{code}: {', '.join(subjects)}: {text}"
