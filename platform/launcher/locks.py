"""One at a time, across processes. A lock ends with its holder, even one killed with -9."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold `path` alone; wait for whoever holds it now."""
    with _opened(path) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def locked_if_free(path: Path) -> Iterator[bool]:
    """Try to hold `path` alone; yields whether it worked."""
    with _opened(path) as handle:
        yield _taken(handle, fcntl.LOCK_EX)


@contextmanager
def present(path: Path, *, first: Callable[[], None], last: Callable[[], None]) -> Iterator[None]:
    """Be one of several who use something. `first` runs when nobody else is there at the
    beginning, `last` when nobody else is left at the end; nobody comes or goes meanwhile.
    """
    with _opened(path) as handle:
        if _taken(handle, fcntl.LOCK_EX):
            first()
        fcntl.flock(handle, fcntl.LOCK_SH)
        try:
            yield
        finally:
            if _taken(handle, fcntl.LOCK_EX):
                last()


def _taken(handle: int, mode: int) -> bool:
    try:
        fcntl.flock(handle, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Close-on-exec is Python's default: a server that is started inside does not keep the lock.
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)
