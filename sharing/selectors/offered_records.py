"""Records of one's own office to choose from, where views of them are prepared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from kernel.clock import CHINA
from kernel.text import Text
from sharing.access.shared_records import records_to_share
from sharing.domain.shared_views import KIND_TITLES, Shareable
from sharing.mapping.shared_records import name_of
from sharing.models.share_grants import ShareGrant
from tenancy.actor import Actor

# So many of each kind are offered; whoever looks for another one narrows the search.
MOST = 30


@dataclass(frozen=True, slots=True)
class RecordSieve:
    """`until` is exclusive."""

    unit: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class OfferedRecord:
    kind: Shareable
    number: int
    name: str

    @property
    def key(self) -> str:
        return f"{self.kind.value}:{self.number}"


@dataclass(frozen=True, slots=True)
class _Columns:
    """`on`: the day by which a record is found; `is_instant`: it is kept to the second."""

    unit: str
    words: tuple[str, ...]
    on: str
    is_instant: bool = False


COLUMNS: Mapping[Shareable, _Columns] = {
    Shareable.FINDING: _Columns("unit_name", ("title",), "room__starts_on"),
    Shareable.CLUE: _Columns("subject_unit", ("subject_name", "gist"), "signed_at", True),
    Shareable.ITEM: _Columns("desk__name", ("issue", "category"), "served_on"),
    Shareable.LETTER: _Columns("addressee", ("title", "reference"), "signed_on"),
}


@dataclass(frozen=True, slots=True)
class OfferedKind:
    kind: Shareable
    records: Sequence[OfferedRecord]
    has_more: bool

    @property
    def title(self) -> Text:
        return KIND_TITLES[self.kind]


def records_offered(actor: Actor, share: ShareGrant, sieve: RecordSieve) -> Sequence[OfferedKind]:
    """Of each kind that was asked for, the newest that match."""
    return [_of_kind(actor, kind, sieve) for kind in share.shareables]


def sieve_of(share: ShareGrant) -> RecordSieve:
    """As it was asked for."""
    return RecordSieve(share.unit, share.words, share.happened_from, share.happened_until)


def _of_kind(actor: Actor, kind: Shareable, sieve: RecordSieve) -> OfferedKind:
    columns = COLUMNS[kind]
    rows = records_to_share(actor, kind)
    if sieve.unit:
        rows = rows.filter(**{f"{columns.unit}__icontains": sieve.unit})
    for word in sieve.words.split():
        found = Q()
        for column in columns.words:
            found |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(found)
    if sieve.since:
        rows = rows.filter(**{f"{columns.on}__gte": _from(sieve.since, columns)})
    if sieve.until:
        rows = rows.filter(**{f"{columns.on}__lt": _from(sieve.until, columns)})
    found_rows = list(rows.order_by(f"-{columns.on}", "-pk")[: MOST + 1])
    offered = [OfferedRecord(kind, row.pk, name_of(kind, row)) for row in found_rows[:MOST]]
    return OfferedKind(kind, offered, len(found_rows) > MOST)


def _from(day: date, columns: _Columns) -> date | datetime:
    return datetime.combine(day, time.min, CHINA) if columns.is_instant else day
