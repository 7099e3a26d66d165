"""What the imports of both ledgers take and give."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.fields import Input, Output, Said
from sharing.domain.ledgers import Fate
from sharing.models.ledgers import LedgerImport
from sharing.selectors.ledgers import LedgerImportPage

FATE_NAMES = [fate.value for fate in Fate]


class LedgerUploadIn(Input):
    file = serializers.FileField(help_text="An xlsx workbook, or CSV.", allow_empty_file=True)


class LedgerRowsQuery(Input):
    fate = serializers.ChoiceField(choices=FATE_NAMES, required=False)


class LedgerCountOut(Output):
    fate = serializers.ChoiceField(choices=FATE_NAMES)
    rows = serializers.IntegerField()


class LedgerImportOut(Output):
    number = serializers.IntegerField(source="upload.pk")
    state = serializers.ChoiceField(choices=LedgerImport.State.values, source="upload.state")
    file_name = serializers.CharField(source="upload.file_name")
    sha256 = serializers.CharField(source="upload.sha256")
    rows_read = serializers.IntegerField(
        allow_null=True, help_text="Empty, as the counts, where another director deals with it."
    )
    counts = LedgerCountOut(many=True, help_text="Rows by what would become of them, or became.")
    remarks = serializers.ListField(child=Said())
    is_known = serializers.BooleanField(
        default=False, help_text="The same file was taken in before; this is that import."
    )
    may_confirm = serializers.BooleanField(help_text="There is something new and nothing faulty.")


class LedgerFaultOut(Output):
    column = serializers.CharField()
    cell = serializers.CharField()
    reason = Said()


class LedgerQuoteOut(Output):
    heading = serializers.CharField(help_text="The file's own.")
    words = serializers.CharField()


class LedgerRowOut(Output):
    sheet = serializers.CharField(source="row.sheet_name")
    row = serializers.IntegerField(source="row.row_no")
    fate = serializers.ChoiceField(choices=FATE_NAMES, source="row.fate")
    gist = serializers.CharField(source="row.gist")
    quote = LedgerQuoteOut(many=True, source="row.quote")
    faults = LedgerFaultOut(many=True)
    remarks = LedgerFaultOut(many=True)


class ClueLedgerRowOut(LedgerRowOut):
    """Of a ledger of clues."""


def import_told(page: LedgerImportPage, *, is_known: bool = False) -> dict[str, Any]:
    return {
        "upload": page.upload,
        "rows_read": page.rows_read,
        "counts": [{"fate": fate, "rows": count} for fate, _, count in page.counts],
        "remarks": page.remarks,
        "is_known": is_known,
        "may_confirm": page.may_confirm,
    }


def rows_told(part: Any) -> Any:
    """The part with the words of each fault in place of the pairs."""
    return part.showing(
        [
            {
                "row": one.row,
                "faults": [fault | {"reason": words} for fault, words in one.faults],
                "remarks": [fault | {"reason": words} for fault, words in one.remarks],
            }
            for one in part.lines
        ]
    )
