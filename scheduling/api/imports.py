"""Workbooks on their way into the roster or the list of units."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import Call, Created, Workbook, acts, downloads, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, Said
from httpapi.language import spoken
from scheduling.models.imports import Import
from scheduling.selectors.imports import (
    TABS,
    ImportPage,
    RowLine,
    import_page,
    import_rows_part,
    imports_part,
)
from scheduling.services.importing import (
    apply_import,
    cancel_import,
    empty_workbook,
    faulty_workbook,
    layout_of,
    upload_workbook,
)
from tenancy.domain.roles import Permission

# Which of the two, the kind of the import decides.
EITHER = (Permission.IMPORT_ROSTER, Permission.IMPORT_UNITS)
MOST_ACCEPTED = 5_000


class UploadIn(Input):
    kind = serializers.ChoiceField(choices=Import.Kind.values)
    file = serializers.FileField(help_text="An xlsx workbook, or CSV.", allow_empty_file=True)


class ApplyIn(Input):
    accepted = serializers.ListField(
        child=Number(),
        required=False,
        default=list,
        max_length=MOST_ACCEPTED,
        help_text="Rows of the state `review` that somebody looked at and wants taken.",
    )


class RowsQuery(Input):
    state = serializers.ChoiceField(choices=TABS, default="error")


class ImportLineOut(Output):
    number = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(choices=Import.Kind.values)
    state = serializers.ChoiceField(choices=Import.State.values)
    file_name = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    uploaded_at = serializers.DateTimeField()
    applied_at = serializers.DateTimeField(allow_null=True)


class RefusalOut(Output):
    message = serializers.CharField()
    remedy = serializers.CharField()


class ImportOut(Output):
    number = serializers.IntegerField(source="upload.pk")
    kind = serializers.ChoiceField(choices=Import.Kind.values, source="upload.kind")
    state = serializers.ChoiceField(choices=Import.State.values, source="upload.state")
    file_name = serializers.CharField(source="upload.file_name")
    size = serializers.IntegerField(source="upload.size", help_text="Bytes.")
    sha256 = serializers.CharField(source="upload.sha256")
    uploaded_at = serializers.DateTimeField(source="upload.uploaded_at")
    applied_at = serializers.DateTimeField(source="upload.applied_at", allow_null=True)
    job = serializers.IntegerField(source="upload.job_number", allow_null=True)
    is_at_work = serializers.BooleanField()
    may_apply = serializers.BooleanField(help_text="There is something to take.")
    has_faulty_rows = serializers.BooleanField(source="has_faulty")
    rows_read = serializers.IntegerField(source="upload.rows_read")
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="Rows by what becomes of them: the dry run."
    )
    progress = serializers.DictField()
    remarks = serializers.ListField(child=Said())
    refusal = RefusalOut(allow_null=True, help_text="Why the file was refused, or the job stopped.")


class FaultInRowOut(Output):
    column = serializers.CharField()
    cell = serializers.CharField()
    message = serializers.CharField()


class ChangeOut(Output):
    title = Said()
    before = Said()
    after = Said()


class FactOut(Output):
    title = Said()
    value = Said()


class ImportRowOut(Output):
    number = serializers.IntegerField(source="row.pk")
    sheet = serializers.CharField(source="row.sheet_name")
    row = serializers.IntegerField(source="row.row_no")
    name = serializers.CharField(source="row.name")
    identity = serializers.CharField(
        source="row.number", help_text="The person's number or the unit's code."
    )
    state = serializers.ChoiceField(choices=TABS, source="row.state")
    accepted = serializers.BooleanField(source="row.accepted")
    faults = FaultInRowOut(many=True)
    remarks = FaultInRowOut(many=True)
    changes = ChangeOut(many=True)
    facts = FactOut(many=True, help_text="Of a row to be added.")


class Imports(Endpoint):
    @lists("list_imports", EITHER, gives=ImportLineOut)
    def get(self, call: Call) -> Any:
        """The imports of the kinds that one may make, newest first."""
        return imports_part(call.actor, call.window)

    @acts("upload_import", EITHER, takes=UploadIn, gives=ImportOut, status=201, takes_file=True)
    def post(self, call: Call) -> Any:
        """Have a workbook read and compared: a dry run, nothing is taken yet. The same file again
        is the same import."""
        file = call.given["file"]
        done = upload_workbook(
            actor=call.actor,
            kind=call.given["kind"],
            file_name=file.name or "",
            content=file.chunks(),
        )
        number = done.upload.pk
        return Created(
            _shown(import_page(call.actor, number)), reverse("api:import", args=[number])
        )


class OneImport(Endpoint):
    @reads("read_import", EITHER, gives=ImportOut)
    def get(self, call: Call, number: int) -> Any:
        """How far it is, and what the dry run found."""
        return _shown(import_page(call.actor, number))


class ImportRows(Endpoint):
    @lists("list_import_rows", EITHER, gives=ImportRowOut, asks=RowsQuery)
    def get(self, call: Call, number: int) -> Any:
        """The rows of the dry run, by what becomes of them; `error` unless asked otherwise."""
        part = import_rows_part(call.actor, number, call.window, state=call.asked["state"])
        return part.showing([_row(line) for line in part.lines])


class FaultyRows(Endpoint):
    @downloads("download_faulty_rows", EITHER)
    def get(self, call: Call, number: int) -> Any:
        """The rows that are not taken, each with its reasons, to correct and upload again."""
        content = faulty_workbook(actor=call.actor, number=number)
        return Workbook(content, f"错误行-{number}.xlsx")


class ApplyImport(Endpoint):
    @acts("apply_import", EITHER, takes=ApplyIn, gives=ImportOut)
    def post(self, call: Call, number: int) -> Any:
        """Have the good rows taken."""
        apply_import(actor=call.actor, number=number, accepted=call.given["accepted"])
        return _shown(import_page(call.actor, number))


class CancelImport(Endpoint):
    @acts("cancel_import", EITHER, gives=ImportOut)
    def post(self, call: Call, number: int) -> Any:
        """Give up what was uploaded, before anything of it is taken."""
        cancel_import(actor=call.actor, number=number)
        return _shown(import_page(call.actor, number))


class Template(Endpoint):
    @downloads("download_template", EITHER)
    def get(self, call: Call, kind: str) -> Any:
        """The workbook to fill in: `roster` or `units`."""
        content = empty_workbook(actor=call.actor, kind=kind)
        return Workbook(content, f"{layout_of(kind).title.zh}-模板.xlsx")


def _shown(page: ImportPage) -> dict[str, Any]:
    words = page.refusal or page.stopped_by
    return {
        "upload": page.upload,
        "is_at_work": page.is_at_work,
        "may_apply": page.may_apply,
        "has_faulty": page.has_faulty,
        "counts": page.counts,
        "progress": page.progress,
        "remarks": page.remarks,
        "refusal": words and {"message": words[0][spoken()], "remedy": words[1][spoken()]},
    }


def _row(line: RowLine) -> dict[str, Any]:
    return {
        "row": line.row,
        "faults": [_fault(fault) for fault in line.faults],
        "remarks": [_fault(remark) for remark in line.remarks],
        "changes": line.changes,
        "facts": [{"title": title, "value": value} for title, value in line.facts],
    }


def _fault(said: dict[str, str]) -> dict[str, str]:
    return {
        "column": said.get("column") or "",
        "cell": said.get("cell") or "",
        "message": said[spoken()],
    }
