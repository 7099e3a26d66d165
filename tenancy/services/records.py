"""Reading the record: the audit administrator all of it, a director their own office's.

Reading is an act: the line that says so stands in the transaction that reads, or nothing is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from kernel.clock import CHINA
from kernel.text import Language, Text
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.acts import (
    NOT_TOLD_AT_HOME,
    OBJECTS_NOT_TOLD_AT_HOME,
    object_of,
    shown_of,
    title_of,
)
from tenancy.domain.roles import Permission, Role
from tenancy.domain.streams import A_READING, ACTS, title_of_stream
from tenancy.errors import RecordTooLong
from tenancy.models import AuditEntry, Membership, Office, User

PAGE = 50
MOST_EXPORTED = 50_000
PLATFORM = Text(zh="平台", en="Platform")
NOBODY = Text(zh="系统", en="The system")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; all of it together. `person`: part of a name, or an account's name.

    `office` 0 is the platform's own chain; days are China's, both ends included; `before` is the
    number of the last line that was seen.
    """

    person: str = ""
    office: int | None = None
    action: str = ""
    object_type: str = ""
    object_number: int | None = None
    first: date | None = None
    last: date | None = None
    before: int | None = None
    reads: bool | None = None  # reads alone, acts alone, or both

    @property
    def since(self) -> datetime | None:
        return None if self.first is None else _midnight(self.first)

    @property
    def until(self) -> datetime | None:
        return None if self.last is None else _midnight(self.last + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Line:
    """One act in words, with its place in the chain."""

    number: int
    office: Text
    stream: Text
    seq: int
    at: datetime
    person: Text
    act: Text
    action: str
    object_type: str
    object: Text
    object_number: int | None
    facts: Sequence[tuple[Text, Text]]
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """`next_before`: the search goes on behind this line; None: there is no more."""

    lines: Sequence[Line]
    next_before: int | None


@transaction.atomic
def search_record(*, actor: Actor, search: Search) -> RecordPage:
    """A page of the record of all offices. The database looks at the seat once more."""
    actor.must(Permission.READ_ALL_RECORDS)
    found = _everywhere(search, PAGE + 1)
    note_search(actor, "tenancy.record.searched", search, len(found[:PAGE]))
    return _page(found)


@transaction.atomic
def own_record(*, actor: Actor, search: Search) -> RecordPage:
    """A page of the own office's record, by the office's own fence."""
    actor.must(Permission.VIEW_OWN_RECORD)
    found = _at_home(actor, search, PAGE + 1)
    note_search(actor, "tenancy.record.searched", search, len(found[:PAGE]))
    return _page(found)


@transaction.atomic
def export_record(*, actor: Actor, search: Search, language: Language) -> bytes:
    """What the search finds, as a CSV that Excel opens; too many lines are refused."""
    actor.must(Permission.READ_ALL_RECORDS)
    actor.must(Permission.EXPORT_RECORDS)
    found = _everywhere(search, MOST_EXPORTED + 1)
    if len(found) > MOST_EXPORTED:
        raise RecordTooLong(most=MOST_EXPORTED)
    content = _as_csv(_told(found), language)
    note_search(actor, "tenancy.record.exported", search, len(found))
    return content


def note_search(actor: Actor, action: str, search: Search, lines: int) -> None:
    """By numbers and codes: a name that was typed is not repeated."""
    audit.record(
        actor,
        action,
        stream=A_READING,
        lines=lines,
        office=search.office,
        kind=search.object_type or None,
        number=search.object_number,
        code=search.action or None,
        is_by_person=bool(search.person),
    )


def _everywhere(search: Search, at_most: int) -> list[AuditEntry]:
    rows = AuditEntry.objects.raw(
        "SELECT * FROM sec.read_record(%s::bigint[], %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            _people(search),
            search.office,
            search.action or None,
            search.object_type or None,
            search.object_number,
            search.since,
            search.until,
            search.before,
            at_most,
            search.reads,
        ],
    )
    return list(rows)


