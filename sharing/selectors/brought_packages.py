"""What a package that waits would become, and what keeps it out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernel.text import Text
from sharing.access.packages import office_code
from sharing.domain.hand_over import sealed_with
from sharing.mapping.keys import key_service
from sharing.models.packages import BroughtPackage, SentRecord
from sharing.packages.manifest import Row
from sharing.packages.parts import ANSWERABLE, ANSWERS, HAND_OVER, PARTS, fault_of
from sharing.vault.envelopes import unseal
from tenancy.actor import Actor

Parts = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Problem:
    """`row`: its place in the part, from 1; 0: the part itself."""

    part: str
    row: int
    words: Text


def parts_of(brought: BroughtPackage) -> Parts:
    """What is in it, in the memory of this call. Those of the vault."""
    content = unseal(key_service(), brought.place, brought.envelope(bytes(brought.sealed)))
    parts: Parts = json.loads(content)
    return parts


@dataclass(frozen=True, slots=True)
class _Known:
    """What a row is held against, read once for as many rows as there are. `sent`: by package, part
    and number, what went to who sends this one."""

    is_own: bool
    sent: frozenset[tuple[str, str, int]]


def problems_of(actor: Actor, brought: BroughtPackage, parts: Parts) -> list[Problem]:
    """What keeps it out: signed well, and still nothing that this office can keep."""
    found: list[Problem] = []
    known = _known(actor, brought, parts)
    for part, rows in parts.items():
        if part not in PARTS:
            words = Text(zh="本版本不认识这类内容", en="this version does not know such rows")
            found.append(Problem(part, 0, words))
            continue
        seen: set[int] = set()
        for place, row in enumerate(rows, start=1):
            fault = fault_of(part, row) or _fault_of_sense(known, part, row)
            if fault is None and row["ref"] in seen:
                fault = Text(zh="重复出现", en="it is there twice")
            if fault is not None:
                found.append(Problem(part, place, fault))
            else:
                seen.add(row["ref"])
    return found


def _known(actor: Actor, brought: BroughtPackage, parts: Parts) -> _Known:
    return _Known(
        is_own=brought.sender_code == office_code(actor),
        sent=_sent_to(actor, brought.sender_code) if ANSWERS in parts else frozenset(),
    )


def _sent_to(actor: Actor, office: str) -> frozenset[tuple[str, str, int]]:
    rows = SentRecord.objects.filter(
        tenant_id=actor.tenant_id, package__receiver_code=office, part__in=list(ANSWERABLE)
    )
    return frozenset(rows.values_list("package__number", "part", "ref"))


def _fault_of_sense(known: _Known, part: str, row: Row) -> Text | None:
    if part == HAND_OVER:
        return _fault_of_list(known, row)
    if part == ANSWERS:
        if row["kind"] not in ANSWERABLE.get(row["part"], ()):
            return Text(zh="不是可以办理的内容", en="it is no answer that can be given")
        if (row["package"], row["part"], row["record"]) not in known.sent:
            return Text(
                zh="所答复的内容不是本单位发给该单位的", en="it answers what was not sent there"
            )
    return None


def _fault_of_list(known: _Known, row: Row) -> Text | None:
    if not known.is_own:
        return Text(zh="移交清单不是给本单位的", en="the list is for another discipline body")
    if sealed_with(row["document"]) != row["sha256"]:
        return Text(zh="清单与其校验值不符", en="the list does not fit its hash")
    try:
        names = [one["subject"]["name"] for one in json.loads(row["document"])["clues"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        names = [None]
    if not all(isinstance(name, str) for name in names):
        return Text(zh="清单内容无法识别", en="the list cannot be read")
    return None
