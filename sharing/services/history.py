"""Taking in the quoted figures of past terms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from kernel.clock import now
from scheduling.workbooks.columns import ReadRow
from scheduling.workbooks.reading import open_book
from sharing.errors.history import HistoryRowsFaulty
from sharing.models.history import QuotedFigure
from sharing.workbooks.history import HISTORY
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

_KEY = ["tenant", "term", "topic", "figure"]
_SAID = ["value", "measure", "quote", "source", "caution", "position", "imported_at"]


@transaction.atomic
def import_history(*, actor: Actor, path: Path) -> int:
    """Take every figure of the workbook, or none. The same workbook twice changes nothing.

    The tables are small and come with the product's set-up, so there is no dry run.
    """
    actor.must(Permission.VIEW_HISTORY)
    with open_book(path, HISTORY) as book:
        rows = list(book.rows())
    _check(rows)
    QuotedFigure.objects.bulk_create(
        [_figure(actor, position, row) for position, row in enumerate(rows, start=1)],
        update_conflicts=True,
        unique_fields=_KEY,
        update_fields=_SAID,
    )
    audit.record(actor, "sharing.history.imported", rows=len(rows))
    return len(rows)


def _check(rows: Sequence[ReadRow]) -> None:
    faulty = [row for row in rows if row.faults]
    if faulty:
        first = faulty[0]
        raise HistoryRowsFaulty(count=len(faulty), row=first.number, fault=first.faults[0].text)


def _figure(actor: Actor, position: int, row: ReadRow) -> QuotedFigure:
    return QuotedFigure(
        tenant_id=actor.tenant_id, position=position, imported_at=now(), **row.values
    )