def _at_home(actor: Actor, search: Search, at_most: int) -> list[AuditEntry]:
    rows = AuditEntry.objects.filter(tenant_id=actor.tenant_id)
    rows = rows.exclude(action__in=NOT_TOLD_AT_HOME)
    rows = rows.exclude(object_type__in=OBJECTS_NOT_TOLD_AT_HOME)
    # Nor when the discipline body was there: beside a declaration's time it would say who declared.
    discipline = Membership.objects.filter(tenant_id=actor.tenant_id, role=Role.DISCIPLINE_BODY)
    rows = rows.exclude(user_id__in=list(discipline.values_list("user_id", flat=True)))
    wanted = {
        "user_id__in": _people(search),
        "action": search.action or None,
        "object_type": search.object_type or None,
        "object_id": search.object_number,
        "at__gte": search.since,
        "at__lt": search.until,
        "stream__gt": ACTS if search.reads is True else None,
        "stream": ACTS if search.reads is False else None,
    }
    rows = rows.filter(**{key: value for key, value in wanted.items() if value is not None})
    if search.before is not None:
        last = AuditEntry.objects.filter(tenant_id=actor.tenant_id, pk=search.before).first()
        if last is None:
            return []
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    return list(rows.order_by("-at", "-pk")[:at_most])


def _people(search: Search) -> list[int] | None:
    """Numbers of the accounts that are meant; None: everybody."""
    if not search.person:
        return None
    named = Q(display_name__icontains=search.person) | Q(username=search.person)
    return list(User.objects.filter(named).order_by("pk").values_list("pk", flat=True))


def _page(found: Sequence[AuditEntry]) -> RecordPage:
    shown = found[:PAGE]
    return RecordPage(_told(shown), shown[-1].pk if len(found) > PAGE else None)


def _told(entries: Sequence[AuditEntry]) -> Sequence[Line]:
    known = {entry.user_id for entry in entries} | {_principal(entry) for entry in entries}
    people = User.objects.in_bulk(known - {None})
    offices = Office.objects.in_bulk({entry.tenant_id for entry in entries} - {None})
    return [
        Line(
            number=entry.pk,
            office=_same(offices[entry.tenant_id].short_name)
            if entry.tenant_id is not None
            else PLATFORM,
            stream=title_of_stream(entry.stream),
            seq=entry.seq,
            at=entry.at,
            person=_who(entry, people),
            act=title_of(entry.action),
            action=entry.action,
            object_type=entry.object_type,
            object=object_of(entry.object_type),
            object_number=entry.object_id,
            facts=tuple(shown_of(entry.data)),
            prev_hash=bytes(entry.prev_hash).hex(),
            hash=bytes(entry.hash).hex(),
        )
        for entry in entries
    ]


def _principal(entry: AuditEntry) -> int | None:
    """Whom a deputy stood in for."""
    number = entry.data.get("on_behalf_of")
    return number if isinstance(number, int) else None


def _who(entry: AuditEntry, people: Mapping[int, User]) -> Text:
    if not entry.user_id:
        return NOBODY
    name = people[entry.user_id].display_name
    principal = people.get(_principal(entry) or 0)
    if principal is None:
        return _same(name)
    whose = principal.display_name
    return Text(zh=f"{name}（代{whose}）", en=f"{name} (for {whose})")


HEADINGS = (
    Text(zh="机构", en="Office"),
    Text(zh="记录流", en="Stream"),
    Text(zh="链上序号", en="Number in the chain"),
    Text(zh="时间", en="Time"),
    Text(zh="人员", en="Person"),
    Text(zh="操作", en="Act"),
    Text(zh="操作代码", en="Code"),
    Text(zh="对象", en="Object"),
    Text(zh="对象编号", en="Number of the object"),
    Text(zh="说明", en="Facts"),
    Text(zh="前一摘要", en="Previous hash"),
    Text(zh="摘要", en="Hash"),
)


def _as_csv(lines: Sequence[Line], language: Language) -> bytes:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(heading[language] for heading in HEADINGS)
    for line in lines:
        cells = (
            line.office[language],
            line.stream[language],
            line.seq,
            line.at.astimezone(CHINA).isoformat(timespec="microseconds"),
            line.person[language],
            line.act[language],
            line.action,
            line.object_type,
            "" if line.object_number is None else line.object_number,
            "; ".join(f"{label[language]} {value[language]}" for label, value in line.facts),
            line.prev_hash,
            line.hash,
        )
        writer.writerow(inert(cell) for cell in cells)
    return sheet.getvalue().encode("utf-8-sig")


def inert(cell: str | int) -> str | int:
    """No name is run as a formula by the program that opens the file."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell


def _same(words: str) -> Text:
    return Text(zh=words, en=words)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
