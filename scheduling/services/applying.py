"""The end of an import: the dry run is finished, and later the good rows are taken."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

from kernel.clock import now
from scheduling.mapping.filing import forget, path_of, write_faulty
from scheduling.mapping.staging import upsert_from_staging
from scheduling.models.imports import Import, ImportRow
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.services.comparing import (
    ImportRowQuerySet,
    RosterComparison,
    counts_of,
    last_applied,
)
from scheduling.services.comparing_units import UnitComparison
from scheduling.services.importing import LAYOUTS
from scheduling.services.releasing import roster_changed
from scheduling.workbooks.faulty import faulty_rows
from tenancy import audit
from tenancy.actor import Actor

ROSTER_OF_AN_OFFICE = 0x0F11E  # first key of the advisory lock; the second is the office

_KEPT_TOGETHER = "该行无误，随同一人员的错误行一并保留，请不要删除"


def import_of(actor: Actor, number: int) -> Import:
    return Import.objects.get(tenant_id=actor.tenant_id, pk=number)


def comparison_of(upload: Import) -> RosterComparison | UnitComparison:
    is_roster = upload.kind == Import.Kind.ROSTER
    return RosterComparison(upload) if is_roster else UnitComparison(upload)


def write_faulty_rows(upload: Import) -> None:
    """The workbook of the rows that are not taken, if there are any. No transaction needed."""
    reasons = _reasons(upload)
    if reasons:
        write_faulty(upload, faulty_rows(path_of(upload), LAYOUTS[upload.kind], reasons))


def finish_comparison(*, actor: Actor, number: int, compared_with: int | None) -> None:
    upload = Import.objects.select_for_update().get(tenant_id=actor.tenant_id, pk=number)
    upload.state = Import.State.DRY_RUN
    upload.counts = counts_of(upload)
    upload.compared_with = compared_with
    upload.save(update_fields=["state", "counts", "compared_with"])
    audit.record(actor, "scheduling.import.compared", upload, **upload.counts)


def take_rows(*, actor: Actor, number: int) -> bool:
    """Bring the good rows into the roster, all or none. Whether it could be done.

    It cannot when another import was applied after the dry run: what the clerk saw would not
    be what happens, so the dry run is to be made again and looked at again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [ROSTER_OF_AN_OFFICE, actor.tenant_id]
        )
    upload = Import.objects.select_for_update().get(tenant_id=actor.tenant_id, pk=number)
    if upload.state != Import.State.APPLYING:
        return True
    if last_applied(upload) != upload.compared_with:
        return False
    model = Person if upload.kind == Import.Kind.ROSTER else InspectedUnit
    written = upsert_from_staging(model, tenant_id=actor.tenant_id, upload_id=upload.pk)
    stale = _tell_rounds(actor, upload)
    upload.state = Import.State.APPLIED
    upload.applied_at = now()
    upload.applied_by_id = actor.user_id
    upload.save(update_fields=["state", "applied_at", "applied_by"])
    audit.record(
        actor,
        "scheduling.import.applied",
        upload,
        kind=upload.kind,
        written=written,
        added=_count(upload, ImportRow.State.ADD),
        changed=_count(upload, ImportRow.State.CHANGE),
        accepted=_taken(upload).filter(state=ImportRow.State.REVIEW).count(),
        outdated_releases=stale,
    )
    return True


def forget_upload(upload: Import) -> None:
    """The roster has it: the file, ID numbers in plain and all, is no longer needed."""
    forget(upload.tenant_id, upload.stored_name)


def _tell_rounds(actor: Actor, upload: Import) -> int:
    """Releases of people whose facts changed are stale from now on."""
    if upload.kind != Import.Kind.ROSTER:
        return 0
    numbers = _taken(upload).exclude(state=ImportRow.State.ADD).values("number")
    changed = Person.objects.filter(tenant_id=upload.tenant_id, number__in=numbers)
    return roster_changed(actor=actor, person_ids=changed.values_list("pk", flat=True))


def _taken(upload: Import) -> ImportRowQuerySet:
    is_taken = Q(state__in=(ImportRow.State.ADD, ImportRow.State.CHANGE)) | Q(
        state=ImportRow.State.REVIEW, accepted=True
    )
    return ImportRow.objects.filter(is_taken, tenant_id=upload.tenant_id, upload=upload)


def _count(upload: Import, state: ImportRow.State) -> int:
    return _taken(upload).filter(state=state).count()


def _reasons(upload: Import) -> dict[tuple[str, int], str]:
    """(sheet, row) -> why it is not taken. Of a person who waits, all rows: whoever corrects
    and uploads them again must not lose the good ones."""
    rows = ImportRow.objects.filter(tenant_id=upload.tenant_id, upload=upload)
    faulty = rows.filter(state=ImportRow.State.ERROR)
    waiting = faulty.filter(sheet="people").exclude(number="").values("number")
    reasons = dict.fromkeys(
        rows.filter(state=ImportRow.State.FACT, number__in=waiting).values_list(
            "sheet_name", "row_no"
        ),
        _KEPT_TOGETHER,
    )
    columns = ("sheet_name", "row_no", "errors", "objections")
    for sheet, row_no, errors, objections in faulty.values_list(*columns).iterator():
        reasons[sheet, row_no] = "；".join(_in_words(fault) for fault in (*errors, *objections))
    return reasons


def _in_words(fault: dict[str, str]) -> str:
    where = fault["column"] or ""
    return f"{where}：{fault['zh']}" if where else fault["zh"]
