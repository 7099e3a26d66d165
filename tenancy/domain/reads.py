"""Which openings are acts: one decision for each page and each operation, with its reason.

| `reads` | the record gets |
|---|---|
| `each` | a line for each opening |
| `again` | a line for the first opening; what the same person sees of the same thing within half an hour belongs to it. For pages that look again by themselves |
| `service` | a line by the service that hands it out: exports, a person's page |
| `no` | nothing; `why` says what it shows instead |

`of` names whose facts are seen (`tenancy.services.reading`), `act` what the line is called.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

EACH, AGAIN, SERVICE, NO = "each", "again", "service", "no"
DECISIONS = (EACH, AGAIN, SERVICE, NO)


class ReadsFault(ValueError):
    """A line of a table of reads that says nothing, or two things; says which."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is decided of one page or operation."""

    reads: str
    of: str
    act: str
    why: str

    @property
    def is_noted_here(self) -> bool:
        """By whoever serves the page; not by the service behind it."""
        return self.reads in (EACH, AGAIN)


# Of what nobody decided (the build names it): a line, without saying whose facts were seen.
UNDECIDED = Reading(EACH, "", "tenancy.page.opened", "nobody has decided")


def read_reads(text: str) -> Mapping[str, Reading]:
    """By page or operation. Raises `ReadsFault`."""
    found: dict[str, Reading] = {}
    for row in csv.reader(text.splitlines()[1:]):
        if len(row) != 5:
            raise ReadsFault(f"{row}: five cells, please.")
        name, reading = row[0], Reading(*row[1:])
        if name in found:
            raise ReadsFault(f"{name} stands there twice.")
        _must_say_one_thing(name, reading)
        found[name] = reading
    return MappingProxyType(found)


def _must_say_one_thing(name: str, reading: Reading) -> None:
    if reading.reads not in DECISIONS or not reading.why:
        raise ReadsFault(f"{name}: one of {', '.join(DECISIONS)}, and why.")
    if bool(reading.of) is not reading.is_noted_here:
        raise ReadsFault(f"{name}: `of` says whose facts are seen, where this line notes it.")
    if bool(reading.act) is (reading.reads == NO):
        raise ReadsFault(f"{name}: what is recorded has the name of an act, and nothing else has.")
