from __future__ import annotations

from django.db import InterfaceError, OperationalError

from scheduling.mapping.filing import forget
from scheduling.services import applying, expiring, importing, reading
from scheduling.services.comparing import last_applied
from scheduling.services.reading import ReadingTask
from scheduling.workbooks.columns import ReadRow
from scheduling.workbooks.reading import open_book
from scheduling.workbooks.refusals import FileRefused
from tenancy.queue import Lease, LeaseLost, job
from tenancy.relay import chore

chore(expiring.forget_stale_imports)

# Not the file's fault and not ours: the job is taken up again.
_TO_BE_RESUMED = (LeaseLost, OperationalError, InterfaceError)


@job(importing.READ)
def read_import(lease: Lease, *, import_number: int) -> None:
    """Read the file and make the dry run.

    Killed half-way: rows that were committed are not read into the table again, and the
    comparison begins anew.
    """
    with lease.writing():
        task = reading.begin_reading(actor=lease.actor, number=import_number)
    if task is None:
        # Refused by one who was killed before the file was gone: ID numbers must not stay.
        with lease.writing():
            refused = reading.refused_file(actor=lease.actor, number=import_number)
        if refused is not None:
            forget(lease.tenant_id, refused)
        return
    try:
        stage(lease, task)
        compare(lease, import_number)
    except FileRefused as refusal:
        with lease.writing():
            name = reading.refuse(actor=lease.actor, number=import_number, refusal=refusal)
        forget(lease.tenant_id, name)
    except _TO_BE_RESUMED:
        raise
    except Exception:
        with lease.writing():
            reading.mark_failed(actor=lease.actor, number=import_number)
        raise


@job(importing.APPLY)
def apply_import(lease: Lease, *, import_number: int) -> None:
    """Take the good rows. Called again after its process died, it takes them once.

    Where another import was applied in between, the dry run is made again instead.
    """
    try:
        lease.keep({"phase": "applying"})
        with lease.writing():
            is_taken = applying.take_rows(actor=lease.actor, number=import_number)
        if not is_taken:
            compare(lease, import_number)
            return
        with lease.writing():
            upload = applying.import_of(lease.actor, import_number)
        applying.forget_upload(upload)
    except _TO_BE_RESUMED:
        raise
    except Exception:
        with lease.writing():
            reading.mark_failed(actor=lease.actor, number=import_number)
        raise


@job(importing.DISCARD)
def discard_import(lease: Lease, *, import_number: int) -> None:
    """Leave nothing of a cancelled import but the line that says so."""
    with lease.writing():
        names = reading.discard(actor=lease.actor, number=import_number)
    for name in names:
        forget(lease.tenant_id, name)


def stage(lease: Lease, task: ReadingTask) -> None:
    """Every row into the staging table, a thousand in a transaction."""
    rows: list[ReadRow] = []
    count = 0
    with open_book(task.path, task.layout) as book:
        with lease.writing():
            reading.note_outline(task, book.outline)
        for row in book.rows():
            count += 1
            if count % 200 == 0:
                lease.keep({"phase": "reading", "rows": count})
            if task.is_staged(row):
                continue
            rows.append(row)
            if len(rows) >= reading.ROWS_AT_ONCE:
                with lease.writing():
                    reading.stage_rows(task, rows)
                rows.clear()
    with lease.writing():
        reading.stage_rows(task, rows)


def compare(lease: Lease, import_number: int) -> None:
    """The dry run: some rows in a transaction, the figures and the faulty rows at the end."""
    with lease.writing():
        upload = applying.import_of(lease.actor, import_number)
        compared_with = last_applied(upload)
    comparison = applying.comparison_of(upload)
    count = 0
    batches = comparison.batches()
    while True:
        with lease.writing():
            batch = next(batches, None)
            if batch is None:
                break
            comparison.judge(batch)
        count += len(batch)
        lease.keep({"phase": "comparing", "rows": count, "of": upload.rows_read})
    lease.keep({"phase": "finishing", "rows": count, "of": upload.rows_read})
    with lease.writing():
        applying.write_faulty_rows(upload)
        applying.finish_comparison(
            actor=lease.actor, number=import_number, compared_with=compared_with
        )
