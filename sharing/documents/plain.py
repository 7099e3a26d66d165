"""What a value becomes on paper: every sign that can be shown, and a mark for each that cannot.

Nothing is cut, trimmed or normalised. What XML cannot carry (control characters, halves of a
surrogate pair) and what makes text read otherwise than it is stored (bidi overrides) is shown
as U+FFFD, so that a reader sees that something stood there.
"""

from __future__ import annotations

import re

SHOWN_INSTEAD = "\ufffd"

_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls; the breaks among them are lines by now
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of direction
    "\ud800-\udfff\ufffe\uffff]"  # no characters at all
)


def plain(value: str) -> str:
    """`value` as a document says it: lines parted by newline, tabs kept."""
    return _NOT_SHOWN.sub(SHOWN_INSTEAD, _BREAKS.sub("\n", value))


def lines(value: str) -> tuple[str, ...]:
    """The lines of `value`: each becomes a paragraph. Empty ones too: the writer set them."""
    return tuple(plain(value).split("\n"))


def one_line(value: str) -> str:
    """`value` where a document has one line for it: breaks and tabs are spaces."""
    return plain(value).replace("\n", " ").replace("\t", " ")


def width_em(value: str) -> float:
    """How many full-width signs wide `value` is, near enough to set it over another."""
    return sum(0.5 if ord(sign) < 0x2000 else 1.0 for sign in value)
