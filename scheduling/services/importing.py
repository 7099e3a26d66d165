"""What a clerk does with a workbook: upload it, look at the dry run, apply it.

Reading and applying are a worker's: `reading`, `comparing` and `applying`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from django.db import transaction

from kernel.clock import now
from kernel.text import Text
from scheduling.access.imports import IMPORT_PERMISSION, access_import, imports_visible_to
from scheduling.errors import (
    ImportCancelled,
    ImportNotCancellable,
    ImportNotReady,
    NoFaultyRows,
    NothingToApply,
    UnknownImportKind,
)
from scheduling.mapping.filing import Stored, faulty_path_of, forget, store
from scheduling.models.imports import Import, ImportRow
from scheduling.workbooks.reading import BookLayout
from scheduling.workbooks.roster import ROSTER
from scheduling.workbooks.templates import template
from scheduling.workbooks.units import UNITS
from scheduling.workbooks.words import clean
from tenancy import audit
from tenancy.access import access_job
from tenancy.actor import Actor
from tenancy.domain.streams import A_READING
from tenancy.queue import Job, enqueue

READ = "scheduling.read_import"
APPLY = "scheduling.apply_import"
DISCARD = "scheduling.discard_import"

LAYOUTS: dict[str, BookLayout] = {
    Import.Kind.ROSTER.value: ROSTER,
    Import.Kind.UNITS.value: UNITS,
}

STATE_WORDS = {
    Import.State.UPLOADED: Text(zh="还在等待读取", en="it waits to be read"),
    Import.State.READING: Text(zh="正在读取", en="it is being read"),
    Import.State.DRY_RUN: Text(zh="已比对", en="it was compared"),
    Import.State.APPLYING: Text(zh="正在应用", en="it is being applied"),
    Import.State.APPLIED: Text(zh="已经应用过", en="it was applied already"),
    Import.State.REFUSED: Text(zh="文件未被接收", en="the file was refused"),
    Import.State.FAILED: Text(zh="读取时发生内部故障", en="reading it was stopped by a fault"),
}


@dataclass(frozen=True, slots=True)
class Uploaded:
    """`is_known`: the same file lies here already; this is that import."""

    upload: Import
    is_known: bool


@transaction.atomic
def upload_workbook(
    *, actor: Actor, kind: str, file_name: str, content: Iterable[bytes]
) -> Uploaded:
    """Keep the file and have it read. The same file a second time is the same import."""
    layout_of(kind)
    actor.must(IMPORT_PERMISSION[kind])
    stored = store(actor.tenant_id, content)
    try:
        known = _same_file(actor, kind, stored.sha256)
        if known is None:
            return Uploaded(_begin(actor, kind, file_name, stored), is_known=False)
    except BaseException:
        forget(actor.tenant_id, stored.name)
        raise
    forget(actor.tenant_id, stored.name)
    return Uploaded(known, is_known=True)


def _begin(actor: Actor, kind: str, file_name: str, stored: Stored) -> Import:
    upload = Import.objects.create(
        tenant_id=actor.tenant_id,
        kind=kind,
        file_name=_base_name(file_name),
        stored_name=stored.name,
        size=stored.size,
        sha256=stored.sha256,
        uploaded_by_id=actor.user_id,
        uploaded_at=now(),
    )
    upload.job_number = enqueue(actor, READ, import_number=upload.pk).pk
    upload.save(update_fields=["job_number"])
    audit.record(actor, "scheduling.import.uploaded", upload, kind=kind, sha256=stored.sha256)
    return upload


@transaction.atomic
def apply_import(*, actor: Actor, number: int, accepted: Collection[int] = ()) -> Import:
    """Have the good rows taken. Doing it twice does it once.

    `accepted` are the rows to be looked at that somebody did look at and wants taken.
    """
    upload = access_import(actor, number, lock=True)
    if upload.state in (Import.State.APPLYING, Import.State.APPLIED):
        return upload
    if upload.state != Import.State.DRY_RUN:
        raise ImportNotReady(file=upload.file_name, state=STATE_WORDS[Import.State(upload.state)])
    rows = ImportRow.objects.filter(tenant_id=actor.tenant_id, upload=upload)
    rows.filter(state=ImportRow.State.REVIEW).update(accepted=False)
    taken = rows.filter(state=ImportRow.State.REVIEW, pk__in=list(accepted)).update(accepted=True)
    if not (upload.counts.get("add") or upload.counts.get("change") or taken):
        raise NothingToApply(file=upload.file_name)
    upload.state = Import.State.APPLYING
    upload.job_number = enqueue(actor, APPLY, import_number=upload.pk).pk
    upload.save(update_fields=["state", "job_number"])
    audit.record(actor, "scheduling.import.requested", upload, accepted=taken)
    return upload


@transaction.atomic
def cancel_import(*, actor: Actor, number: int) -> Import:
    """Give up what was uploaded, before anything of it is taken. Doing it twice does it once.

    A worker removes its rows and its file, which holds ID numbers.
    """
    upload = access_import(actor, number, lock=True)
    if upload.state == Import.State.REFUSED:
        return upload
    if not upload.may_be_given_up:
        raise ImportNotCancellable(
            file=upload.file_name, state=STATE_WORDS[Import.State(upload.state)]
        )
    upload.close(ImportCancelled(name=actor.name))
    upload.job_number = enqueue(actor, DISCARD, import_number=upload.pk).pk
    upload.save(update_fields=["state", "refusal", "job_number"])
    audit.record(actor, "scheduling.import.cancelled", upload)
    return upload


def empty_workbook(*, actor: Actor, kind: str) -> bytes:
    """The template to fill in."""
    layout = layout_of(kind)
    actor.must(IMPORT_PERMISSION[kind])
    return template(layout)


def faulty_workbook(*, actor: Actor, number: int) -> bytes:
    """The rows that were not taken, with their reasons. It holds what was typed: it is logged."""
    upload = access_import(actor, number)
    path = faulty_path_of(upload)
    if not path.exists():
        raise NoFaultyRows(file=upload.file_name)
    with transaction.atomic():
        audit.record(actor, "scheduling.import.downloaded", upload, stream=A_READING)
    return path.read_bytes()


def layout_of(kind: str) -> BookLayout:
    if kind not in LAYOUTS:
        raise UnknownImportKind(kind=kind)
    return LAYOUTS[kind]


def _same_file(actor: Actor, kind: str, sha256: str) -> Import | None:
    """The import of the same bytes, unless it came to nothing or another was applied since."""
    mine = imports_visible_to(actor).filter(kind=kind)
    same = mine.filter(sha256=sha256).order_by("-pk").first()
    if same is None or same.state in (Import.State.REFUSED, Import.State.FAILED):
        return None
    if same.job_number and access_job(actor, same.job_number).state == Job.State.FAILED:
        return None
    is_outdated = mine.filter(
        state=Import.State.APPLIED, applied_at__gt=same.applied_at or same.uploaded_at
    ).exclude(pk=same.pk)
    return None if is_outdated.exists() else same


def _base_name(file_name: str) -> str:
    """Without a path, whichever system wrote it, and without marks that could deceive."""
    name = PureWindowsPath(PurePosixPath(file_name).name).name
    return clean(name)[:200] or "upload"
