"""A ledger in a workbook: upload it, look at the dry run, confirm it or cancel it.

It is read while one waits. The file is kept nowhere; what was read waits in the import until it is
over. What differs between the ledger of problems and that of clues, a `Ledger` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from django.conf import settings
from django.db import transaction

from kernel.clock import now
from kernel.text import Text
from scheduling.mapping.filing import folder_of, forget, store
from scheduling.workbooks.columns import ReadRow
from scheduling.workbooks.reading import BookLayout, open_book
from scheduling.workbooks.refusals import FileRefused
from scheduling.workbooks.templates import template
from scheduling.workbooks.words import clean
from sharing.domain.ledgers import MOST_ROWS, TAKEN, Fate, Judgement, Said
from sharing.errors.ledgers import (
    InformantColumns,
    LedgerChangedMeanwhile,
    LedgerForAnother,
    LedgerImportFaulty,
    LedgerImportOver,
    NothingNewInLedger,
)
from sharing.mapping.ledgers import Line, counted, note_repeats
from sharing.models.ledgers import LedgerImport
from sharing.workbooks.ledgers import GENERAL_NOTES, headings_of_who_told
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as
from tenancy.domain.roles import Permission

AT_ONCE = 500  # rows a statement


@dataclass(frozen=True, slots=True)
class Ledger:
    """`uploads`, `staged`, `past`: the tables. `gist`: the column
    that a row is recognised by. `said_of`: what rows without faults say. `judge`: what
    would become of such lines now. `take`: make the records of staged rows."""

    act: str
    permission: Permission
    layout: BookLayout
    titles: Mapping[str, Text]
    gist: str
    uploads: Any
    staged: Any
    access: Callable[..., Any]
    lists: Callable[[Actor], Mapping[str, Sequence[str]]]
    said_of: Callable[[Actor, Sequence[ReadRow]], list[Said]]
    judge: Callable[[Actor, Sequence[Said]], list[Judgement]]
    take: Callable[[Actor, Any, Sequence[Any]], None]
    is_for_another: Callable[[Actor, Line], bool]
    may_end: Callable[[Actor, LedgerImport], bool]
    once: str  # the constraint that a line taken by somebody else at this moment meets


@dataclass(frozen=True, slots=True)
class Uploaded:
    """`is_known`: the same file was taken in before; this is that import."""

    upload: LedgerImport
    is_known: bool


@transaction.atomic
def upload_ledger(
    ledger: Ledger, *, actor: Actor, file_name: str, content: Iterable[bytes]
) -> Uploaded:
    """Read the workbook and say what confirming it would do. Nothing is taken yet."""
    actor.must(ledger.permission)
    stored = store(actor.tenant_id, content)
    try:
        known = _taken_before(ledger, actor, stored.sha256)
        if known is not None:
            return Uploaded(known, is_known=True)
        lines, remarks = _read(ledger, actor, stored.name)
        if any(ledger.is_for_another(actor, line) for line in lines):
            raise LedgerForAnother().at("file")
    except FileRefused as refusal:
        raise refusal.at("file") from None
    finally:
        forget(actor.tenant_id, stored.name)
    _cancel_old_ones(ledger, actor)
    upload = ledger.uploads.objects.create(
        tenant_id=actor.tenant_id,
        file_name=_base_name(file_name),
        sha256=stored.sha256,
        rows_read=len(lines),
        counts=counted(lines),
        remarks=remarks,
    )
    upload.refresh_from_db()
    ledger.staged.objects.bulk_create(
        (
            ledger.staged(
                tenant_id=actor.tenant_id,
                upload_id=upload.pk,
                **line.staged(ledger.titles, ledger.gist),
            )
            for line in lines
        ),
        batch_size=AT_ONCE,
    )
    audit.record(actor, f"{ledger.act}.uploaded", upload, sha256=stored.sha256, rows=len(lines))
    return Uploaded(upload, is_known=False)


@transaction.atomic
def confirm_ledger(ledger: Ledger, *, actor: Actor, number: int) -> LedgerImport:
    """Take every line, or none. Doing it twice does it once."""
    upload = _to_end(ledger, actor, number)
    if upload.state == LedgerImport.State.APPLIED:
        return upload
    _must_wait(upload)
    faulty = upload.counts[Fate.FAULTY]
    if faulty:
        raise LedgerImportFaulty(file=upload.file_name, count=faulty)
    rows = _rows(ledger, upload)
    told = ledger.judge(actor, [row.said for row in rows])
    if [one.fate.value for one in told] != [row.fate for row in rows]:
        raise LedgerChangedMeanwhile
    taken = [row for row in rows if row.fate in TAKEN]
    if not taken:
        raise NothingNewInLedger(file=upload.file_name)
    meanwhile = LedgerChangedMeanwhile()
    with refused_as({ledger.once: meanwhile, "rectification_item_in_its_place": meanwhile}):
        ledger.take(actor, upload, taken)
    _end(ledger, upload, LedgerImport.State.APPLIED)
    counts = {fate: count for fate, count in upload.counts.items() if count}
    audit.record(actor, f"{ledger.act}.confirmed", upload, **counts)
    return upload


@transaction.atomic
def cancel_ledger(ledger: Ledger, *, actor: Actor, number: int) -> LedgerImport:
    """Nothing of it is taken, and what was read of it goes. Doing it twice does it once."""
    upload = _to_end(ledger, actor, number)
    if upload.state == LedgerImport.State.CANCELLED:
        return upload
    _must_wait(upload)
    _end(ledger, upload, LedgerImport.State.CANCELLED)
    audit.record(actor, f"{ledger.act}.cancelled", upload)
    return upload


def ledger_template(ledger: Ledger, *, actor: Actor) -> bytes:
    """The workbook to fill in, with the office's own words to choose from."""
    actor.must(ledger.permission)
    return template(ledger.layout, notes=GENERAL_NOTES, lists=ledger.lists(actor))


