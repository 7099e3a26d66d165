"""Cleaning what was handed in, by a process of its own for each file."""

from __future__ import annotations

from sharing.attachments.outside import CleaningFailed, cleaned_aside
from sharing.attachments.refusals import FileRefused
from sharing.errors.attachments import CleaningStopped
from sharing.services import cleaning_files
from tenancy.queue import Lease, job
from tenancy.relay import chore

chore(cleaning_files.forget_orphans)


@job("sharing.clean_attachment", runs_for="attachment.read")
def clean_attachment(lease: Lease, *, attachment_number: int) -> None:
    """Make the derivative, or say why there is none. Killed half-way, it begins anew."""
    with lease.writing():
        task = cleaning_files.begin(actor=lease.actor, number=attachment_number)
    if task is None:
        return
    lease.keep({"phase": "cleaning"})
    try:
        made = cleaned_aside(task.kind, task.content)
    except FileRefused as refusal:
        _refuse(lease, attachment_number, refusal)
        return
    except CleaningFailed:
        _refuse(lease, attachment_number, CleaningStopped())
        raise
    name = None
    try:
        with lease.writing():
            name = cleaning_files.finish(actor=lease.actor, number=attachment_number, made=made)
    except BaseException:
        cleaning_files.forget(lease.tenant_id, name)
        raise


def _refuse(lease: Lease, attachment_number: int, refusal: FileRefused | CleaningStopped) -> None:
    with lease.writing():
        name = cleaning_files.refuse(actor=lease.actor, number=attachment_number, refusal=refusal)
    cleaning_files.forget(lease.tenant_id, name)
