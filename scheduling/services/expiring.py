"""What an upload leaves behind goes in time: its rows and its file hold what was typed of people."""

from __future__ import annotations

import time

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


def forget_stale_imports() -> None:
    """End what was never applied, in all offices; remove old workbooks of faulty rows. By the
    worker: the database tells it numbers, and each import is ended in its own office."""
    days = settings.KEEP_IMPORTS_DAYS
    with connection.cursor() as cursor:
        cursor.execute("SELECT office, number FROM sec.stale_imports(%s)", [days])
        found = cursor.fetchall()
    for office, number in found:
        actor = Actor.for_job(office, None)
        with in_office(office, None):
            names = expire_import(actor=actor, number=number, days=days)
        for name in names:
            forget(office, name)
    for path in old_faulty_workbooks(before=time.time() - days * DAY_S):
        path.unlink(missing_ok=True)


@transaction.atomic
def expire_import(*, actor: Actor, number: int, days: int) -> list[str]:
    """Close an import that nobody applied. The names of the files to forget; none, where
    somebody came in between."""
    upload = Import.objects.select_for_update().get(tenant_id=actor.tenant_id, pk=number)
    if not upload.may_be_given_up:
        return []
    discard_rows(actor.tenant_id, number)
    expired = ImportExpired(days=days)
    upload.state = Import.State.REFUSED
    upload.refusal = {
        "code": expired.code,
        "zh": list(expired.in_language("zh")),
        "en": list(expired.in_language("en")),
    }
    upload.save(update_fields=["state", "refusal"])
    audit.record(actor, "scheduling.import.expired", upload, days=days)
    return [upload.stored_name, faulty_path_of(upload).name]
