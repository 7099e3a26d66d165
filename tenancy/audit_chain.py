"""Reading the chains for the check. As the auditor: the fence shows everybody else one office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from tenancy.domain.chain import Entry, Head, Verdict, verify
from tenancy.domain.streams import STREAMS, name_of
from tenancy.models import AuditEntry, AuditHead, Office

PLATFORM = 0
ROWS_AT_A_TIME = 5_000
COLUMNS = (
    "tenant_id",
    "stream",
    "seq",
    "at",
    "user_id",
    "office_id",
    "action",
    "object_type",
    "object_id",
    "data_text",
    "prev_hash",
    "hash",
)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """One stream: whose and which, how long, what is wrong with it, and the head to keep elsewhere."""

    name: str
    verdict: Verdict
    head: Head | None


def heads() -> list[tuple[tuple[int, int], Head]]:
    """Where each stream of each chain stands now, by its head row."""
    rows = AuditHead.objects.order_by("chain", "stream")
    return [((row.chain, row.stream), Head(row.seq, bytes(row.hash))) for row in rows]


def verify_chains(
    kept: Mapping[tuple[int, int], Sequence[Head]] | None = None,
) -> Iterator[ChainReport]:
    """Every stream of every chain, the platform's own first. One snapshot: people go on working meanwhile.

    `kept`: heads of each stream that were kept elsewhere, and are signed by us.
    """
    kept = kept or {}
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        now = dict(heads())
        names = {PLATFORM: "(platform)"} | dict(
            # No order: the auditor may read these columns and no other.
            Office.objects.order_by().values_list("pk", "code")
        )
        with_heads = {chain for chain, _ in now}
        for chain in sorted(with_heads | names.keys() | {chain for chain, _ in kept}):
            name = names.get(chain, f"(office {chain})")
            for stream in STREAMS:
                head = now.get((chain, stream))
                verdict = verify(
                    _entries_of(chain, stream),
                    head,
                    kept.get((chain, stream), ()),
                    has_sisters=chain in with_heads,
                )
                yield ChainReport(f"{name} {name_of(stream)}", verdict, head)


def _entries_of(chain: int, stream: int) -> Iterator[Entry]:
    rows = (
        AuditEntry.objects.filter(**_belongs_to(chain), stream=stream)
        .annotate(data_text=Cast("data", TextField()))
        .order_by("seq", "id")
        .values_list(*COLUMNS)
    )
    for row in rows.iterator(chunk_size=ROWS_AT_A_TIME):
        stored = dict(zip(COLUMNS, row, strict=True))
        data, prev_hash, own_hash = (
            stored.pop(name) for name in ("data_text", "prev_hash", "hash")
        )
        yield Entry(**stored, data=data, prev_hash=bytes(prev_hash), hash=bytes(own_hash))


def _belongs_to(chain: int) -> dict[str, int | bool]:
    return {"tenant__isnull": True} if chain == PLATFORM else {"tenant_id": chain}
