"""What the person at the terminal reads, and the ways in which they say that it is enough."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Enough(BaseException):
    """Ctrl-C, a closed terminal, or a polite kill: what was started is to be ended."""


class _Wish:
    """That it be enough, while it may not be granted yet."""

    is_held_back = False
    is_pending = False


@contextmanager
def enough_on_signals() -> Iterator[None]:
    """Raise `Enough` for each of the ending signals. Who says `nohup` means it."""

    def raise_it(_number: int, _frame: FrameType | None) -> None:
        if _Wish.is_held_back:
            _Wish.is_pending = True
        else:
            raise Enough

    numbers = [n for n in ENDING_SIGNALS if n != signal.SIGHUP or not _is_ignored(n)]
    before = {number: signal.signal(number, raise_it) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def enough_comes_later() -> Iterator[None]:
    """Between a process's start and its being written down, it could not be ended."""
    _Wish.is_held_back = True
    try:
        yield
    finally:
        _Wish.is_held_back = False
    if _Wish.is_pending:
        _Wish.is_pending = False
        raise Enough


def _is_ignored(number: int) -> bool:
    return signal.getsignal(number) is signal.SIG_IGN


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ending takes seconds: a second Ctrl-C must not leave half of it running."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in ENDING_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Teller:
    """Prints lines; numbers the steps of a start. Falls silent with the terminal, not dead."""

    def __init__(self, steps: int = 0, *, done: int = 0) -> None:
        self.steps = steps
        self.done = done

    def step(self, text: str) -> None:
        self.done += 1
        self.say(f"[{self.done}/{self.steps}] {text}")

    def say(self, text: str = "") -> None:
        try:
            print(text, flush=True)
        except OSError:
            # The terminal is gone. Whoever started us still wants the rest to be ended in order.
            sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
