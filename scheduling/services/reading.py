"""A worker's first half of an import: every row of the file into the staging table.

Killed half-way, it goes on behind the last row that was committed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import F, Max

from scheduling.mapping.filing import faulty_path_of, forget, path_of
from scheduling.mapping.rosters import staged_person, staged_unit
from scheduling.mapping.staging import discard_rows
from scheduling.models.imports import Import, ImportRow
from scheduling.services.importing import LAYOUTS
from scheduling.workbooks.columns import ReadRow
from scheduling.workbooks.lookalike import shape_key, sound_key
from scheduling.workbooks.reading import BookLayout, Outline
from scheduling.workbooks.refusals import FileRefused
from tenancy import audit
from tenancy.actor import Actor

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class ReadingTask:
    number: int
    tenant_id: int
    path: Path
    layout: BookLayout
    last_row: dict[str, int]  # sheet key -> the last row that is staged already

    def is_staged(self, row: ReadRow) -> bool:
        return row.number <= self.last_row.get(row.sheet, 0)


def begin_reading(*, actor: Actor, number: int) -> ReadingTask | None:
    """Take the file up, or go on with it. None: there is nothing left to read or compare."""
    upload = Import.objects.select_for_update().get(tenant_id=actor.tenant_id, pk=number)
    if upload.state not in (Import.State.UPLOADED, Import.State.READING):
        return None
    upload.state = Import.State.READING
    upload.save(update_fields=["state"])
    return task_of(upload)


def task_of(upload: Import) -> ReadingTask:
    rows = ImportRow.objects.filter(tenant_id=upload.tenant_id, upload=upload)
    last = rows.values("sheet").annotate(last=Max("row_no")).values_list("sheet", "last")
    return ReadingTask(
        upload.pk, upload.tenant_id, path_of(upload), LAYOUTS[upload.kind], dict(last)
    )


def note_outline(task: ReadingTask, outline: Outline) -> None:
    """What was recognised in the file, before its rows come."""
    Import.objects.filter(tenant_id=task.tenant_id, pk=task.number).update(
        outline={"sheets": outline.sheets, "headings": outline.headings},
        remarks=[{"zh": remark.zh, "en": remark.en} for remark in outline.remarks],
    )


def stage_rows(task: ReadingTask, rows: Sequence[ReadRow]) -> None:
    staged = ImportRow.objects.bulk_create(
        [_staged(task, row) for row in rows], batch_size=ROWS_AT_ONCE, ignore_conflicts=True
    )
    Import.objects.filter(tenant_id=task.tenant_id, pk=task.number).update(
        rows_read=F("rows_read") + len(staged)
    )


def refuse(*, actor: Actor, number: int, refusal: FileRefused) -> str:
    """Close the import with the words of the refusal. The name of the file to forget."""
    upload = Import.objects.select_for_update().get(tenant_id=actor.tenant_id, pk=number)
    discard_rows(actor.tenant_id, number)
    upload.close(refusal)
    upload.rows_read = 0
    upload.save(update_fields=["state", "rows_read", "refusal"])
    audit.record(actor, "scheduling.import.refused", upload, code=refusal.code)
    return upload.stored_name


def refused_file(*, actor: Actor, number: int) -> str | None:
    """The name of a refused import's file; None when the import was not refused."""
    upload = Import.objects.get(tenant_id=actor.tenant_id, pk=number)
    return upload.stored_name if upload.state == Import.State.REFUSED else None


def mark_failed(*, actor: Actor, number: int) -> None:
    """An internal fault. The file and the roster stay as they are."""
    Import.objects.filter(tenant_id=actor.tenant_id, pk=number).exclude(
        state=Import.State.APPLIED
    ).update(state=Import.State.FAILED)


def _staged(task: ReadingTask, row: ReadRow) -> ImportRow:
    return ImportRow(
        tenant_id=task.tenant_id,
        upload_id=task.number,
        sheet=row.sheet,
        sheet_name=row.sheet_name[:100],
        row_no=row.number,
        number=row.values.get("number") or "",
        name=row.values.get("name") or "",
        state=ImportRow.State.ERROR if row.faults else ImportRow.State.READ,
        payload=_payload(task, row),
        errors=[fault.as_json() for fault in row.faults],
        remarks=[remark.as_json() for remark in row.remarks],
    )


def _payload(task: ReadingTask, row: ReadRow) -> dict[str, Any]:
    """The row's values as JSON. Names carry the keys that look-alikes are found by."""
    if row.sheet not in ("people", "units"):
        return row.values
    if row.sheet == "people":
        payload = staged_person(task.tenant_id, row.values)
    else:
        payload = staged_unit(row.values)
    name = row.values.get("name") or ""
    return payload | {"sound_key": sound_key(name), "shape_key": shape_key(name)}


def abandon(*, actor: Actor, number: int) -> dict[str, int]:
    """Remove an import's rows and file without applying it. Its figures, for the last time."""
    upload = Import.objects.select_for_update().get(tenant_id=actor.tenant_id, pk=number)
    counts: dict[str, int] = dict(upload.counts)
    discard_rows(actor.tenant_id, number)
    upload.state = Import.State.FAILED
    upload.save(update_fields=["state"])
    forget(actor.tenant_id, upload.stored_name)
    audit.record(actor, "scheduling.import.abandoned", upload)
    return counts


def discard(*, actor: Actor, number: int) -> list[str]:
    """Remove the rows of an import that was cancelled. The names of the files to forget."""
    upload = Import.objects.select_for_update().get(tenant_id=actor.tenant_id, pk=number)
    discard_rows(actor.tenant_id, number)
    return [upload.stored_name, faulty_path_of(upload).name]
