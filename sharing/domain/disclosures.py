"""Who was shown what (共享查阅记录): the proof of a disclosure, and how far a grant reached.

One line for each answer that showed something: a page, a call, an export, a print. A line names the
view by its digest and the fields that stood in it, so that it can be said years later what words
somebody had before their eyes, and under which purpose.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text


class Way(StrEnum):
    """How something was shown. What is `READ` was before somebody's eyes, what is `CARRIED` left a copy
    with the receiver: a program does both. A note is neither: whoever notes has the view open."""

    PAGE = "page"
    PROGRAM = "program"
    EXPORT = "export"
    PRINT = "print"
    NOTE = "note"


WAY_TITLES: Mapping[Way, Text] = MappingProxyType(
    {
        Way.PAGE: Text(zh="页面查看", en="read on a page"),
        Way.PROGRAM: Text(zh="接口调用", en="read by a program"),
        Way.EXPORT: Text(zh="导出", en="exported"),
        Way.PRINT: Text(zh="打印", en="printed"),
        Way.NOTE: Text(zh="据此形成记录", en="noted down from it"),
    }
)
READ = frozenset({Way.PAGE, Way.PROGRAM})
CARRIED = frozenset({Way.EXPORT, Way.PRINT, Way.PROGRAM})
TO_APPROVE = Text(zh="审批查看", en="looked at to approve")


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One showing. `fields`: names of those that stood in the view of this digest."""

    grant: int
    view: int
    digest: str
    fields: tuple[str, ...]
    office: int
    person: int
    role: str
    purpose: str
    way: Way
    at: datetime

    def is_reading_of(self, receiver: int) -> bool:
        """Whether the office that it was shared with was shown it. Who else is shown a view looks at
        it to approve it: a grant's own receiver approves nothing of it."""
        return self.office == receiver

    @property
    def said(self) -> Mapping[str, object]:
        return {
            "grant": self.grant,
            "view": self.view,
            "digest": self.digest,
            "fields": list(self.fields),
            "office": self.office,
            "person": self.person,
            "role": self.role,
            "purpose": self.purpose,
            "way": self.way.value,
            "at": self.at.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Reached:
    """One person, as far as something reached them. `copies`: showings that left one."""

    office: int
    person: int
    readings: int
    copies: int
    notes: int
    fields: frozenset[str]
    first_at: datetime
    last_at: datetime


def reach(lines: Iterable[Disclosure], receiver: int) -> list[Reached]:
    """Everybody of the receiving office who was shown something, by person."""
    return _by_person(one for one in lines if one.is_reading_of(receiver))


def looked_at_to_approve(lines: Iterable[Disclosure], receiver: int) -> list[Reached]:
    """Everybody who was shown it to approve it: told apart, since it reached nobody by that."""
    return _by_person(one for one in lines if not one.is_reading_of(receiver))


def _by_person(lines: Iterable[Disclosure]) -> list[Reached]:
    by_person: dict[tuple[int, int], list[Disclosure]] = {}
    for one in lines:
        by_person.setdefault((one.office, one.person), []).append(one)
    return [
        Reached(
            office,
            person,
            sum(one.way in READ for one in shown),
            sum(one.way in CARRIED for one in shown),
            sum(one.way is Way.NOTE for one in shown),
            frozenset(name for one in shown for name in one.fields),
            min(one.at for one in shown),
            max(one.at for one in shown),
        )
        for (office, person), shown in sorted(by_person.items())
    ]


def to_tell_of_destruction(
    lines: Collection[Disclosure], receiver: int, told_by: Collection[tuple[int, int]]
) -> list[tuple[int, int]]:
    """(office, person) of each of the receiver who carried a copy away and has not told yet that it is
    destroyed. Nobody else keeps anything of what they looked at to approve."""
    carried = {
        (one.office, one.person)
        for one in lines
        if one.way in CARRIED and one.is_reading_of(receiver)
    }
    return sorted(carried - set(told_by))


class Destruction(StrEnum):
    """What the receiver of a grant that is over has still to do about what it keeps."""

    NOTHING_CARRIED = "nothing_carried"
    TO_TELL = "to_tell"
    TOLD = "told"


def destruction_of(
    lines: Collection[Disclosure], receiver: int, told_by: Collection[tuple[int, int]]
) -> Destruction:
    """Told: by somebody, and nobody who carried a copy away is left to tell. What nobody carried away
    need not be told, and may be."""
    if to_tell_of_destruction(lines, receiver, told_by):
        return Destruction.TO_TELL
    return Destruction.TOLD if told_by else Destruction.NOTHING_CARRIED


def certificate_digest(lines: Iterable[Disclosure]) -> str:
    """SHA-256 over the lines in their order: printed on the certificate, computed again to check it."""
    whole = hashlib.sha256()
    for one in lines:
        text = json.dumps(one.said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        whole.update(text.encode() + b"\n")
    return whole.hexdigest()
