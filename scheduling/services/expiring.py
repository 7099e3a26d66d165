"""What an upload leaves behind goes in time: its rows and its file hold what was typed of people."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from scheduling.errors import ImportExpired
from scheduling.mapping.filing import faulty_path_of, forget, old_faulty_workbooks
from scheduling.mapping.staging import discard_rows
from scheduling.models.imports import Import
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import in_office

DAY_S = 24 * 60 * 60

log = logging.getLogger(__name__)


def forget_stale_imports() -> None:
    """End what was never applied, in all offices; remove old workbooks of faulty rows. By the
    worker: the database tells it numbers, and each import is ended in its own office."""
    days = settings.KEEP_IMPORTS_DAYS
    with connection.cursor() as cursor:
        cursor.execute("SELECT office, number FROM sec.stale_imports(%s)", [days])
        found = cursor.fetchall()
    for office, number in found:
        actor = Actor.for_job(office, None)
        try:
            with in_office(office, None):
                expire_import(actor=actor, number=number, days=days)
        except OSError:
            _tell_of_a_file(f"of import {number}")
    for path in old_faulty_workbooks(before=time.time() - days * DAY_S):
        _remove(path)


@transaction.atomic
def expire_import(*, actor: Actor, number: int, days: int) -> None:
    """Close an import that nobody applied; nothing happens where somebody came in between.

    Its files go last and before the commit: where one cannot be removed (`OSError`), or the process
    dies, the import is still stale and is ended the next time. Nobody looks for the files of a
    closed one.
    """
    upload = Import.objects.select_for_update().get(tenant_id=actor.tenant_id, pk=number)
    if not upload.may_be_given_up:
        return
    discard_rows(actor.tenant_id, number)
    upload.close(ImportExpired(days=days))
    upload.save(update_fields=["state", "refusal"])
    audit.record(actor, "scheduling.import.expired", upload, days=days)
    for name in (upload.stored_name, faulty_path_of(upload).name):
        forget(actor.tenant_id, name)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        _tell_of_a_file("of rows that were not taken")


def _tell_of_a_file(whose: str) -> None:
    log.warning("A file %s cannot be removed; it is tried again soon.", whose, exc_info=True)
