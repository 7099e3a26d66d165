"""Who of another office looked at what is ours, each line with the round as we were told of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from kernel.clock import CHINA
from kernel.text import Language, Text
from scheduling.models.releases import ReleaseCall
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.errors import RecordTooLong
from tenancy.services.records import MOST_EXPORTED, PAGE, Search, inert, note_search
from tenancy.services.seen_by_others import SeenLine, lines_about_us

HEADINGS = (
    Text(zh="时间", en="Time"),
    Text(zh="查看单位", en="Office that looked"),
    Text(zh="人员", en="Person"),
    Text(zh="岗位", en="Seat"),
    Text(zh="操作", en="Act"),
    Text(zh="依据", en="Ground"),
    Text(zh="轮次", en="Round"),
    Text(zh="涉及本单位人数", en="Own people concerned"),
)


@dataclass(frozen=True, slots=True)
class SeenOfRound:
    """`call_number`: our call for that round, where its name is from; None: we were never called."""

    line: SeenLine
    round_name: str
    call_number: int | None


@dataclass(frozen=True, slots=True)
class SeenPage:
    """`next_before`: the search goes on behind this line; None: there is no more."""

    lines: Sequence[SeenOfRound]
    next_before: int | None


@transaction.atomic
def seen_by_others(*, actor: Actor, search: Search) -> SeenPage:
    """A page of it, newest first."""
    actor.must(Permission.VIEW_OWN_RECORD)
    found = lines_about_us(actor=actor, search=search, at_most=PAGE + 1)
    shown = found[:PAGE]
    note_search(actor, "tenancy.record.searched", search, len(shown))
    return SeenPage(_told(actor, shown), shown[-1].number if len(found) > PAGE else None)


@transaction.atomic
def export_seen_by_others(*, actor: Actor, search: Search, language: Language) -> bytes:
    """All that the search finds, as a CSV that Excel opens; too many lines are refused."""
    actor.must(Permission.VIEW_OWN_RECORD)
    found = lines_about_us(actor=actor, search=search, at_most=MOST_EXPORTED + 1)
    if len(found) > MOST_EXPORTED:
        raise RecordTooLong(most=MOST_EXPORTED)
    note_search(actor, "tenancy.record.exported", search, len(found))
    return _as_csv(_told(actor, found), language)


def _told(actor: Actor, lines: Sequence[SeenLine]) -> Sequence[SeenOfRound]:
    calls = _calls(actor, lines)
    told = []
    for line in lines:
        call = calls.get((line.office_number, line.round_number))
        name, number = ("", None) if call is None else (call.name, call.pk)
        told.append(SeenOfRound(line, name, number))
    return told


def _calls(actor: Actor, lines: Sequence[SeenLine]) -> Mapping[tuple[int, int | None], ReleaseCall]:
    """The calls that reached us, by who leads the round and its number there."""
    rounds = {line.round_number for line in lines if line.round_number is not None}
    calls = ReleaseCall.objects.filter(tenant_id=actor.tenant_id, round_id__in=rounds)
    return {(call.sender_id, call.round_id): call for call in calls}


def _as_csv(lines: Sequence[SeenOfRound], language: Language) -> bytes:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(heading[language] for heading in HEADINGS)
    for told in lines:
        line = told.line
        cells: tuple[str | int, ...] = (
            line.at.astimezone(CHINA).isoformat(timespec="seconds"),
            line.office,
            line.person,
            line.seat[language],
            line.act[language],
            line.ground[language],
            told.round_name,
            "" if line.people is None else line.people,
        )
        writer.writerow(inert(cell) for cell in cells)
    return sheet.getvalue().encode("utf-8-sig")
