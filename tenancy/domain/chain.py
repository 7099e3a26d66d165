"""The audit chain, told a second time: the database makes it, this checks it.

`sec.audit_hash` in migration 0071 states the same; a test holds the two against each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tenancy.domain.streams import ACTS

BEGINNING = hashlib.sha256(b"").digest()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a chain. `data` is the text of the stored JSON, as the database writes it."""

    tenant_id: int | None
    stream: int
    seq: int
    at: datetime
    user_id: int | None
    office_id: int | None
    action: str
    object_type: str
    object_id: int | None
    data: str
    prev_hash: bytes
    hash: bytes

    def digest(self) -> bytes:
        """What `hash` must be."""
        parts = (
            self.tenant_id,
            self.seq,
            (self.at - _EPOCH) // _MICROSECOND,
            self.user_id,
            self.office_id,
            self.action,
            self.object_type,
            self.object_id,
            self.data,
            self.prev_hash.hex(),
            # Lines from before there were streams are all in the first, and keep their hashes.
            *((self.stream,) if self.stream != ACTS else ()),
        )
        return hashlib.sha256(b"".join(_netstring(part) for part in parts)).digest()


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands, by its head row."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """The first line of a chain that is not as it was written."""

    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`length` lines were read up to the first fault, or all of them."""

    length: int
    fault: Fault | None


def verify(
    entries: Iterable[Entry],
    head: Head | None,
    kept: Sequence[Head] = (),
    *,
    has_sisters: bool = False,
) -> Verdict:
    """Walk a chain in the order of its numbers, and hold it against the head and the kept heads.

    A kept head lies outside of the database: it alone finds that lines were rewritten together
    with all that follows from them, or that an old state was put back. `has_sisters`: other streams
    of the same record have their heads, so that this one must have its own.
    """
    last, sure = Head(0, BEGINNING), 0
    waiting = sorted({one for one in kept if one.seq > 0}, key=lambda one: one.seq)
    for entry in entries:
        if fault := _fault_of(entry, last):
            return Verdict(last.seq, fault)
        last = Head(entry.seq, entry.hash)
        while waiting and waiting[0].seq == last.seq:
            known = waiting.pop(0)
            if known.hash != last.hash:
                return Verdict(last.seq, _rewritten(sure, known))
            sure = known.seq
    if fault := _fault_of_end(last, head):
        return Verdict(last.seq, fault)
    if head is None and has_sisters:
        return Verdict(0, Fault(1, "and all after it may be gone: the whole stream was cut away"))
    return Verdict(last.seq, _fault_against(last, waiting))


def _rewritten(sure: int, known: Head) -> Fault:
    """Between two kept heads it cannot be told which line was the first: the earliest is named."""
    upto = "" if sure + 1 == known.seq else f"or a later one up to {known.seq} "
    return Fault(sure + 1, f"{upto}was rewritten: a kept head says otherwise")


def _fault_against(last: Head, waiting: Sequence[Head]) -> Fault | None:
    """What the chain should still have, by heads that were kept."""
    beyond = [one for one in waiting if one.seq > last.seq]
    if not beyond:
        return None
    return Fault(last.seq + 1, f"is missing: a kept head knows of line {beyond[-1].seq}")


def _fault_of(entry: Entry, last: Head) -> Fault | None:
    if entry.seq > last.seq + 1:
        return Fault(last.seq + 1, "is missing")
    if entry.seq <= last.seq:
        return Fault(entry.seq, "stands there twice")
    if entry.digest() != entry.hash:
        return Fault(entry.seq, "was changed")
    if entry.prev_hash == last.hash:
        return None
    # The line is whole and follows from another one: its predecessor was rewritten with its hash.
    return Fault(max(last.seq, 1), "was replaced: the next line follows from another one")


def _fault_of_end(last: Head, head: Head | None) -> Fault | None:
    if head is None:
        return None if last.seq == 0 else Fault(1, "belongs to a chain whose head is missing")
    if head.seq > last.seq:
        return Fault(last.seq + 1, "is missing at the end")
    if head.seq < last.seq:
        return Fault(head.seq + 1, "is one more than the head knows of")
    if head.hash != last.hash:
        return Fault(max(last.seq, 1), "was replaced: the head follows from another one")
    return None


def _netstring(part: int | str | None) -> bytes:
    """Length-prefixed, so that no two different lines write the same bytes."""
    if part is None:
        return b"-,"
    text = str(part).encode()
    return b"%d:%b," % (len(text), text)
