"""Bytes to JSON values, keeping what `json` would silently let pass.

A key that is given twice, NaN and the infinities, numbers too long to mean anything: all of
them stay in the tree as what they are, so that the reader can name their place.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass

from scheduling.domain.document.faults import Fault, InvalidDocument

# No whole number of the format needs more digits: tiers are sums of products of three numbers
# below 10**10. `int` refuses thousands of them.
LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class NoNumber:
    """Stands in the tree for a literal that is no number of the format."""

    literal: str


class Object(dict[str, object]):
    """A JSON object that remembers which keys were given more than once."""

    repeated: tuple[str, ...] = ()

    @classmethod
    def of(cls, pairs: list[tuple[str, object]]) -> Object:
        made = cls(pairs)
        if len(made) < len(pairs):
            times = Counter(key for key, _ in pairs)
            made.repeated = tuple(key for key, number in times.items() if number > 1)
        return made


def parsed(data: bytes) -> object:
    """The JSON value in `data`, or InvalidDocument with the one fault at `$`."""
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=Object.of,
            parse_constant=NoNumber,
            parse_float=_fraction,
            parse_int=_whole,
        )
    except UnicodeDecodeError as error:
        raise _unreadable(
            f"is not UTF-8: byte {error.start + 1} of the file cannot be read"
        ) from None
    except json.JSONDecodeError as error:
        if data.startswith(b"\xef\xbb\xbf"):
            raise _unreadable(
                "starts with a byte order mark, UTF-8 without one is expected"
            ) from None
        end = " (the text ends there)" if not error.doc[error.pos :].strip() else ""
        raise _unreadable(
            f"is not valid JSON at line {error.lineno}, column {error.colno}{end}: {error.msg}"
        ) from None
    except RecursionError:
        raise _unreadable("is nested too deeply for a document of this format") from None


def _fraction(literal: str) -> float | NoNumber:
    value = float(literal)
    return value if math.isfinite(value) else NoNumber(literal)


def _whole(literal: str) -> int | NoNumber:
    return int(literal) if len(literal) <= LONGEST_NUMBER else NoNumber(literal)


def _unreadable(text: str) -> InvalidDocument:
    return InvalidDocument([Fault("$", text)])
