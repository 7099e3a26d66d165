"""Clues of the years before, and the workbooks by which they come in."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import Call, Created, Workbook, acts, downloads, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output
from sharing.api.ledger_shapes import (
    ClueLedgerRowOut,
    LedgerImportOut,
    LedgerQuoteOut,
    LedgerRowsQuery,
    LedgerUploadIn,
    import_told,
    rows_told,
)
from sharing.selectors.past_clues import (
    clue_import_page,
    clue_rows_part,
    past_clue_page,
    past_clues_part,
)
from sharing.services.past_clues import (
    cancel_clues,
    clue_template,
    confirm_clues,
    upload_clues,
)
from tenancy.domain.roles import Permission

READ = (Permission.HANDLE_CLUE, Permission.DISPOSE_CLUE)
IMPORT = Permission.HANDLE_CLUE


class PastCluesQuery(Input):
    q = serializers.CharField(required=False, max_length=100)


class PastClueLineOut(Output):
    number = serializers.IntegerField(source="past.pk")
    register_number = serializers.CharField(
        source="past.number", help_text="The office's own, as it was written."
    )
    subject_name = serializers.CharField(source="past.subject_name")
    subject_unit = serializers.CharField(source="past.subject_unit")
    management_level = serializers.CharField(source="past.management_level")
    handed_over_on = serializers.DateField(source="past.handed_over_on")
    outcomes = serializers.ListField(child=serializers.CharField(), source="past.outcomes")


class PastClueOut(Output):
    line = PastClueLineOut(source="*")
    gist = serializers.CharField(source="past.gist")
    receipt_number = serializers.CharField(source="past.receipt_number")
    disposal = serializers.CharField(source="past.disposal")
    result_on = serializers.DateField(source="past.result_on", allow_null=True)
    quote = LedgerQuoteOut(
        many=True, source="past.quote", help_text="The cells as they were written."
    )
    row = serializers.IntegerField(source="past.row_no")
    imported_by = serializers.CharField(source="past.imported_by_name")
    imported_at = serializers.DateTimeField(source="past.imported_at")


class PastClues(Endpoint):
    @lists("list_past_clues", READ, gives=PastClueLineOut, asks=PastCluesQuery)
    def get(self, call: Call) -> Any:
        """Clues that were handed over before; the last one first."""
        return past_clues_part(call.actor, call.window, call.asked.get("q", ""))


class PastClue(Endpoint):
    @reads("read_past_clue", READ, gives=PastClueOut)
    def get(self, call: Call, number: int) -> Any:
        """One line of the ledger, as it was taken in."""
        return past_clue_page(call.actor, number)


class ClueImports(Endpoint):
    @acts(
        "upload_clues",
        IMPORT,
        takes=LedgerUploadIn,
        gives=LedgerImportOut,
        status=201,
        takes_file=True,
    )
    def post(self, call: Call) -> Any:
        """Upload a ledger of clues. Its dry run is the reply; nothing is taken yet."""
        file = call.given["file"]
        done = upload_clues(actor=call.actor, file_name=file.name, content=file.chunks())
        page = clue_import_page(call.actor, done.upload.pk)
        address = reverse("api:clue-import", args=[done.upload.pk])
        return Created(import_told(page, is_known=done.is_known), address)


class ClueImportDetail(Endpoint):
    @reads("read_clue_import", IMPORT, gives=LedgerImportOut)
    def get(self, call: Call, number: int) -> Any:
        """How many rows would become what, or became."""
        return import_told(clue_import_page(call.actor, number))


class ClueImportRows(Endpoint):
    @lists("list_clue_import_rows", IMPORT, gives=ClueLedgerRowOut, asks=LedgerRowsQuery)
    def get(self, call: Call, number: int) -> Any:
        """The rows of the dry run, each with what is wrong where; none when it is over."""
        fate = call.asked.get("fate", "")
        return rows_told(clue_rows_part(call.actor, number, call.window, fate))


class ConfirmClues(Endpoint):
    @acts("confirm_clue_import", IMPORT, gives=LedgerImportOut)
    def post(self, call: Call, number: int) -> Any:
        """Take every line of it, or none."""
        confirm_clues(actor=call.actor, number=number)
        return import_told(clue_import_page(call.actor, number))


class CancelClues(Endpoint):
    @acts("cancel_clue_import", IMPORT, gives=LedgerImportOut)
    def post(self, call: Call, number: int) -> Any:
        """Take nothing of it."""
        cancel_clues(actor=call.actor, number=number)
        return import_told(clue_import_page(call.actor, number))


class ClueTemplate(Endpoint):
    @downloads("download_clue_template", IMPORT)
    def get(self, call: Call) -> Any:
        """The workbook to fill in."""
        return Workbook(clue_template(actor=call.actor), "线索台账.xlsx")
