"""Reading the chains for the check. As the auditor: the fence shows everybody else one office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from tenancy.domain.chain import Entry, Head, Verdict, verify
from tenancy.models import AuditEntry, AuditHead, Office

PLATFORM = 0
ROWS_AT_A_TIME = 5_000
COLUMNS = (
    "tenant_id",
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
    """One chain: whose, how long, what is wrong with it, and the head to keep elsewhere."""

    name: str
    verdict: Verdict
    head: Head | None


def heads() -> list[tuple[int, Head]]:
    """Where each chain stands now, by its head row."""
    rows = AuditHead.objects.order_by("chain")
    return [(row.chain, Head(row.seq, bytes(row.hash))) for row in rows]


def verify_chains(kept: Mapping[int, Sequence[Head]] | None = None) -> Iterator[ChainReport]:
    """Every chain, the platform's own first. One snapshot: people go on working meanwhile.

    `kept`: heads of each chain that were kept elsewhere, and are signed by us.
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
        for chain in sorted(now.keys() | names.keys() | kept.keys()):
            head = now.get(chain)
            verdict = verify(_entries_of(chain), head, kept.get(chain, ()))
            yield ChainReport(names.get(chain, f"(office {chain})"), verdict, head)


def _entries_of(chain: int) -> Iterator[Entry]:
    rows = (
        AuditEntry.objects.filter(**_belongs_to(chain))
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
