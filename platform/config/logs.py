"""Lines of a log that tell where something failed, and nothing of what was handled there."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType

# An ID number of 15 or 18 places, and a mobile phone number: with nothing alike beside them.
_PEOPLE = re.compile(
    r"(?<![0-9A-Za-z])(?:[1-9]\d{5}(?:19|20)\d{9}[\dXx]|[1-9]\d{14}|(?:\+?86)?1[3-9]\d{9})"
    r"(?![0-9A-Za-z])"
)
_REMOVED = "[removed]"

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Faults by kind and place. The words of an exception are left out wherever they stand:
    those of the database's driver repeat the values of the statement."""

    def format(self, record: logging.LogRecord) -> str:
        return _PEOPLE.sub(_REMOVED, super().format(self._without_words(record)))

    def formatException(self, ei: _ExcInfo) -> str:
        return "\n".join(_lines_of(ei[1])) if ei[1] is not None else ""

    @staticmethod
    def _without_words(record: logging.LogRecord) -> logging.LogRecord:
        """A copy whose message does not quote the exception either, as Celery's does."""
        error = record.exc_info[1] if record.exc_info else None
        said = record.getMessage()
        for one in _chain_of(error):
            for words in (traceback_of(one), repr(one), str(one)):
                if words:
                    said = said.replace(words, type(one).__name__)
        copy = logging.makeLogRecord(record.__dict__)
        copy.msg, copy.args, copy.exc_text, copy.stack_info = said, None, None, None
        return copy


def traceback_of(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)).rstrip()


def _chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and those that it came from, the last one first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _lines_of(error: BaseException) -> Iterator[str]:
    """Like a traceback, the first cause first; lines of code are ours and hold no values."""
    for one in reversed(list(_chain_of(error))):
        yield f"{type(one).__module__}.{type(one).__qualname__}, from:"
        for frame in traceback.extract_tb(one.__traceback__):
            yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
