"""Reading documents and writing plans: whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from scheduling.domain.cli.exits import Refusal
from scheduling.domain.document import InvalidDocument, read_problem
from scheduling.domain.problem import Problem

T = TypeVar("T")


class ProblemFile(NamedTuple):
    problem: Problem
    sha256: str


def problem_in(path: Path) -> ProblemFile:
    """The problem in a file, and the hash of its bytes."""
    data = bytes_of(path)
    return ProblemFile(understood(lambda: read_problem(data)), sha256(data).hexdigest())


def bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise Refusal([f"{path}: cannot be read: {reason_of(error)}"]) from None


def understood(read: Callable[[], T]) -> T:
    """What `read` makes of a document, or a refusal that lists its faults."""
    try:
        return read()
    except InvalidDocument as invalid:
        raise Refusal.by(invalid.faults) from None


def check_writable(path: Path, *, unlike: Path) -> None:
    """Refuse before hours of work what could not be written after them."""
    try:
        if path.exists() and path.samefile(unlike):
            raise Refusal([f"{path}: is the problem itself; name another file for the plan"])
        if path.is_dir():
            raise Refusal([f"{path}: is a folder; name a file for the plan"])
        if _is_replaceable(path):
            probe = _beside(path.resolve())
            probe.touch()
            probe.unlink()
    except (OSError, ValueError) as error:
        raise Refusal([f"{path}: cannot be written: {reason_of(error)}"]) from None


def write_json(path: Path, document: dict[str, Any]) -> None:
    """Put the document in place in one step: readers see the old file or the new one."""
    data = (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    try:
        if _is_replaceable(path):
            _replace(path.resolve(), data)
        else:  # a device or a pipe is written to, never replaced
            path.write_bytes(data)
    except (OSError, ValueError) as error:
        raise Refusal([f"{path}: cannot be written: {reason_of(error)}"]) from None


def _replace(path: Path, data: bytes) -> None:
    draft = _beside(path)
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _is_replaceable(path: Path) -> bool:
    return path.is_file() or not path.exists()


def _beside(path: Path) -> Path:
    # The name itself may be as long as the file system allows.
    name = sha256(os.fsencode(path.name)).hexdigest()[:16]
    return path.with_name(f".{name}.{os.getpid()}.draft")


def reason_of(error: Exception) -> str:
    """The system's words alone; the path is named already."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
