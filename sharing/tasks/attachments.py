"""Cleaning what was handed in, by a process of its own for each file."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

from kernel.errors import DomainError
from sharing.attachments.outside import cleaned_aside
from sharing.attachments.refusals import FileRefused
from sharing.errors.attachments import CleaningStopped
from sharing.services import cleaning_files
from tenancy.queue import Lease, LeaseLost, job
from tenancy.relay import chore

chore(cleaning_files.forget_orphans)


# Not the file's fault and not ours: the job is taken up again.
_TO_BE_RESUMED = (LeaseLost, OperationalError, InterfaceError)


@job("sharing.clean_attachment", runs_for="attachment.read")
def clean_attachment(lease: Lease, *, attachment_number: int) -> None:
    """Make the derivative, or say why there is none. Killed half-way, it begins anew."""
    try:
        _clean(lease, attachment_number)
    except _TO_BE_RESUMED:
        raise
    except FileRefused as refusal:
        _refuse(lease, attachment_number, refusal)
    except Exception:
        # No key, no room, a cleaner that fell: whoever handed it in is told, and hands it in again.
        _refuse(lease, attachment_number, CleaningStopped())
        raise


def _clean(lease: Lease, attachment_number: int) -> None:
    with lease.writing():
        task = cleaning_files.begin(actor=lease.actor, number=attachment_number)
    if task is None:
        return
    lease.keep({"phase": "cleaning"})
    made = cleaned_aside(task.kind, task.content)
    name = None
    try:
        with lease.writing():
            name = cleaning_files.finish(actor=lease.actor, number=attachment_number, made=made)
    except BaseException:
        cleaning_files.forget(lease.tenant_id, name)
        raise


def _refuse(lease: Lease, attachment_number: int, refusal: DomainError) -> None:
    with lease.writing():
        name = cleaning_files.refuse(actor=lease.actor, number=attachment_number, refusal=refusal)
    cleaning_files.forget(lease.tenant_id, name)