def _read(ledger: Ledger, actor: Actor, name: str) -> tuple[list[Line], list[dict[str, str]]]:
    with open_book(folder_of(actor.tenant_id) / name, ledger.layout) as book:
        told = headings_of_who_told(book.outline.unread)
        if told:
            raise InformantColumns(columns="、".join(one[:40] for one in told[:10]))
        lines = [Line(row, faults=list(row.faults)) for row in book.rows(max_rows=MOST_ROWS)]
        remarks = [{"zh": one.zh, "en": one.en} for one in book.outline.remarks]
    readable = [line for line in lines if not line.faults]
    said = ledger.said_of(actor, [line.row for line in readable])
    for line, one, judgement in zip(readable, said, ledger.judge(actor, said), strict=True):
        line.said, line.judgement = one, judgement
    note_repeats(lines)
    return lines, remarks


def _rows(ledger: Ledger, upload: LedgerImport) -> list[Any]:
    rows = ledger.staged.objects.filter(tenant_id=upload.tenant_id, upload_id=upload.pk)
    return list(rows.order_by("row_no"))


def _to_end(ledger: Ledger, actor: Actor, number: int) -> LedgerImport:
    upload: LedgerImport = ledger.access(actor, number, lock=True)
    if not ledger.may_end(actor, upload):
        raise LedgerForAnother
    return upload


def _must_wait(upload: LedgerImport) -> None:
    if upload.state != LedgerImport.State.DRY_RUN:
        raise LedgerImportOver(file=upload.file_name)


def _end(ledger: Ledger, upload: LedgerImport, state: str) -> None:
    upload.state = state
    upload.save(update_fields=["state"])
    ledger.staged.objects.filter(tenant_id=upload.tenant_id, upload_id=upload.pk).delete()
    upload.refresh_from_db()


def _taken_before(ledger: Ledger, actor: Actor, sha256: str) -> Any:
    mine = ledger.uploads.objects.filter(tenant_id=actor.tenant_id, sha256=sha256)
    return mine.filter(state=LedgerImport.State.APPLIED).order_by("-uploaded_at").first()


def _cancel_old_ones(ledger: Ledger, actor: Actor) -> None:
    """What nobody confirmed for long is read anew, not taken late."""
    before = now() - timedelta(days=settings.KEEP_IMPORTS_DAYS)
    old = ledger.uploads.objects.filter(
        tenant_id=actor.tenant_id, state=LedgerImport.State.DRY_RUN, uploaded_at__lt=before
    )
    for upload in old.select_for_update(no_key=True):
        if not ledger.may_end(actor, upload):
            continue  # it goes when another director uploads one
        _end(ledger, upload, LedgerImport.State.CANCELLED)
        audit.record(actor, f"{ledger.act}.cancelled", upload)


def _base_name(file_name: str) -> str:
    """Without a path, whichever system wrote it, and without marks that could deceive."""
    return clean(PureWindowsPath(PurePosixPath(file_name).name).name)[:200] or "upload"
